import { expect, test } from '@jest/globals';
import { claim } from '../../../src/core/lifecycle/outbox.ts';
import type { NotificationKind, OutboxEntry } from '../../../src/core/model/notification.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { monitor, start } from './history.ts';

const mine = { now: start, run: 'mine', channel: 'C1', startedAt: formatTime(start) };

function entryOf(id: string, kind: NotificationKind, more: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    ...{ id, kind, reason: 'NEW', severity: 'SEV-2', channel: 'C1', alert: id, fingerprints: [id] },
    ...{ message: { text: id, blocks: [] }, cycleId: '20261124_090000' },
    decidedAt: formatTime(start - 60_000),
    ...{ status: 'undelivered', run: null, claimedAt: null, attempts: 0 },
    ...{ notBefore: null, error: null },
    ...more,
  };
}
const some = (number: number, id: string, kind: NotificationKind, more?: Partial<OutboxEntry>) =>
  Array.from({ length: number }, (_, at) => entryOf(`${id}${at}`, kind, more));
const dueOf = (outbox: readonly OutboxEntry[]) => claim(outbox, {}, mine).due.map(({ id }) => id);

test('a cycle sends 20 messages through Slack: alerts, the worst first, then ends, then changes; edits cost nothing', () => {
  const outbox = [
    ...some(3, 'edit', 'edit'),
    ...some(8, 'brief', 'brief'),
    ...some(12, 'end', 'resolved'),
    ...some(2, 'low', 'full', { severity: 'SEV-3' }),
    ...some(2, 'high', 'full', { severity: 'SEV-1' }),
  ];
  const due = dueOf(outbox);
  expect(due.slice(0, 4)).toEqual(['high0', 'high1', 'low0', 'low1']);
  expect(due.filter((id) => id.startsWith('end'))).toHaveLength(12);
  expect(due.filter((id) => id.startsWith('brief'))).toHaveLength(4);
  expect(due.slice(-3)).toEqual(['edit0', 'edit1', 'edit2']);
  const { outbox: after } = claim(outbox, {}, mine);
  expect(after.map(({ id }) => id)).toEqual(outbox.map(({ id }) => id));
  expect(after.filter(({ status }) => status === 'undelivered')).toHaveLength(4);
});

test('of a storm the worst alerts go first, and what belongs to one that waits waits with it', () => {
  const fulls = some(25, 'low', 'full', { severity: 'SEV-3' });
  const worst = entryOf('worst', 'full', { severity: 'SEV-1' });
  const late = entryOf('late', 'full', { late: true });
  const reply = entryOf('reply', 'resolved', { alert: 'low24' });
  const edit = entryOf('edit', 'edit', { alert: 'low24' });
  expect(dueOf([late, ...fulls, worst, reply, edit])).toEqual([
    'worst',
    ...fulls.slice(0, 19).map(({ id }) => id),
  ]);
});

test('replies keep the order in which they were decided, and what an alert says itself takes no place', () => {
  const outbox = [
    ...some(20, 'late', 'full', { late: true }).flatMap((full) => [
      full,
      entryOf(`end-${full.id}`, 'resolved', { alert: full.alert }),
    ]),
    entryOf('brief', 'brief'),
  ];
  expect(dueOf(outbox)).toEqual(outbox.slice(0, 40).map(({ id }) => id));
  const two = [entryOf('changed', 'brief'), entryOf('ended', 'resolved')];
  expect(dueOf(two)).toEqual(['changed', 'ended']);
});

test('every other way out has its hundred, as decided, behind the alerts of Slack', () => {
  const pages = some(101, 'page', 'full', { target: 'pagerduty' });
  const ends = some(21, 'end', 'resolved', { target: 'webhook' });
  const due = dueOf([...ends, ...pages, entryOf('slack', 'full')]);
  expect(due).toEqual(['slack', ...[...ends, ...pages.slice(0, 100)].map(({ id }) => id)]);
});

test('what there was no time for is no refusal', () => {
  const monitored = monitor();
  const late = { slack: 'refuses', receipt: () => ({ unsent: true as const }) } as const;
  for (const minutes of [0, 5, 10, 15]) monitored.look(minutes, { seen: [{}], ...late });
  const { outbox, undelivered } = monitored.state();
  expect(outbox).toMatchObject([{ attempts: 0, error: null, status: 'undelivered' }]);
  expect(undelivered).toBeUndefined();
});
