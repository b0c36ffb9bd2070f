import type { Blind } from '../model/blind.ts';
import type { CycleStamp } from '../model/cycle.ts';
import type { MonitorState } from '../model/state.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { isAhead } from './fence.ts';

/** How many cycles' times are remembered. */
const mostTimes = 12;
/** Gaps that must be known before a rhythm is read from them. */
const fewestGaps = 4;
/** Milliseconds. Shorter than GitHub's shortest schedule, it is a person at work, and no rhythm. */
const shortestPause = 5 * 60 * 1000;
/** Milliseconds: a shorter gap is never told, and below the second it is in the report only. */
const shortest = { told: 30 * 60 * 1000, loud: 2 * 60 * 60 * 1000 };

/** The last cycles' starts, this one included, the oldest first. */
export function timesAfter(
  { cycleTimes = [] }: Pick<MonitorState, 'cycleTimes'>,
  { startedAt }: Pick<CycleStamp, 'startedAt'>,
): readonly string[] {
  const now = parseTime(startedAt) ?? 0;
  // A clock that was wrong must not stand for the last cycle.
  const known = cycleTimes.filter((at) => at !== startedAt && !isAhead(at, now));
  return [...known, startedAt].sort().slice(-mostTimes);
}

/** The last cycle that a schedule started, this one included; undefined: it is none of the last cycles any more. */
export function scheduledAfter(
  state: Pick<MonitorState, 'cycleTimes' | 'scheduled'>,
  stamp: Pick<CycleStamp, 'startedAt' | 'rhythm'>,
): MonitorState['scheduled'] {
  const pauseSeconds = stamp.rhythm?.pauseSeconds ?? null;
  if (pauseSeconds !== null) return { at: stamp.startedAt, pauseSeconds };
  const { scheduled } = state;
  return timesAfter(state, stamp).some((at) => at === scheduled?.at) ? scheduled : undefined;
}

/** The time without a cycle that ends with this one, where it is far longer than the schedule's pauses, or than those between the last cycles; null: none. The next cycle does not see it again. */
export function blindBefore(
  state: Pick<MonitorState, 'cycleTimes' | 'scheduled'>,
  stamp: Pick<CycleStamp, 'startedAt' | 'rhythm'>,
): Blind | null {
  const { cycleTimes = [] } = state;
  const { startedAt } = stamp;
  const now = parseTime(startedAt);
  const times = cycleTimes
    .filter((at) => !isAhead(at, now ?? 0))
    .flatMap((at) => parseTime(at) ?? []);
  const last = times.at(-1);
  // A run by hand may come while the schedule rests.
  const scheduled = scheduledAfter(state, stamp);
  const expected = scheduled === undefined ? usual(times) : scheduled.pauseSeconds * 1000;
  if (last === undefined || now === null || expected === null) return null;
  const gap = now - last;
  if (gap <= Math.max(2 * expected, shortest.told)) return null;
  return {
    from: formatTime(last),
    to: formatTime(now),
    missed: Math.round(gap / expected) - 1,
    slack: isTheRule(gap, times)
      ? 'never'
      : gap > Math.max(3 * expected, shortest.loud)
        ? 'always'
        : 'beside',
  };
}

/** Where every cycle comes hours late, as it does on some accounts for months, a message each time would be muted. */
function isTheRule(gap: number, times: readonly number[]): boolean {
  const gaps = gapsOf(times);
  return gaps.length >= fewestGaps && gap <= 2 * median(gaps);
}

/** The median pause in ms, where three of four pauses are like it; null: there is no rhythm. */
function usual(times: readonly number[]): number | null {
  const gaps = gapsOf(times);
  const middle = median(gaps);
  if (gaps.length < fewestGaps || middle < shortestPause) return null;
  const alike = gaps.filter((gap) => gap >= middle / 2 && gap <= middle * 2);
  return alike.length * 4 >= gaps.length * 3 ? middle : null;
}

function gapsOf(times: readonly number[]): readonly number[] {
  return times.slice(1).map((at, before) => at - (times[before] ?? at));
}

function median(gaps: readonly number[]): number {
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}
