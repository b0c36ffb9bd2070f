import { expect, test } from '@jest/globals';
import { unexpired } from '../../../src/core/lifecycle/expiry.ts';
import type { NotificationKind, OutboxEntry } from '../../../src/core/model/notification.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { fingerprintOf, type Look, monitor, start } from './history.ts';

const hour = 3600;
const week = 7 * 24 * hour;
const see = (digest = 'd1'): Look => ({ seen: [{ digest }] });
const stamp = {
  ...{ id: '20261124_100000', cluster: 'prod', startedAt: formatTime(start), now: start },
  ...{ run: 'mine', channel: 'C1', runUrl: null },
};
const { incidents: open } = monitor().look(0, see()).state;
const { incidents: ended } = (() => {
  const monitored = monitor();
  monitored.look(0, see());
  return monitored.look(60, {}).state;
})();

function entryOf(
  kind: NotificationKind,
  seconds: number,
  more: Partial<OutboxEntry> = {},
): OutboxEntry {
  return {
    ...{ id: kind, kind, reason: 'NEW', severity: 'SEV-2', channel: 'C1', alert: 'a' },
    ...{ fingerprints: [fingerprintOf('api')], message: { text: 'x', blocks: [] } },
    ...{ cycleId: '20261124_090000', decidedAt: formatTime(start - seconds * 1000) },
    ...{
      status: 'undelivered',
      run: null,
      claimedAt: null,
      attempts: 1,
      notBefore: null,
      error: null,
    },
    ...more,
  };
}

test.each<[string, OutboxEntry, typeof open, boolean]>([
  ['a change, two hours old', entryOf('brief', 2 * hour), open, true],
  [
    'a count of what was missed, however old',
    entryOf('health', 9 * week, { missed: { number: 3, from: '', to: '', worst: '' } }),
    ended,
    true,
  ],
  ['a change, older', entryOf('brief', 2 * hour + 1), open, false],
  [
    'a return told the channel, while it is open',
    entryOf('brief', 2 * week, { broadcast: true }),
    open,
    true,
  ],
  [
    'a return told the channel, ended, a week old',
    entryOf('brief', week, { broadcast: true }),
    ended,
    true,
  ],
  [
    'a return told the channel, ended, older',
    entryOf('brief', week + 1, { broadcast: true }),
    ended,
    false,
  ],
  ['an end, a week old', entryOf('resolved', week), ended, true],
  ['an end, older', entryOf('resolved', week + 1), ended, false],
  ['an edit, a week old', entryOf('edit', week), open, true],
  ['an edit, older', entryOf('edit', week + 1), open, false],
  ['health, a week old', entryOf('health', week), open, true],
  ['health, older', entryOf('health', week + 1), open, false],
  ['an alert, while it is open', entryOf('full', 9 * week), open, true],
  ['an alert that ended, a week old', entryOf('full', week), ended, true],
  ['an alert that ended, older', entryOf('full', week + 1), ended, false],
  ['an alert about what is forgotten', entryOf('full', week + 1), {}, false],
  ['from a clock ahead', entryOf('brief', -week), open, true],
])('%s: kept %p', (_name, entry, incidents, kept) => {
  expect(unexpired([entry], incidents, stamp)).toEqual(kept ? [entry] : []);
});

test('what another run is sending stays', () => {
  const claimed = { status: 'pending', claimedAt: formatTime(start - 60_000) } as const;
  const theirs = entryOf('brief', week, { ...claimed, run: 'other' });
  const mine = entryOf('brief', week, { ...claimed, run: 'mine' });
  expect(unexpired([theirs, mine], open, stamp)).toEqual([theirs]);
});

test('with an alert goes what belongs to it, and nothing else', () => {
  const other = entryOf('resolved', hour, { alert: 'b' });
  const outbox = [
    entryOf('full', week + 1),
    entryOf('resolved', hour),
    entryOf('edit', hour),
    other,
  ];
  expect(unexpired(outbox, ended, stamp)).toEqual([other]);
});

test('what is dropped is said', () => {
  const monitored = monitor();
  monitored.look(0, see());
  monitored.look(15, { ...see('d2'), slack: 'refuses' });
  const late = monitored.look(15 + 121, see('d2'));
  expect(late.due.map(({ kind }) => kind)).toEqual(['edit']);
  expect(late.heldBack).toBe('1 message dropped: Slack did not take them while they were news');
  expect(monitored.look(140, see('d2')).heldBack).toBeNull();
});

test('beside why something else waits', () => {
  const monitored = monitor();
  monitored.look(0, see());
  monitored.look(15, { ...see('d2'), slack: 'refuses' });
  monitored.look(120, { ...see('d2'), slack: 'refuses', retryAfterSeconds: 3600 });
  expect(monitored.fail(15 + 121).heldBack).toMatch(
    /^1 message not sent yet: .*; 1 message dropped: /,
  );
});
