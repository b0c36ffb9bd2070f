import type { Decision, Severity } from '../model/decision.ts';
import { isOpen, nextOpening } from '../model/hours.ts';
import type { Incident } from '../model/incident.ts';
import type { IncidentRecord, IncidentState, Told } from '../model/state.ts';
import { ageSeconds, formatTime, parseTime } from '../model/time.ts';
import { pace } from './pace.ts';
import { planAbsent, planAbsorbed, planHidden, planSucceeded } from './plan-unseen.ts';
import { isInForce, isLoud, type PlanContext, type Planned, paceOf, wasToldSo } from './planned.ts';
import { isWorse, seenRecord } from './record.ts';
import { type Choice, choose, type Gate, seenRows } from './rows.ts';
import type { Sighting } from './sighting.ts';

/** The life-cycle: exactly one verdict for every incident seen now or open until now. */
export function plan(sightings: readonly Sighting[], context: PlanContext): readonly Planned[] {
  const opening = laterOpening(context);
  const direct = sightings
    .filter(({ absorbedBy }) => absorbedBy === undefined)
    .map((sighting) => planDirect(sighting, context, sightings.length, opening));
  const known = new Set(direct.filter(isKnownOf).map(({ sighting }) => sighting.fingerprint));
  const absorbed = sightings.flatMap((sighting) =>
    sighting.absorbedBy === undefined || sighting.before === null
      ? []
      : [planAbsorbed(sighting, sighting.before, known.has(sighting.absorbedBy), context)],
  );
  return [...direct, ...absorbed];
}

function planDirect(
  sighting: Sighting,
  context: PlanContext,
  together: number,
  opening: number | null,
): Planned {
  const { before, seen } = sighting;
  if (seen !== null) return planSeen(sighting, seen, context, together, opening);
  if (before === null)
    throw new TypeError(`incident ${sighting.fingerprint} is neither seen nor remembered`);
  if (sighting.succeededBy !== undefined) return planSucceeded(sighting, before, context);
  return sighting.hiddenBy === null
    ? planAbsent(sighting, before, context)
    : planHidden(sighting, before, context);
}

/** Whether people know of it after this cycle. */
function isKnownOf({ record, verdict }: Planned): boolean {
  return verdict.notify === 'full' || (record.told !== undefined && record.phase !== 'resolved');
}

/** Whether people should be told of it at all; what is known is not for them, whatever was decided. */
export function deserves(incident: Incident, decision: Decision): boolean {
  if (incident.known !== null || decision.severity === 'SEV-4') return false;
  return decision.shouldNotify || isLoud(decision.severity);
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
  const { now, windows } = context;
  const told = before?.told ?? null;
  const at = formatTime(now);
  const record = seenRecord(before, incident, context.observation, severity, at, {
    together,
    flapWindow: windows.flapping,
  });
  const gate = gateOf(incident, record, now);
  const dueAt = parseTime(before?.dueAt) ?? opening;
  const acked = isInForce(record.ack, now);
  const choice = choose(seenRows, {
    severity,
    told,
    first: context.first,
    gate,
    wasGated: before?.known === true,
    wasAbsorbed: before?.absorbedTold === true,
    unconfirmed: incident.unconfirmed === true && !wasSeenBefore(before, now),
    below: gate === null && !deserves(incident, decision),
    deferred: severity === 'SEV-3' && opening !== null && dueAt !== null && now < dueAt,
    wasDeferred: before?.dueAt !== undefined,
    wasOpen: before !== null && before.phase !== 'resolved',
    wasClearing: before?.phase === 'clearing',
    wasResolved: before?.phase === 'resolved',
    flapping: record.flapping === true,
    flapBegins: record.flapping === true && before?.flapping !== true,
    flapEnds: record.flapping !== true && before?.flapping === true,
    newlyAcked: acked && context.acked.has(fingerprint),
    acked,
    ackExpired: record.ack !== undefined && !acked,
    worse: told !== null && isWorse(severity, told.severity),
    worseAgain:
      told !== null && isWorse(severity, told.severity) && wasSaid(severity, told, context),
    better: told !== null && isWorse(told.severity, severity),
    changed: told !== null && !wasToldSo(told, incident.digest),
    ...paceOf(told, context),
  });
  return {
    sighting,
    record: settled(record, choice, dueAt, acked),
    verdict: { fingerprint, state: stateOf(before, severity), ...choice },
  };
}

/** The record with what the verdict began or ended. */
function settled(
  record: IncidentRecord,
  { notify, reason }: Choice,
  dueAt: number | null,
  acked: boolean,
): IncidentRecord {
  const { ack, absorbedTold, known, ...rest } = record;
  return {
    ...rest,
    // That it comes and goes says that nothing keeps it quiet.
    ...(known !== undefined && reason !== 'FLAP_START' ? { known } : {}),
    ...(ack !== undefined && (acked || reason === 'DEFERRED') ? { ack } : {}),
    // It speaks for itself again once people have heard so.
    ...(absorbedTold !== undefined && notify !== 'full' ? { absorbedTold } : {}),
    ...(reason === 'SILENCE_STARTED' ? { known: true as const } : {}),
    ...(reason === 'DEFERRED' && dueAt !== null ? { dueAt: formatTime(dueAt) } : {}),
  };
}

/** What takes all of it out: the catalog's word, or somebody's on its alert, which does not hold for what is worse. */
function gateOf(incident: Incident, { silence }: IncidentRecord, now: number): Gate | null {
  if (incident.known === null) return isInForce(silence, now) ? 'SILENCED' : null;
  return incident.quietBy === undefined ? 'KNOWN' : gateWords[incident.quietBy];
}

const gateWords: { readonly [by in NonNullable<Incident['quietBy']>]: Gate } = {
  silence: 'SILENCED',
  maintenance: 'MAINTENANCE',
};

/** Whether a full alert said as much already, and lately. */
function wasSaid(
  severity: Severity,
  told: Told,
  { alerts, now, repeatSeconds }: PlanContext,
): boolean {
  const age = ageSeconds(alerts[told.alert]?.sentAt, now) ?? Number.POSITIVE_INFINITY;
  return told.peak !== undefined && !isWorse(severity, told.peak) && age < repeatSeconds;
}

/** Whether it has been open for long enough to be no passing moment. */
function wasSeenBefore(before: IncidentRecord | null, now: number): boolean {
  if (before === null || before.phase === 'resolved') return false;
  return (ageSeconds(before.openedAt, now) ?? 0) >= pace.confirmed;
}

/** The next opening while business hours are closed; null while they are open, or where none comes: then nothing waits. */
function laterOpening({ hours, now }: PlanContext): number | null {
  return isOpen(hours, now) ? null : nextOpening(hours, now);
}

function stateOf(before: IncidentRecord | null, severity: Severity): IncidentState {
  if (before === null) return 'new';
  return isWorse(severity, before.told?.severity ?? before.severity) ? 'worse' : 'open';
}
