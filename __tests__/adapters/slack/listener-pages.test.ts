import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { slackListener } from '../../../src/adapters/slack/listener.ts';
import {
  type Fault,
  type FaultyServer,
  faultyServer,
  limitsFor,
} from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

const [app, ana, robot] = ['U0APP', 'U0ANA', 'U0ROBOT'];
const since = '2026-01-01T12:00:00Z';
const start = Date.parse(since) / 1000;
/** Slack's timestamp, in seconds around `since`. */
const at = (seconds: number): string => (start + seconds).toFixed(6);
let server: FaultyServer;

beforeAll(async () => {
  server = await faultyServer(null);
});
beforeEach(() => server.clear());
afterAll(() => server.close());

interface Raw {
  readonly ts: string;
  readonly [field: string]: unknown;
}

const history = '/conversations.history';
const replies = '/conversations.replies';
const single = '/reactions.get';
const says = (path: string, body: object, more: Partial<Fault> = {}): Fault => ({
  path,
  status: 200,
  body: { ok: true, ...body },
  ...more,
});
const refuses = (path: string, error: string): Fault => says(path, { ok: false, error });
const page = (path: string, messages: readonly unknown[], more = false): Fault =>
  says(path, { messages, has_more: more });
const itIsUs = says('/auth.test', { user_id: app });

const root = (more: object = {}): Raw => ({ ts: at(-60), user: app, bot_id: 'B1', ...more });
const reply = (text: string, more: object = {}): Raw => ({ ts: at(5), user: ana, text, ...more });
const eyes = (users: readonly unknown[], count = users.length) => ({
  reactions: [{ name: 'eyes', users, count }],
});
const repliers = (users: readonly string[], count = users.length) => ({
  reply_users: users,
  reply_users_count: count,
});
const alertOf = (ts: string, channel = 'C1') => ({ alert: `${channel} ${ts}`, channel, ts });
const one = alertOf(at(-60));

async function hear(faults: readonly Fault[], alerts = [one], limits = limitsFor(...faults)) {
  server.clear();
  server.faults = [...faults, itIsUs];
  const listener = slackListener({
    token: 'xoxb-Secret-1',
    apiUrl: `${server.url}/api/`,
    limits,
    clock: { now: () => Date.now() },
    log: silentLog,
  });
  const heard = await listener.hear(alerts, since, null);
  return { ...heard, said: heard.responses.map(({ by, action }) => `${by} ${action}`) };
}

test.each<[string, boolean, Raw]>([
  ['a reply since', true, root({ reply_count: 2, latest_reply: at(5) })],
  ['replies, but who knows when', true, root({ reply_count: 2 })],
  ['only older replies', false, root({ reply_count: 2, latest_reply: at(-5) })],
  ['no replies', false, root()],
  ['a reply of ours', false, root({ reply_count: 1, ...repliers([app]) })],
  ['replies of ours and of a person', true, root({ reply_count: 2, ...repliers([app, ana]) })],
  ['replies of more than Slack names', true, root({ reply_count: 9, ...repliers([app], 2) })],
  ['a reply of another app', true, root({ reply_count: 1, ...repliers([robot]) })],
])('an alert with %s: its thread is read: %s', async (_, isRead, message) => {
  await hear([page(history, [message]), page(replies, [message])]);
  expect(server.count('POST', replies)).toBe(isRead ? 1 : 0);
});

test.each<[string, Raw, readonly string[]]>([
  ['of a person', reply('ack'), [`${ana} ack`]],
  ['with fields that are empty', reply('ack', { bot_id: null, subtype: null }), [`${ana} ack`]],
  ['of an app', reply('ack', { bot_id: 'B2' }), []],
  ['of an app in its own name', reply('ack', { bot_id: 'B2', user: robot }), []],
  ['that joins or is broadcast', reply('ack', { subtype: 'thread_broadcast' }), []],
  ['of nobody', reply('ack', { user: undefined }), []],
  ['of Slackbot', reply('ack', { user: 'USLACKBOT' }), []],
  ['of ourselves', reply('ack', { user: app }), []],
  ['of what is no user', reply('ack', { user: '<!channel>' }), []],
  ['heard before', reply('ack', { ts: at(-5) }), []],
  ['without text', reply('ack', { text: 7 }), []],
])('a word %s', async (_, message, said) => {
  const grown = root({ reply_count: 1 });
  const heard = await hear([page(history, [grown]), page(replies, [grown, message])]);
  expect(heard).toMatchObject({ said, read: [one.alert], troubles: [] });
});

test('who writes by hand too is a person, whatever an app writes for them', async () => {
  const grown = root({ reply_count: 3 });
  const byApp = reply('unack', { bot_id: 'B2' });
  const thread = [grown, reply('hello'), byApp, reply('ack', { ts: at(9) })];
  const { said } = await hear([page(history, [grown]), page(replies, thread)]);
  expect(said).toEqual([`${ana} ack`]);
});

test('words are heard in the order they were said', async () => {
  const grown = root({ reply_count: 2 });
  const thread = [reply('unack', { ts: at(30) }), reply('ack', { ts: at(4) }), grown];
  const { said } = await hear([page(history, [grown]), page(replies, thread)]);
  expect(said).toEqual([`${ana} ack`, `${ana} unack`]);
});

test.each<[string, readonly unknown[], readonly string[]]>([
  ['a person', [ana], [`${ana} ack`]],
  ['ourselves', [app], []],
  ['Slackbot', ['USLACKBOT'], []],
  ['an app that wrote here', [robot, ana], [`${ana} ack`]],
  ['what is no user', ['B0123', 'U0:<!here>', ''], []],
])('a reaction of %s', async (_, users, said) => {
  const chatter = { ts: at(-9), user: robot, bot_id: 'B9', text: 'deployed' };
  const heard = await hear([page(history, [chatter, root(eyes(users))])]);
  expect(heard).toMatchObject({ said, read: [one.alert], troubles: [] });
});

test('one person in two skins is heard once', async () => {
  const reactions = ['+1', '+1::skin-tone-2'].map((name) => ({ name, users: [ana], count: 1 }));
  expect((await hear([page(history, [root({ reactions })])])).said).toEqual([`${ana} ack`]);
});

test.each<[string, readonly string[], object]>([
  ['a list that is cut', [], eyes([ana], 2)],
  [
    'a cut list of what means nothing',
    [one.alert],
    { reactions: [{ name: 'tada', users: [ana], count: 51 }] },
  ],
  ['a list that is none', [], { reactions: 'many' }],
  ['a user that is none', [], eyes([7])],
])('with %s %j counts as read', async (_, read, reactions) => {
  const heard = await hear([page(history, [root(reactions)])]);
  expect(heard).toMatchObject({ read, troubles: [] });
});

test('an alert beyond the first page is read by its thread', async () => {
  const thread = [root(eyes([ana])), reply('silence 1h')];
  const heard = await hear([page(history, [], true), page(replies, thread)]);
  expect(heard).toMatchObject({ said: [`${ana} ack`, `${ana} silence`], read: [one.alert] });
});

test('an alert that was deleted is neither read nor asked for', async () => {
  expect(await hear([page(history, [])])).toMatchObject({ read: [], troubles: [] });
  expect(server.count('POST', replies)).toBe(0);
  const gone = [page(history, [], true), refuses(replies, 'thread_not_found')];
  expect(await hear(gone)).toMatchObject({ read: [], troubles: [] });
  const closed = [refuses(history, 'missing_scope'), refuses(single, 'message_not_found')];
  expect(await hear(closed)).toMatchObject({
    read: [],
    troubles: [expect.stringContaining('only reactions')],
  });
});

test('a thread that is too long is heard as far as it goes, and that is said', async () => {
  const grown = root({ reply_count: 500 });
  const heard = await hear([page(history, [grown]), page(replies, [reply('ack')], true)]);
  expect(heard).toMatchObject({
    said: [`${ana} ack`],
    troubles: ['A thread in C1 was not heard whole: it is too long'],
  });
});

const many = (number: number, channel = 'C1') =>
  Array.from({ length: number }, (_, index) => alertOf(at(-60 - index), channel));

test('five threads are read, of the loudest alerts', async () => {
  const alerts = many(7);
  const roots = alerts.map(({ ts }) => root({ ts, reply_count: 1 })).reverse();
  const { troubles } = await hear([page(history, roots), page(replies, [])], alerts);
  const asked = server.seen.filter(({ path }) => path.endsWith(replies));
  expect(asked.map(({ body }) => new URLSearchParams(body).get('ts'))).toEqual(
    alerts.slice(0, 5).map(({ ts }) => ts),
  );
  expect(troubles).toEqual(['Too many threads of alerts are open: 2 were not heard']);
});

test('threads are read in the order of the alerts, whatever their channels', async () => {
  const [first, second, third] = [
    alertOf(at(-9), 'C1'),
    alertOf(at(-8), 'C2'),
    alertOf(at(-7), 'C1'),
  ];
  const alerts = [first, second, third];
  const roots = alerts.map(({ ts }) => root({ ts, reply_count: 1 }));
  const asked = async (faults: readonly Fault[], path: string, field: string) => {
    await hear(faults, alerts);
    const seen = server.seen.filter((each) => each.path.endsWith(path));
    return seen.map(({ body }) => new URLSearchParams(body).get(field));
  };
  const order = alerts.map(({ ts }) => ts);
  expect(await asked([page(history, roots), page(replies, [])], replies, 'ts')).toEqual(order);
  const closed = [refuses(history, 'missing_scope'), says(single, { message: root() })];
  expect(await asked(closed, single, 'timestamp')).toEqual(order);
});

test('one person on two alerts is heard on both', async () => {
  const other = alertOf(at(-50));
  const roots = [root(eyes([ana])), root({ ts: other.ts, ...eyes([ana]) })];
  const { said } = await hear([page(history, roots)], [one, other]);
  expect(said).toEqual([`${ana} ack`, `${ana} ack`]);
});

test('ten alerts are read one by one, the loudest', async () => {
  const alerts = many(11);
  const faults = [refuses(history, 'missing_scope'), says(single, { message: root() })];
  const { troubles } = await hear(faults, alerts);
  const asked = server.seen.filter(({ path }) => path.endsWith(single));
  expect(asked.map(({ body }) => new URLSearchParams(body).get('timestamp'))).toEqual(
    alerts.slice(0, 10).map(({ ts }) => ts),
  );
  expect(troubles[1]).toBe('Too many alerts are open: 1 were not heard');
});

test('there are never more than twelve calls', async () => {
  const alerts = Array.from({ length: 20 }, (_, index) => alertOf(at(-60), `C${index}`));
  const { troubles } = await hear([page(history, [root()])], alerts);
  expect(server.seen).toHaveLength(12);
  expect(troubles).toEqual([
    'What people answer in C11 was not heard: the calls for it were used up',
  ]);
});

const wreck: readonly [string, Fault, string][] = [
  ['429', { status: 429, headers: { 'retry-after': '1' } }, 'Slack limits the calls of the app'],
  [
    'ratelimited',
    { status: 200, body: { ok: false, error: 'ratelimited' } },
    'Slack answered ratelimited',
  ],
  ['503', { status: 503, body: '<html>' }, 'Slack has trouble (HTTP 503)'],
  ['404', { status: 404, body: {} }, '/api/ does not answer as Slack'],
  ['a page with 200', { status: 200, body: '<html>::error::' }, '/api/ does not answer as Slack'],
  ['broken JSON', { status: 200, body: '{"ok":true,' }, '/api/ does not answer as Slack'],
  ['null', { status: 200, body: null }, '/api/ does not answer as Slack'],
  [
    'nothing of what was asked',
    { status: 200, body: { ok: true } },
    '/api/ does not answer as Slack',
  ],
  ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'Slack gave no answer'],
  ['a reset', { reset: true }, 'Slack gave no answer'],
  ['half an answer', { status: 200, body: { ok: true }, half: 'cut' }, 'Slack gave no answer'],
  ['a slow drip', { status: 200, body: { ok: true }, half: 'drip' }, 'Slack gave no answer'],
  ['silence', { hang: true }, 'Slack gave no answer (timeout)'],
];
test.each(
  wreck.flatMap(([name, fault, why]) =>
    ['/auth.test', history, replies].map((path) => ({
      name,
      path,
      fault: { ...fault, path },
      why,
    })),
  ),
)('$path answers $name: it is said, and nobody is asked any more', async ({ path, fault, why }) => {
  const alerts = [one, alertOf(at(-50)), alertOf(at(-40), 'C2')];
  const roots = alerts.map(({ ts }) => root({ ts, reply_count: 1, ...eyes([ana]) }));
  const heard = await hear([fault, page(history, roots), page(replies, [])], alerts);
  expect(heard.troubles).toEqual([expect.stringContaining(`was not heard: `)]);
  expect(heard.troubles[0]).toContain(why);
  expect(heard.troubles[0]).not.toMatch(/Secret|::error/);
  expect(server.seen.at(-1)?.path).toContain(path);
  expect(server.count('POST', path)).toBe(1);
  // What was read before stands.
  expect(heard.read).toHaveLength(path === replies ? 3 : 0);
});

test.each([
  ['invalid_auth', 'Slack refused the bot token (invalid_auth)'],
  ['internal_error', 'Slack answered internal_error'],
  ['<!channel> ::error::', 'Slack answered an unknown error'],
])('Slack refuses with %s: it is said, and the next channel is heard', async (code, why) => {
  const alerts = [one, alertOf(at(-60), 'C2')];
  const faults = [{ ...refuses(history, code), nth: 1 }, page(history, [root(eyes([ana]))])];
  const heard = await hear(faults, alerts);
  expect(heard).toMatchObject({ said: [`${ana} ack`], read: ['C2 '.concat(one.ts)] });
  expect(heard.troubles).toEqual([
    expect.stringContaining(`What people answer in C1 was not heard: ${why}`),
  ]);
});

test('a call never takes longer than all of them may', async () => {
  const { troubles } = await hear([{ path: history, hang: true }], [one], {
    ...limitsFor(),
    hearAll: 200,
  });
  expect(troubles).toEqual([expect.stringContaining('Slack gave no answer (timeout)')]);
});

test('many slow answers end within the time for all of them', async () => {
  const alerts = Array.from({ length: 9 }, (_, index) => alertOf(at(-60), `C${index}`));
  const slow = { ...page(history, []), delayMs: 200 };
  const { troubles } = await hear([slow], alerts, { ...limitsFor(), hearAll: 700 });
  expect(troubles).toHaveLength(1);
  expect(server.seen.length).toBeLessThan(1 + alerts.length);
});
