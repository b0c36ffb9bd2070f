import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inspectSlack } from '../../../src/adapters/slack/inspect.ts';
import { limits } from '../../../src/core/model/limits.ts';
import { type Fault, type FaultyServer, faultyServer } from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

let server: FaultyServer;
beforeAll(async () => {
  server = await faultyServer(null);
});
beforeEach(() => server.clear());
afterAll(() => server.close());

const all = 'chat:write,chat:write.public,channels:history,groups:history,reactions:read';
const auth = (scopes: string | null, body: object = {}): Fault => ({
  path: 'auth.test',
  status: 200,
  headers: scopes === null ? {} : { 'x-oauth-scopes': scopes },
  body: { ok: true, team: 'Acme', user: 'kube-vigil', ...body },
});
const room = (body: object): Fault => ({ path: 'conversations.info', status: 200, body });
const open = room({ ok: true, channel: { name: 'alerts', is_member: true } });

function inspect(faults: readonly Fault[], channel = 'C0123') {
  server.faults = faults;
  const apiUrl = `${server.url}/api/`;
  const clock = { now: () => 0 };
  return inspectSlack({ token: 'xoxb-1', channel, apiUrl, limits, clock, log: silentLog });
}

test('token, scope and channel are right, and nothing was sent', async () => {
  expect(
    (await inspect([auth(all), open])).map(({ what, state, said }) => [what, state, said]),
  ).toEqual([
    ['Slack token', 'ok', 'kube-vigil of Acme'],
    ['Slack scope chat:write', 'ok', 'granted'],
    ['Slack channel C0123', 'ok', '#alerts'],
  ]);
  expect(server.seen.map(({ path }) => path)).toEqual([
    '/api/auth.test',
    '/api/conversations.info',
  ]);
});

const refused = (error: string): Fault => room({ ok: false, error });

test.each<[string, readonly Fault[], string, string, string, RegExp]>([
  [
    'a token that is revoked',
    [auth(null, { ok: false, error: 'token_revoked' })],
    'C0123',
    'Slack token',
    'missing',
    /^Slack refused the bot token \(token_revoked\) ▶ reinstall the app/,
  ],
  [
    'a server in trouble',
    [{ status: 500, body: '' }],
    'C0123',
    'Slack token',
    'missing',
    /HTTP 500\) ▶ run doctor again in a minute/,
  ],
  [
    'a login page',
    [{ status: 200, body: '<html>' }],
    'C0123',
    'Slack token',
    'missing',
    /does not answer as Slack ▶ check SLACK_API_URL/,
  ],
  [
    'a token of another kind',
    [auth(null, { ok: false, error: 'not_allowed_token_type' })],
    'C0123',
    'Slack token',
    'missing',
    /^The Slack app lacks the scope chat:write ▶ add it under/,
  ],
  [
    'a limit',
    [{ status: 429, headers: { 'retry-after': '30' }, body: '' }],
    'C0123',
    'Slack token',
    'missing',
    /^Slack limits [^;]* ▶ run doctor again in a minute/,
  ],
  ['a reset', [{ reset: true }], 'C0123', 'Slack token', 'missing', /ECONNRESET.* ▶ .*firewall/],
  [
    'no chat:write',
    [auth('channels:read'), open],
    'C0123',
    'Slack scope chat:write',
    'missing',
    /nothing can be sent/,
  ],
  [
    'no history',
    [auth('chat:write'), open],
    'C0123',
    'Slack scope channels:history',
    'limited',
    /sent twice/,
  ],
  ['scopes are not told', [auth(null), open], 'C0123', 'Slack scopes', 'unknown', /did not say/],
  [
    'a channel may not be read',
    [auth(all), refused('missing_scope')],
    'C0123',
    'Slack channel C0123',
    'unknown',
    /channels:read/,
  ],
  [
    'no such channel',
    [auth(all), refused('channel_not_found')],
    'C0123',
    'Slack channel C0123',
    'missing',
    /knows no channel C0123.* ▶ use its ID/,
  ],
  [
    'a name',
    [auth(all), refused('channel_not_found')],
    '#alerts',
    'Slack channel #alerts',
    'unknown',
    /use the id/,
  ],
  [
    'an archived channel',
    [auth(all), room({ ok: true, channel: { name: 'old', is_archived: true } })],
    'C0123',
    'Slack channel C0123',
    'missing',
    /#old is archived/,
  ],
  [
    'not a member, no public scope',
    [auth('chat:write'), room({ ok: true, channel: { name: 'alerts', is_member: false } })],
    'C0123',
    'Slack channel C0123',
    'missing',
    /not in #alerts/,
  ],
  [
    'not a member, public scope',
    [auth(all), room({ ok: true, channel: { name: 'alerts', is_member: false } })],
    'C0123',
    'Slack channel C0123',
    'ok',
    /#alerts/,
  ],
  [
    'an odd answer',
    [auth(all), room({ ok: true })],
    'C0123',
    'Slack channel C0123',
    'unknown',
    /did not describe/,
  ],
])('%s', async (_name, faults, channel, what, state, said) => {
  const probes = await inspect(faults, channel);
  const found = probes.find((each) => each.what === what);
  expect(found?.state).toBe(state);
  expect(`${found?.said} ▶ ${found?.mend}`).toMatch(said);
  for (const probe of probes) expect(probe.mend === '').toBe(probe.state === 'ok');
  expect(JSON.stringify(probes)).not.toContain('xoxb-1');
});
