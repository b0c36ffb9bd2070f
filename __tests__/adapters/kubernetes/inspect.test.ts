import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiServer, startApiServer } from '../../../src/adapters/demo/api-server.ts';
import { inspectCluster } from '../../../src/adapters/kubernetes/inspect.ts';
import { limits } from '../../../src/core/model/limits.ts';
import type { Probe } from '../../../src/core/model/probe.ts';
import { kindNames } from '../../../src/core/objects/kinds.ts';
import { type Fault, type FaultyServer, faultyServer } from '../../support/faulty-server.ts';

const pod = {
  metadata: { name: 'api-1', namespace: 'shop' },
  spec: { containers: [{ name: 'api' }] },
};
const custom = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'tls', namespace: 'shop' },
  status: { conditions: [] },
};
const version: Fault = { path: /^\/version$/, status: 200, body: { gitVersion: 'v1.33.2' } };
const quick = { ...limits, kubernetesFirst: 400, kubernetesAll: 800, kubernetesPage: 300 };

let cluster: ApiServer;
let proxy: FaultyServer;
beforeAll(async () => {
  cluster = await startApiServer({ objects: { Pod: [pod] }, custom: [custom], logs: () => 'x' });
  proxy = await faultyServer(cluster.url);
});
beforeEach(() => proxy.clear());
afterAll(() => Promise.all([cluster.close(), proxy.close()]));

function inspect(faults: readonly Fault[], url = proxy.url, table = limits) {
  proxy.faults = faults;
  const kubeconfig = { text: cluster.kubeconfig.replaceAll(cluster.url, url) };
  return inspectCluster({ kubeconfig }, table);
}

const forbidden = (path: string | RegExp): Fault => ({
  path,
  status: 403,
  body: { kind: 'Status', message: 'pods is forbidden: User "x" cannot list' },
});
const found = (probes: readonly Probe[], what: string) => probes.find((each) => each.what === what);

test('all is allowed: the server, each kind, logs and custom resources, by GET alone', async () => {
  const probes = await inspect([version]);
  expect(probes.map(({ state }) => state)).toEqual(Array(kindNames.length + 3).fill('ok'));
  expect(probes[0]).toMatchObject({
    what: 'API server',
    said: expect.stringContaining('(v1.33.2)'),
  });
  expect(probes.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['list pods', 'list leases in kube-node-lease', 'read logs']),
  );
  expect(found(probes, 'list custom resources')?.said).toBe('allowed, 1 kind');
  expect(new Set(proxy.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(proxy.seen.filter(({ path }) => path.includes('limit=500'))).toEqual([]);
});

test.each<[string, Fault, object]>([
  [
    'list pods',
    forbidden(/^\/api\/v1\/pods/),
    {
      state: 'missing',
      said: '403: pods is forbidden: User "x" cannot list',
      mend: 'the role must allow get and list on pods of apiGroup "": kubectl apply -f deploy/rbac.yaml',
    },
  ],
  [
    'list horizontalpodautoscalers',
    forbidden('/horizontalpodautoscalers'),
    { state: 'missing', mend: expect.stringContaining('apiGroup "autoscaling"') },
  ],
  [
    'list endpointslices',
    { path: '/endpointslices', status: 404, body: {} },
    { state: 'limited', said: expect.stringMatching(/^this cluster does not serve them/) },
  ],
  [
    'list nodes',
    { path: /^\/api\/v1\/nodes/, status: 500, body: {} },
    {
      state: 'missing',
      said: 'the API server answered 500',
      mend: expect.stringMatching(/readyz/),
    },
  ],
  [
    'read logs',
    forbidden('/log?'),
    { state: 'limited', mend: expect.stringContaining('get on pods/log') },
  ],
  ['read logs', { path: '/log?', status: 400, body: { message: 'waiting' } }, { state: 'ok' }],
  [
    'list custom resources',
    forbidden('/certificates'),
    {
      state: 'limited',
      said: '1 of 1 kinds may not be listed: certificates.cert-manager.io',
      mend: expect.stringContaining('rbac-custom.yaml'),
    },
  ],
  ['list custom resources', forbidden(/^\/apis$/), { state: 'limited' }],
])('%s', async (what, fault, expected) => {
  const probes = await inspect([version, fault]);
  expect(found(probes, what)).toMatchObject(expected);
  for (const probe of probes) expect(probe.mend === '').toBe(probe.state === 'ok');
});

test('no pod: whether logs may be read is not known', async () => {
  const empty = { path: /^\/api\/v1\/pods/, status: 200, body: { kind: 'PodList', items: [] } };
  expect(found(await inspect([version, empty]), 'read logs')).toMatchObject({ state: 'unknown' });
});

test.each<[string, readonly Fault[], string, RegExp, RegExp]>([
  ['nothing listens', [], 'http://127.0.0.1:9', /cannot be reached: no connection/, /firewall/],
  [
    'no such name',
    [],
    'https://no-such-host.invalid',
    /its name is not known|no connection/,
    /DNS/,
  ],
  ['no answer', [{ hang: true }], '', /cannot be reached/, /firewall/],
  ['a page', [{ status: 200, body: '<html>' }], '', /not JSON/, /address/],
  [
    '401',
    [{ status: 401, body: { message: 'Unauthorized' } }],
    '',
    /refuses the credentials/,
    /expired/,
  ],
])('%s: one line, and nothing more', async (_name, faults, url, said, mend) => {
  const probes = await inspect(faults, url === '' ? proxy.url : url, quick);
  expect(probes).toEqual([
    {
      what: 'API server',
      state: 'missing',
      said: expect.stringMatching(said),
      mend: expect.stringMatching(mend),
    },
  ]);
});
