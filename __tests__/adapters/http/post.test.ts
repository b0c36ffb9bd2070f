import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jsonPosts } from '../../../src/adapters/http/post.ts';
import { limits } from '../../../src/core/model/limits.ts';
import { type Fault, type FaultyServer, faultyServer } from '../../support/faulty-server.ts';

let server: FaultyServer;
beforeEach(async () => {
  server = await faultyServer(null);
});
afterEach(() => server.close());

const clock = { now: Date.now };
const quick = { ...limits, slackCall: 100, slackAll: 250 };
const post = (table = quick) =>
  jsonPosts({ limits: table, clock })(`${server.url}/secret`, '{"a":1}');

test('one POST of JSON, with our headers beside', async () => {
  server.faults = [{ status: 202, body: { fine: true } }];
  const send = jsonPosts({ limits, clock });
  expect(await send(`${server.url}/x`, '{"a":1}', { 'x-mine': '1' })).toEqual({
    ...{ kind: 'answer', status: 202, body: '{"fine":true}', retryAfterSeconds: null },
  });
  expect(server.seen).toMatchObject([
    {
      ...{ method: 'POST', path: '/x', body: '{"a":1}' },
      headers: { 'content-type': 'application/json', 'x-mine': '1' },
    },
  ]);
});

const silent = (reason: string) => ({ kind: 'silent', reason, sent: true });
test.each<[string, Fault, object]>([
  ['no answer', { hang: true }, silent('timeout')],
  ['half an answer, then nothing', { status: 200, body: 'ok', half: 'stall' }, silent('timeout')],
  ['a slow drip', { status: 200, body: 'ok', half: 'drip' }, silent('timeout')],
  ['a reset', { reset: true }, { kind: 'silent', sent: true }],
  [
    'half an answer, then a reset',
    { status: 200, body: 'ok', half: 'cut' },
    { kind: 'silent', sent: true },
  ],
  [
    'a redirect',
    { status: 302, headers: { location: '/elsewhere' } },
    { kind: 'answer', status: 302 },
  ],
  ['a long page', { status: 500, body: 'x'.repeat(5000) }, { body: 'x'.repeat(2000) }],
])('%s ends in time and is one request', async (_name, fault, expected) => {
  server.faults = [fault];
  const posted = await post();
  expect(posted).toMatchObject(expected);
  expect(JSON.stringify(posted)).not.toContain('secret');
  expect(server.seen).toHaveLength(1);
});

test('nobody there: surely not sent', async () => {
  await server.close();
  expect(await post()).toEqual({ kind: 'silent', reason: 'ECONNREFUSED', sent: false });
});

test.each<[string, number, { readonly [name: string]: string }, number | null]>([
  ['seconds', 429, { 'retry-after': '70' }, 70],
  ['a date', 429, { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }, 90],
  ['no time', 429, {}, 30],
  ['nonsense', 429, { 'retry-after': 'soon' }, 30],
  ['seconds', 503, { 'retry-after': '70' }, 70],
  ['no time', 503, {}, null],
  ['seconds', 500, { 'retry-after': '70' }, null],
])('Retry-After with %s and %i', async (_name, status, headers, expected) => {
  server.faults = [{ status, headers, body: '' }];
  const posted = await post();
  const seconds = posted.kind === 'answer' ? posted.retryAfterSeconds : undefined;
  if (expected === null) expect(seconds).toBeNull();
  else expect(Math.abs((seconds ?? 0) - expected)).toBeLessThanOrEqual(1);
  expect(server.seen).toHaveLength(1);
});

test('a short wait is waited for, once', async () => {
  server.faults = [{ status: 429, headers: { 'retry-after': '0' }, body: '' }];
  expect(await post()).toMatchObject({ status: 429 });
  expect(server.seen).toHaveLength(2);
});

test('all posts share one deadline, which starts with the first', async () => {
  server.faults = [{ hang: true }];
  let now = 0;
  const table = { ...quick, slackCall: 60, slackAll: 100 };
  const send = jsonPosts({ limits: table, clock: { now: () => now } });
  const kinds = [];
  for (now = 1000; now < 1180; now += 60) kinds.push((await send(server.url, '{}')).kind);
  expect(kinds).toEqual(['silent', 'silent', 'late']);
});
