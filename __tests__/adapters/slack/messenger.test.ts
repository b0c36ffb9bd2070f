import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { slackMessenger } from '../../../src/adapters/slack/messenger.ts';
import { limits } from '../../../src/core/model/limits.ts';
import {
  type Fault,
  type FaultyServer,
  faultyServer,
  limitsFor,
} from '../../support/faulty-server.ts';
import { keptLog } from '../../support/log.ts';
import { type SlackBench, slackBench, slackToken as token } from '../../support/slack-bench.ts';
import { notificationOf } from './notifications.ts';

let bench: SlackBench;
let server: FaultyServer;
let log = keptLog();
let channel = '';

beforeAll(async () => {
  bench = await slackBench();
  server = bench.server;
});
beforeEach(async () => {
  channel = await bench.clear();
  log = keptLog();
});
afterAll(() => bench.close());

const ask: SlackBench['ask'] = (...asked) => bench.ask(...asked);

function messenger(options: { readonly token?: string; readonly apiUrl?: string } = {}) {
  return slackMessenger({
    token,
    apiUrl: `${server.url}/api`,
    cluster: 'prod',
    limits: limitsFor(...server.faults),
    clock: { now: () => Date.now() },
    log,
    ...options,
  });
}

const full = () => notificationOf('full', { channel });

/** The alert in the channel, as the emulator has it. */
async function alert() {
  const receipt = await messenger().deliver(full(), null);
  return { channel: receipt.channel ?? '', ts: receipt.ts ?? '' };
}

/** The parameters of the n-th request, from 0; the last for -1. */
function sent(n = -1): URLSearchParams {
  return new URLSearchParams(server.seen.at(n)?.body);
}

test('a full alert: one post, no unfurling, its intent beside it, and its ids come back', async () => {
  const receipt = await messenger({ token: ` ${token}\n` }).deliver(full(), null);
  expect(receipt).toEqual({
    id: '20260101_120000-1',
    accepted: true,
    channel,
    ts: expect.stringMatching(/^\d+\.\d+$/),
    error: null,
    maybeDelivered: false,
    retryAfterSeconds: null,
  });
  expect(server.seen.map((seen) => seen.path)).toEqual(['/api/chat.postMessage']);
  expect(Object.fromEntries(sent())).toMatchObject({
    channel,
    text: full().message.text,
    unfurl_links: 'false',
    unfurl_media: 'false',
  });
  expect(sent().has('thread_ts')).toBe(false);
  expect(JSON.parse(sent().get('metadata') ?? '')).toEqual({
    event_type: 'kube_vigil_intent',
    event_payload: { intent: '20260101_120000-1', cluster: 'prod', cycle: '20260101_120000' },
  });
  const { messages } = await ask('conversations.history', { channel });
  expect(messages).toHaveLength(1);
});

test.each(['brief', 'resolved'] as const)('%s goes into the thread of its alert', async (kind) => {
  const root = await alert();
  const receipt = await messenger().deliver(notificationOf(kind, { channel }), root);
  expect(receipt).toMatchObject({ accepted: true, channel });
  expect(sent().get('thread_ts')).toBe(root.ts);
  expect(sent().has('reply_broadcast')).toBe(false);
  const { messages } = await ask('conversations.replies', root);
  expect(messages).toHaveLength(2);
  expect(log.lines).toEqual([]);
});

test('a reply for the channel too is broadcast, also in its plain form', async () => {
  const root = await alert();
  const brief = notificationOf('brief', { channel, broadcast: true });
  server.faults = [{ ...ok('msg_too_long'), nth: 1 }];
  expect(await messenger().deliver(brief, root)).toMatchObject({ accepted: true });
  const sends = [sent(-2), sent(-1)].map((each) => [
    each.get('thread_ts'),
    each.get('reply_broadcast'),
  ]);
  expect(sends).toEqual([
    [root.ts, 'true'],
    [root.ts, 'true'],
  ]);
  server.clear();
  server.faults = [{ ...ok('thread_not_found'), nth: 1 }];
  await messenger().deliver(brief, root);
  expect(sent().has('reply_broadcast')).toBe(false);
});

test('an edit replaces all parts of its alert, with parse none', async () => {
  const root = await alert();
  const message = { text: 'RESOLVED api', blocks: [{ type: 'divider' }] };
  const edit = notificationOf('edit', { channel, message });
  expect(await messenger().deliver(edit, root)).toMatchObject({ accepted: true, ...root });
  expect(server.seen.at(-1)?.path).toBe('/api/chat.update');
  expect(Object.fromEntries(sent())).toMatchObject({
    parse: 'none',
    ts: root.ts,
    attachments: '[]',
  });
  const { messages } = await ask('conversations.history', { channel });
  expect(messages).toMatchObject([{ text: 'RESOLVED api' }]);
});

test('an edit waits for its alert', async () => {
  const receipt = await messenger().deliver(notificationOf('edit', { channel }), null);
  expect(receipt).toMatchObject({ accepted: false, error: 'Its alert is not in Slack yet' });
  expect(server.seen).toEqual([]);
});

test.each(['health', 'test'] as const)('%s is a message of its own', async (kind) => {
  const receipt = await messenger().deliver(notificationOf(kind, { channel }), null);
  expect(receipt).toMatchObject({ accepted: true, channel });
});

test.each(['', 'secret', 'xoxb-a\nb', 'xoxb-a b', '"xoxb-a"'])(
  'the token %j is not sent and not told',
  async (bad) => {
    const receipt = await messenger({ token: bad }).deliver(full(), null);
    expect(receipt).toMatchObject({ accepted: false, maybeDelivered: false });
    expect(receipt.error).toContain('SLACK_BOT_TOKEN does not look like');
    expect(server.seen).toEqual([]);
    if (bad !== '') expect(inspect(receipt)).not.toContain(bad);
  },
);

interface Row {
  readonly fault: Fault;
  readonly maybe?: boolean;
  readonly retryAfter?: number;
  readonly says: string;
}
const ok = (error: string) => ({ status: 200, body: { ok: false, error } });

/** What a server may do to a post, and what the receipt says. One request each. */
const table: { readonly [name: string]: Row } = {
  '429 that is too long': {
    fault: { status: 429, headers: { 'retry-after': '70' }, body: {} },
    retryAfter: 70,
    says: 'Slack limits',
  },
  '429 without a time': { fault: { status: 429, body: {} }, retryAfter: 30, says: 'Slack limits' },
  '429 with a date': {
    fault: { status: 429, headers: { 'retry-after': 'Thu, 01 Jan 2026 12:00:00 GMT' }, body: {} },
    retryAfter: 30,
    says: 'Slack limits',
  },
  'ratelimited with 200': {
    fault: { ...ok('ratelimited'), headers: { 'retry-after': '90' } },
    retryAfter: 90,
    says: 'Slack limits',
  },
  '500': { fault: { status: 500, body: 'no' }, maybe: true, says: 'HTTP 500' },
  '503': { fault: { status: 503, body: {} }, maybe: true, says: 'HTTP 503' },
  '401': { fault: { status: 401, body: {} }, says: 'does not answer as Slack' },
  '404': { fault: { status: 404, body: {} }, says: 'does not answer as Slack' },
  '204': { fault: { status: 204 }, says: 'does not answer as Slack' },
  '302': {
    fault: { status: 302, headers: { location: 'https://login.test/' }, body: '' },
    maybe: true,
    says: 'gave no answer',
  },
  'a page': { fault: { status: 200, body: '<html>' }, says: 'does not answer as Slack' },
  'an empty body': { fault: { status: 200, body: '' }, says: 'does not answer as Slack' },
  null: { fault: { status: 200, body: null }, says: 'does not answer as Slack' },
  'a list': { fault: { status: 200, body: [] }, says: 'does not answer as Slack' },
  'no ok': { fault: { status: 200, body: { error: 'x' } }, says: 'does not answer as Slack' },
  'no answer': { fault: { hang: true }, maybe: true, says: 'gave no answer' },
  'a reset': { fault: { reset: true }, maybe: true, says: 'gave no answer' },
  invalid_auth: { fault: ok('invalid_auth'), says: 'refused the bot token (invalid_auth)' },
  fatal_error: { fault: ok('fatal_error'), maybe: true, says: 'Slack has trouble (fatal_error)' },
};

test.each(Object.entries(table))('a post is answered with %s', async (_name, row) => {
  server.faults = [{ path: '/api/chat.', ...row.fault }];
  const receipt = await messenger().deliver(full(), null);
  expect(receipt).toEqual({
    id: '20260101_120000-1',
    accepted: false,
    channel: null,
    ts: null,
    error: expect.stringContaining(row.says),
    maybeDelivered: row.maybe ?? false,
    retryAfterSeconds: row.retryAfter ?? null,
  });
  expect(server.count('POST', 'chat.')).toBe(1);
  expect(inspect([receipt, log.lines])).not.toContain('Secret');
});

test('nobody there is surely not delivered', async () => {
  const gone = await faultyServer(null);
  await gone.close();
  const receipt = await messenger({ apiUrl: gone.url }).deliver(full(), null);
  expect(receipt).toMatchObject({ accepted: false, maybeDelivered: false });
  expect(receipt.error).toContain('ECONNREFUSED');
});

test('Retry-After is honoured once where it ends before the deadline', async () => {
  const wait = { status: 429, headers: { 'retry-after': '0' }, body: {} };
  server.faults = [{ ...wait, nth: 1 }];
  expect(await messenger().deliver(full(), null)).toMatchObject({ accepted: true });
  expect(server.seen).toHaveLength(2);
  server.clear();
  server.faults = [wait];
  expect(await messenger().deliver(full(), null)).toMatchObject({ accepted: false });
  expect(server.seen).toHaveLength(2);
});

test('all sends of a process share one deadline, which starts with the first', async () => {
  server.faults = [{ hang: true }];
  let now = 0;
  const one = slackMessenger({
    token,
    apiUrl: server.url,
    cluster: 'prod',
    limits: { ...limits, slackCall: 50, slackAll: 120 },
    clock: { now: () => now },
    log,
  });
  const receipts = [];
  for (now = 1000; now < 1250; now += 50) receipts.push(await one.deliver(full(), null));
  expect(receipts.map((receipt) => receipt.accepted)).toEqual([false, false, false, false, false]);
  expect(receipts.map((receipt) => receipt.maybeDelivered)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(receipts.at(-1)?.error).toContain('The time for Slack was used up');
  expect(server.count('POST', 'chat.')).toBe(3);
});

test.each([
  'msg_too_long',
  'msg_blocks_too_long',
  'too_many_attachments',
  'invalid_blocks',
  'no_text',
])('%s: sent again once, as plain text', async (code) => {
  server.faults = [{ ...ok(code), nth: 1 }];
  expect(await messenger().deliver(full(), null)).toMatchObject({ accepted: true, channel });
  expect(server.seen).toHaveLength(2);
  expect(Object.fromEntries(sent())).toMatchObject({
    text: expect.stringContaining(full().message.text),
    blocks: '[]',
    attachments: '[]',
  });
  expect(log.lines).toEqual([expect.stringContaining(`(${code}): sent again with less in it`)]);
  server.clear();
  server.faults = [ok(code)];
  expect(await messenger().deliver(full(), null)).toMatchObject({ accepted: false });
  expect(server.seen).toHaveLength(2);
});

test('a thread that takes no reply: the reply stands in the channel', async () => {
  const root = await alert();
  server.faults = [{ ...ok('thread_not_found'), nth: 1 }];
  const receipt = await messenger().deliver(notificationOf('resolved', { channel }), root);
  expect(receipt).toMatchObject({ accepted: true, adopted: true, channel });
  expect(sent().has('thread_ts')).toBe(false);
  const { messages } = await ask('conversations.history', { channel });
  expect(messages).toHaveLength(2);
});

test("a locked thread stays the alert's: only its replies stand in the channel", async () => {
  const root = await alert();
  const permalink = 'https://acme.slack.com/archives/C1/p1';
  server.faults = [
    { path: 'chat.post', nth: 1, ...ok('restricted_action_thread_locked') },
    { path: 'chat.getPermalink', status: 200, body: { ok: true, permalink } },
  ];
  const receipt = await messenger().deliver(notificationOf('brief', { channel }), root);
  expect([receipt.accepted, receipt.adopted]).toEqual([true, undefined]);
  expect(sent().get('blocks')).toContain(`In reply to <${permalink}|the alert>`);
});

test.each([
  'cant_update_message',
  'edit_window_closed',
  'block_mismatch',
  'streaming_state_conflict',
])('an alert that takes no edit (%s): its thread says how it stands', async (code) => {
  const root = await alert();
  server.faults = [{ path: 'chat.update', ...ok(code) }];
  const receipt = await messenger().deliver(notificationOf('edit', { channel }), root);
  expect(receipt).toMatchObject({ accepted: true, fixed: true, error: null });
  const { messages } = await ask('conversations.replies', root);
  expect(messages.map(({ ts }) => ts)).toEqual([root.ts, receipt.ts]);
  expect(log.lines).toEqual([expect.stringContaining('can no longer be edited')]);
});

test('and once: not where a reply of this run said it, nor into the channel', async () => {
  const root = await alert();
  const one = messenger();
  await one.deliver(notificationOf('brief', { channel }), root);
  server.faults = [{ path: 'chat.update', ...ok('edit_window_closed') }];
  const edit = notificationOf('edit', { channel });
  expect(await one.deliver(edit, root)).toMatchObject({ accepted: true, fixed: true, ...root });
  server.faults = [...server.faults, { path: 'chat.post', ...ok('thread_not_found') }];
  expect(await messenger().deliver(edit, root)).toMatchObject({ accepted: true, fixed: true });
  const { messages } = await ask('conversations.replies', root);
  expect(messages).toHaveLength(2);
});

test('an edit of an alert that a person deleted says nothing', async () => {
  const root = await alert();
  await ask('chat.delete', root);
  server.clear();
  const receipt = await messenger().deliver(notificationOf('edit', { channel }), root);
  expect(receipt).toMatchObject({ accepted: true, fixed: true });
  expect(server.seen.map(({ path }) => path)).toEqual(['/api/chat.update']);
});

test.each(['brief', 'resolved'] as const)(
  '%s to an alert that a person deleted stands for it',
  async (kind) => {
    const root = await alert();
    await ask('chat.delete', root);
    const one = messenger();
    const receipt = await one.deliver(notificationOf(kind, { channel }), root);
    expect(receipt).toMatchObject({ accepted: true, adopted: true, channel });
    expect(log.lines).toEqual([expect.stringContaining('is gone from Slack')]);
    const again = await messenger().deliver(notificationOf(kind, { channel, maybe: true }), root);
    expect(again).toEqual({ ...receipt, found: true });
    const place = { channel, ts: receipt.ts ?? '' };
    expect(await one.deliver(notificationOf('edit', { channel }), place)).toMatchObject(place);
    const { messages } = await ask('conversations.history', { channel });
    expect(messages).toMatchObject([{ ts: receipt.ts, text: full().message.text }]);
  },
);

test('a reply whose alert never was in Slack stands for it too', async () => {
  const receipt = await messenger().deliver(notificationOf('brief', { channel }), null);
  expect(receipt).toMatchObject({ accepted: true, adopted: true });
});

test('an edit that may succeed later stays', async () => {
  const root = await alert();
  server.faults = [ok('service_unavailable')];
  const receipt = await messenger().deliver(notificationOf('edit', { channel }), root);
  expect(receipt).toMatchObject({ accepted: false });
});

test('half an emoji in the text does not stop the alert', async () => {
  const message = { text: 'api is down \ud83d', blocks: [{ type: 'divider', x: 'a \ud83d b' }] };
  const receipt = await messenger().deliver(notificationOf('full', { channel, message }), null);
  expect(receipt).toMatchObject({ accepted: true });
  expect(sent().get('text')).toBe('api is down \ufffd');
});

test("Slack's remarks on a message reach the log, nothing else of the SDK's", async () => {
  const remarks = { messages: ['[ERROR] must be shorter', '[WARN] odd'], warnings: ['odd'] };
  server.faults = [
    { ...ok('is_archived'), body: { ok: false, error: 'is_archived', response_metadata: remarks } },
  ];
  await messenger().deliver(full(), null);
  expect(log.lines).toEqual(['warn Slack: must be shorter']);
});

test('messages go out one after the other, in order', async () => {
  server.faults = [{ nth: 1, delayMs: 50 }];
  const one = messenger();
  const ids = ['a', 'b', 'c'];
  await Promise.all(ids.map((id) => one.deliver({ ...full(), id }, null)));
  const intents = server.seen.map((_seen, n) => sent(n).get('metadata') ?? '{}');
  expect(intents.map((text) => JSON.parse(text).event_payload.intent)).toEqual(ids);
});

test('an alert that is too long loses its parts until Slack takes it', async () => {
  const list = (text: string) => ({
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text }],
  });
  const lists = { type: 'rich_text', elements: [list('facts'), list('rows'), list('examples')] };
  const message = { text: 'x', blocks: [], attachments: [{ blocks: [lists] }] };
  server.faults = [{ path: 'chat.', nth: [1, 2], ...ok('msg_blocks_too_long') }];
  const receipt = await messenger().deliver(notificationOf('full', { channel, message }), null);
  expect(receipt).toMatchObject({ accepted: true });
  expect(server.count('POST', 'chat.')).toBe(3);
  expect(sent().get('attachments')).toContain('facts');
  expect(sent().get('attachments')).not.toContain('rows');
  server.clear();
  server.faults = [{ path: 'chat.', ...ok('msg_blocks_too_long') }];
  await messenger().deliver(notificationOf('full', { channel, message }), null);
  expect(server.count('POST', 'chat.')).toBe(5);
});

test('one that Slack cannot read goes to plain text at once', async () => {
  const list = { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'facts' }] };
  const message = {
    text: 'x',
    blocks: [],
    attachments: [{ blocks: [{ type: 'rich_text', elements: [list] }] }],
  };
  server.faults = [{ path: 'chat.', nth: 1, ...ok('invalid_blocks') }];
  await messenger().deliver(notificationOf('full', { channel, message }), null);
  expect([server.count('POST', 'chat.'), sent().get('attachments')]).toEqual([2, '[]']);
});

test.each(['full', 'edit'] as const)('a %s that Slack takes in no form is unfit', async (kind) => {
  const root = kind === 'edit' ? await alert() : null;
  server.faults = [ok('invalid_blocks')];
  const unfit = await messenger().deliver(notificationOf(kind, { channel }), root);
  expect(unfit).toMatchObject({ accepted: false, unfit: true });
  server.faults = [ok('not_in_channel')];
  const fit = await messenger().deliver(notificationOf(kind, { channel }), root);
  expect([fit.accepted, fit.unfit]).toEqual([false, undefined]);
});

test.each(['no link', 'javascript:x', 'https://x/<!channel>', undefined])(
  'of the link %j to a locked thread nothing is said',
  async (permalink) => {
    const root = await alert();
    server.faults = [
      { path: 'chat.post', nth: 1, ...ok('restricted_action_thread_locked') },
      { path: 'chat.getPermalink', status: 200, body: { ok: true, permalink } },
    ];
    const receipt = await messenger().deliver(notificationOf('brief', { channel }), root);
    expect(receipt).toMatchObject({ accepted: true });
    expect(sent().get('blocks')).not.toContain('In reply to');
  },
);

test('posts keep the pace of a channel, and one for which there is no time is not sent and no refusal', async () => {
  const one = slackMessenger({
    ...{
      token,
      apiUrl: `${server.url}/api`,
      cluster: 'prod',
      clock: { now: () => Date.now() },
      log,
    },
    limits: { ...limits, slackAll: 20_000, slackPace: 600_000 },
  });
  for (let n = 0; n < 4; n++)
    expect(await one.deliver(full(), null)).toMatchObject({ accepted: true });
  const receipt = await one.deliver(full(), null);
  expect(receipt).toMatchObject({ accepted: false, unsent: true, maybeDelivered: false });
  expect(server.count('POST', 'chat.postMessage')).toBe(4);
});
