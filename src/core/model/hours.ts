import type { BusinessHours } from './catalog.ts';
import { Failure } from './failure.ts';
import { dayMs, minuteMs, wallClockOf } from './wall-clock.ts';

const minutesPerDay = dayMs / minuteMs;
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** An instant as a wall clock in the zone shows it. */
interface LocalTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Minutes since local midnight. */
  readonly minute: number;
}

/**
 * Whether a SEV-3 may be told at `at` (ms): a question to the wall clock of the zone, so that daylight saving needs no
 * rule of its own. `hours` null: always. A window belongs to the day on which it starts, also past midnight.
 */
export function isOpen(hours: BusinessHours | null, at: number): boolean {
  if (hours === null) return true;
  const local = localTime(hours.zone, at);
  return hours.times.some(({ start, end }) => {
    const wraps = end <= start;
    const today = local.minute >= start && (wraps || local.minute < end);
    const yesterday = wraps && local.minute < end;
    return (today && isWorkday(hours, local.day)) || (yesterday && isWorkday(hours, local.day - 1));
  });
}

/** How far ahead an opening is looked for: longer than any company holiday. */
const horizonDays = 62;

/** A clock change moves the wall clock by at most this much (two hours at Troll station). */
const largestShift = 120;

/** The first instant (ms, on a whole minute) from `at` on at which it is open; `at` itself where it is open already; null where none comes within two months. */
export function nextOpening(hours: BusinessHours | null, at: number): number | null {
  if (hours === null || isOpen(hours, at)) return at;
  const end = at + horizonDays * dayMs;
  let next = Math.floor(at / minuteMs) * minuteMs + minuteMs;
  while (next <= end) {
    if (isOpen(hours, next)) return next;
    next += Math.max(1, minutesToNextStart(hours, next) - largestShift) * minuteMs;
  }
  return null;
}

/** Clocks are compared this often for a year and a little: no zone changes them twice in a week. */
const weeks = 53;
const weekMs = 7 * dayMs;

/** Windows that the clocks skip as a whole on a day of the year from `from` (ms) on: the first such date (`YYYY-MM-DD`), and which of `times` it is. */
export function skippedWindows(
  hours: BusinessHours,
  from: number,
): readonly { readonly index: number; readonly date: string }[] {
  const isShort = ({ start, end }: (typeof hours.times)[number]) =>
    end > start && end - start <= largestShift;
  if (!hours.times.some(isShort)) return [];
  const gaps = gapsIn(hours.zone, from).filter(({ day }) => isWorkday(hours, day));
  return hours.times.flatMap((window, index) => {
    const { start, end } = window;
    const gap = gaps.find((each) => isShort(window) && each.start <= start && end <= each.end);
    return gap === undefined ? [] : [{ index, date: dateOf(gap.day) }];
  });
}

/** Wall-clock minutes that the clocks of a zone skip, by local day. */
function gapsIn(
  zone: string,
  from: number,
): readonly { readonly day: number; readonly start: number; readonly end: number }[] {
  const wallOf = (at: number) => {
    const { day, minute } = localTime(zone, at);
    return day * minutesPerDay + minute;
  };
  const shift = (at: number) => wallOf(at) - at / minuteMs;
  const first = Math.floor(from / minuteMs) * minuteMs;
  return Array.from({ length: weeks }, (_, index) => first + index * weekMs).flatMap((week) => {
    let [before, after] = [week, week + weekMs];
    if (shift(after) <= shift(before)) return [];
    while (after - before > minuteMs) {
      const middle = before + Math.floor((after - before) / minuteMs / 2) * minuteMs;
      if (shift(middle) > shift(week)) after = middle;
      else before = middle;
    }
    const [start, end] = [wallOf(before) + 1, wallOf(after)];
    const day = Math.floor(start / minutesPerDay);
    return [{ day, start: start - day * minutesPerDay, end: end - day * minutesPerDay }];
  });
}

/** Wall-clock minutes to the next moment at which a window can start: before it nothing opens, unless the clock is changed. */
function minutesToNextStart(hours: BusinessHours, at: number): number {
  const local = localTime(hours.zone, at);
  const starts = hours.times.map(({ start }) => start).filter((start) => start > local.minute);
  return Math.min(minutesPerDay, ...starts) - local.minute;
}

function isWorkday(hours: BusinessHours, day: number): boolean {
  const weekday = weekdays[new Date(day * dayMs).getUTCDay()];
  if (weekday === undefined || !hours.days.includes(weekday)) return false;
  return !hours.holidays.includes(dateOf(day));
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

function localTime(zone: string, at: number): LocalTime {
  const clock = wallClockOf(zone);
  // Zones were checked when the catalog was read.
  if (clock === undefined) throw new Failure('BUG', `${zone} is no time zone`);
  const wall = clock(at);
  const day = Math.floor(wall / dayMs);
  return { day, minute: (wall - day * dayMs) / minuteMs };
}
