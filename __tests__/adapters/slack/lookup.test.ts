import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { slackMessenger } from '../../../src/adapters/slack/messenger.ts';
import type { Notification, NotificationKind } from '../../../src/core/model/notification.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { type Fault, limitsFor } from '../../support/faulty-server.ts';
import { keptLog } from '../../support/log.ts';
import { type SlackBench, slackBench, slackToken } from '../../support/slack-bench.ts';
import { notificationOf } from './notifications.ts';

let bench: SlackBench;
let channel = '';
let log = keptLog();
beforeAll(async () => {
  bench = await slackBench();
});
beforeEach(async () => {
  channel = await bench.clear();
  log = keptLog();
});
afterAll(() => bench.close());

const repeat = '(may be a repeat)';
const posts = () => bench.server.count('POST', 'chat.');
const messages = async () => (await bench.ask('conversations.history', { channel })).messages;

/** As a new run has it. */
function messenger(cluster = 'prod') {
  return slackMessenger({
    token: slackToken,
    apiUrl: `${bench.server.url}/api`,
    cluster,
    limits: limitsFor(...bench.server.faults),
    clock: { now: () => Date.now() },
    log,
  });
}

const first = (kind: NotificationKind, more: Partial<Notification> = {}) =>
  notificationOf(kind, { channel, triedAt: formatTime(Date.now()), ...more });
const again = (kind: NotificationKind, more: Partial<Notification> = {}) =>
  first(kind, { maybe: true, ...more });

async function root() {
  const { channel: at, ts } = await messenger().deliver(first('full', { id: 'root' }), null);
  bench.server.clear();
  return { channel: at ?? '', ts: ts ?? '' };
}

/** What may become of a post that Slack did. */
const lost: { readonly [name: string]: Fault } = {
  'no answer': { hang: true },
  'a reset': { reset: true },
  'half an answer, then nothing': { half: 'stall' },
  'half an answer, then a reset': { half: 'cut' },
  '502': { status: 502, body: '<html>' },
  '500': { status: 500, body: {} },
  fatal_error: { status: 200, body: { ok: false, error: 'fatal_error' } },
};

test.each(Object.entries(lost))(
  'delivered, and then %s: found in the same run',
  async (_name, fault) => {
    const at = await root();
    bench.server.faults = [{ path: '/api/chat.', afterForward: true, ...fault }];
    const alert = await messenger().deliver(first('full'), null);
    const [newest] = await messages();
    expect(alert).toMatchObject({ accepted: true, channel, ts: newest?.ts, error: null });
    const reply = await messenger().deliver(first('brief', { id: 'reply' }), at);
    const { messages: thread } = await bench.ask('conversations.replies', at);
    expect(reply).toMatchObject({ accepted: true, ts: thread[1]?.ts });
    expect([posts(), thread.length]).toEqual([2, 2]);
  },
);

test('not there yet is not surely absent: it may still come', async () => {
  bench.server.faults = [{ path: '/api/chat.', status: 502, body: '' }];
  const receipt = await messenger().deliver(first('full'), null);
  expect(receipt).toMatchObject({ accepted: false, maybeDelivered: true });
  expect(posts()).toBe(1);
});

test.each<NotificationKind>(['full', 'health'])(
  '%s that stands there is not sent again',
  async (kind) => {
    const sent = await messenger().deliver(first(kind), null);
    bench.server.clear();
    expect(await messenger().deliver(again(kind), null)).toEqual({ ...sent, found: true });
    expect(posts()).toBe(0);
    const { path, body } = bench.server.seen[0] ?? {};
    expect(path).toBe('/api/conversations.history');
    const asked = new URLSearchParams(body);
    expect(Object.fromEntries(asked)).toMatchObject({ channel, include_all_metadata: 'true' });
    expect(Number(asked.get('oldest')) - Date.now() / 1000).toBeLessThan(-115);
  },
);

test.each<NotificationKind>(['brief', 'resolved'])(
  '%s is looked for in its thread',
  async (kind) => {
    const at = await root();
    const sent = await messenger().deliver(first(kind), at);
    bench.server.clear();
    expect(await messenger().deliver(again(kind), at)).toEqual({ ...sent, found: true });
    expect(bench.server.seen.map(({ path }) => path)).toEqual(['/api/conversations.replies']);
  },
);

test('a reply whose thread is gone is looked for in the channel', async () => {
  const sent = await messenger().deliver(first('full', { id: 'reply' }), null);
  bench.server.clear();
  const gone = { status: 200, body: { ok: false, error: 'thread_not_found' } };
  bench.server.faults = [{ path: 'conversations.replies', ...gone }];
  const found = await messenger().deliver(again('brief', { id: 'reply' }), { channel, ts: '1.2' });
  expect(found).toMatchObject({ accepted: true, ts: sent.ts });
  expect(posts()).toBe(0);
});

test('what is surely not there is sent as it is', async () => {
  await messenger().deliver(first('full', { id: 'another' }), null);
  await messenger('staging').deliver(first('full'), null);
  bench.server.clear();
  const receipt = await messenger().deliver(again('full'), null);
  expect(receipt).toMatchObject({ accepted: true, maybeDelivered: false });
  expect(JSON.stringify(await messages())).not.toContain(repeat);
  expect(posts()).toBe(1);
});

test('and is in no doubt where Slack then refuses it', async () => {
  bench.server.faults = [{ path: 'chat.', status: 200, body: { ok: false, error: 'is_archived' } }];
  const receipt = await messenger().deliver(again('full'), null);
  expect(receipt).toMatchObject({ accepted: false, maybeDelivered: false });
});

const page = (more: object) => ({ status: 200, body: { ok: true, messages: [], ...more } });

/** Why it cannot be told whether it stands there. */
const blind: { readonly [name: string]: Fault } = {
  'no scope': {
    status: 200,
    body: { ok: false, error: 'missing_scope', needed: 'channels:history' },
  },
  'not in the channel': { status: 200, body: { ok: false, error: 'not_in_channel' } },
  '500': { status: 500, body: {} },
  'a page': { status: 200, body: '<html>' },
  'no messages': { status: 200, body: { ok: true } },
  'pages without an end': page({ has_more: true, response_metadata: { next_cursor: 'x' } }),
  'more without a cursor': page({ has_more: true }),
};

test.each(Object.entries(blind))(
  'not to be looked up (%s): sent, as a possible repeat',
  async (_name, fault) => {
    bench.server.faults = [{ path: 'conversations.', ...fault }];
    const receipt = await messenger().deliver(again('full'), null);
    expect(receipt).toMatchObject({ accepted: true });
    expect((await messages()).map(({ text }) => text.endsWith(repeat))).toEqual([true]);
    expect(bench.server.count('POST', 'conversations.')).toBeLessThan(4);
    bench.server.faults = [
      { path: 'conversations.', ...fault },
      { path: 'chat.', status: 200, body: { ok: false, error: 'is_archived' } },
    ];
    expect(await messenger().deliver(again('full'), null)).toMatchObject({ maybeDelivered: true });
  },
);

test('it may be on a later page', async () => {
  const sent = await messenger().deliver(first('full'), null);
  bench.server.faults = [
    {
      path: 'conversations.',
      nth: 1,
      ...page({ has_more: true, response_metadata: { next_cursor: 'next' } }),
    },
  ];
  // The emulator knows no such cursor: what counts is that it is asked for.
  await messenger().deliver(again('full'), null);
  const asked = bench.server.seen.filter(({ path }) => path.includes('conversations.'));
  expect(asked.map(({ body }) => new URLSearchParams(body).get('cursor'))).toEqual([null, 'next']);
  expect(sent.accepted).toBe(true);
});

test('a channel given by name can be read once something was posted there', async () => {
  bench.server.faults = [{ path: 'chat.', nth: 2, afterForward: true, status: 502, body: '' }];
  const one = messenger();
  await one.deliver(first('full', { channel: 'alerts' }), null);
  const second = await one.deliver(first('full', { channel: 'alerts', id: 'second' }), null);
  expect(second).toMatchObject({ accepted: true, channel });
});

test('an edit is not looked up', async () => {
  const at = await root();
  expect(await messenger().deliver(again('edit'), at)).toMatchObject({ accepted: true });
  expect(bench.server.seen.map(({ path }) => path)).toEqual(['/api/chat.update']);
});

test.each([undefined, 'nonsense'])(
  'without the time of the try (%p) the decision counts',
  async (triedAt) => {
    await messenger().deliver(again('full', { triedAt, cycleId: '20260101_120000' }), null);
    const asked = new URLSearchParams(bench.server.seen[0]?.body);
    expect(asked.get('oldest')).toBe(String(Date.parse('2026-01-01T11:58:00Z') / 1000));
    bench.server.clear();
    await messenger().deliver(again('full', { triedAt, cycleId: 'test' }), null);
    expect(bench.server.seen.map(({ path }) => path)).toEqual(['/api/chat.postMessage']);
  },
);

test('that nobody may look is said once', async () => {
  bench.server.faults = [
    { path: 'conversations.', status: 200, body: { ok: false, error: 'missing_scope' } },
  ];
  const one = messenger();
  for (const id of ['a', 'b']) await one.deliver(again('full', { id }), null);
  expect(log.lines).toEqual([
    expect.stringMatching(
      /^warn Slack lets us look up no message \(missing_scope\).*channels:history/,
    ),
  ]);
});
