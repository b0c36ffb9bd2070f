import type { Verdict } from '../model/cycle.ts';
import type { Severity } from '../model/decision.ts';
import type { Told } from '../model/state.ts';

/** All times in seconds, by the wall clock: cycles are five minutes or five hours apart, so counts of them only confirm. Ten minutes between words keep a thread readable; a week is longer than any outage of an API group. */
export const pace = {
  /** Between a word and the next brief about a change, SEV-1 excepted. */
  betweenWords: 10 * 60,
  /** A SEV-1 that stays gets a word this often. */
  stillOpen: 15 * 60,
  /** What has no timestamp is believed when it was seen this long ago too (kubernetes-mixin's shortest `for:` of such alerts). */
  confirmed: 10 * 60,
  /** It has ended after two reads that looked and did not see it, this far apart, */
  absent: 10 * 60,
  /** or at the first such read this long after it was last seen. */
  unseen: 60 * 60,
  /** An incident that cannot be looked for is closed after this long. */
  unknown: 7 * 24 * 60 * 60,
};

/** What the rows ask about an incident that is seen now. */
export interface SeenCase {
  readonly severity: Severity;
  readonly told: Told | null;
  /** The first cycle of all. */
  readonly first: boolean;
  /** Every finding of it is a known issue. */
  readonly known: boolean;
  /** Nothing says how long it has been so, and no earlier look saw it long enough ago. */
  readonly unconfirmed: boolean;
  /** People heard last that it is known, or that it exists and then it became known. */
  readonly wasKnown: boolean;
  /** Too quiet to tell: SEV-4, or a SEV-3 that should not be told. */
  readonly below: boolean;
  /** SEV-3 outside business hours and before its opening. */
  readonly deferred: boolean;
  readonly wasDeferred: boolean;
  readonly wasOpen: boolean;
  readonly wasClearing: boolean;
  readonly wasResolved: boolean;
  /** Against what was told last. */
  readonly worse: boolean;
  readonly better: boolean;
  readonly changed: boolean;
  readonly repeatDue: boolean;
  readonly sinceWord: number;
}

export interface AbsentCase {
  readonly told: Told | null;
  readonly wasDeferred: boolean;
  readonly held: boolean;
}

export interface HiddenCase {
  /** SEV-1 or SEV-2 was told, and no known issue has hidden it since. */
  readonly loud: boolean;
  readonly told: Told | null;
  readonly wasUnknown: boolean;
  readonly expired: boolean;
  readonly repeatDue: boolean;
}

/** A row of the life-cycle's table: the first that matches decides. */
interface Row<C> {
  readonly when: (at: C) => boolean;
  readonly notify: Verdict['notify'];
  readonly reason: string;
}
export type Choice = Pick<Row<never>, 'notify' | 'reason'>;

function row<C>(
  reason: string,
  notify: Verdict['notify'],
  when: (at: C) => boolean = () => true,
): Row<C> {
  return { reason, notify, when };
}

const seen: readonly Row<SeenCase>[] = [
  // Nobody was told yet.
  row('KNOWN', 'nothing', (at) => at.told === null && at.known),
  row('BELOW', 'nothing', (at) => at.told === null && at.below),
  row('UNCONFIRMED', 'nothing', (at) => at.told === null && at.unconfirmed),
  row('DEFERRED', 'nothing', (at) => at.told === null && at.deferred),
  row('BASELINE', 'full', (at) => at.told === null && at.first),
  row('DEFERRED_DUE', 'full', (at) => at.told === null && at.wasDeferred),
  row('NEW', 'full', (at) => at.told === null && !at.wasOpen),
  row('RAISED', 'full', (at) => at.told === null),
  // A known issue began, goes on, ended.
  row('SILENCE_STARTED', 'brief', (at) => at.known && !at.wasKnown),
  row('KNOWN', 'nothing', (at) => at.known),
  row('SILENCE_ENDED', 'full', (at) => at.wasKnown && !at.below && !at.deferred),
  // People know less than the truth.
  row('WORSE', 'full', (at) => at.worse && !at.below && !at.deferred),
  row('REOPENED', 'brief', (at) => at.wasResolved),
  row('BETTER', 'brief', (at) => at.below && at.changed),
  row('BELOW', 'nothing', (at) => at.below),
  row(
    'DEFERRED',
    'nothing',
    (at) => at.deferred && (at.wasKnown || at.worse || at.repeatDue || at.changed),
  ),
  row('REPEAT', 'full', (at) => at.repeatDue),
  row('BETTER', 'brief', (at) => at.changed && at.better && mayInterrupt(at)),
  row('CHANGED', 'brief', (at) => at.changed && mayInterrupt(at)),
  row('STILL_SEV1', 'brief', (at) => at.severity === 'SEV-1' && at.sinceWord >= pace.stillOpen),
  row('BLIP', 'nothing', (at) => at.wasClearing),
  row('SAME', 'nothing'),
];

const absent: readonly Row<AbsentCase>[] = [
  row('CLEARING', 'nothing', (at) => !at.held),
  row('DEFERRED_DROPPED', 'nothing', (at) => at.told === null && at.wasDeferred),
  row('RESOLVED_UNTOLD', 'nothing', (at) => at.told === null),
  row('RESOLVED', 'resolved'),
];

const hidden: readonly Row<HiddenCase>[] = [
  row('EXPIRED_UNKNOWN', 'resolved', (at) => at.expired && at.told !== null),
  row('EXPIRED_UNKNOWN', 'nothing', (at) => at.expired),
  row('UNKNOWN', 'brief', (at) => at.loud && !at.wasUnknown),
  row('REPEAT_UNKNOWN', 'full', (at) => at.loud && at.repeatDue),
  row('UNKNOWN', 'nothing'),
];

export const chooseSeen = (at: SeenCase): Choice => choose(seen, at);
export const chooseAbsent = (at: AbsentCase): Choice => choose(absent, at);
export const chooseHidden = (at: HiddenCase): Choice => choose(hidden, at);

function choose<C>(rows: readonly Row<C>[], at: C): Choice {
  const found = rows.find(({ when }) => when(at));
  return { notify: found?.notify ?? 'nothing', reason: found?.reason ?? 'SAME' };
}

function mayInterrupt({ severity, sinceWord }: SeenCase): boolean {
  return severity === 'SEV-1' || sinceWord >= pace.betweenWords;
}
