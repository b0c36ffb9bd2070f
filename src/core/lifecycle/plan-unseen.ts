import { keyOf } from '../model/snapshot.ts';
import type { IncidentRecord } from '../model/state.ts';
import { ageSeconds, formatTime, parseTime } from '../model/time.ts';
import { pace } from './pace.ts';
import { isInForce, isLoud, type PlanContext, type Planned, paceOf } from './planned.ts';
import { absentRecord, absorbedRecord, hiddenRecord, resolvedRecord } from './record.ts';
import { absentRows, absorbedRows, choose, hiddenRows } from './rows.ts';
import type { Sighting } from './sighting.ts';

/** Its story goes on under another fingerprint: nothing ended. */
export function planSucceeded(
  { fingerprint, ...rest }: Sighting,
  before: IncidentRecord,
  { now }: PlanContext,
): Planned {
  const { told: _, ...untold } = resolvedRecord(before, formatTime(now));
  return {
    sighting: { fingerprint, ...rest },
    record: untold,
    verdict: { fingerprint, state: 'resolved', notify: 'nothing', reason: 'SUCCEEDED' },
  };
}

/** A part of another incident. `rootTold`: people know of that one. */
export function planAbsorbed(
  sighting: Sighting,
  before: IncidentRecord,
  rootTold: boolean,
  context: PlanContext,
): Planned {
  const { fingerprint, absorbedBy = '' } = sighting;
  const wasAbsorbed = before.absorbedTold === true;
  const told = before.told ?? null;
  const choice = choose(absorbedRows, {
    ...{ told, rootTold, wasAbsorbed },
    acked: isInForce(before.ack, context.now) || isInForce(before.silence, context.now),
    due: before.dueAt !== undefined && context.now >= (parseTime(before.dueAt) ?? 0),
    repeatDue: paceOf(told, context).repeatDue,
  });
  const record = absorbedRecord(before, absorbedBy, wasAbsorbed || choice.reason === 'ABSORBED');
  return { sighting, record, verdict: { fingerprint, state: 'open', ...choice } };
}

/** Looked for and not seen. */
export function planAbsent(
  sighting: Sighting,
  before: IncidentRecord,
  context: PlanContext,
): Planned {
  const at = formatTime(context.now);
  const record = absentRecord(before, at, context.lookedAt ?? at);
  const unwatched = sighting.unwatched === true;
  const held = unwatched || hasHeld(record, context);
  const { fingerprint } = sighting;
  const choice = choose(absentRows, {
    told: before.told ?? null,
    wasDeferred: before.dueAt !== undefined,
    flapping: before.flapping === true,
    unwatched,
    held,
  });
  return {
    sighting,
    record: held ? resolvedRecord(record, at) : record,
    verdict: { fingerprint, state: held ? 'resolved' : 'clearing', ...choice },
  };
}

/** Could not be looked for. */
export function planHidden(
  sighting: Sighting,
  before: IncidentRecord,
  context: PlanContext,
): Planned {
  const at = formatTime(context.now);
  const record = hiddenRecord(before, at, context.lookedAt ?? at);
  const expired = (ageSeconds(record.unknownSince, context.now) ?? 0) > pace.unknown;
  const told = before.told ?? null;
  const { fingerprint } = sighting;
  const quiet =
    (before.known === true && before.silence === undefined) ||
    before.absorbedTold === true ||
    isInForce(before.silence, context.now);
  const choice = choose(hiddenRows, {
    loud: told !== null && isLoud(told.severity) && isLoud(before.severity) && !quiet,
    acked: isInForce(before.ack, context.now),
    told,
    wasUnknown: before.phase === 'unknown',
    unknownToldLately: isLately(before.unknownTold, context.now),
    expired,
    repeatDue: paceOf(told, context).repeatDue,
  });
  return {
    sighting,
    record: expired ? resolvedRecord(record, at) : heardOf(record, choice.notify, at),
    verdict: { fingerprint, state: expired ? 'resolved' : 'unknown', ...choice },
  };
}

function isLately(at: string | undefined, now: number): boolean {
  const age = ageSeconds(at, now);
  return age !== null && age >= 0 && age < pace.betweenUnknowns;
}

/** A full alert says that nobody has it any more, a word that it is out of sight. */
function heardOf(record: IncidentRecord, notify: string, at: string): IncidentRecord {
  const { ack: _, ...rest } = record;
  if (notify === 'full') return rest;
  return notify === 'brief' ? { ...record, unknownTold: at } : record;
}

/** Its own condition says that it has been well for as long, and turned so after it was last seen. */
function isWell(
  { root, lastSeenAt }: IncidentRecord,
  now: number,
  { wellSince }: PlanContext['observation'],
): boolean {
  const since = wellSince?.[keyOf(root)];
  if (since === undefined || (ageSeconds(since, now) ?? 0) < pace.absent) return false;
  return (parseTime(since) ?? 0) >= (parseTime(lastSeenAt) ?? now);
}

/** Two reads that looked and did not see it, ten minutes apart; or one, an hour after it was last seen, or ten minutes after it says that it is well. One that comes and goes must stay away for longer. */
function hasHeld(record: IncidentRecord, { now, windows, observation }: PlanContext): boolean {
  const reads = record.absentReads ?? 0;
  const unseenFor = ageSeconds(record.lastSeenAt, now) ?? 0;
  if (record.flapping === true) return reads >= pace.flapReads || unseenFor >= windows.flapUnseen;
  const apart = ageSeconds(record.absentSince, now) ?? 0;
  return (
    (reads >= 2 && apart >= pace.absent) ||
    unseenFor >= pace.unseen ||
    isWell(record, now, observation)
  );
}
