import { afterEach, expect, test } from '@jest/globals';
import type { Custom } from '../../../src/adapters/demo/api-discovery.ts';
import { kubeconfigFor, startApiServer } from '../../../src/adapters/demo/api-server.ts';
import { readKubeconfig } from '../../../src/adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../../../src/adapters/kubernetes/live.ts';
import { type Limits, limits, scaled } from '../../../src/core/model/limits.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';
import { type Fault, faultyServer } from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const then = Date.parse('2026-11-24T10:15:00Z');
const short = scaled(limits, 25);
const refusal = { status: 403, body: { kind: 'Status', message: 'forbidden: no', code: 403 } };

function custom(apiVersion: string, kind: string, name: string, more: object = {}): Custom {
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  return { apiVersion, kind, metadata: { name, namespace: 'shop' }, status, ...more } as Custom;
}
const certificate = custom('cert-manager.io/v1', 'Certificate', 'tls');
const widget = custom('acme.example/v1beta1', 'Widget', 'w');

interface Setting {
  readonly faults?: readonly Fault[];
  readonly oldDiscovery?: boolean;
  readonly include?: readonly string[];
  readonly limits?: Limits;
}

async function lookAt(objects: readonly Custom[], setting: Setting = {}) {
  const server = await startApiServer({
    objects: { Pod: [{ metadata: { name: 'p', namespace: 'shop' } }] },
    custom: objects,
    oldDiscovery: setting.oldDiscovery ?? false,
    now: () => then,
  });
  const proxy = await faultyServer(server.url);
  proxy.faults = setting.faults ?? [];
  closing.push(() => proxy.close(), server.close);
  const snapshot = await liveCluster(
    { kubeconfig: readKubeconfig(kubeconfigFor(proxy.url, 'demo')) },
    {
      namespaces: { include: setting.include ?? [], exclude: [] },
      limits: setting.limits ?? limits,
      clock: { now: () => 0 },
      log: silentLog,
    },
  ).look();
  return { snapshot, paths: proxy.seen.map(({ path }) => path) };
}

/** `Certificate tls`, without the pod. */
function customIn({ items }: Snapshot): string[] {
  const objects = items as unknown as readonly { kind: string; metadata: { name: string } }[];
  return objects
    .filter(({ kind }) => kind !== 'Pod')
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

const many = (kind: string, number: number) =>
  Array.from({ length: number }, (_, at) => custom('acme.example/v1', kind, `${kind}-${at}`));

test.each([true, false])('reads what has a status, in pages (old discovery: %s)', async (old) => {
  const { snapshot, paths } = await lookAt(
    [
      ...many('Widget', 450),
      certificate,
      custom('acme.example/v1', 'Template', 't', { status: undefined }),
      custom('serving.knative.dev/v1', 'Service', 'web'),
    ].map((each) => JSON.parse(JSON.stringify(each)) as Custom),
    { oldDiscovery: old },
  );
  expect(customIn(snapshot)).toHaveLength(452);
  expect(customIn(snapshot).slice(0, 2)).toEqual(['Certificate tls', 'Service web']);
  expect(snapshot.gaps).toEqual([]);
  expect(paths.filter((path) => path.includes('/widgets?'))).toHaveLength(3);
  expect(paths.some((path) => path.includes('/templates'))).toBe(false);
  // Built-in groups have lists of their own, and these come first.
  expect(paths.filter((path) => path.includes('/apis/apps/v1/deployments'))).toHaveLength(1);
  expect(paths.indexOf('/apis')).toBeGreaterThan(paths.findIndex((path) => /leases/.test(path)));
});

test('trimmed and redacted as everything is', async () => {
  const { snapshot } = await lookAt([
    custom('acme.example/v1', 'Widget', 'w', {
      spec: { password: 'hunter2hunter2', template: { data: { key: 'hunter2hunter2' } } },
      status: { phase: 'Failed', message: 'password=hunter2hunter2', token: 'hunter2hunter2' },
    }),
  ]);
  expect(JSON.stringify(snapshot)).not.toContain('hunter2');
  expect(snapshot.items.at(-1)).toMatchObject({ kind: 'Widget', status: { phase: 'Failed' } });
});

// What goes wrong ▶ the gaps, and what is read all the same.
test.each<[string, Fault, readonly object[], readonly string[]]>([
  [
    'one kind is forbidden',
    { path: '/certificates?', ...refusal },
    [
      {
        kind: 'Certificate',
        namespace: null,
        reason: 'forbidden',
        detail: expect.stringContaining('list on certificates of apiGroup "cert-manager.io"'),
      },
    ],
    ['Widget w'],
  ],
  [
    'all are forbidden',
    { path: /certificates\?|widgets\?/, ...refusal },
    [
      {
        kind: 'CustomResource',
        reason: 'forbidden',
        detail: expect.stringContaining('deploy/rbac-custom.yaml'),
      },
    ],
    [],
  ],
  [
    'one kind is gone',
    { path: '/widgets?', status: 404, body: { kind: 'Status' } },
    [{ kind: 'Widget', reason: 'not-found' }],
    ['Certificate tls'],
  ],
  [
    'one kind fails',
    { path: '/widgets?', status: 500, body: { kind: 'Status' } },
    [{ kind: 'Widget', reason: 'unavailable' }],
    ['Certificate tls'],
  ],
  [
    'one kind is no list',
    { path: '/widgets?', status: 200, body: { kind: 'Widget' } },
    [{ kind: 'Widget', reason: 'unavailable' }],
    ['Certificate tls'],
  ],
  [
    'one kind hangs',
    { path: '/widgets?', hang: true },
    [{ kind: 'Widget', reason: 'timeout' }],
    ['Certificate tls'],
  ],
  [
    'discovery is forbidden',
    { path: /\/apis$/, ...refusal },
    [{ kind: 'CustomResource', reason: 'forbidden' }],
    [],
  ],
  [
    'discovery is nonsense',
    { path: /\/apis$/, status: 200, body: ['a'] },
    [{ kind: 'CustomResource', reason: 'unavailable' }],
    [],
  ],
  [
    'discovery hangs',
    { path: /\/apis$/, hang: true },
    [{ kind: 'CustomResource', reason: 'timeout' }],
    [],
  ],
])('%s', async (_name, fault, gaps, read) => {
  const { snapshot } = await lookAt([certificate, widget], { faults: [fault], limits: short });
  expect(snapshot.gaps).toMatchObject(gaps);
  expect(snapshot.gaps).toHaveLength(gaps.length);
  expect(customIn(snapshot)).toEqual(read);
});

test('many that are forbidden are one gap beside what is read', async () => {
  const kinds = Array.from({ length: 7 }, (_, at) => custom(`g${at}.example/v1`, 'Widget', 'w'));
  const faults = [{ path: '/widgets?', ...refusal }];
  const { snapshot } = await lookAt([...kinds, certificate], { faults });
  expect(customIn(snapshot)).toEqual(['Certificate tls']);
  expect(snapshot.gaps).toMatchObject([{ kind: 'CustomResource/others', reason: 'forbidden' }]);
  expect(snapshot.gaps[0]?.detail).toContain('widgets.g0.example, widgets.g1.example');
});

test('kinds that are never judged are not read', async () => {
  const { paths } = await lookAt([custom('cilium.io/v2', 'CiliumEndpoint', 'pod')]);
  expect(paths.filter((path) => path.includes('cilium'))).toEqual([]);
});

test('a kind with too many objects is read no further, and none of it is kept', async () => {
  const { snapshot, paths } = await lookAt([...many('Widget', 801), certificate]);
  expect(customIn(snapshot)).toEqual(['Certificate tls']);
  expect(snapshot.gaps).toMatchObject([{ kind: 'Widget', reason: 'partial' }]);
  expect(snapshot.gaps[0]?.detail).toContain('801 objects are too many');
  expect(paths.filter((path) => path.includes('/widgets?'))).toHaveLength(1);
});

test('kinds beyond the first 60 are one gap beside what is read', async () => {
  const kinds = Array.from({ length: 62 }, (_, at) =>
    custom(`g${String(at).padStart(2, '0')}.example/v1`, 'Widget', 'w'),
  );
  const { snapshot } = await lookAt([...kinds, certificate]);
  expect(customIn(snapshot)).toHaveLength(60);
  expect(customIn(snapshot)[0]).toBe('Certificate tls');
  expect(snapshot.gaps).toMatchObject([{ kind: 'CustomResource/others', reason: 'partial' }]);
  expect(snapshot.gaps[0]?.detail).toContain('3 kinds beyond the first 60');
});

test('with namespaces included each is listed by itself', async () => {
  const far = custom('cert-manager.io/v1', 'Certificate', 'far');
  const issuer = custom('cert-manager.io/v1', 'ClusterIssuer', 'ca');
  const { snapshot, paths } = await lookAt(
    [
      certificate,
      { ...far, metadata: { name: 'far', namespace: 'bank' } },
      { ...issuer, metadata: { name: 'ca' } },
    ],
    { include: ['shop'] },
  );
  expect(customIn(snapshot)).toEqual(['Certificate tls', 'ClusterIssuer ca']);
  expect(paths).toContain('/apis/cert-manager.io/v1/namespaces/shop/certificates?limit=200');
  expect(paths).toContain('/apis/cert-manager.io/v1/clusterissuers?limit=200');
});
