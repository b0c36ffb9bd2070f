import { expect, test } from '@jest/globals';
import { blindBefore, timesAfter } from '../../../src/core/lifecycle/blind.ts';
import type { Rhythm } from '../../../src/core/model/cycle.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { rhythmOf } from '../../../src/core/rhythm.ts';

const start = Date.parse('2026-11-24T00:00:00Z');
const at = (minutes: number): string => formatTime(start + minutes * 60_000);
const words = { always: ', loud', beside: '', never: ', the rule' };
const every = (pauseMinutes: number): Rhythm => ({
  pauseSeconds: pauseMinutes * 60,
  lagSeconds: 0,
});

/** Minutes at which the last cycles started, what the schedule says, the minutes until the next; then the cycles missed, or nothing. */
test.each<[string, readonly number[], Rhythm | undefined, number, string]>([
  ['the first cycle', [], every(30), 600, 'nothing'],
  ['as the schedule says', [0], every(30), 30, 'nothing'],
  ['twice the pause is not more than it', [0], every(30), 60, 'nothing'],
  ['more than twice', [0], every(30), 61, '1 missed'],
  ['half an hour is nothing where the pause is short', [0], every(5), 30, 'nothing'],
  ['a little more is', [0], every(5), 31, '5 missed'],
  ['two hours are not loud', [0], every(30), 120, '3 missed'],
  ['a little more is', [0], every(30), 121, '3 missed, loud'],
  ['three pauses are not loud', [0], every(60), 180, '2 missed'],
  ['a little more is', [0], every(60), 181, '2 missed, loud'],
  ['no schedule: the median of the last pauses', [0, 30, 61, 90, 121], undefined, 200, '2 missed'],
  ['no schedule: as usual', [0, 30, 61, 90, 121], undefined, 180, 'nothing'],
  ['no schedule: too few pauses', [0, 30, 60, 90], undefined, 900, 'nothing'],
  ['no schedule: one odd pause of four', [0, 30, 60, 90, 290], undefined, 490, '6 missed, loud'],
  ['no schedule: no rhythm', [0, 30, 60, 300, 700], undefined, 1900, 'nothing'],
  ['no schedule: a person at work', [0, 1, 2, 3, 4], undefined, 1900, 'nothing'],
  [
    'a schedule of one time: the median',
    [0, 30, 60, 90, 120],
    { pauseSeconds: null, lagSeconds: 0 },
    190,
    '1 missed',
  ],
  ['gaps that are the rule', [0, 300, 590, 900, 1200], every(30), 1500, '9 missed, the rule'],
  ['a longer one than is the rule', [0, 300, 590, 900, 1200], every(30), 1830, '20 missed, loud'],
  ['too few to be the rule', [0, 300, 590, 900], every(30), 1200, '9 missed, loud'],
  ['a clock that went back', [600], every(30), 0, 'nothing'],
])('%s', (_name, times, rhythm, now, expected) => {
  const blind = blindBefore({ cycleTimes: times.map(at) }, { startedAt: at(now), rhythm });
  const said = blind === null ? 'nothing' : `${blind.missed} missed${words[blind.slack]}`;
  expect(said).toBe(expected);
  if (blind !== null) expect(blind).toMatchObject({ from: at(times.at(-1) ?? 0), to: at(now) });
});

test('the times of twelve cycles are kept, and no gap is seen twice', () => {
  let cycleTimes: readonly string[] = [];
  for (let n = 0; n < 20; n++) cycleTimes = timesAfter({ cycleTimes }, { startedAt: at(n * 30) });
  expect(cycleTimes).toEqual(Array.from({ length: 12 }, (_, n) => at((n + 8) * 30)));
  const late = { startedAt: at(1200), rhythm: every(30) };
  expect(blindBefore({ cycleTimes }, late)).not.toBeNull();
  cycleTimes = timesAfter({ cycleTimes }, late);
  expect(blindBefore({ cycleTimes }, late)).toBeNull();
  expect(timesAfter({ cycleTimes }, late)).toEqual(cycleTimes);
});

/** 24 November 2026 is a Tuesday. */
test.each<[string, string, number | null, number]>([
  ['7,37 * * * *', '2026-11-24T10:11:30Z', 30, 270],
  ['7,37 * * * *', '2026-11-24T10:37:00Z', 30, 0],
  ['* * * * *', '2026-11-24T10:11:30Z', 1, 30],
  ['7,22,37,52 * * * *', '2026-11-24T10:06:59Z', 15, 899],
  ['*/15 8-18 * * 1-5', '2026-11-24T10:16:00Z', (24 * 2 + 13.25) * 60, 60],
  ['0 6 * * *', '2026-11-24T07:00:00Z', 24 * 60, 3600],
  ['0 6 * * 1', '2026-11-24T07:00:00Z', null, 90_000],
])('%s at %s', (cron, now, pauseMinutes, lagSeconds) => {
  const times = rhythmOf(cron, Date.parse(now));
  expect(times).toEqual({
    pauseSeconds: pauseMinutes === null ? null : pauseMinutes * 60,
    lagSeconds,
  });
});

test.each([
  undefined,
  '',
  'x',
  '61 * * * *',
  '0 0 30 2 *',
  'TZ=Mars/Olympus 0 0 * * *',
  '9'.repeat(5000),
])('no schedule: %s', (cron) => {
  expect(rhythmOf(cron, start)).toBeUndefined();
});
