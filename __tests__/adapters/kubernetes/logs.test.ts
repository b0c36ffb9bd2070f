import { afterEach, expect, test } from '@jest/globals';
import {
  kubeconfigFor,
  type LogOf,
  startApiServer,
} from '../../../src/adapters/demo/api-server.ts';
import { readKubeconfig } from '../../../src/adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../../../src/adapters/kubernetes/live.ts';
import { type Limits, limits, scaled } from '../../../src/core/model/limits.ts';
import type { LogRef } from '../../../src/core/model/snapshot.ts';
import { type Fault, faultyServer } from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ref = (pod: string, more: Partial<LogRef> = {}): LogRef => ({
  namespace: 'shop',
  pod,
  container: 'app',
  previous: true,
  ...more,
});
const logPath = /\/log\?/;

interface Setting {
  readonly logs?: LogOf;
  readonly faults?: readonly Fault[];
  readonly limits?: Limits;
  /** Read without a look before it: no time is left then. */
  readonly unseen?: true;
}

async function read(wanted: readonly LogRef[], setting: Setting = {}) {
  const pods = ['api', 'web', 'pay'].map((name) => ({ metadata: { name, namespace: 'shop' } }));
  const server = await startApiServer({
    objects: { Pod: [...pods, { metadata: { name: 'ledger', namespace: 'bank' } }] },
    logs: setting.logs ?? (({ pod }) => `${pod} starts\n${pod} died\n`),
  });
  const proxy = await faultyServer(server.url);
  closing.push(() => proxy.close(), server.close);
  const cluster = liveCluster(
    { kubeconfig: readKubeconfig(kubeconfigFor(proxy.url, 'demo')) },
    {
      namespaces: { include: [], exclude: [] },
      limits: setting.limits ?? limits,
      clock: { now: () => 0 },
      log: silentLog,
    },
  );
  if (setting.unseen !== true) await cluster.look();
  proxy.clear();
  proxy.faults = (setting.faults ?? []).map((fault) => ({ path: logPath, ...fault }));
  return { ...(await cluster.readLogs(wanted)), asked: proxy.seen.map(({ path }) => path) };
}

/** A Kubernetes Status with this code. */
const status = (code: number, message: string): Fault => ({
  status: code,
  body: { kind: 'Status', status: 'Failure', message, code },
});

test('asks for the end of each log, of the run before where it is wanted', async () => {
  const current = ref('web', { previous: false });
  const { logs, gaps, asked } = await read([ref('api'), current]);
  expect(asked.toSorted()).toEqual([
    '/api/v1/namespaces/shop/pods/api/log?container=app&previous=true&tailLines=20&limitBytes=32768',
    '/api/v1/namespaces/shop/pods/web/log?container=app&tailLines=20&limitBytes=32768',
  ]);
  expect(logs).toEqual([
    { ...ref('api'), lines: ['api starts', 'api died'] },
    { ...current, lines: ['web starts', 'web died'] },
  ]);
  expect(gaps).toEqual([]);
});

test('nothing is asked where nothing is wanted', async () => {
  expect(await read([])).toEqual({ logs: [], gaps: [], asked: [] });
});

test('a run before that is gone gives way to this one, and what never ran is no gap', async () => {
  const logs: LogOf = ({ pod, previous }) => (previous || pod === 'web' ? null : 'alive\n');
  const { logs: found, gaps, asked } = await read([ref('api'), ref('web')], { logs });
  expect(found).toEqual([{ ...ref('api', { previous: false }), lines: ['alive'] }]);
  expect(gaps).toEqual([]);
  expect(asked).toHaveLength(4);
});

test.each([
  {
    what: 'a container that is being created',
    fault: status(400, 'container "app" in pod "api" is waiting to start: ContainerCreating'),
  },
  { what: 'a pod that went away', fault: status(404, 'pods "api" not found') },
  { what: 'a log without a line', fault: { status: 200, body: '\n\n' } },
])('$what is dropped quietly', async ({ fault }) => {
  const { logs, gaps, asked } = await read([ref('api')], { faults: [fault] });
  expect({ logs, gaps }).toEqual({ logs: [], gaps: [] });
  expect(asked).toHaveLength(1);
});

test('a 403 is one gap with the rule that mends it, and hides no other log', async () => {
  const forbidden = status(403, 'pods "x" is forbidden: User "u" cannot get resource "pods/log"');
  const faults = [{ ...forbidden, path: /(api|pay)\/log/ }];
  const { logs, gaps } = await read([ref('api'), ref('web'), ref('pay')], { faults });
  expect(logs.map(({ pod }) => pod)).toEqual(['web']);
  expect(gaps).toEqual([
    {
      kind: 'Pod/log',
      namespace: 'shop',
      reason: 'forbidden',
      detail:
        'last words of failing containers, 2 of 3 logs not read: 403: pods "x" is forbidden: User "u" cannot get resource "pods/log"; the role must allow get on pods/log of apiGroup ""',
    },
  ]);
});

test('a gap in several namespaces is one of the cluster', async () => {
  const faults = [status(403, 'no')];
  const wanted = [ref('api'), ref('ledger', { namespace: 'bank' })];
  const { gaps } = await read(wanted, { faults });
  expect(gaps).toEqual([expect.objectContaining({ namespace: null, reason: 'forbidden' })]);
});

test.each<{ what: string; fault: Fault; reason: string; scale: number }>([
  { what: 'no answer', fault: { hang: true }, reason: 'timeout', scale: 40 },
  { what: 'an answer that drips', fault: { half: 'drip' }, reason: 'timeout', scale: 40 },
  {
    what: 'a node that cannot be asked',
    fault: status(500, 'no'),
    reason: 'unavailable',
    scale: 25,
  },
  { what: 'a connection that breaks', fault: { reset: true }, reason: 'unavailable', scale: 25 },
])('$what is one gap, and the logs of the others are there', async ({ fault, reason, scale }) => {
  const { logs, gaps } = await read([ref('api'), ref('web')], {
    faults: [{ ...fault, path: /api\/log/ }],
    limits: scaled(limits, scale),
  });
  expect(logs.map(({ pod }) => pod)).toEqual(['web']);
  expect(gaps).toEqual([expect.objectContaining({ kind: 'Pod/log', namespace: 'shop', reason })]);
});

test('what the lists leave no time for is a gap', async () => {
  const { logs, gaps, asked } = await read([ref('api')], { unseen: true });
  expect(logs).toEqual([]);
  expect(gaps).toEqual([expect.objectContaining({ reason: 'timeout' })]);
  expect(asked).toEqual([]);
});

test('of a log that is too long the last lines are read, whole', async () => {
  const long = Array.from({ length: 20 }, (_, at) => `${at} ${'x'.repeat(4000)}`).join('\n');
  const { logs, asked } = await read([ref('api')], { logs: () => long });
  expect(asked).toHaveLength(2);
  expect(logs[0]?.lines.map((line) => line.slice(0, 4))).toEqual(['17 x', '18 x', '19 x']);
});

test('a server that keeps no limit is read to its end, and what it cut is dropped', async () => {
  const huge = `${'y'.repeat(5_000_000)}\nlast whole\npassword=hunt`;
  const { logs, asked } = await read([ref('api')], { faults: [{ status: 200, body: huge }] });
  expect(asked).toHaveLength(2);
  expect(logs[0]?.lines).toEqual(['last whole']);
});

test('secrets, colours and control characters stay outside, a key over many lines too', async () => {
  const esc = String.fromCharCode(27);
  const body = Array.from({ length: 12 }, (_, at) => `${'QUFB'.repeat(15)}${at}ABCD`);
  const written = [
    ...['-----BEGIN RSA PRIVATE KEY-----', ...body, '-----END RSA PRIVATE KEY-----'],
    `${esc}[31mpostgres://app:hunter2hunter2@db:5432/shop${esc}[0m refused`,
    `10 %\r55 %\rdone\u0000 it is`,
    'token=ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    '',
  ].join('\n');
  const { logs } = await read([ref('api')], { logs: () => written });
  const text = JSON.stringify(logs);
  expect(text).not.toMatch(/hunter2|ghp_|QUFB|u001b|u0000/);
  expect(logs[0]?.lines).toContain('done  it is');
  expect(logs[0]?.lines).toContain('postgres://[redacted:credentials]@db:5432/shop refused');
});

test('the middle of a key, whose ends were cut away, is no line either', async () => {
  const middle = Array.from({ length: 20 }, (_, at) => `${'aB3/'.repeat(15)}${at}`).join('\n');
  const { logs } = await read([ref('api')], { logs: () => middle });
  expect(new Set(logs[0]?.lines)).toEqual(new Set(['[redacted:base64]']));
});

test('a name that no object can have is not asked for', async () => {
  const { asked } = await read([ref('../../secrets'), ref('api', { container: 'a&previous=' })]);
  expect(asked).toEqual([]);
});
