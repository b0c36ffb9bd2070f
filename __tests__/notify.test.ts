/** slack-notifier: what is due goes out in order, and each message finds the one that it belongs to. */
import { expect, test } from '@jest/globals';
import type {
  Notification,
  NotificationKind,
  OutboxEntry,
  Receipt,
} from '../src/core/model/notification.ts';
import { freshState } from '../src/core/model/state.ts';
import { notify } from '../src/notify.ts';
import type { Messenger } from '../src/ports.ts';
import { notificationOf } from './adapters/slack/notifications.ts';

const at = { channel: 'C1', ts: '1.1' };

/** What a messenger was given (`full`, `brief > 1.1`) and what came of it. */
async function sent(
  kinds: readonly NotificationKind[],
  options: {
    readonly ts?: string | null;
    /** What Slack says of the n-th. */
    readonly says?: { readonly [n: number]: Partial<Receipt> | Error };
    readonly due?: Partial<Notification>;
    readonly late?: true;
  } = {},
) {
  const given: string[] = [];
  const messenger: Messenger = {
    deliver: ({ id, kind }, root) => {
      given.push(root === null ? kind : `${kind} > ${root.ts}`);
      const says = options.says?.[given.length - 1] ?? {};
      if (says instanceof Error) return Promise.reject(says);
      return Promise.resolve({
        ...{ id, accepted: true, channel: 'C1', ts: `${given.length}.0`, error: null },
        ...{ maybeDelivered: false, retryAfterSeconds: null },
        ...says,
      });
    },
  };
  const due = kinds.map((kind, n) =>
    notificationOf(kind, {
      ...{ id: `n-${n}`, alert: 'a', ...options.due },
      ...(kind === 'full' ? { late: options.late } : {}),
    }),
  );
  const entries = due.map(
    (each): OutboxEntry => ({
      ...{ ...each, status: 'pending', run: 'r', claimedAt: null },
      ...{ attempts: 0, notBefore: null, error: null },
    }),
  );
  const alerts = { a: { ...at, ts: options.ts ?? null, sentAt: '2026-01-01T12:00:00Z' } };
  const noted: number[] = [];
  const receipts = await notify(
    messenger,
    { due, state: { ...freshState, alerts, outbox: entries } },
    (so) => Promise.resolve(noted.push(so.length)),
  );
  expect(noted).toEqual(due.map((_each, n) => n + 1));
  return { given, receipts };
}

test('replies and edits go to their alert, also one of this run', async () => {
  const { given } = await sent(['full', 'brief', 'edit']);
  expect(given).toEqual(['full', 'brief > 1.0', 'edit > 1.0']);
  const later = await sent(['resolved', 'edit', 'health'], { ts: '7.7' });
  expect(later.given).toEqual(['resolved > 7.7', 'edit > 7.7', 'health']);
});

test('an edit goes to the reply that stands for a deleted alert', async () => {
  const says = { 0: { adopted: true, ts: '8.8' } as const };
  const { given } = await sent(['brief', 'edit'], { ts: '7.7', says });
  expect(given).toEqual(['brief > 7.7', 'edit > 8.8']);
});

test('a reply waits for an alert that Slack does not take', async () => {
  const says = { 0: { accepted: false, ts: null, error: 'no' } };
  const { given, receipts } = await sent(['full', 'brief'], { says, due: { maybe: true } });
  expect(given).toEqual(['full']);
  expect(receipts[1]).toMatchObject({
    ...{ id: 'n-1', accepted: false, error: 'Its alert is not in Slack yet' },
    maybeDelivered: true,
  });
});

test.each<[string, readonly NotificationKind[], Partial<Receipt>]>([
  ['was set aside', ['brief', 'edit'], { ts: '5.5', adopted: true }],
  ['has no known place', ['full', 'brief'], { ts: null }],
])('a reply whose alert %s goes out by itself', async (_name, kinds, first) => {
  const { given } = await sent(kinds, { says: { 0: first } });
  expect(given[kinds.indexOf('brief')]).toBe('brief');
});

test('a messenger that breaks may have sent', async () => {
  const { receipts } = await sent(['full'], { says: { 0: new Error('xoxb-1-2-Secret broke') } });
  expect(receipts).toMatchObject([{ accepted: false, maybeDelivered: true }]);
  expect(JSON.stringify(receipts)).not.toContain('Secret');
});

test('an alert that went out so late that it says its end: nothing else is said', async () => {
  const { given, receipts } = await sent(['full', 'resolved', 'edit'], { late: true });
  expect(given).toEqual(['full']);
  expect(receipts.map(({ accepted }) => accepted)).toEqual([true, true, true]);
});

test.each<[string, Partial<Receipt>, readonly string[]]>([
  ['it stands there as it was', { found: true }, ['full', 'resolved > 1.0', 'edit > 1.0']],
  ['Slack does not take it', { accepted: false, ts: null }, ['full', 'edit']],
])('but where %s', async (_name, says, given) => {
  expect(
    (await sent(['full', 'resolved', 'edit'], { late: true, says: { 0: says } })).given,
  ).toEqual(given);
});

test('a message links to the other alert that it speaks of, once that stands in Slack', async () => {
  const messages: string[] = [];
  const messenger: Messenger = {
    deliver({ id, message }) {
      messages.push(JSON.stringify(message));
      return Promise.resolve({
        ...{ id, accepted: true, channel: 'C0123ABCD', ts: '1795489110.000100', error: null },
        ...{ maybeDelivered: false, retryAfterSeconds: null },
      });
    },
  };
  const block = { type: 'context', elements: [{ type: 'mrkdwn', text: 'Run' }] };
  const refers = { refersTo: 'new', message: { text: 'x', blocks: [{ type: 'section' }, block] } };
  const alertOf = (ts: string | null) => ({ ...at, ts, sentAt: '2026-01-01T12:00:00Z' });
  const due = [
    notificationOf('brief', { id: 'n-0', alert: 'old', ...refers }),
    notificationOf('full', { id: 'n-1', alert: 'new' }),
    notificationOf('edit', { id: 'n-2', alert: 'old', ...refers }),
  ];
  const alerts = { old: alertOf('7.7'), new: alertOf(null) };
  const state = { ...freshState, alerts, slackUrl: 'https://acme.slack.com/' };
  await notify(messenger, { due, state }, () => Promise.resolve());
  const link = '<https://acme.slack.com/archives/C0123ABCD/p1795489110000100|Go to that alert>';
  expect(messages.map((message) => message.includes(link))).toEqual([false, false, true]);
  expect(messages[0]).toContain('that alert is not in Slack yet');
  expect(messages[2]).toContain('"type":"section"},{"type":"context"');
});

test('that it goes on in an alert that Slack refuses is said to the whole channel', async () => {
  const given: Notification[] = [];
  const messenger: Messenger = {
    deliver(notification) {
      given.push(notification);
      const isRefused = notification.kind === 'full';
      return Promise.resolve({
        ...{ id: notification.id, accepted: !isRefused, channel: 'C1' },
        ...{ ts: isRefused ? null : '8.8', error: isRefused ? 'Channel C2 is archived' : null },
        ...{ maybeDelivered: false, retryAfterSeconds: null },
      });
    },
  };
  const goesOn = { reason: 'CONTINUED', alert: 'old', refersTo: 'new' };
  const due = [
    notificationOf('full', { id: 'n-0', alert: 'new' }),
    notificationOf('brief', { id: 'n-1', ...goesOn }),
    notificationOf('edit', { id: 'n-2', ...goesOn }),
  ];
  const alertOf = (ts: string | null) => ({ ...at, ts, sentAt: '2026-01-01T12:00:00Z' });
  const state = { ...freshState, alerts: { old: alertOf('7.7'), new: alertOf(null) } };
  await notify(messenger, { due, state }, () => Promise.resolve());
  expect(given.map(({ broadcast }) => broadcast)).toEqual([undefined, true, undefined]);
});
