/** Every way out as a run has it: behind a proxy, with a certificate of one's own, its time, its secrets. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { readInputs } from '../src/adapters/config/inputs.ts';
import { limits, scaled } from '../src/core/model/limits.ts';
import type { Fact, FurtherTarget, Receipt } from '../src/core/model/notification.ts';
import { readRun } from '../src/wire/run.ts';
import { waysOut } from '../src/wire/ways-out.ts';
import { notificationOf } from './adapters/slack/notifications.ts';
import { hasOpenssl, makeCertificate } from './support/certificate.ts';
import { type FaultyServer, faultyServer } from './support/faulty-server.ts';
import { silentLog } from './support/log.ts';
import { runNode } from './support/runner.ts';

jest.setTimeout(60_000);

const tls = hasOpenssl ? makeCertificate() : null;
const withOpenssl = tls === null ? test.skip : test;
let server: FaultyServer;
let tlsServer: FaultyServer;
let proxy: http.Server;
const connected: string[] = [];

const fact: Fact = {
  ...{ fingerprint: '0123456789abcdef', severity: 'SEV-1', state: 'new', text: 'SEV-1 api DOWN' },
  ...{ kind: 'Deployment', namespace: 'shop', name: 'api', reason: 'ImagePullBackOff' },
  ...{ summary: 'image does not exist', services: ['api'], since: null },
};
const answers = [
  { path: 'chat.postMessage', status: 200, body: { ok: true, channel: 'C1', ts: '1.1' } },
  { path: '/services/', status: 200, body: 'ok' },
  { path: '/hook', status: 204 },
  { path: '/v2/enqueue', status: 202, body: { status: 'success' } },
];

beforeAll(async () => {
  server = await faultyServer(null);
  tlsServer = await faultyServer(null, tls ?? {});
  proxy = http.createServer();
  proxy.on('connect', (request, socket: net.Socket) => {
    connected.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const each of [onward, socket]) each.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  for (const each of [server, tlsServer]) each.clear();
  for (const each of [server, tlsServer]) each.faults = answers;
  connected.length = 0;
});
afterAll(async () => {
  await server.close();
  await tlsServer.close();
  proxy.closeAllConnections();
  proxy.close();
});

const environment = (url: string) => ({
  'INPUT_SLACK-BOT-TOKEN': 'xoxb-1-Secret',
  'INPUT_SLACK-CHANNEL': 'C1',
  SLACK_API_URL: `${url}/api/`,
  'INPUT_SLACK-WEBHOOK-URL': `${url}/services/T0/B0/Secret`,
  'INPUT_WEBHOOK-URL': `${url}/hook?key=Secret`,
  'INPUT_WEBHOOK-SECRET': 'Secret-of-the-webhook',
  'INPUT_PAGERDUTY-ROUTING-KEY': 'Secret'.padEnd(32, 'x'),
  KUBE_VIGIL_PAGERDUTY_URL: `${url}/v2/enqueue`,
});
const targets: readonly (FurtherTarget | undefined)[] = [
  ...[undefined, 'slack-webhook', 'webhook', 'pagerduty'],
] as const;
const notifications = targets.map((target) => notificationOf('full', { target, facts: [fact] }));

/** Delivers by every way in a process of its own, whose environment is as given. */
async function deliverApart(env: { readonly [name: string]: string }): Promise<readonly Receipt[]> {
  const src = path.resolve(import.meta.dirname, '../src');
  const program = `
    import { readInputs } from '${src}/adapters/config/inputs.ts';
    import { limits, scaled } from '${src}/core/model/limits.ts';
    import { prepareProcess } from '${src}/wire/parts.ts';
    import { readRun } from '${src}/wire/run.ts';
    import { waysOut } from '${src}/wire/ways-out.ts';
    const env = { ...process.env };
    prepareProcess(process.env);
    const log = { info() {}, warn() {}, error() {}, trace() {}, progress() {} };
    const { messenger } = waysOut(readInputs(env), { cluster: 'prod', run: readRun(env), limits, log });
    const receipts = [];
    for (const each of ${JSON.stringify(notifications)}) receipts.push(await messenger.deliver(each, null));
    console.log(JSON.stringify(receipts));
  `;
  const { code, stdout, stderr } = await runNode(['--input-type=module', '-e', program], {
    env: { ...environment(tlsServer.url), ...env },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as readonly Receipt[];
}

withOpenssl('each goes through a proxy (CONNECT) and trusts a private CA', async () => {
  const { port } = proxy.address() as AddressInfo;
  const receipts = await deliverApart({
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    NODE_EXTRA_CA_CERTS: tls?.file ?? '',
  });
  expect(receipts.map(({ accepted, error }) => [accepted, error])).toEqual(
    targets.map(() => [true, null]),
  );
  expect(tlsServer.seen).toHaveLength(4);
  expect(new Set(connected)).toEqual(new Set([new URL(tlsServer.url).host]));
});

withOpenssl(
  'each refuses a certificate that nobody it knows has signed, and nothing was sent',
  async () => {
    const receipts = await deliverApart({});
    expect(receipts.map(({ accepted, maybeDelivered }) => [accepted, maybeDelivered])).toEqual(
      targets.map(() => [false, false]),
    );
    for (const { error } of receipts) expect(error).toContain('SELF_SIGNED');
    expect(JSON.stringify(receipts)).not.toContain('Secret');
    expect(tlsServer.seen).toEqual([]);
  },
);

function here(env: { readonly [name: string]: string }, table = limits) {
  const given = { cluster: 'prod', run: readRun(env), limits: table, log: silentLog };
  return waysOut(readInputs(env), given);
}

test.each<[string, string, string | null, readonly string[]]>([
  ['nothing', 'NOTHING', null, []],
  ['the Slack app', 'SLACK-(BOT|CHANNEL)', 'C1', ['slack']],
  ['an incoming webhook', 'SLACK-WEBHOOK', 'slack-webhook', ['slack-webhook']],
  ['a webhook', '_WEBHOOK', 'webhook', ['webhook']],
  ['PagerDuty', 'PAGERDUTY', 'pagerduty', ['pagerduty']],
  ['all', '', 'C1', ['slack', 'slack-webhook', 'webhook', 'pagerduty']],
])(
  'with %s alerts have a place, and the Slack app comes first',
  (_name, pattern, channel, expected) => {
    const env = Object.fromEntries(
      Object.entries(environment(server.url)).filter(([name]) => new RegExp(pattern).test(name)),
    );
    const ways = here(env);
    expect([ways.channel, ways.targets, ways.messenger === null]).toEqual([
      channel,
      expected,
      expected.length === 0,
    ]);
  },
);

test('a message for a way that is not there is refused', async () => {
  const { messenger } = here({ 'INPUT_PAGERDUTY-ROUTING-KEY': 'x'.repeat(32) });
  const receipt = await messenger?.deliver(notificationOf('full', { target: 'webhook' }), null);
  expect(receipt).toMatchObject({ accepted: false, error: 'This way out is not configured' });
});

test('a Slack that hangs leaves the others their time', async () => {
  server.faults = [{ path: '/api/', hang: true }, ...answers.slice(1)];
  const table = { ...limits, slackAll: 2500 };
  const { messenger } = here(environment(server.url), table);
  const accepted = [];
  for (const each of [notifications[0], ...notifications])
    if (each !== undefined) accepted.push((await messenger?.deliver(each, null))?.accepted);
  expect(accepted).toEqual([false, false, true, true, true]);
});

test('limits that are divided by any number hold', async () => {
  const { messenger } = here(environment(server.url), scaled(limits, 3));
  for (const each of notifications)
    expect(await messenger?.deliver(each, null)).toMatchObject({ accepted: true });
});

test("PagerDuty's address is its own, unless another one is on loopback", () => {
  const at = (url: string) => readRun({ KUBE_VIGIL_PAGERDUTY_URL: url }).pagerDutyUrl;
  expect([at('https://evil.example/'), at('nonsense'), at('')]).toEqual(
    Array(3).fill('https://events.pagerduty.com/v2/enqueue'),
  );
  expect(at('http://127.0.0.1:1/x')).toBe('http://127.0.0.1:1/x');
});
