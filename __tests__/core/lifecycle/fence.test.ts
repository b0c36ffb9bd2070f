import { expect, test } from '@jest/globals';
import { isAhead, isStale } from '../../../src/core/lifecycle/fence.ts';
import { type Look, monitor, podGap, sayDue, sayVerdict, start } from './history.ts';

const noon = '2026-11-24T12:00:00Z';
const day = 24 * 60;
const see: Look = { seen: [{}] };

test.each<[string, string | null, string, 'live' | 'dump', string, boolean]>([
  ['nothing was seen', null, noon, 'live', noon, false],
  ['the same time', noon, noon, 'live', noon, false],
  ['a later look', '2026-11-24T11:59:59Z', noon, 'live', noon, false],
  ['an older look', '2026-11-24T12:00:01Z', noon, 'live', noon, true],
  ['an older dump', '2026-11-24T12:00:01Z', noon, 'dump', noon, false],
  ['as far ahead as clocks may differ', '2026-11-24T12:15:00Z', noon, 'live', noon, true],
  ['ahead of both clocks', '2026-11-24T12:15:01Z', noon, 'live', noon, false],
  ['a look that took long', '2026-11-24T12:40:00Z', noon, 'live', '2026-11-24T12:30:00Z', true],
  [
    'a runner behind the cluster',
    '2026-11-24T12:05:00Z',
    noon,
    'live',
    '2020-01-01T00:00:00Z',
    true,
  ],
  ['a clock that went back', noon, '2026-11-24T11:00:00Z', 'live', '2026-11-24T12:15:01Z', false],
  ['a run that was late', noon, '2026-11-24T11:59:00Z', 'live', '2026-11-24T12:15:00Z', true],
  ['no time', 'yesterday', noon, 'live', noon, false],
])('the fence, %s', (_name, snapshotAt, taken, source, startedAt, stale) => {
  expect(isStale({ snapshotAt }, { source, snapshotAt: taken }, { startedAt })).toBe(stale);
});

test.each([
  ['2026-11-24T12:15:00Z', false],
  ['2026-11-24T12:15:01Z', true],
  ['2026-11-24T11:00:00Z', false],
  [null, false],
])('%p is ahead of noon: %p', (at, ahead) => {
  expect(isAhead(at, Date.parse(noon))).toBe(ahead);
});

test("the fence is of the snapshot's own time, whatever the user's clock says", () => {
  const monitored = monitor();
  const ahead = monitored.look(2 * day, { ...see, takenAt: start });
  expect(ahead.state.snapshotAt).toBe('2026-11-24T10:00:00Z');
  expect(monitored.look(5, { ...see, takenAt: start + 300_000 }).stale).toBe(false);
});

test('a fence that a wrong clock has put far ahead gives way, and is put right', () => {
  const monitored = monitor();
  monitored.look(0, { ...see, takenAt: start + day * 60_000 });
  const next = monitored.look(5, see);
  expect(next).toMatchObject({ stale: false, state: { snapshotAt: '2026-11-24T10:05:00Z' } });
});

test('what was told by a clock far ahead is told anew, once', () => {
  const monitored = monitor();
  monitored.look(2 * day, { ...see, takenAt: start });
  expect(sayDue(monitored.look(5, see))).toEqual(['full REPEAT', 'edit REPEAT']);
  expect(sayDue(monitored.look(10, see))).toEqual([]);
});

test('but not where clocks only differ a little', () => {
  const monitored = monitor();
  monitored.look(15, { ...see, takenAt: start });
  expect(sayVerdict(monitored.look(0, see))).toBe('open: nothing SAME');
});

test('what went out of sight by a clock far ahead ends all the same', () => {
  const monitored = monitor();
  monitored.look(0, see);
  monitored.look(2 * day, { gaps: [podGap], takenAt: start + 60_000 });
  monitored.look(2 * day + 1, { seen: [{}, { name: 'web' }], takenAt: start + 120_000 });
  const reads = [5, 10, 16].map((minutes) => sayVerdict(monitored.look(minutes, {}), 'web'));
  expect(reads).toEqual([
    'clearing: nothing CLEARING',
    'clearing: nothing CLEARING',
    'resolved: resolved RESOLVED',
  ]);
});

test('reads that a clock far ahead has counted begin anew', () => {
  const monitored = monitor();
  monitored.look(2 * day, { ...see, takenAt: start });
  monitored.look(2 * day + 5, { takenAt: start + 60_000 });
  const reads = [5, 16].map((minutes) => sayVerdict(monitored.look(minutes, {})));
  expect(reads).toEqual(['clearing: nothing CLEARING', 'resolved: resolved RESOLVED']);
});
