import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createEmulator, type Emulator } from 'emulate';
import { z } from 'zod';
import { slackListener } from '../../../src/adapters/slack/listener.ts';
import { type FaultyServer, faultyServer, limitsFor } from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

/** Several people and the app, each with a token; scopes are strict. */
const people = ['ana', 'ben'] as const;
const tokens = {
  app: 'xoxb-app',
  reader: 'xoxb-reader',
  deaf: 'xoxb-deaf',
  ana: 'xoxp-ana',
  ben: 'xoxp-ben',
};
const everything = ['chat:write', 'reactions:write', 'channels:read', 'groups:read'];
let slack: Emulator;
let server: FaultyServer;
let ids = { app: '', ana: '', ben: '' };
let channel = '';

beforeAll(async () => {
  slack = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        strict_scopes: true,
        users: [{ name: 'kube-vigil' }, ...people.map((name) => ({ name }))],
        channels: [{ name: 'alerts' }],
        tokens: [
          { token: tokens.app, user: 'kube-vigil', scopes: [...everything, 'channels:history'] },
          { token: tokens.reader, user: 'kube-vigil', scopes: ['chat:write', 'reactions:read'] },
          { token: tokens.deaf, user: 'kube-vigil', scopes: ['chat:write'] },
          ...people.map((name) => ({ token: tokens[name], user: name, scopes: everything })),
        ],
      },
    },
  });
  server = await faultyServer(slack.url);
});
beforeEach(async () => {
  slack.reset();
  server.clear();
  const { channels } = await as('app', 'conversations.list', {});
  channel = channels.find(({ name }) => name === 'alerts')?.id ?? '';
  const idOf = async (who: keyof typeof tokens) => (await as(who, 'auth.test', {})).user_id;
  ids = { app: await idOf('app'), ana: await idOf('ana'), ben: await idOf('ben') };
});
afterAll(async () => {
  await server.close();
  await slack.close();
});

const answer = z.looseObject({
  ok: z.literal(true),
  ts: z.string().default(''),
  user_id: z.string().default(''),
  channels: z.array(z.looseObject({ id: z.string(), name: z.string() })).default([]),
});

/** What somebody does in Slack, past the faults. */
async function as(
  who: keyof typeof tokens,
  method: string,
  parameters: { readonly [name: string]: string },
) {
  const response = await fetch(`${slack.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[who]}` },
    body: new URLSearchParams(parameters),
  });
  return answer.parse(await response.json());
}

async function alert(name: string) {
  const { ts } = await as('app', 'chat.postMessage', { channel, text: 'SEV-1 api DOWN' });
  return { alert: name, channel, ts };
}
const react = (who: keyof typeof tokens, root: { ts: string }, name: string) =>
  as(who, 'reactions.add', { channel, timestamp: root.ts, name });
const write = (who: keyof typeof tokens, root: { ts: string }, text: string) =>
  as(who, 'chat.postMessage', { channel, thread_ts: root.ts, text });

function listener(token: string = tokens.app) {
  return slackListener({
    token,
    apiUrl: `${server.url}/api`,
    limits: limitsFor(...server.faults),
    clock: { now: () => Date.now() },
    log: silentLog,
  });
}
const methods = () => server.seen.map(({ path }) => path.replace('/api/', ''));
const spoken = (heard: Awaited<ReturnType<ReturnType<typeof listener>['hear']>>) =>
  heard.responses.map(
    ({ alert: of, number, action, seconds, by }) =>
      `${of} ${number ?? 'all'} ${action} ${seconds ?? '-'} ${Object.entries(ids).find(([, id]) => id === by)?.[0]}`,
  );

test('reactions and words of people are heard, in three calls for a channel with one thread', async () => {
  const [one, two] = [await alert('one'), await alert('two')];
  await react('ana', one, 'eyes');
  await react('ben', one, 'no_bell');
  const { ts } = await write('ben', two, 'ack 2');
  await write('ana', two, 'who is on it?');
  const heard = await listener(` ${tokens.app}\n`).hear([one, two], null, null);
  expect(heard).toEqual({
    responses: [
      {
        alert: 'one',
        number: null,
        action: 'ack',
        seconds: null,
        by: ids.ana,
        trusted: false,
        key: `eyes:${ids.ana}`,
        kind: 'reaction',
      },
      {
        alert: 'one',
        number: null,
        action: 'silence',
        seconds: 14_400,
        by: ids.ben,
        trusted: false,
        key: `no_bell:${ids.ben}`,
        kind: 'reaction',
      },
      {
        alert: 'two',
        number: 2,
        action: 'ack',
        seconds: null,
        by: ids.ben,
        trusted: false,
        key: ts,
        kind: 'message',
      },
    ],
    read: ['one', 'two'],
    slackUrl: 'https://emulate.slack.com/',
    troubles: [],
  });
  expect(methods()).toEqual(['auth.test', 'conversations.history', 'conversations.replies']);
  const asked = new URLSearchParams(server.seen[1]?.body);
  expect(Number(asked.get('oldest'))).toBeCloseTo(Number(one.ts) - 1, 3);
  expect([asked.get('inclusive'), asked.get('limit')]).toEqual(['true', '100']);
});

test.each([
  ['white_check_mark', 'one all ack - ana'],
  ['eyes', 'one all ack - ana'],
  ['+1', 'one all ack - ana'],
  ['+1::skin-tone-6', 'one all ack - ana'],
  ['no_bell', 'one all silence 14400 ana'],
  ['tada', undefined],
  ['eyes::skin-tone-66', undefined],
  ['constructor', undefined],
])('the reaction %s', async (name, expected) => {
  const one = await alert('one');
  await react('ana', one, name);
  const heard = await listener().hear([one], null, null);
  expect(spoken(heard)).toEqual(expected === undefined ? [] : [expected]);
  expect(heard.read).toEqual(['one']);
});

test.each([
  ['ack', 'one all ack - ana'],
  ['!ack', 'one all ack - ana'],
  ['  ack 1', 'one 1 ack - ana'],
  ['!silence 2h', 'one all silence 7200 ana'],
  ['/ack', undefined],
  ['ack &lt;!channel&gt; *`x`*', 'one all ack - ana'],
  ['\u202Eack', undefined],
  ['I will ack', undefined],
])('the words %j', async (text, expected) => {
  const one = await alert('one');
  await write('ana', one, text);
  expect(spoken(await listener().hear([one], null, null))).toEqual(
    expected === undefined ? [] : [expected],
  );
});

test('our own reactions and words are not heard', async () => {
  const one = await alert('one');
  await react('app', one, 'eyes');
  await write('app', one, 'ack');
  expect(await listener().hear([one], null, null)).toEqual({
    responses: [],
    read: ['one'],
    slackUrl: 'https://emulate.slack.com/',
    troubles: [],
  });
});

test('only what was written since is heard, and a thread that did not grow is not read', async () => {
  const one = await alert('one');
  await write('ana', one, 'ack');
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(spoken(await listener().hear([one], later, null))).toEqual([]);
  const earlier = new Date(Date.now() - 60_000).toISOString();
  expect(spoken(await listener().hear([one], earlier, null))).toEqual(['one all ack - ana']);
  expect(Number(new URLSearchParams(server.seen.at(-1)?.body).get('oldest')) * 1000).toBe(
    Date.parse(earlier),
  );
});

test('a reaction that was taken back is not there any more, and its alert was read', async () => {
  const one = await alert('one');
  await react('ana', one, 'eyes');
  await as('ana', 'reactions.remove', { channel, timestamp: one.ts, name: 'eyes' });
  expect(await listener().hear([one], null, null)).toMatchObject({ responses: [], read: ['one'] });
});

test('without history, reactions are heard one by one, and it is said once what is lacking', async () => {
  const [one, two] = [await alert('one'), await alert('two')];
  await react('ana', two, 'eyes');
  await write('ana', one, 'ack');
  const heard = await listener(tokens.reader).hear([one, two], null, null);
  expect(spoken(heard)).toEqual(['two all ack - ana']);
  expect(heard.read).toEqual(['one', 'two']);
  expect(heard.troubles).toEqual([
    `Of what people answer in ${channel} only reactions are heard: the Slack app lacks the scope channels:history (groups:history where it is private); add it under OAuth & Permissions and reinstall the app`,
  ]);
  expect(methods().slice(2)).toEqual(['reactions.get', 'reactions.get']);
  expect(new URLSearchParams(server.seen.at(-1)?.body).get('full')).toBe('true');
});

test('without any scope, nothing is heard, and it is said once', async () => {
  const [one, two] = [await alert('one'), await alert('two')];
  await react('ana', two, 'eyes');
  const heard = await listener(tokens.deaf).hear([one, two], null, null);
  expect(heard).toMatchObject({ responses: [], read: [] });
  expect(heard.troubles).toEqual([
    `What people answer in ${channel} is not heard: the Slack app lacks the scope channels:history (groups:history where it is private) or reactions:read; add both under OAuth & Permissions and reinstall the app`,
  ]);
  expect(methods()).toEqual(['auth.test', 'conversations.history', 'reactions.get']);
});

test('a channel that the app is not in is named, and the others are heard', async () => {
  const one = await alert('one');
  await react('ana', one, 'eyes');
  const heard = await listener().hear([{ ...one, alert: 'x', channel: 'C404' }, one], null, null);
  expect(spoken(heard)).toEqual(['one all ack - ana']);
  expect(heard.read).toEqual(['one']);
  expect(heard.troubles).toEqual([
    'What people answer in C404 was not heard: Slack knows no channel C404, or it is private and the bot is not in it: use its ID (C…) and /invite the bot',
  ]);
});

test.each([
  ['nothing is open', [], tokens.app],
  ['the token is none', [{ alert: 'one', channel: 'C1', ts: '1.1' }], 'xoxb-a\nb'],
])('where %s, nobody is asked', async (_, alerts, token) => {
  expect(await listener(token).hear(alerts, null, null)).toEqual({
    responses: [],
    read: [],
    troubles: [],
  });
  expect(server.seen).toEqual([]);
});
