import type { Verdict } from '../model/cycle.ts';
import type { Severity } from '../model/decision.ts';
import type { Told } from '../model/state.ts';
import { pace } from './pace.ts';

/** Why all of an incident is taken out before its severity counts. */
export type Gate = 'KNOWN' | 'SILENCED' | 'MAINTENANCE';
const gates: readonly Gate[] = ['KNOWN', 'SILENCED', 'MAINTENANCE'];

/** What the rows ask about an incident that is seen now. */
export interface SeenCase {
  readonly severity: Severity;
  readonly told: Told | null;
  /** The first cycle of all. */
  readonly first: boolean;
  /** null: it counts. */
  readonly gate: Gate | null;
  /** Nothing says how long it has been so, and no earlier look saw it long enough ago. */
  readonly unconfirmed: boolean;
  /** People heard last that it is quiet from then on. */
  readonly wasGated: boolean;
  /** People heard last that it is part of another incident. */
  readonly wasAbsorbed: boolean;
  /** Too quiet to tell: SEV-4, or a SEV-3 that should not be told. */
  readonly below: boolean;
  /** SEV-3 outside business hours and before its opening. */
  readonly deferred: boolean;
  readonly wasDeferred: boolean;
  readonly wasOpen: boolean;
  readonly wasClearing: boolean;
  readonly wasResolved: boolean;
  readonly flapping: boolean;
  readonly flapBegins: boolean;
  readonly flapEnds: boolean;
  readonly newlyAcked: boolean;
  readonly acked: boolean;
  readonly ackExpired: boolean;
  /** Against what was told last. */
  readonly worse: boolean;
  /** Worse, but no worse than a full alert said within the repeat interval. */
  readonly worseAgain: boolean;
  readonly better: boolean;
  readonly changed: boolean;
  readonly repeatDue: boolean;
  /** Seconds since the last word. */
  readonly sinceWord: number;
}

/** What they ask about one whose root is a part of another incident that is seen now. */
export interface AbsorbedCase {
  readonly told: Told | null;
  /** People know of the other one. */
  readonly rootTold: boolean;
  readonly wasAbsorbed: boolean;
  readonly acked: boolean;
  /** It waited for business hours, and they are open or were. */
  readonly due: boolean;
  readonly repeatDue: boolean;
}

export interface AbsentCase {
  readonly told: Told | null;
  readonly wasDeferred: boolean;
  readonly flapping: boolean;
  /** What it was about is not watched any more. */
  readonly unwatched: boolean;
  readonly held: boolean;
}

export interface HiddenCase {
  /** SEV-1 or SEV-2 was told, and nothing has hidden it since. */
  readonly loud: boolean;
  readonly acked: boolean;
  readonly told: Told | null;
  readonly wasUnknown: boolean;
  /** People heard lately that it went out of sight. */
  readonly unknownToldLately: boolean;
  readonly expired: boolean;
  readonly repeatDue: boolean;
}

/** A row of the life-cycle's table: the first that matches decides. Several may share a number, which names them in the tests. */
export interface Row<C> {
  readonly number: string;
  readonly notify: Verdict['notify'];
  readonly reason: string;
  readonly when: (at: C) => boolean;
}
export type Choice = Pick<Row<never>, 'notify' | 'reason'>;

function row<C>(
  number: string,
  reason: string,
  notify: Verdict['notify'],
  when: (at: C) => boolean = () => true,
): Row<C> {
  return { number, reason, notify, when };
}

export const seenRows: readonly Row<SeenCase>[] = [
  // Nobody was told yet.
  ...gates.map((gate) =>
    row<SeenCase>('3', gate, 'nothing', (at) => at.told === null && at.gate === gate),
  ),
  row('5', 'BELOW', 'nothing', (at) => at.told === null && at.below),
  row('5a', 'UNCONFIRMED', 'nothing', (at) => at.told === null && at.unconfirmed),
  row('6', 'DEFERRED', 'nothing', (at) => at.told === null && at.deferred),
  row('2', 'BASELINE', 'full', (at) => at.told === null && at.first),
  row('7', 'DEFERRED_DUE', 'full', (at) => at.told === null && at.wasDeferred),
  row('8', 'NEW', 'full', (at) => at.told === null && !at.wasOpen),
  row('9', 'RAISED', 'full', (at) => at.told === null),
  // A silence began, goes on, ended; its root went and it stayed.
  row('10', 'SILENCE_STARTED', 'brief', (at) => at.gate !== null && !at.wasGated),
  ...gates.map((gate) => row<SeenCase>('10', gate, 'nothing', (at) => at.gate === gate)),
  // People know less than the truth; that is said first, whatever ended with it.
  row('14', 'WORSE', 'brief', (at) => at.worseAgain && !at.below && !at.deferred),
  row('14', 'WORSE', 'full', (at) => at.worse && !at.below && !at.deferred),
  row('11', 'SILENCE_ENDED', 'full', (at) => at.wasGated && isUngated(at)),
  row('13', 'UNINHIBITED', 'full', (at) => at.wasAbsorbed && isUngated(at)),
  // Also where a silence hid that it began.
  row('15', 'FLAP_START', 'brief', (at) => at.flapBegins || (at.flapping && at.wasGated)),
  row('16', 'FLAP_END', 'brief', (at) => at.flapEnds),
  row('17', 'FLAPPING', 'nothing', (at) => at.wasResolved && at.flapping),
  row('17', 'REOPENED', 'brief', (at) => at.wasResolved),
  row('18', 'FLAPPING', 'nothing', (at) => at.flapping),
  row('19', 'ACKED', 'brief', (at) => at.newlyAcked),
  row('20', 'BETTER', 'brief', (at) => at.below && at.changed),
  row('20', 'BELOW', 'nothing', (at) => at.below),
  row('21', 'ACK_EXPIRED', 'full', (at) => at.ackExpired && !at.deferred),
  row('22', 'CHANGED', 'brief', (at) => at.acked && at.changed && isLoud(at) && isDue(at)),
  row('22', 'ACK_QUIET', 'nothing', (at) => at.acked),
  row(
    '26',
    'DEFERRED',
    'nothing',
    (at) =>
      at.deferred &&
      (at.wasGated || at.wasAbsorbed || at.worse || at.repeatDue || at.changed || at.ackExpired),
  ),
  row('23', 'REPEAT', 'full', (at) => at.repeatDue),
  row('24', 'BETTER', 'brief', (at) => at.changed && at.better && mayInterrupt(at)),
  row('24', 'CHANGED', 'brief', (at) => at.changed && mayInterrupt(at)),
  row(
    '25',
    'STILL_SEV1',
    'brief',
    (at) => at.severity === 'SEV-1' && at.sinceWord >= pace.stillOpen,
  ),
  row('26', 'BLIP', 'nothing', (at) => at.wasClearing),
  row('26', 'SAME', 'nothing'),
];

export const absorbedRows: readonly Row<AbsorbedCase>[] = [
  // Only a root that people know of speaks for it.
  row('7', 'DEFERRED_DUE', 'full', (at) => at.told === null && !at.rootTold && at.due),
  row('4', 'INHIBITED', 'nothing', (at) => at.told === null),
  row('12', 'ABSORBED', 'brief', (at) => at.rootTold && !at.wasAbsorbed),
  row('12', 'INHIBITED', 'nothing', (at) => at.rootTold),
  row('23', 'REPEAT', 'full', (at) => !at.acked && at.repeatDue),
  row('26', 'SAME', 'nothing'),
];

export const absentRows: readonly Row<AbsentCase>[] = [
  row('33', 'UNWATCHED', 'resolved', (at) => at.unwatched && at.told !== null),
  row('33', 'UNWATCHED', 'nothing', (at) => at.unwatched),
  row('30', 'FLAPPING', 'nothing', (at) => !at.held && at.flapping),
  row('30', 'CLEARING', 'nothing', (at) => !at.held),
  row('31', 'DEFERRED_DROPPED', 'nothing', (at) => at.told === null && at.wasDeferred),
  row('31', 'RESOLVED_UNTOLD', 'nothing', (at) => at.told === null),
  row('32', 'RESOLVED', 'resolved'),
];

export const hiddenRows: readonly Row<HiddenCase>[] = [
  row('42', 'EXPIRED_UNKNOWN', 'resolved', (at) => at.expired && at.told !== null),
  row('42', 'EXPIRED_UNKNOWN', 'nothing', (at) => at.expired),
  row('41', 'UNKNOWN', 'brief', (at) => at.loud && !at.wasUnknown && !at.unknownToldLately),
  row('43', 'REPEAT_UNKNOWN', 'full', (at) => at.loud && !at.acked && at.repeatDue),
  row('44', 'UNKNOWN', 'nothing'),
];

export function choose<C>(rows: readonly Row<C>[], at: C): Choice {
  const found = rows.find(({ when }) => when(at));
  return { notify: found?.notify ?? 'nothing', reason: found?.reason ?? 'SAME' };
}

function isLoud({ severity }: SeenCase): boolean {
  return severity === 'SEV-1' || severity === 'SEV-2';
}

/** Nothing else keeps it quiet. */
function isUngated({ below, deferred, acked, flapping }: SeenCase): boolean {
  return !below && !deferred && !acked && !flapping;
}

function isDue({ sinceWord }: SeenCase): boolean {
  return sinceWord >= pace.betweenWords;
}

function mayInterrupt(at: SeenCase): boolean {
  return at.severity === 'SEV-1' || isDue(at);
}
