import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BusinessHours } from '../../../src/core/model/catalog.ts';
import { isOpen, nextOpening, skippedWindows } from '../../../src/core/model/hours.ts';
import { formatTime } from '../../../src/core/model/time.ts';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const minute = 60_000;

function hours(zone: string, span: string, more: Partial<BusinessHours> = {}): BusinessHours {
  const [start = 0, end = 0] = span.split('-').map((time) => {
    const [hour = 0, past = 0] = time.split(':').map(Number);
    return hour * 60 + past;
  });
  return { zone, days: everyDay, times: [{ start, end }], holidays: [], ...more };
}

/** Minutes for which it is open from noon UTC of the day before to noon UTC of the day: one night, or one early window. */
function openMinutes(given: BusinessHours, date: string): number {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const all = Array.from({ length: 1440 }, (_, at) => noon - (at + 1) * minute);
  return all.filter((at) => isOpen(given, at)).length;
}

test.each<[string, string, string, number]>([
  ['Europe/Berlin', '01:30-03:30', '2026-03-29', 60],
  ['Europe/Berlin', '01:30-03:30', '2026-10-25', 180],
  ['Europe/Berlin', '01:30-03:30', '2026-06-10', 120],
  ['Europe/Berlin', '02:00-02:30', '2026-03-29', 0],
  ['Europe/Berlin', '02:00-02:30', '2026-10-25', 60],
  ['Europe/Berlin', '02:00-02:30', '2026-06-10', 30],
  ['Europe/Berlin', '22:00-06:00', '2026-03-29', 420],
  ['Europe/Berlin', '22:00-06:00', '2026-10-25', 540],
  ['Europe/Berlin', '22:00-06:00', '2026-06-10', 480],
  ['Africa/Cairo', '00:00-00:30', '2026-04-24', 0],
])('%s %s on %s is open for %i min', (zone, span, date, open) => {
  expect(openMinutes(hours(zone, span), date)).toBe(open);
});

test.each([
  ['2026-10-04', 30],
  ['2026-04-05', 90],
  ['2026-06-10', 60],
])(
  'Lord Howe turns its clock by half an hour: 01:30-02:30 on %s is open for %i min',
  (date, open) => {
    // 01:30 there is 15:00 UTC or so of the day before.
    expect(openMinutes(hours('Australia/Lord_Howe', '01:30-02:30'), date)).toBe(open);
  },
);

const office = hours('Europe/Berlin', '09:00-17:30', {
  days: weekdays,
  holidays: ['2026-12-25', '2027-01-01'],
});

test.each<[string, string, boolean]>([
  ['start is inclusive', '2026-11-24T08:00:00Z', true],
  ['the minute before is not in it', '2026-11-24T07:59:59Z', false],
  ['end is exclusive', '2026-11-24T16:30:00Z', false],
  ['the last minute is in it', '2026-11-24T16:29:59Z', true],
  ['Saturday', '2026-11-28T10:00:00Z', false],
  ['a holiday', '2026-12-25T10:00:00Z', false],
])('%s', (_name, at, open) => {
  expect(isOpen(office, Date.parse(at))).toBe(open);
});

const nights = hours('UTC', '22:00-06:00', { days: ['fri'], holidays: ['2026-12-25'] });

test.each<[string, string, boolean]>([
  ['Friday night', '2026-11-27T23:00:00Z', true],
  ['and Saturday morning, which belongs to Friday', '2026-11-28T05:59:00Z', true],
  ['not Friday morning', '2026-11-27T05:00:00Z', false],
  ['not Saturday night', '2026-11-28T23:00:00Z', false],
  ['a holiday takes its night with it', '2026-12-26T05:00:00Z', false],
])('past midnight: %s', (_name, at, open) => {
  expect(isOpen(nights, Date.parse(at))).toBe(open);
});

test('24:00 is an end', () => {
  const late = hours('UTC', '20:00-24:00');
  expect(isOpen(late, Date.parse('2026-11-24T23:59:59Z'))).toBe(true);
  expect(isOpen(late, Date.parse('2026-11-25T00:00:00Z'))).toBe(false);
});

test('none configured means always', () => {
  expect(isOpen(null, 0)).toBe(true);
  expect(nextOpening(null, 1234)).toBe(1234);
});

test.each<[string, BusinessHours, string, string | null]>([
  ['open now', office, '2026-11-24T10:00:30Z', '2026-11-24T10:00:30Z'],
  ['before the opening', office, '2026-11-24T06:12:13Z', '2026-11-24T08:00:00Z'],
  ['after the end', office, '2026-11-24T16:30:00Z', '2026-11-25T08:00:00Z'],
  ['over a weekend', office, '2026-11-27T17:30:00Z', '2026-11-30T08:00:00Z'],
  ['over Christmas', office, '2026-12-24T20:00:00Z', '2026-12-28T08:00:00Z'],
  ['over the change of clocks', office, '2026-03-27T20:00:00Z', '2026-03-30T07:00:00Z'],
  [
    'a window that lies whole in the gap',
    hours('Europe/Berlin', '02:00-02:30'),
    '2026-03-28T12:00:00Z',
    '2026-03-30T00:00:00Z',
  ],
  [
    'a window that the gap cuts',
    hours('Europe/Berlin', '02:30-04:00'),
    '2026-03-28T12:00:00Z',
    '2026-03-29T01:00:00Z',
  ],
  ['no day at all', hours('UTC', '09:00-17:00', { days: [] }), '2026-11-24T10:00:00Z', null],
])('next opening, %s', (_name, given, at, opens) => {
  const next = nextOpening(given, Date.parse(at));
  expect(next === null ? null : formatTime(next)).toBe(opens);
});

test('the next opening is the first open minute, whatever the hours', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/New_York',
    'Antarctica/Troll',
  );
  const window = fc.record({
    start: fc.integer({ min: 0, max: 1439 }),
    end: fc.integer({ min: 1, max: 1440 }),
  });
  const given = fc.record({
    zone,
    days: fc.subarray([...everyDay], { minLength: 1 }),
    times: fc.array(window, { minLength: 1, maxLength: 2 }),
    holidays: fc.constant([]),
  });
  // The days around the changes of clocks in 2026, to the minute.
  const around = fc.constantFrom(
    '2026-03-08',
    '2026-03-29',
    '2026-04-05',
    '2026-10-04',
    '2026-10-25',
    '2026-11-01',
  );
  fc.assert(
    fc.property(given, around, fc.integer({ min: 0, max: 2880 }), (each, date, offset) => {
      const at = Date.parse(`${date}T12:00:00Z`) - offset * minute;
      const next = nextOpening(each, at) ?? Number.NaN;
      expect(isOpen(each, next)).toBe(true);
      const length = Math.min(1500, Math.ceil((next - at) / minute));
      const earlier = Array.from({ length }, (_, passed) => at + passed * minute);
      expect(earlier.filter((before) => isOpen(each, before))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a zone that slipped through is a bug, not a quiet night', () => {
  expect(() => isOpen(hours('Mars/Base', '08:00-18:00'), 0)).toThrow('Mars/Base');
});

test.each<[zone: string, span: string, more: Partial<BusinessHours>, date: string | undefined]>([
  ['Europe/Berlin', '02:00-02:30', {}, '2027-03-28'],
  ['Europe/Berlin', '02:00-03:00', {}, '2027-03-28'],
  ['Europe/Berlin', '02:00-03:01', {}, undefined],
  ['Europe/Berlin', '01:59-02:30', {}, undefined],
  ['Europe/Berlin', '02:30-02:00', {}, undefined],
  ['Europe/Berlin', '02:00-02:30', { days: weekdays }, undefined],
  ['Europe/Berlin', '02:00-02:30', { holidays: ['2027-03-28'] }, undefined],
  ['Africa/Cairo', '00:00-00:30', {}, '2027-04-30'],
  ['Australia/Lord_Howe', '02:00-02:30', {}, '2027-10-03'],
  ['America/New_York', '02:15-02:45', {}, '2027-03-14'],
  ['UTC', '02:00-02:30', {}, undefined],
  ['Asia/Kolkata', '02:00-02:30', {}, undefined],
])('clocks of %s skip all of %s (%j) on %s', (zone, span, more, date) => {
  const given = hours(zone, span, more);
  const skipped = skippedWindows(given, Date.parse('2026-11-28T12:34:56Z'));
  expect(skipped).toEqual(date === undefined ? [] : [{ index: 0, date }]);
  if (date !== undefined) expect(openMinutes(given, date)).toBe(0);
});
