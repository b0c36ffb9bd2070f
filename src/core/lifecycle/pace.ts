import type { MonitorState } from '../model/state.ts';
import { parseTime } from '../model/time.ts';

const minute = 60;
const hour = 60 * minute;

/** All times in seconds, by the wall clock: cycles are five minutes or five hours apart, so counts of them only confirm. Ten minutes between words keep a thread readable; a week is longer than any outage of an API group. */
export const pace = {
  /** Between a word and the next brief about a change, SEV-1 excepted. */
  betweenWords: 10 * minute,
  /** A SEV-1 that stays gets a word this often. */
  stillOpen: 15 * minute,
  /** What has no timestamp is believed when it was seen this long ago too (kubernetes-mixin's shortest `for:` of such alerts). */
  confirmed: 10 * minute,
  /** It has ended after two reads that looked and did not see it, this far apart, */
  absent: 10 * minute,
  /** or at the first such read this long after it was last seen. */
  unseen: hour,
  /** What is out of sight again within this time was said to be. */
  betweenUnknowns: 3 * hour,
  /** An incident that cannot be looked for is closed after this long. */
  unknown: 7 * 24 * hour,
  /** One that comes and goes has ended after so many such reads, or this long after it was last seen. */
  flapReads: 4,
  flapUnseen: 2 * hour,
  /** So many returns make it flapping, so many steady looks end that (Icinga and Nagios need six changes, three of each told already). */
  flapOpens: 3,
  flapSteady: 4,
  /** How long somebody has it, by severity. */
  ack: { 'SEV-1': 4 * hour, 'SEV-2': 12 * hour, 'SEV-3': 24 * hour, 'SEV-4': 24 * hour },
  /** A silence by word lasts so long where it does not say, and at most. */
  silence: 4 * hour,
  longestSilence: 24 * hour,
};

/** How far apart cycles usually are. */
export interface CycleGap {
  readonly seconds: number;
  /** Enough of them are known: else it is no more than a guess. */
  readonly isKnown: boolean;
}

/** The median of the last ones; of the first three the shortest, 0 before there are two cycles. */
export function usualGap({ cycleTimes = [] }: Pick<MonitorState, 'cycleTimes'>): CycleGap {
  const times = cycleTimes.map((at) => parseTime(at) ?? 0);
  const gaps = times.slice(1).map((time, at) => (time - (times[at] ?? time)) / 1000);
  const isKnown = gaps.length >= 3;
  const middle = isKnown ? Math.floor(gaps.length / 2) : 0;
  return { seconds: gaps.sort((a, b) => a - b)[middle] ?? 0, isKnown };
}

/** What follows from how far apart cycles usually are, in seconds. A guess makes it longer until something new is told, never sooner until something is told again. */
export function windowsFor({ seconds: gap, isKnown }: CycleGap) {
  return {
    /** Returns within it are counted as flapping: long enough for three of them. */
    flapping: Math.min(48 * hour, Math.max(6 * hour, 12 * gap)),
    /** An incident that comes back within it is the same. */
    reopen: Math.min(48 * hour, Math.max(2 * hour, 4 * gap)),
    /** A flapping one has ended when it was not seen for so long. */
    flapUnseen: Math.min(48 * hour, Math.max(pace.flapUnseen, 4 * gap)),
    /** A reminder may come so much before its time: else each would slip to the next cycle. */
    repeatSlack: isKnown ? gap / 2 : 0,
  };
}
export type Windows = ReturnType<typeof windowsFor>;
