import { expect, test } from '@jest/globals';
import { keepSetAside, saySetAside } from '../../../src/core/lifecycle/set-aside.ts';
import type { SetAside } from '../../../src/core/model/state.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { type Look, monitor, sayDue, start } from './history.ts';

const see: Look = { seen: [{ severity: 'SEV-1' }] };
const unfit: Look = { ...see, slack: 'refuses', receipt: () => ({ unfit: true }) };

test('a message that is refused five times for itself is set aside, and said', () => {
  const monitored = monitor();
  monitored.look(0, unfit);
  for (const minutes of [1, 2, 3]) monitored.look(minutes, unfit);
  expect(monitored.state().outbox).toMatchObject([{ unfit: 4, attempts: 4 }]);
  monitored.look(4, unfit);
  expect(monitored.state().outbox).toEqual([]);
  expect(monitored.state().setAside).toEqual([
    {
      ...{ id: '20261124_100000-1', kind: 'full', reason: 'NEW', severity: 'SEV-1' },
      text: expect.stringMatching(/^SEV-1 api DOWN/),
      error: expect.stringContaining('internal_error'),
      at: '2026-11-24T10:04:00Z',
    },
  ]);
  const next = monitored.look(5, see);
  expect(next.due).toEqual([]);
  expect(next.heldBack).toMatch(/^1 message set aside after 5 refusals, the last: SEV-1 api DOWN/);
  expect(monitored.look(4 + 24 * 60, see).heldBack).toBeNull();
  expect(monitored.look(4 + 7 * 24 * 60, see).state.setAside).toBeUndefined();
});

test('what else is refused is never set aside, and the count stands', () => {
  const monitored = monitor();
  monitored.look(0, unfit);
  for (let minutes = 1; minutes < 10; minutes++)
    monitored.look(minutes, { ...see, slack: 'refuses' });
  expect(monitored.state().outbox).toMatchObject([{ unfit: 1, attempts: 10 }]);
});

test('what is behind it goes out all the same', () => {
  const monitored = monitor();
  monitored.look(0, unfit);
  const more = { seen: [{ severity: 'SEV-1' as const }, { name: 'web' }] };
  expect(sayDue(monitored.look(1, more))).toEqual(['full NEW', 'full NEW']);
  expect(monitored.state().outbox).toEqual([]);
});

test('once it is set aside, the next word about it goes out by itself', () => {
  const monitored = monitor();
  for (const minutes of [0, 1, 2, 3, 4]) monitored.look(minutes, unfit);
  expect(sayDue(monitored.look(20, see))).toEqual(['brief STILL_SEV1']);
});

const aside = (minutes: number): SetAside => ({
  ...{ id: `${minutes}`, kind: 'brief', reason: 'CHANGED', severity: 'SEV-2' },
  ...{ text: `message ${minutes}`, error: 'no', at: formatTime(start + minutes * 60_000) },
});

test('the newest ten are kept, and the last is named', () => {
  const many = Array.from({ length: 12 }, (_, minutes) => aside(minutes));
  const { setAside = [] } = keepSetAside(many, start);
  expect(setAside.map(({ id }) => id)).toEqual(many.slice(2).map(({ id }) => id));
  expect(saySetAside(many, start)).toBe(
    '12 messages set aside after 5 refusals, the last: message 11 (no)',
  );
  expect([saySetAside([], start), saySetAside(undefined, start)]).toEqual([null, null]);
  expect(keepSetAside(undefined, start)).toEqual({});
  expect(keepSetAside([{ ...aside(0), at: 'nonsense' }], start)).toEqual({});
});
