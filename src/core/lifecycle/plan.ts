import type { BusinessHours } from '../model/catalog.ts';
import type { Verdict } from '../model/cycle.ts';
import type { Decision, Severity } from '../model/decision.ts';
import type { Incident, Observation } from '../model/incident.ts';
import type { AlertRecord, IncidentRecord, IncidentState, Told } from '../model/state.ts';
import { ageSeconds, formatTime, parseTime } from '../model/time.ts';
import { isAhead } from './fence.ts';
import { isOpen, nextOpening } from './hours.ts';
import { absentRecord, hiddenRecord, isWorse, resolvedRecord, seenRecord } from './record.ts';
import { chooseAbsent, chooseHidden, chooseSeen, pace } from './rows.ts';
import type { Sighting } from './sighting.ts';

/** What the plan of one cycle stands on. */
export interface PlanContext {
  /** ms */
  readonly now: number;
  /** The cycle before nothing was remembered. */
  readonly first: boolean;
  readonly hours: BusinessHours | null;
  readonly repeatSeconds: number;
  readonly observation: Observation;
  readonly alerts: { readonly [id: string]: AlertRecord };
  /** RFC 3339: when the last look was; null where there was none. */
  readonly lookedAt: string | null;
}

/** One incident with its one verdict, and its record after it; what is told is noted when it is queued. */
export interface Planned {
  readonly sighting: Sighting;
  readonly record: IncidentRecord;
  readonly verdict: Verdict;
}

/** The life-cycle: exactly one verdict for every incident seen now or open until now. */
export function plan(sightings: readonly Sighting[], context: PlanContext): readonly Planned[] {
  const opening = laterOpening(context);
  return sightings.map((sighting): Planned => {
    const { before, seen, hiddenBy } = sighting;
    if (seen !== null) return planSeen(sighting, seen, context, sightings.length, opening);
    if (before === null)
      throw new TypeError(`incident ${sighting.fingerprint} is neither seen nor remembered`);
    return hiddenBy === null
      ? planAbsent(sighting, before, context)
      : planHidden(sighting, before, context);
  });
}

/** Whether people should be told of it at all; what is known is not for them, whatever was decided. */
export function deserves(incident: Incident, decision: Decision): boolean {
  if (incident.known !== null || decision.severity === 'SEV-4') return false;
  return decision.shouldNotify || isLoud(decision.severity);
}

/** SEV-1 and SEV-2: told always, whatever the hour. */
export function isLoud(severity: Severity): boolean {
  return severity === 'SEV-1' || severity === 'SEV-2';
}

function planSeen(
  sighting: Sighting,
  { incident, decision }: NonNullable<Sighting['seen']>,
  context: PlanContext,
  together: number,
  opening: number | null,
): Planned {
  const { before, fingerprint } = sighting;
  const { severity } = decision;
  const told = before?.told ?? null;
  const dueAt = parseTime(before?.dueAt) ?? opening;
  const worse = told !== null && isWorse(severity, told.severity);
  const choice = chooseSeen({
    severity,
    told,
    first: context.first,
    known: incident.known !== null,
    wasKnown: before?.known === true,
    unconfirmed: incident.unconfirmed === true && !wasSeenBefore(before, context.now),
    below: incident.known === null && !deserves(incident, decision),
    deferred: severity === 'SEV-3' && opening !== null && dueAt !== null && context.now < dueAt,
    wasDeferred: before?.dueAt !== undefined,
    wasOpen: before !== null && before.phase !== 'resolved',
    wasClearing: before?.phase === 'clearing',
    wasResolved: before?.phase === 'resolved',
    worse,
    better: told !== null && isWorse(told.severity, severity),
    changed: told !== null && told.digest !== incident.digest,
    ...paceOf(told, context),
  });
  const at = formatTime(context.now);
  const record: IncidentRecord = {
    ...seenRecord(before, incident, context.observation, severity, at, together),
    ...(choice.reason === 'SILENCE_STARTED' ? { known: true as const } : {}),
    ...(choice.reason === 'DEFERRED' && dueAt !== null ? { dueAt: formatTime(dueAt) } : {}),
  };
  const state = stateOf(before, severity);
  return { sighting, record, verdict: { fingerprint, state, ...choice } };
}

/** Whether it has been open for long enough to be no passing moment. */
function wasSeenBefore(before: IncidentRecord | null, now: number): boolean {
  if (before === null || before.phase === 'resolved') return false;
  return (ageSeconds(before.openedAt, now) ?? 0) >= pace.confirmed;
}

function planAbsent(sighting: Sighting, before: IncidentRecord, context: PlanContext): Planned {
  const at = formatTime(context.now);
  const record = absentRecord(before, at, context.lookedAt ?? at);
  const held = hasHeld(record, context.now);
  const { fingerprint } = sighting;
  const wasDeferred = before.dueAt !== undefined;
  const choice = chooseAbsent({ told: before.told ?? null, wasDeferred, held });
  return {
    sighting,
    record: held ? resolvedRecord(record, at) : record,
    verdict: { fingerprint, state: held ? 'resolved' : 'clearing', ...choice },
  };
}

function planHidden(sighting: Sighting, before: IncidentRecord, context: PlanContext): Planned {
  const at = formatTime(context.now);
  const record = hiddenRecord(before, at, context.lookedAt ?? at);
  const expired = (ageSeconds(record.unknownSince, context.now) ?? 0) > pace.unknown;
  const told = before.told ?? null;
  const { fingerprint } = sighting;
  const choice = chooseHidden({
    loud: told !== null && isLoud(told.severity) && before.known !== true,
    told,
    wasUnknown: before.phase === 'unknown',
    expired,
    repeatDue: paceOf(told, context).repeatDue,
  });
  return {
    sighting,
    record: expired ? resolvedRecord(record, at) : record,
    verdict: { fingerprint, state: expired ? 'resolved' : 'unknown', ...choice },
  };
}

/** Two reads that looked and did not see it, ten minutes apart; or one, an hour after it was last seen. */
function hasHeld(record: IncidentRecord, now: number): boolean {
  const twice =
    (record.absentReads ?? 0) >= 2 && (ageSeconds(record.absentSince, now) ?? 0) >= pace.absent;
  return twice || (ageSeconds(record.lastSeenAt, now) ?? 0) >= pace.unseen;
}

/** How long ago people heard of it. */
function paceOf(
  told: Told | null,
  { now, alerts, repeatSeconds }: PlanContext,
): { readonly repeatDue: boolean; readonly sinceWord: number } {
  if (told === null) return { repeatDue: false, sinceWord: 0 };
  const sentAt = alerts[told.alert]?.sentAt;
  // Without its alert nothing can be added to it: the next word is an alert of its own.
  const repeatDue = sinceHeard(sentAt, now) >= repeatSeconds;
  return { repeatDue, sinceWord: sinceHeard(told.wordAt ?? sentAt, now) };
}

/** Seconds; a word from the future was noted by a clock that was wrong, and must not silence anything until then. */
function sinceHeard(at: string | undefined, now: number): number {
  if (isAhead(at, now)) return Number.POSITIVE_INFINITY;
  return ageSeconds(at, now) ?? Number.POSITIVE_INFINITY;
}

/** The next opening while business hours are closed; null while they are open, or where none comes: then nothing waits. */
function laterOpening({ hours, now }: PlanContext): number | null {
  return isOpen(hours, now) ? null : nextOpening(hours, now);
}

function stateOf(before: IncidentRecord | null, severity: Severity): IncidentState {
  if (before === null) return 'new';
  return isWorse(severity, before.told?.severity ?? before.severity) ? 'worse' : 'open';
}
