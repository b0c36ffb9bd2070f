import type { Severity } from '../model/decision.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import { countingFindings, type Incident, type Observation } from '../model/incident.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { ageSeconds } from '../model/time.ts';

/** How far evidence is to be trusted: typed fields are the API's, events are words of the cluster, logs are anybody's. */
export type Trust = 'api' | 'event' | 'log';
/** Findings and services an incident, evidence a finding, UTF-16 units a text or name. */
export interface Size {
  readonly findings: number;
  readonly services: number;
  readonly evidence: number;
  readonly text: number;
}
type Line = { readonly [key: string]: unknown };

/** Values with dense ids (`S1`, `S2`), in order of first sight. */
interface Numbered<T> {
  readonly values: ReadonlyMap<string, T>;
  idOf(value: T): string;
}

/** A pack while it is written: the lines so far, and how much was left out. */
export interface Draft {
  readonly observation: Observation;
  readonly size: Size;
  /** ms */
  readonly now: number;
  readonly services: Numbered<string>;
  readonly objects: Numbered<ObjectRef>;
  readonly incidents: Line[];
  readonly findings: Line[];
  readonly evidence: Line[];
  readonly cut: { findings: number; evidence: number; services: number };
}

export function freshDraft(observation: Observation, size: Size, now: number): Draft {
  return {
    observation,
    size,
    now,
    services: numbered('S', (name) => name),
    objects: numbered('O', keyOf),
    incidents: [],
    findings: [],
    evidence: [],
    cut: { findings: 0, evidence: 0, services: 0 },
  };
}

function numbered<T>(letter: string, key: (value: T) => string): Numbered<T> {
  const ids = new Map<string, string>();
  const values = new Map<string, T>();
  return {
    values,
    idOf: (value) => {
      const id = ids.get(key(value)) ?? `${letter}${ids.size + 1}`;
      ids.set(key(value), id);
      values.set(id, value);
      return id;
    },
  };
}

/** Adds an incident and what it stands on; returns what an answer about it may name. */
export function writeIncident(
  draft: Draft,
  id: string,
  incident: Incident,
  floor: Severity,
): {
  readonly fingerprint: string;
  readonly objects: ReadonlyMap<string, ObjectRef>;
  readonly evidence: ReadonlyMap<string, Trust>;
} {
  const all = countingFindings(incident, draft.observation);
  const findings = all.slice(0, draft.size.findings);
  const services = incident.services.slice(0, draft.size.services);
  draft.cut.findings += all.length - findings.length;
  draft.cut.services += incident.services.length - services.length;
  const refs = [incident.root, ...findings.flatMap(({ object, workload }) => [object, workload])];
  const objects = new Map(
    refs.map(({ kind, namespace, name }) => entryOf(draft, { kind, namespace, name })),
  );
  const evidence = new Map(findings.flatMap((finding) => writeFinding(draft, finding)));
  draft.incidents.push({
    [id]: incident.impact,
    floor,
    cause: incident.cause,
    priority: incident.priority,
    since_s: wholeAge(incident.since, draft.now),
    max_down_s: incident.maxDowntimeSeconds,
    objects: [...objects.keys()],
    services: services.map((name) => draft.services.idOf(name)),
  });
  return { fingerprint: incident.fingerprint, objects, evidence };
}

function entryOf(draft: Draft, ref: ObjectRef): [string, ObjectRef] {
  return [draft.objects.idOf(ref), ref];
}

function writeFinding(draft: Draft, finding: Finding): readonly [string, Trust][] {
  const on = draft.objects.idOf(finding.object);
  const shown = finding.evidence.slice(0, draft.size.evidence);
  draft.cut.evidence += finding.evidence.length - shown.length;
  const ids = shown.map((each): [string, Trust] => {
    const id = `E${draft.evidence.length + 1}`;
    draft.evidence.push({ [id]: trustOf(each), on, ...wordsOf(each, draft.size) });
    return [id, trustOf(each)];
  });
  draft.findings.push({
    [`F${draft.findings.length + 1}`]: finding.check,
    on,
    reason: cut(finding.reason, draft.size.text),
    impact: finding.impact,
    ...readyOf(finding),
    t: cut(finding.message, draft.size.text),
    ev: ids.map(([id]) => id),
  });
  return ids;
}

function readyOf({ standing }: Finding): Line {
  return standing === undefined ? {} : { ready: `${standing.ready}/${standing.desired}` };
}

function trustOf({ source }: Evidence): Trust {
  return source === 'field' ? 'api' : source;
}

function wordsOf({ source, at, text }: Evidence, size: Size): Line {
  const [where, words] = [cut(at, size.text), cut(text, size.text)];
  if (source === 'field') return { path: where, v: words };
  return source === 'event' ? { reason: where, t: words } : { container: where, t: words };
}

function wholeAge(since: string | null, now: number): number | null {
  const age = ageSeconds(since, now);
  return age === null ? null : Math.floor(age);
}
