import { expect, test } from '@jest/globals';
import type { BusinessHours } from '../../../src/core/model/catalog.ts';
import { type Look, monitor, podGap, sayVerdict } from './history.ts';

const nineToFive: BusinessHours = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  times: [{ start: 9 * 60, end: 17 * 60 }],
  holidays: [],
};

/** A look, minutes after Tuesday 10:00 UTC. */
type At = readonly [minutes: number, look: Look];
const absent: Look = {};
const hidden: Look = { gaps: [podGap] };
const see = (severity: 'SEV-1' | 'SEV-2' | 'SEV-3' | 'SEV-4' = 'SEV-2', digest = 'd1'): Look => ({
  seen: [{ severity, digest }],
});
const unsure: Look = { seen: [{ unconfirmed: true }] };
const known: Look = { seen: [{ severity: 'SEV-3', known: true }] };
const evening = 8 * 60;
const nextMorning = 23 * 60;
const day = 24 * 60;

/** The rows of the life-cycle's table: what the last look says, and why. */
test.each<[row: string, says: string, history: readonly At[], first?: boolean]>([
  ['2 first look', 'new: full BASELINE', [[0, see()]], true],
  ['2 first look at a SEV-3 alone', 'new: full BASELINE', [[0, see('SEV-3')]], true],
  ['2 first look out of hours', 'new: nothing DEFERRED', [[evening, see('SEV-3')]], true],
  ['2 first look at a SEV-4', 'new: nothing BELOW', [[0, see('SEV-4')]], true],
  ['3 known', 'new: nothing KNOWN', [[0, known]]],
  ['3 known, on the first look too', 'new: nothing KNOWN', [[0, known]], true],
  [
    '3 known, later',
    'open: nothing KNOWN',
    [
      [0, known],
      [30, known],
    ],
  ],
  ['5 SEV-4', 'new: nothing BELOW', [[0, see('SEV-4')]]],
  [
    '5 a SEV-3 that should not be told',
    'new: nothing BELOW',
    [[0, { seen: [{ severity: 'SEV-3', shouldNotify: false }] }]],
  ],
  ['20 nothing says since when', 'new: nothing UNCONFIRMED', [[0, unsure]]],
  [
    '20 seen again too soon to tell',
    'open: nothing UNCONFIRMED',
    [
      [0, unsure],
      [9, unsure],
    ],
  ],
  [
    '20 seen again ten minutes on',
    'open: full RAISED',
    [
      [0, unsure],
      [10, unsure],
    ],
  ],
  [
    '20 told once, it goes on as any other',
    'open: nothing SAME',
    [
      [0, unsure],
      [10, unsure],
      [20, unsure],
    ],
  ],
  [
    '20 back after it ended, unsure again',
    'new: nothing UNCONFIRMED',
    [
      [0, unsure],
      [10, absent],
      [30, absent],
      [40, unsure],
    ],
  ],
  ['6 SEV-3 out of hours', 'new: nothing DEFERRED', [[evening, see('SEV-3')]]],
  [
    '6 still out of hours',
    'open: nothing DEFERRED',
    [
      [evening, see('SEV-3')],
      [evening + 60, see('SEV-3')],
    ],
  ],
  [
    '7 deferred, in hours',
    'open: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [nextMorning, see('SEV-3')],
    ],
  ],
  [
    '7 deferred, first look after the opening is out of hours again',
    'open: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [day + evening, see('SEV-3')],
    ],
  ],
  [
    '7 deferred, now SEV-2',
    'worse: full DEFERRED_DUE',
    [
      [evening, see('SEV-3')],
      [evening + 30, see('SEV-2')],
    ],
  ],
  ['8 new', 'new: full NEW', [[0, see()]]],
  ['8 SEV-1 in the night', 'new: full NEW', [[evening, see('SEV-1')]]],
  [
    '8 gone without being told, then back',
    'new: full NEW',
    [
      [0, see('SEV-4')],
      [60, absent],
      [120, see('SEV-2')],
    ],
  ],
  [
    '9 raised over the threshold',
    'worse: full RAISED',
    [
      [0, see('SEV-4')],
      [30, see('SEV-2')],
    ],
  ],
  [
    '9 was known, never told',
    'open: full RAISED',
    [
      [0, known],
      [30, see('SEV-3')],
    ],
  ],
  [
    '10 told, then known',
    'open: brief SILENCE_STARTED',
    [
      [0, see()],
      [30, known],
    ],
  ],
  [
    '10 told, then known, later',
    'open: nothing KNOWN',
    [
      [0, see()],
      [30, known],
      [240, known],
    ],
  ],
  [
    '11 known no more',
    'open: full SILENCE_ENDED',
    [
      [0, see()],
      [30, known],
      [60, see()],
    ],
  ],
  [
    '11 known no more, SEV-3 out of hours',
    'open: nothing DEFERRED',
    [
      [0, see('SEV-3')],
      [30, known],
      [evening, see('SEV-3')],
    ],
  ],
  [
    '11 and in hours',
    'open: full SILENCE_ENDED',
    [
      [0, see('SEV-3')],
      [30, known],
      [evening, see('SEV-3')],
      [nextMorning, see('SEV-3')],
    ],
  ],
  [
    '14 worse',
    'worse: full WORSE',
    [
      [0, see('SEV-2')],
      [5, see('SEV-1')],
    ],
  ],
  [
    '14 worse in the night',
    'worse: full WORSE',
    [
      [0, see('SEV-3')],
      [evening, see('SEV-2')],
    ],
  ],
  [
    '14 worse than told by steps',
    'worse: full WORSE',
    [
      [0, see('SEV-2')],
      [5, see('SEV-3')],
      [10, see('SEV-2')],
      [15, see('SEV-1')],
    ],
  ],
  [
    '17 back within the window',
    'open: brief REOPENED',
    [
      [0, see()],
      [60, absent],
      [90, see()],
    ],
  ],
  [
    '17 back at its end',
    'open: brief REOPENED',
    [
      [0, see()],
      [60, absent],
      [180, see()],
    ],
  ],
  [
    '17 back after the window',
    'new: full NEW',
    [
      [0, see()],
      [60, absent],
      [181, see()],
    ],
  ],
  [
    '17 back and worse',
    'worse: full WORSE',
    [
      [0, see()],
      [60, absent],
      [90, see('SEV-1')],
    ],
  ],
  [
    '20 fell to SEV-4',
    'open: brief BETTER',
    [
      [0, see()],
      [30, see('SEV-4', 'd2')],
    ],
  ],
  [
    '20 fell to SEV-4, nothing else',
    'open: nothing BELOW',
    [
      [0, see()],
      [30, see('SEV-4')],
    ],
  ],
  [
    '20 no repeat of a SEV-4',
    'open: nothing BELOW',
    [
      [0, see()],
      [30, see('SEV-4', 'd2')],
      [300, see('SEV-4', 'd2')],
    ],
  ],
  [
    '23 three hours later',
    'open: full REPEAT',
    [
      [0, see()],
      [180, see()],
    ],
  ],
  [
    '23 not a minute before',
    'open: nothing SAME',
    [
      [0, see()],
      [179, see()],
    ],
  ],
  [
    '23 once after a long pause',
    'open: nothing SAME',
    [
      [0, see()],
      [600, see()],
      [630, see()],
    ],
  ],
  [
    '23 a SEV-3 waits for hours',
    'open: nothing DEFERRED',
    [
      [0, see('SEV-3')],
      [evening, see('SEV-3')],
    ],
  ],
  [
    '24 changed',
    'open: brief CHANGED',
    [
      [0, see()],
      [10, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 changed too soon',
    'open: nothing SAME',
    [
      [0, see()],
      [9, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 changed too soon, said later',
    'open: brief CHANGED',
    [
      [0, see()],
      [9, see('SEV-2', 'd2')],
      [14, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 a SEV-1 changed',
    'open: brief CHANGED',
    [
      [0, see('SEV-1')],
      [1, see('SEV-1', 'd2')],
    ],
  ],
  [
    '24 better',
    'open: brief BETTER',
    [
      [0, see('SEV-1')],
      [10, see('SEV-2', 'd2')],
    ],
  ],
  [
    '24 changed in the night',
    'open: nothing DEFERRED',
    [
      [0, see('SEV-3')],
      [evening - 60, see('SEV-3', 'd2')],
    ],
  ],
  [
    '25 SEV-1 for 15 min',
    'open: brief STILL_SEV1',
    [
      [0, see('SEV-1')],
      [15, see('SEV-1')],
    ],
  ],
  [
    '25 not before',
    'open: nothing SAME',
    [
      [0, see('SEV-1')],
      [14, see('SEV-1')],
    ],
  ],
  [
    '25 counted from the last word',
    'open: nothing SAME',
    [
      [0, see('SEV-1')],
      [15, see('SEV-1')],
      [29, see('SEV-1')],
    ],
  ],
  [
    '26 same',
    'open: nothing SAME',
    [
      [0, see()],
      [30, see()],
    ],
  ],
  [
    '26 a blip',
    'open: nothing BLIP',
    [
      [0, see()],
      [5, absent],
      [10, see()],
    ],
  ],
  [
    '30 absent once',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, absent],
    ],
  ],
  [
    '30 absent twice within ten minutes',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, absent],
      [14, absent],
    ],
  ],
  [
    '30 the hold begins anew after a blip',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, absent],
      [10, see()],
      [16, absent],
    ],
  ],
  [
    '31 ended, nobody knew',
    'resolved: nothing RESOLVED_UNTOLD',
    [
      [0, see('SEV-4')],
      [60, absent],
    ],
  ],
  [
    '31 ended before its hours',
    'resolved: nothing DEFERRED_DROPPED',
    [
      [evening, see('SEV-3')],
      [evening + 60, absent],
    ],
  ],
  [
    '32 absent twice over ten minutes',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [5, absent],
      [15, absent],
    ],
  ],
  [
    '32 absent once after an hour',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [60, absent],
    ],
  ],
  [
    '32 an hour since it was seen, not since it began',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [59, see()],
      [61, absent],
    ],
  ],
  [
    '32 while known',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [30, known],
      [90, absent],
    ],
  ],
  [
    '32 out of hours',
    'resolved: resolved RESOLVED',
    [
      [0, see('SEV-3')],
      [evening, absent],
    ],
  ],
  [
    '32 hidden between two absent reads',
    'resolved: resolved RESOLVED',
    [
      [0, see()],
      [5, absent],
      [10, hidden],
      [15, absent],
    ],
  ],
  [
    '41 first out of sight',
    'unknown: brief UNKNOWN',
    [
      [0, see()],
      [30, hidden],
    ],
  ],
  [
    '41 a SEV-3 out of sight',
    'unknown: nothing UNKNOWN',
    [
      [0, see('SEV-3')],
      [30, hidden],
    ],
  ],
  [
    '41 a known one out of sight',
    'unknown: nothing UNKNOWN',
    [
      [0, see()],
      [10, known],
      [30, hidden],
    ],
  ],
  [
    '41 never told',
    'unknown: nothing UNKNOWN',
    [
      [0, see('SEV-4')],
      [30, hidden],
    ],
  ],
  [
    '42 out of sight for a week',
    'resolved: resolved EXPIRED_UNKNOWN',
    [
      [0, see('SEV-3')],
      [30, hidden],
      [31 + 7 * day, hidden],
    ],
  ],
  [
    '42 not before',
    'unknown: nothing UNKNOWN',
    [
      [0, see('SEV-3')],
      [30, hidden],
      [30 + 7 * day, hidden],
    ],
  ],
  [
    '42 never told',
    'resolved: nothing EXPIRED_UNKNOWN',
    [
      [0, see('SEV-4')],
      [30, hidden],
      [31 + 7 * day, hidden],
    ],
  ],
  [
    '43 out of sight, repeat due',
    'unknown: full REPEAT_UNKNOWN',
    [
      [0, see()],
      [30, hidden],
      [180, hidden],
    ],
  ],
  [
    '44 still out of sight',
    'unknown: nothing UNKNOWN',
    [
      [0, see()],
      [30, hidden],
      [60, hidden],
    ],
  ],
  [
    '44 seen again',
    'open: nothing SAME',
    [
      [0, see()],
      [30, hidden],
      [60, see()],
    ],
  ],
  [
    '44 then absent: the first absent read',
    'clearing: nothing CLEARING',
    [
      [0, see()],
      [5, hidden],
      [10, absent],
    ],
  ],
])('row %s: %s', (_row, says, history, first = false) => {
  const monitored = monitor({ first, catalog: { hours: nineToFive } });
  const last = history.map(([minutes, look]) => monitored.look(minutes, look)).at(-1);
  expect(last && sayVerdict(last)).toBe(says);
});

test('row 40: what ended is not spoken of again', () => {
  const monitored = monitor();
  for (const [minutes, look] of [
    [0, see()],
    [60, absent],
  ] as const)
    monitored.look(minutes, look);
  expect(monitored.look(90, hidden).verdicts).toEqual([]);
  expect(monitored.look(95, absent).verdicts).toEqual([]);
});

test('row 1: an older look changes nothing but the count', () => {
  const monitored = monitor();
  monitored.look(0, see());
  const before = monitored.state();
  const late = monitored.look(5, { takenAt: Date.parse('2026-11-24T09:59:59Z') });
  expect(sayVerdict(late)).toBe('open: nothing STALE_RUN');
  expect(late).toMatchObject({ stale: true, due: [] });
  expect(late.heldBack).toContain('older than what is remembered');
  expect(late.state).toEqual({ ...before, cycleCount: 2, lastCycleId: '20261124_100500' });
});

test('an older look at what nobody else saw does not tell it either', () => {
  const monitored = monitor();
  monitored.look(0, absent);
  const late = monitored.look(5, { ...see('SEV-1'), takenAt: Date.parse('2026-11-24T09:59:59Z') });
  expect(sayVerdict(late)).toBe('open: nothing STALE_RUN');
  expect(late.state.incidents).toEqual({});
});

test('an older look never makes a sick monitor healthy', () => {
  const monitored = monitor();
  monitored.look(0, see());
  for (const minutes of [5, 10, 15]) monitored.fail(minutes);
  const late = monitored.look(20, { takenAt: Date.parse('2026-11-24T09:59:59Z') });
  expect(late.state).toMatchObject({ failedCycles: 3, health: 'degraded' });
  expect(monitored.look(25, see()).state).toMatchObject({ failedCycles: 0, health: 'healthy' });
});

test('dumps are never ordered by their times', () => {
  const monitored = monitor();
  monitored.look(600, { ...see(), source: 'dump' });
  const older = monitored.look(0, { ...see(), source: 'dump' });
  expect(older.stale).toBe(false);
  expect(older.state.snapshotAt).toBeNull();
});
