import { dayMs, minuteMs, momentOf, type WallClock, wallClockOf } from '../model/wall-clock.ts';

/** When a CronJob is due: times on the wall clock, or a fixed pause (`@every 90m`). */
export type Schedule =
  | { readonly everyMs: number }
  | {
      readonly minutes: readonly number[];
      readonly hours: readonly number[];
      readonly days: readonly number[];
      readonly months: readonly number[];
      readonly weekdays: readonly number[];
      /** Day and weekday are both given: either will do (cron's oldest oddity). */
      readonly eitherDay: boolean;
    };

/** A schedule with the clock that it is read by. */
export interface Plan {
  readonly schedule: Schedule;
  readonly clock: WallClock;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}
const ranges = {
  minute: { min: 0, max: 59, names: [] },
  hour: { min: 0, max: 23, names: [] },
  day: { min: 1, max: 31, names: [] },
  month: {
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  weekday: { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
} as const satisfies { readonly [field: string]: Range };

const shorthands: { readonly [word: string]: string | undefined } = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** What github.com/robfig/cron/v3 `ParseStandard` accepts, which is what the CronJob controller reads; undefined where it refuses. */
export function parseSchedule(text: string): Schedule | undefined {
  if (text.length > 1000) return undefined;
  if (text.startsWith('@every ')) return everySchedule(text.slice('@every '.length));
  const five = text.startsWith('@') ? shorthands[text] : text;
  const parts = (five ?? '').trim().split(/\s+/);
  if (parts.length !== 5) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = parts;
  const minutes = parseField(minute, ranges.minute);
  const hours = parseField(hour, ranges.hour);
  const days = parseField(day, ranges.day);
  const months = parseField(month, ranges.month);
  const weekdays = parseField(weekday, ranges.weekday);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes: minutes.values,
    hours: hours.values,
    days: days.values,
    months: months.values,
    weekdays: weekdays.values,
    eitherDay: !days.any && !weekdays.any,
  };
}

/** Of a CronJob's spec. `TZ=` before the schedule was never supported and works all the same. Undefined where the schedule or the zone is not known. */
export function planOf(spec: {
  readonly schedule?: string | undefined;
  readonly timeZone?: string | undefined;
}): Plan | undefined {
  const { zone, fields } = splitZone(spec.schedule ?? '');
  const schedule = parseSchedule(fields);
  const clock = wallClockOf(zone ?? spec.timeZone ?? 'UTC');
  return schedule === undefined || clock === undefined ? undefined : { schedule, clock };
}

/** `TZ=Europe/Rome 0 3 * * *` in its two parts. */
export function splitZone(schedule: string): {
  readonly zone: string | undefined;
  readonly fields: string;
} {
  const found = /^(?:CRON_)?TZ=(\S{1,100})\s(.{1,1000})$/.exec(schedule);
  return { zone: found?.[1], fields: found?.[2]?.trim() ?? schedule };
}

/** The first time after `at` at which it is due, in ms; null where that is in none of the next eight years (30 February), or never. */
export function dueAfter({ schedule, clock }: Plan, at: number): number | null {
  if ('everyMs' in schedule) return at + schedule.everyMs;
  let wall = clock(at);
  // Hours that the clocks skip or show twice hold at most 120 minutes.
  for (let tries = 0; tries <= 2 * 60; tries++) {
    const next = nextWall(schedule, wall);
    if (next === null) return null;
    const moment = momentOf(next, clock);
    if (moment !== undefined && moment > at) return moment;
    wall = next;
  }
  return null;
}

/** The first times in (after, until] at which it is due, `most` of them at most. */
export function dueBetween(plan: Plan, after: number, until: number, most: number): number[] {
  const found: number[] = [];
  for (let at = after; found.length < most; ) {
    const next = dueAfter(plan, at);
    if (next === null || next > until) break;
    found.push(next);
    at = next;
  }
  return found;
}

/** Whether it is due in this very minute. */
export function isDueAt(plan: Plan, at: number): boolean {
  const minute = Math.floor(at / minuteMs) * minuteMs;
  return dueAfter(plan, minute - 1) === minute;
}

/** 29 February comes every four years, and not in 2100. */
const mostDays = 8 * 366;

function nextWall(schedule: Exclude<Schedule, { everyMs: number }>, wall: number): number | null {
  const today = Math.floor(wall / dayMs);
  for (let day = today; day <= today + mostDays; day++) {
    if (!isOnDay(schedule, day)) continue;
    for (const hour of schedule.hours)
      for (const minute of schedule.minutes) {
        const at = day * dayMs + (hour * 60 + minute) * minuteMs;
        if (at > wall) return at;
      }
  }
  return null;
}

function isOnDay(schedule: Exclude<Schedule, { everyMs: number }>, day: number): boolean {
  const date = new Date(day * dayMs);
  if (!schedule.months.includes(date.getUTCMonth() + 1)) return false;
  const onDay = schedule.days.includes(date.getUTCDate());
  const onWeekday = schedule.weekdays.includes(date.getUTCDay());
  return schedule.eitherDay ? onDay || onWeekday : onDay && onWeekday;
}

interface Field {
  readonly values: readonly number[];
  /** A `*` or `?` without steps. */
  readonly any: boolean;
}

function parseField(text: string, range: Range): Field | undefined {
  const parts = text.split(',').filter((part) => part !== '');
  const read = parts.map((part) => parsePart(part, range));
  const good = read.filter((each) => each !== undefined);
  if (good.length === 0 || good.length < read.length) return undefined;
  const values = new Set(good.flatMap((each) => each.values));
  return { values: [...values].sort((a, b) => a - b), any: good.some((each) => each.any) };
}

/** `*`, `5`, `1-5`, `mon-fri`, each with `/step`; a lone number with a step runs to the end. */
function parsePart(text: string, range: Range): Field | undefined {
  const [span = '', steps, more] = text.split('/');
  const step = steps === undefined ? 1 : numberIn(steps);
  const isAny = span === '*' || span === '?';
  const [low = '', high, extra] = isAny ? [] : span.split('-');
  if (more !== undefined || extra !== undefined || step === undefined || step === 0)
    return undefined;
  const start = isAny ? range.min : valueIn(low, range);
  const open = isAny || (high === undefined && steps !== undefined);
  const end = open ? range.max : high === undefined ? start : valueIn(high, range);
  if (start === undefined || end === undefined) return undefined;
  if (start < range.min || end > range.max || start > end) return undefined;
  const values = Array.from({ length: end - start + 1 }, (_, at) => start + at);
  return {
    values: values.filter((value) => (value - start) % step === 0),
    any: isAny && step === 1,
  };
}

function valueIn(text: string, { min, names }: Range): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  return named >= 0 ? named + min : numberIn(text);
}

function numberIn(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

const unitMs: { readonly [unit: string]: number | undefined } = {
  h: 60 * minuteMs,
  m: minuteMs,
  s: 1000,
};

/** Go's durations, as far as they make sense here: `1h30m`, at least a second. */
function everySchedule(text: string): Schedule | undefined {
  if (!/^(?:\d{1,6}[hms]){1,3}$/.test(text.trim())) return undefined;
  const parts = [...text.matchAll(/(\d{1,6})([hms])/g)];
  const everyMs = parts.reduce(
    (sum, [, amount, unit = '']) => sum + Number(amount) * (unitMs[unit] ?? 0),
    0,
  );
  return everyMs < 1000 ? undefined : { everyMs };
}
