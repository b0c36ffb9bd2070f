import type { CatalogEntry } from './catalog-entry.ts';
import type { Finding, Impact } from './finding.ts';
import type { Priority } from './priority.ts';
import type { Gap, ObjectRef } from './snapshot.ts';
import { compareText } from './text.ts';

/** proven: a typed field or a reference says it. likely: a message or a neighbour says it. unknown: a legal answer. */
export type Certainty = 'proven' | 'likely' | 'unknown';

/** Where an incident comes from: an object and the canonical reason (ImagePullBackOff, also while it says ErrImagePull). */
export interface Root extends ObjectRef {
  readonly reason: string;
}

/** What hangs on a root: objects that say the same. */
export interface SymptomCount {
  readonly check: string;
  readonly reason: string;
  /** Objects. */
  readonly count: number;
  /** `namespace/name` of at most three of them. */
  readonly examples: readonly string[];
  /** What the first of them says, at most 160 characters. */
  readonly message: string;
}

/** Findings that share one root cause, as seen in this cycle. Nothing remembered is in it. */
export interface Incident {
  /** 16 hex digits from the root (no pod name, time, count or prose): survives pod renames. */
  readonly fingerprint: string;
  readonly root: Root;
  readonly cause: Certainty;
  /** One sentence, facts only, at most 300 characters. */
  readonly summary: string;
  /** Where nobody says why, also of what surely fails: what was looked at for it and what could not be, one phrase; else null. */
  readonly looked: string | null;
  /** The findings that count by check and reason, the leading one's first. */
  readonly symptoms: readonly SymptomCount[];
  /** Indices into the observation's findings, the leading one first. */
  readonly findings: readonly number[];
  /** The worst impact among findings that count (not known); of all of them where every one is known. */
  readonly impact: Impact;
  readonly imminent: boolean;
  /** No timestamp says how long any of it has been so: told when a later look sees it again. Absent: it may be told at once. */
  readonly unconfirmed?: true | undefined;
  readonly priority: Priority;
  /** Whom it hits: the worst hit first, of these the most important. */
  readonly services: readonly string[];
  /** Seconds the service may be down; null: for ever (P3's default). */
  readonly maxDowntimeSeconds: number | null;
  /** Earliest object timestamp of the findings that count, RFC 3339. */
  readonly since: string | null;
  readonly sinceExact: boolean;
  /** Every finding is known, silenced or in maintenance: the note of the first of them; else null. */
  readonly known: string | null;
  /** What of the catalog takes them out; absent: a known issue, or nothing. */
  readonly quietBy?: 'silence' | 'maintenance' | undefined;
  /** Data layer or ingress of a P0 service (a StatefulSet, a PVC, an ingress controller). */
  readonly foundation: boolean;
  /** Shell-quoted commands, the most useful first, at most 5; names come from the snapshot. */
  readonly commands: readonly string[];
  /** Changes when what people would say of it changes; holds no pod names, counts, ages or model words. */
  readonly digest: string;
}

/** An entry of the baseline that somebody must look at. unmatched: nothing is there any more that it accepts. misnamed: its check finds its object, for the reasons in `instead`. unfilled: owner, why or until is missing. */
export interface AcceptedTrouble {
  readonly check: string;
  readonly object: ObjectRef;
  readonly trouble: 'expired' | 'unmatched' | 'misnamed' | 'unfilled';
  readonly instead?: readonly string[] | undefined;
}

/** Everything that one look at the cluster says, before memory. */
export interface Observation {
  /** RFC 3339: the `now` of every age in it. */
  readonly takenAt: string;
  /** RFC 3339: when the cluster was read, whatever `--now` says. */
  readonly snapshotAt: string;
  readonly source: 'live' | 'dump';
  readonly clusterUid: string | null;
  readonly findings: readonly Finding[];
  /** In no particular order; `lifecycle` orders them by headline. */
  readonly incidents: readonly Incident[];
  readonly gaps: readonly Gap[];
  /** Entries of the catalog's baseline that somebody must look at; absent: none. */
  readonly accepted?: readonly AcceptedTrouble[] | undefined;
  /** By object (`keyOf`), since when it says itself that it is well (RFC 3339). */
  readonly wellSince?: { readonly [object: string]: string | undefined } | undefined;
  /** Silences, maintenance windows and known issues that are over for good; absent: none. */
  readonly expired?: readonly CatalogEntry[] | undefined;
}

/** The incident's findings that count, the leading one first; where every one is known, all of them. */
export function countingFindings(
  incident: Pick<Incident, 'findings'>,
  { findings }: Pick<Observation, 'findings'>,
): readonly Finding[] {
  const all = incident.findings.flatMap((index) => findings[index] ?? []);
  const counting = all.filter(({ known }) => known === null);
  return counting.length > 0 ? counting : all;
}

/** The services, in the incident's order, that are hit as badly as it says: others may only be at risk. */
export function worstHit(
  { impact, services }: Pick<Incident, 'impact' | 'services'>,
  findings: readonly Finding[],
): readonly string[] {
  const hit = new Set(
    findings.filter((each) => each.impact === impact).flatMap(({ service }) => service ?? []),
  );
  return services.filter((name) => hit.has(name));
}

/** What could not be read, in a fixed order. That a dump lacks a kind is no news. */
export function countingGaps({ gaps, source }: Observation): readonly Gap[] {
  const key = ({ kind, namespace, reason }: Gap) => JSON.stringify([kind, namespace, reason]);
  return gaps
    .filter(({ reason }) => source === 'live' || reason !== 'not-in-dump')
    .sort((a, b) => compareText(key(a), key(b)));
}
