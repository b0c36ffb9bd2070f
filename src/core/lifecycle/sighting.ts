import type { Decision } from '../model/decision.ts';
import type { Incident, Observation } from '../model/incident.ts';
import type { Gap } from '../model/snapshot.ts';
import type { IncidentRecord, MonitorState } from '../model/state.ts';
import { ageSeconds } from '../model/time.ts';

/** Seconds after which an incident that comes back is a new one. */
export const reopenWindow = 2 * 60 * 60;

/** The kinds without which a check cannot judge, by its id; empty for a check that this version does not have. */
export type NeedsOf = (check: string) => readonly string[];

/** One incident in one cycle: what is remembered, and what this look says of it. */
export interface Sighting {
  readonly fingerprint: string;
  /** null: never seen, or gone for longer than the reopen window. */
  readonly before: IncidentRecord | null;
  readonly seen: { readonly incident: Incident; readonly decision: Decision } | null;
  /** Not seen, and this is why that means nothing; null where it was looked for. */
  readonly hiddenBy: Gap | null;
}

/** Everything seen now and everything that was open, each once, in no particular order. */
export function sightingsOf(
  state: MonitorState,
  observation: Observation,
  decisionOf: (incident: Incident) => Decision,
  context: { readonly now: number; readonly needsOf: NeedsOf },
): readonly Sighting[] {
  const seen = new Map(observation.incidents.map((incident) => [incident.fingerprint, incident]));
  const open = Object.entries(state.incidents)
    .filter(([fingerprint, { phase }]) => phase !== 'resolved' && !seen.has(fingerprint))
    .map(([fingerprint, before]): Sighting => {
      const hiddenBy = gapOver(before, observation.gaps, context.needsOf);
      return { fingerprint, before, seen: null, hiddenBy };
    });
  const visible = [...seen.values()].map(
    (incident): Sighting => ({
      fingerprint: incident.fingerprint,
      before: remembered(state, incident.fingerprint, context.now),
      seen: { incident, decision: decisionOf(incident) },
      hiddenBy: null,
    }),
  );
  return [...visible, ...open];
}

/** What is remembered of an incident that is seen now: nothing once the reopen window has passed. */
export function remembered(
  state: MonitorState,
  fingerprint: string,
  now: number,
): IncidentRecord | null {
  const record = state.incidents[fingerprint];
  if (record === undefined || isForgotten(record, now)) return null;
  return record;
}

/** Resolved, and for so long that its return would be news. One that nobody was told of is news at once. */
function isForgotten(record: IncidentRecord, now: number): boolean {
  if (record.phase !== 'resolved') return false;
  return record.told === undefined || (ageSeconds(record.resolvedAt, now) ?? 0) > reopenWindow;
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
