import { compareSeverity, type Decision, type Severity } from '../model/decision.ts';
import { impacts } from '../model/finding.ts';
import type { Incident, Observation } from '../model/incident.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText, cut } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { type Draft, freshDraft, type Size, type Trust, writeIncident } from './pack-lines.ts';
import { estimateTokens } from './tokens.ts';

/** Everything that one question shows, with the ids that an answer may use. Same input, same bytes. */
export interface Pack {
  /** JSON text: one array, the `kv1` evidence pack. */
  readonly text: string;
  readonly incidents: readonly PackedIncident[];
  /** `S1` ▶ the service's name. */
  readonly services: ReadonlyMap<string, string>;
  /** Names that prose may hold as they are. */
  readonly names: ReadonlySet<string>;
}
export interface PackedIncident {
  /** `I1` */
  readonly id: string;
  readonly fingerprint: string;
  /** `O1` ▶ the object. */
  readonly objects: ReadonlyMap<string, ObjectRef>;
  readonly evidence: ReadonlyMap<string, Trust>;
}
/** Decisions of the policy by fingerprint. */
export type Floors = { readonly [fingerprint: string]: Decision | undefined };

const mostIncidents = 5;
const mostGaps = 10;
/** What a question may cost, by our own estimate: docs/decisions.md, 'What Claude is shown'. */
const budgetTokens = 12_000;
/** Tried in turn until the pack is within budget. */
const sizes: readonly Size[] = [
  { findings: 20, services: 20, evidence: 4, text: 300 },
  { findings: 10, services: 20, evidence: 3, text: 300 },
  { findings: 5, services: 10, evidence: 2, text: 300 },
  { findings: 2, services: 5, evidence: 1, text: 200 },
];
/** Within budget whatever the cluster's names and words are. */
const smallest: Size = { findings: 1, services: 1, evidence: 1, text: 60 };

/** The pack about `fingerprints`: the loudest five, as much of each as the budget takes; what was cut is said in its header. */
export function packUp(
  observation: Observation,
  floors: Floors,
  fingerprints: readonly string[],
): Pack {
  const wanted = loudestFirst(observation, floors, fingerprints);
  for (const size of sizes) {
    const pack = write(observation, floors, wanted, size);
    if (estimateTokens(pack.text) <= budgetTokens) return pack;
  }
  return write(observation, floors, wanted, smallest);
}

function loudestFirst(
  observation: Observation,
  floors: Floors,
  fingerprints: readonly string[],
): readonly Incident[] {
  const wanted = new Set(fingerprints);
  return observation.incidents
    .filter(({ fingerprint }) => wanted.has(fingerprint))
    .sort(
      (a, b) =>
        compareSeverity(floorOf(a, floors), floorOf(b, floors)) ||
        impacts.indexOf(a.impact) - impacts.indexOf(b.impact) ||
        compareText(a.fingerprint, b.fingerprint),
    );
}

function floorOf({ fingerprint }: Incident, floors: Floors): Severity {
  return floors[fingerprint]?.severity ?? 'SEV-4';
}

function write(
  observation: Observation,
  floors: Floors,
  wanted: readonly Incident[],
  size: Size,
): Pack {
  const draft = freshDraft(observation, size, parseTime(observation.takenAt) ?? 0);
  const chosen = wanted.slice(0, mostIncidents);
  const incidents = chosen.map((incident, place) => {
    const id = `I${place + 1}`;
    return { id, ...writeIncident(draft, id, incident, floorOf(incident, floors)) };
  });
  const header = headerOf(observation, draft, wanted.length - chosen.length);
  return {
    text: JSON.stringify([header, ...linesOf(draft)]),
    incidents,
    services: draft.services.values,
    names: namesIn(draft),
  };
}

function headerOf({ takenAt, gaps }: Observation, { cut: lost }: Draft, incidents: number): object {
  const shown = gaps.slice(0, mostGaps);
  return {
    pack: 'kv1',
    now: takenAt,
    gaps: shown.map(({ kind, namespace, reason }) =>
      cut(namespace === null ? `${kind}: ${reason}` : `${kind} in ${namespace}: ${reason}`, 300),
    ),
    cut: { incidents, ...lost, gaps: gaps.length - shown.length },
  };
}

function linesOf(draft: Draft): readonly object[] {
  const services = [...draft.services.values].map(([id, name]) => ({
    [id]: cut(name, draft.size.text),
  }));
  const objects = [...draft.objects.values].map(([id, ref]) => ({
    [id]: cut(`${ref.kind.toLowerCase()} ${nameOf(ref)}`, draft.size.text),
  }));
  return [...services, ...objects, ...draft.incidents, ...draft.findings, ...draft.evidence];
}

function namesIn({ services, objects }: Draft): ReadonlySet<string> {
  const named = [...objects.values.values()].flatMap((ref) => [ref.name, nameOf(ref)]);
  return new Set([...services.values.values(), ...named]);
}
