import type { Decision } from '../model/decision.ts';
import type { Incident, Observation, Root } from '../model/incident.ts';
import { isWanted, type NamespaceFilter } from '../model/namespaces.ts';
import { type Gap, keyOf } from '../model/snapshot.ts';
import type { IncidentRecord, MonitorState } from '../model/state.ts';
import { ageSeconds } from '../model/time.ts';
import { usualGap, windowsFor } from './pace.ts';

/** The kinds without which a check cannot judge, by its id; empty for a check that this version does not have. */
type NeedsOf = (check: string) => readonly string[];

/** One incident in one cycle: what is remembered, and what this look says of it. */
export interface Sighting {
  readonly fingerprint: string;
  /** null: never seen, or gone for longer than the reopen window. */
  readonly before: IncidentRecord | null;
  readonly seen: { readonly incident: Incident; readonly decision: Decision } | null;
  /** Not seen as an incident of its own: what it is about belongs to this one now. */
  readonly absorbedBy?: string | undefined;
  /** Not seen under this fingerprint: the same object fails for another reason, and this one carries on what people were told. */
  readonly succeededBy?: string | undefined;
  /** Not looked for any more. */
  readonly unwatched?: true | undefined;
  /** Not seen, and this is why that means nothing; null where it was looked for. */
  readonly hiddenBy: Gap | null;
}

interface SightingContext {
  readonly now: number;
  readonly needsOf: NeedsOf;
  readonly namespaces?: NamespaceFilter | undefined;
}

/** Everything seen now and everything that was open, each once, in no particular order. */
export function sightingsOf(
  state: MonitorState,
  observation: Observation,
  decisionOf: (incident: Incident) => Decision,
  context: SightingContext,
): readonly Sighting[] {
  const { incidents } = observation;
  const seen = new Set(incidents.map(({ fingerprint }) => fingerprint));
  const unseen = Object.entries(state.incidents).filter(
    ([fingerprint, { phase }]) => phase !== 'resolved' && !seen.has(fingerprint),
  );
  const heirs = incidents.filter((each) => counts(each, decisionOf(each)));
  const predecessors = predecessorsOf(heirs, unseen, state, context.now);
  const visible = incidents.map((incident): Sighting => {
    const { fingerprint } = incident;
    const own = remembered(state, fingerprint, context.now);
    const before = own ?? inherited(predecessors.get(fingerprint));
    return {
      fingerprint,
      before,
      seen: { incident, decision: decisionOf(incident) },
      hiddenBy: null,
    };
  });
  const successors = new Map([...predecessors].map(([heir, { of }]) => [of, heir]));
  const holders = holdersOf(observation);
  const fresh = new Set(
    visible
      .filter((each) => each.before === null || each.before.phase === 'resolved')
      .map((each) => each.fingerprint),
  );
  const gone = unseen.map(([fingerprint, before]): Sighting => {
    const rest = { fingerprint, before, seen: null };
    const succeededBy = successors.get(fingerprint);
    if (succeededBy !== undefined) return { ...rest, succeededBy, hiddenBy: null };
    const absorbedBy = holderOf(before, holders.get(keyOf(before.root)) ?? [], fresh);
    if (absorbedBy !== undefined) return { ...rest, absorbedBy, hiddenBy: null };
    if (isUnwatched(before.root, context.namespaces))
      return { ...rest, unwatched: true, hiddenBy: null };
    return { ...rest, hiddenBy: gapOver(before, observation.gaps, context.needsOf) };
  });
  return [...visible, ...gone];
}

/** What is remembered of an incident that is seen now: nothing once the reopen window has passed. */
export function remembered(
  state: MonitorState,
  fingerprint: string,
  now: number,
): IncidentRecord | null {
  const record = state.incidents[fingerprint];
  if (record === undefined || isForgotten(record, state, now)) return null;
  return record;
}

/** Resolved, and for so long that its return would be news. One that nobody was told of is news at once. */
function isForgotten(record: IncidentRecord, state: MonitorState, now: number): boolean {
  if (record.phase !== 'resolved') return false;
  const { reopen } = windowsFor(usualGap(state));
  return record.told === undefined || (ageSeconds(record.resolvedAt, now) ?? 0) > reopen;
}

/** The same object that fails for another reason now (it crashed, and runs out of memory) is one story, not an end and an alert. By the new fingerprint. */
function predecessorsOf(
  incidents: readonly Incident[],
  unseen: readonly (readonly [string, IncidentRecord])[],
  state: MonitorState,
  now: number,
): ReadonlyMap<string, { readonly of: string; readonly record: IncidentRecord }> {
  const byRoot = new Map(unseen.map(([of, record]) => [keyOf(record.root), { of, record }]));
  const found = new Map<string, { readonly of: string; readonly record: IncidentRecord }>();
  for (const { fingerprint, root } of [...incidents].sort(byFingerprint)) {
    if (remembered(state, fingerprint, now) !== null) continue;
    const predecessor = byRoot.get(keyOf(root));
    if (predecessor === undefined) continue;
    found.set(fingerprint, predecessor);
    byRoot.delete(keyOf(root));
  }
  return found;
}

/** The record of the one before it; where people were told, under which name. */
function inherited(
  predecessor: { readonly of: string; readonly record: IncidentRecord } | undefined,
): IncidentRecord | null {
  if (predecessor === undefined) return null;
  const { of, record } = predecessor;
  return record.told === undefined
    ? record
    : { ...record, told: { ...record.told, key: record.told.key ?? of } };
}

/** Whether people would be told of it: what is known, silenced or slight carries no story on. */
function counts({ known }: Incident, { severity }: Decision): boolean {
  return known === null && severity !== 'SEV-4';
}

interface Holder {
  readonly fingerprint: string;
  readonly root: Root;
}

/**
 * The incident that an unseen one is a part of now: one with another root, which began to hold it when it came up, or
 * holds it since. What stood beside it all the time took nothing over when it went.
 */
function holderOf(
  { root, absorbedBy }: IncidentRecord,
  holders: readonly Holder[],
  fresh: ReadonlySet<string>,
): string | undefined {
  const others = holders.filter((each) => keyOf(each.root) !== keyOf(root));
  const held = others.find(({ fingerprint }) => fingerprint === absorbedBy);
  return (held ?? others.find(({ fingerprint }) => fresh.has(fingerprint)))?.fingerprint;
}

/** By object, the incidents that it is a part of now. */
function holdersOf({ incidents, findings }: Observation): ReadonlyMap<string, readonly Holder[]> {
  const holders = new Map<string, Holder[]>();
  for (const { fingerprint, root, known, findings: members } of [...incidents].sort(
    byFingerprint,
  )) {
    if (known !== null) continue;
    const objects = members.flatMap((index) => {
      const finding = findings[index];
      return finding === undefined ? [] : [finding.object, finding.workload];
    });
    for (const object of new Set([root, ...objects].map(keyOf)))
      holders.set(object, [...(holders.get(object) ?? []), { fingerprint, root }]);
  }
  return holders;
}

function byFingerprint(a: Incident, b: Incident): number {
  return a.fingerprint < b.fingerprint ? -1 : 1;
}

function isUnwatched({ namespace }: Root, watched: NamespaceFilter | undefined): boolean {
  return namespace !== null && watched !== undefined && !isWanted(namespace, watched);
}

/** The first gap that hides an incident: its root's kind, a check that saw it, or a kind that such a check needs could not be read where it happens. */
function gapOver(record: IncidentRecord, gaps: readonly Gap[], needsOf: NeedsOf): Gap | null {
  const checks = record.checks.map((check) => `check/${check}`);
  const kinds = new Set([record.root.kind, ...checks, ...record.checks.flatMap(needsOf)]);
  const places = new Set([record.root.namespace, ...(record.namespaces ?? [])]);
  const hides = (gap: Gap) =>
    kinds.has(gap.kind) && (gap.namespace === null || places.has(gap.namespace));
  return gaps.find(hides) ?? null;
}
