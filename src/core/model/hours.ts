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

/** Wall-clock minutes to the next moment at which a window can start: before it nothing opens, unless the clock is changed. */
function minutesToNextStart(hours: BusinessHours, at: number): number {
  const local = localTime(hours.zone, at);
  const starts = hours.times.map(({ start }) => start).filter((start) => start > local.minute);
  return Math.min(minutesPerDay, ...starts) - local.minute;
}

function isWorkday(hours: BusinessHours, day: number): boolean {
  const date = new Date(day * dayMs);
  const weekday = weekdays[date.getUTCDay()];
  if (weekday === undefined || !hours.days.includes(weekday)) return false;
  return !hours.holidays.includes(date.toISOString().slice(0, 10));
}

function localTime(zone: string, at: number): LocalTime {
  const clock = wallClockOf(zone);
  // Zones were checked when the catalog was read.
  if (clock === undefined) throw new Failure('BUG', `${zone} is no time zone`);
  const wall = clock(at);
  const day = Math.floor(wall / dayMs);
  return { day, minute: (wall - day * dayMs) / minuteMs };
}
