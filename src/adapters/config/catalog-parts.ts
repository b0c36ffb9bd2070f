import * as z from 'zod';
import { durationPattern, parseDuration } from './duration.ts';
import { either } from './problems.ts';
import { isDate, isZone, parseTimes, parseTimestamp, timesPattern, zoneAdvice } from './times.ts';

/** Every message is what was expected; `catalog.ts` puts file, line and key before it, and what was there after it. */
export const text = (expected: string) => z.string(expected).min(1, expected);
export const list = <T extends z.ZodType>(item: T, expected: string) =>
  z.array(item, expected).max(1000, 'expected at most 1000 entries');
export const name = text('expected a name as text (put digits and true/false in quotes)').max(253);

export const duration = (least: number) =>
  z
    .string(expectedDuration(least))
    .regex(durationPattern, expectedDuration(least))
    .transform((text) => parseDuration(text) ?? 0)
    .refine((seconds) => seconds >= least, expectedDuration(least));

function expectedDuration(least: number): string {
  const bound = least === 0 ? '' : ` of at least ${least}s`;
  return `expected a duration${bound} such as 90s, 5m, 2h or 1d`;
}

const expectedUntil =
  'expected a moment with its offset, such as 2026-12-01T18:00:00+01:00 or 2026-12-01T17:00:00Z';

/** A moment, RFC 3339 with its offset. */
export const moment = z
  .string(expectedUntil)
  .refine((written) => parseTimestamp(written) !== null, expectedUntil);

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const expectedTimes = 'expected local times such as "09:00-17:30"';
const expectedDate = 'expected a date such as 2026-12-25';

export const hoursSchema = z.strictObject(
  {
    zone: z
      .string('expected UTC or an Area/City, such as Europe/Berlin')
      .refine(isZone, { error: (issue) => zoneAdvice(issue.input) }),
    days: list(z.enum(days, `expected ${either(days)}`), 'expected days, such as [mon, tue]').min(
      1,
      'expected at least one day',
    ),
    times: list(
      z.string(expectedTimes).regex(timesPattern, expectedTimes).transform(parseTimes),
      'expected a list such as ["09:00-17:30"]',
    ).min(1, 'expected at least one range, such as "09:00-17:30"'),
    holidays: list(
      z
        .string(expectedDate)
        .regex(/^\d{4}-\d\d-\d\d$/, expectedDate)
        .refine(isDate, expectedDate),
      'expected a list of dates, such as [2026-12-25]',
    ).optional(),
  },
  'expected zone, days and times',
);
