import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wallClockOf } from '../../../src/core/model/wall-clock.ts';
import {
  dueAfter,
  dueBetween,
  isDueAt,
  parseSchedule,
  planOf,
} from '../../../src/core/objects/cron.ts';

const minute = 60_000;

function next(schedule: string, after: string, timeZone?: string): string | null | undefined {
  const plan = planOf({ schedule, timeZone });
  if (plan === undefined) return undefined;
  const at = dueAfter(plan, Date.parse(after));
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
}

test.each([
  ['*/5 * * * *', '2026-01-01T12:02:00Z', undefined, '2026-01-01T12:05'],
  ['*/5 * * * *', '2026-01-01T12:05:00Z', undefined, '2026-01-01T12:10'],
  ['5/15 * * * *', '2026-01-01T12:06:00Z', undefined, '2026-01-01T12:20'],
  ['0 9-17/4 * * *', '2026-01-01T10:00:00Z', undefined, '2026-01-01T13:00'],
  ['0 9 * * MON-fri', '2026-01-02T12:00:00Z', undefined, '2026-01-05T09:00'],
  ['0 0 1 feb,Aug *', '2026-03-01T00:00:00Z', undefined, '2026-08-01T00:00'],
  // Day and weekday both given: either will do.
  ['0 0 13 * fri', '2026-01-03T00:00:00Z', undefined, '2026-01-09T00:00'],
  ['0 0 */2 * fri', '2026-01-03T00:00:00Z', undefined, '2026-01-05T00:00'],
  ['0 0 29 2 *', '2026-01-01T00:00:00Z', undefined, '2028-02-29T00:00'],
  ['0 0 30 2 *', '2026-01-01T00:00:00Z', undefined, null],
  ['@weekly', '2026-01-01T00:00:00Z', undefined, '2026-01-04T00:00'],
  ['@every 1h30m', '2026-01-01T00:00:00Z', undefined, '2026-01-01T01:30'],
  ['0 3 * * *', '2026-01-01T12:00:00Z', 'Asia/Kolkata', '2026-01-01T21:30'],
  ['TZ=Asia/Tokyo 0 9 * * *', '2026-01-01T01:00:00Z', undefined, '2026-01-02T00:00'],
  // Spring: 2:30 does not exist. Autumn: 1:30 exists twice, and the first counts.
  ['30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin', '2026-03-30T00:30'],
  ['30 1 * * *', '2026-11-01T00:00:00Z', 'America/New_York', '2026-11-01T05:30'],
  ['0 3 * * *', '2026-01-01T12:00:00Z', 'Mars/Olympus', undefined],
])('%s after %s in %s is due at %s', (schedule, after, zone, expected) => {
  expect(next(schedule, after, zone)).toBe(expected);
});

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 7',
  '5-1 * * * *',
  '1-2-3 * * * *',
  '*/0 * * * *',
  '*/5/5 * * * *',
  '-5 * * * *',
  'jan * * * *',
  ', * * * *',
  '@reboot',
  '@every soon',
  '@every 0s',
  `${'1,'.repeat(2000)} * * * *`,
])('refused: %s', (schedule) => {
  expect(parseSchedule(schedule)).toBeUndefined();
});

/** One field of a schedule, and the values that it stands for. */
function field(min: number, max: number): fc.Arbitrary<readonly [string, readonly number[]]> {
  const all = Array.from({ length: max - min + 1 }, (_, at) => min + at);
  const some = fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 });
  return fc.oneof(
    fc.constant(['*', all] as const),
    some.map((values) => [values.join(','), values] as const),
  );
}
const anySchedule = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6));
const anyTime = fc
  .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) })
  .map((at) => Math.floor(at / minute) * minute);
const anyZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');

test('the next time is later, of the schedule by the clocks of the zone, and none is passed over', () => {
  fc.assert(
    fc.property(anySchedule, anyTime, anyZone, (parts, after, timeZone) => {
      const plan = planOf({ schedule: parts.map(([text]) => text).join(' '), timeZone });
      const clock = wallClockOf(timeZone);
      if (plan === undefined || clock === undefined) throw new Error('it can be read');
      const isOf = (at: number): boolean => {
        const shown = new Date(clock(at));
        const [minutes, hours, days, months, weekdays] = parts.map(([, values]) => values);
        const either = parts[2][0] !== '*' && parts[4][0] !== '*';
        const onDay = days?.includes(shown.getUTCDate()) === true;
        const onWeekday = weekdays?.includes(shown.getUTCDay()) === true;
        return (
          minutes?.includes(shown.getUTCMinutes()) === true &&
          hours?.includes(shown.getUTCHours()) === true &&
          months?.includes(shown.getUTCMonth() + 1) === true &&
          (either ? onDay || onWeekday : onDay && onWeekday)
        );
      };
      const due = dueAfter(plan, after);
      const oneDay = after + 24 * 60 * minute;
      const passed: number[] = [];
      for (let at = after + minute; at < Math.min(due ?? oneDay, oneDay); at += minute)
        if (isOf(at)) passed.push(at);
      if (due !== null) {
        expect(due).toBeGreaterThan(after);
        expect(isOf(due)).toBe(true);
        expect(isDueAt(plan, due)).toBe(true);
      }
      // What the clocks show twice counts once: the first time.
      const isSecond = (at: number) =>
        [30, 60].some((shift) => clock(at - shift * minute) === clock(at));
      expect(passed.filter((at) => !isSecond(at))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('no text makes it throw, and what it reads is due in order', () => {
  const words = fc.string({ maxLength: 30 });
  const nearly = fc
    .array(fc.constantFrom('*', '1', '59', '1-5', '*/7', '?', 'jan', '@daily', '-', '/', ','), {
      maxLength: 6,
    })
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(fc.oneof(words, nearly), anyTime, (schedule, at) => {
      const plan = planOf({ schedule });
      if (plan === undefined) return;
      const due = dueBetween(plan, at, at + 400 * 24 * 60 * minute, 3);
      expect(due.length).toBeLessThanOrEqual(3);
      expect([...due].sort((a, b) => a - b)).toEqual(due);
      expect(new Set(due).size).toBe(due.length);
    }),
  );
});
