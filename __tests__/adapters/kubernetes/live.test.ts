import { afterEach, expect, test } from '@jest/globals';
import {
  kubeconfigFor,
  type RawByKind,
  startApiServer,
} from '../../../src/adapters/demo/api-server.ts';
import { readKubeconfig } from '../../../src/adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../../../src/adapters/kubernetes/live.ts';
import { limits, scaled } from '../../../src/core/model/limits.ts';
import type { Snapshot } from '../../../src/core/model/snapshot.ts';
import { kindNames, kinds, selectorsOf } from '../../../src/core/objects/kinds.ts';
import { type Fault, faultyServer } from '../../support/faulty-server.ts';
import { silentLog } from '../../support/log.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const then = Date.parse('2026-11-24T10:15:00Z');
const short = scaled(limits, 25);

function pods(number: number): object[] {
  return Array.from({ length: number }, (_, at) => ({
    metadata: {
      name: `pod-${String(at).padStart(4, '0')}`,
      namespace: at % 2 === 0 ? 'shop' : 'bank',
      uid: `uid-${at}`,
      managedFields: [{ manager: 'kubelet' }],
    },
    spec: { containers: [{ name: 'app', env: [{ name: 'PASSWORD', value: 'hunter2hunter2' }] }] },
    status: { phase: 'Running' },
  }));
}

const shop: RawByKind = {
  Pod: pods(3),
  Node: [{ metadata: { name: 'node-1' } }],
  Namespace: ['kube-system', 'shop', 'bank'].map((name) => ({
    metadata: { name, uid: `uid-of-${name}` },
  })),
  Deployment: [{ metadata: { name: 'api', namespace: 'shop' }, spec: { replicas: 1 } }],
};

const hang: Fault = { hang: true };
const drip: Fault = { status: 200, body: {}, half: 'drip' };
const reset: Fault = { reset: true };
const breakOff: Fault = { status: 200, body: { kind: 'PodList', items: [] }, half: 'cut' };
const html: Fault = { status: 200, body: '<!doctype html><title>Sign in</title>' };
const notJson: Fault = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"kind":"PodList","items":[',
};

/** Shorter where only time ends it. */
function limitsFor(fault: Fault): typeof limits {
  return fault === hang || fault === drip ? scaled(limits, 60) : short;
}

/** A Kubernetes Status with this code. */
function status(code: number, headers: { readonly [name: string]: string } = {}): Fault {
  const body = { kind: 'Status', status: 'Failure', message: `says ${code}`, code };
  return { status: code, headers, body };
}

interface Setting {
  readonly objects?: RawByKind;
  readonly faults?: readonly Fault[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly limits?: typeof limits;
  readonly token?: string;
}

async function lookAt(setting: Setting) {
  const server = await startApiServer({
    objects: setting.objects ?? shop,
    now: () => then,
    token: 'demo-token',
  });
  const proxy = await faultyServer(server.url);
  proxy.faults = setting.faults ?? [];
  closing.push(proxy.close, server.close);
  const told: string[] = [];
  const cluster = liveCluster(
    { kubeconfig: readKubeconfig(kubeconfigFor(proxy.url, setting.token ?? 'demo-token')) },
    {
      namespaces: { include: setting.include ?? [], exclude: setting.exclude ?? [] },
      limits: setting.limits ?? limits,
      clock: { now: () => 0 },
      log: { ...silentLog, progress: (message) => told.push(message) },
    },
  );
  return { look: () => cluster.look(), proxy, told };
}

function namesOf(snapshot: Snapshot, kind: string): string[] {
  const items = snapshot.items as readonly { kind: string; metadata?: { name?: string } }[];
  return items.filter((item) => item.kind === kind).map((item) => item.metadata?.name ?? '');
}

test('reads every kind, in pages, trimmed, at the time of the API server', async () => {
  const { look, proxy, told } = await lookAt({ objects: { ...shop, Pod: pods(1203) } });
  const snapshot = await look();
  expect(new Set(namesOf(snapshot, 'Pod')).size).toBe(1203);
  expect(snapshot).toMatchObject({
    takenAt: '2026-11-24T10:15:00Z',
    source: 'live',
    clusterUid: 'uid-of-kube-system',
    gaps: [],
  });
  const text = JSON.stringify(snapshot);
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('managedFields');
  expect(proxy.count('GET', '/pods?')).toBe(3);
  for (const kind of kindNames)
    expect(proxy.count('GET', `/${kinds[kind].plural}?limit=500`)).toBeGreaterThan(0);
  const other = proxy.seen.filter(
    ({ method, path }) => method !== 'GET' || path.includes('secret'),
  );
  expect(other).toEqual([]);
  // Two more pages of pods; some kinds take several lists.
  const lists = kindNames.reduce((sum, kind) => sum + selectorsOf(kind).length, 0);
  const all = kindNames.length;
  expect(told.at(-1)).toBe(
    `k8s-analyzer: ${all} of ${all} kinds, ${lists + 2} pages, 1,208 objects`,
  );
});

test('asks for Warning events and for pods that have not succeeded', async () => {
  const { look } = await lookAt({
    objects: {
      Pod: [
        { metadata: { name: 'done', namespace: 'shop' }, status: { phase: 'Succeeded' } },
        { metadata: { name: 'new', namespace: 'shop' } },
      ],
      Event: [
        { metadata: { name: 'a', namespace: 'shop' }, type: 'Normal' },
        { metadata: { name: 'b', namespace: 'shop' }, type: 'Warning' },
      ],
    },
  });
  const snapshot = await look();
  expect(namesOf(snapshot, 'Pod')).toEqual(['new']);
  expect(namesOf(snapshot, 'Event')).toEqual(['b']);
});

test('namespaces: excluded ones are filtered, included ones are listed one by one', async () => {
  const without = await (await lookAt({ exclude: ['bank', 'kube-system'] })).look();
  expect(namesOf(without, 'Pod')).toEqual(['pod-0000', 'pod-0002']);
  expect(namesOf(without, 'Namespace')).toEqual(['shop']);
  expect(without.clusterUid).toBe('uid-of-kube-system');
  expect(without.namespaces).toEqual({ include: [], exclude: ['bank', 'kube-system'] });

  const { look, proxy } = await lookAt({ include: ['bank', 'typo'] });
  const only = await look();
  expect(namesOf(only, 'Pod')).toEqual(['pod-0001']);
  expect(namesOf(only, 'Deployment')).toEqual([]);
  expect(namesOf(only, 'Node')).toEqual(['node-1']);
  expect(only.namespaces).toEqual({ include: ['bank', 'typo'], exclude: [] });
  expect(only.gaps).toEqual([
    {
      kind: 'Namespace',
      namespace: 'typo',
      reason: 'not-found',
      detail: 'namespace typo does not exist',
    },
  ]);
  expect(proxy.count('GET', '/api/v1/pods')).toBe(0);
  await expect((await lookAt({ include: ['bank'], exclude: ['bank'] })).look()).rejects.toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  );
});

test('a 403 in one namespace is a gap there only; of a whole kind, of the kind', async () => {
  const { look } = await lookAt({
    include: ['shop', 'bank'],
    faults: [{ path: 'namespaces/bank/pods', ...status(403) }],
  });
  const snapshot = await look();
  expect(namesOf(snapshot, 'Pod')).toEqual(['pod-0000', 'pod-0002']);
  expect(snapshot.gaps).toEqual([
    {
      kind: 'Pod',
      namespace: 'bank',
      reason: 'forbidden',
      detail:
        'pods in namespace bank: 403: says 403; the role must allow get and list on pods of apiGroup ""',
    },
  ]);
  const whole = await (await lookAt({ faults: [{ path: '/ingresses', ...status(403) }] })).look();
  expect(whole.gaps).toMatchObject([{ kind: 'Ingress', namespace: null, reason: 'forbidden' }]);
});

test('where namespaces may not be listed, the cluster is known by GET of kube-system', async () => {
  const faults = [{ path: '/namespaces?', ...status(403) }];
  const snapshot = await (await lookAt({ faults })).look();
  expect(snapshot.clusterUid).toBe('uid-of-kube-system');
  expect(snapshot.gaps).toMatchObject([{ kind: 'Namespace', reason: 'forbidden' }]);
});

// What one list suffers ▶ what is said of it. Everything else is read.
test.each([
  ['hang', hang, 'timeout', 'no whole answer came in time'],
  ['a body that drips', drip, 'timeout', 'no whole answer came in time'],
  ['reset', reset, 'unavailable', 'the connection broke (ECONNRESET)'],
  ['a body that breaks off', breakOff, 'unavailable', 'the connection broke (ECONNRESET)'],
  ['404', status(404), 'not-found', '404: says 404'],
  ['500', status(500), 'unavailable', 'the API server answered 500: says 500'],
  ['503', status(503), 'unavailable', 'the API server answered 503: says 503'],
  ['a redirect', status(302, { location: 'https://example.com' }), 'unavailable', 'answered 302'],
  ['HTML with 200', html, 'unavailable', 'the answer is text/html, not JSON'],
  ['not JSON', notJson, 'unavailable', 'the answer is no Kubernetes list'],
] as const)('a list with %s is a gap', async (_name, fault, reason, said) => {
  const { look } = await lookAt({
    faults: [{ path: '/deployments', ...fault }],
    limits: limitsFor(fault),
  });
  const snapshot = await look();
  expect(snapshot.gaps).toMatchObject([{ kind: 'Deployment', namespace: null, reason }]);
  expect(snapshot.gaps[0]?.detail).toContain(said);
  expect(namesOf(snapshot, 'Pod')).toHaveLength(3);
});

test.each([
  ['500', status(500)],
  ['reset', reset],
  ['429', status(429)],
])('a passing %s is tried again', async (_name, fault) => {
  const { look } = await lookAt({
    faults: [{ path: '/pods', ...fault, nth: [1, 2] }],
    limits: short,
  });
  const snapshot = await look();
  expect(snapshot.gaps).toEqual([]);
  expect(namesOf(snapshot, 'Pod')).toHaveLength(3);
});

test('after a 429 one request at a time, and not before Retry-After', async () => {
  const { look, proxy } = await lookAt({
    faults: [{ path: '/pods', ...status(429, { 'retry-after': '1' }), nth: 1 }],
  });
  const started = performance.now();
  expect((await look()).gaps).toEqual([]);
  expect(performance.now() - started).toBeGreaterThan(950);
  const [, ...after] = proxy.seen.slice(6);
  expect(after.length).toBeGreaterThan(5);
  expect(after.filter(({ beside }) => beside > 0)).toEqual([]);
});

test('a Retry-After past the deadline is not waited for', async () => {
  const { look } = await lookAt({
    faults: [{ path: '/pods', ...status(429, { 'retry-after': '3600' }) }],
    limits: short,
  });
  expect((await look()).gaps).toMatchObject([{ kind: 'Pod', reason: 'unavailable' }]);
});

test('a list whose continue token expired begins again, once; then it is partial', async () => {
  const objects = { ...shop, Pod: pods(1100) };
  const gone: Fault = { path: /\/pods.*continue=/, ...status(410) };
  const once = await (await lookAt({ objects, faults: [{ ...gone, nth: 1 }] })).look();
  expect(new Set(namesOf(once, 'Pod')).size).toBe(1100);
  expect(namesOf(once, 'Pod')).toHaveLength(1100);
  expect(once.gaps).toEqual([]);

  const always = await lookAt({ objects, faults: [gone] });
  const snapshot = await always.look();
  expect(namesOf(snapshot, 'Pod')).toEqual([]);
  expect(snapshot.gaps).toMatchObject([{ kind: 'Pod', reason: 'partial' }]);
  expect(always.proxy.count('GET', '/pods')).toBe(4);
});

test.each([
  ['403', status(403)],
  ['a hang', hang],
])(
  'a list that ends midway with %s is partial, and nothing of it is kept',
  async (_name, fault) => {
    const { look } = await lookAt({
      objects: { ...shop, Pod: pods(1100) },
      faults: [{ path: /\/pods.*continue=/, ...fault }],
      limits: limitsFor(fault),
    });
    const snapshot = await look();
    expect(namesOf(snapshot, 'Pod')).toEqual([]);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'Pod', reason: 'partial', detail: expect.stringContaining('page 2') },
    ]);
  },
);

// What the whole API server does ▶ the failure.
test.each([
  ['hangs', hang, 'KUBE_UNREACHABLE', 'no list could be read within 0.5 s (no answer)'],
  ['drips', drip, 'KUBE_UNREACHABLE', 'no list could be read within 0.5 s'],
  ['resets', reset, 'KUBE_UNREACHABLE', 'the connection broke (ECONNRESET)'],
  ['says 401', status(401), 'KUBE_UNAUTHORIZED', 'refuses the credentials (401: says 401)'],
  ['says 403', status(403), 'KUBE_FORBIDDEN', 'lets neither pods nor workloads be read'],
  ['says 500', status(500), 'KUBE_UNREACHABLE', '500: says 500'],
  ['says 429', status(429, { 'retry-after': '9' }), 'KUBE_UNREACHABLE', '429: says 429'],
  ['answers HTML', html, 'KUBE_UNREACHABLE', 'text/html, not JSON'],
  ['answers no JSON', notJson, 'KUBE_UNREACHABLE', 'no Kubernetes list'],
] as const)('an API server that %s is a failure', async (_name, fault, code, said) => {
  const { look, proxy } = await lookAt({
    faults: [fault],
    limits: limitsFor(fault),
  });
  const error = await look().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringContaining(said) });
  expect(error).toMatchObject({
    message: expect.stringContaining(new URL(proxy.url).host),
    hint: expect.stringMatching(/./),
  });
  expect(String(error)).not.toContain('demo-token');
});

test('a wrong token is KUBE_UNAUTHORIZED', async () => {
  await expect((await lookAt({ token: 'wrong' })).look()).rejects.toThrow(
    expect.objectContaining({ code: 'KUBE_UNAUTHORIZED' }),
  );
});

test.each([
  ['nobody listens', 'http://127.0.0.1:9', /ECONNREFUSED/],
  // How long a resolver takes to say so is its own affair.
  ['no such name', 'https://api.cluster.invalid', /cannot be reached: ./],
])('%s: KUBE_UNREACHABLE', async (_name, url, said) => {
  const cluster = liveCluster(
    { kubeconfig: { text: kubeconfigFor(url, 'demo-token') } },
    {
      namespaces: { include: [], exclude: [] },
      limits: short,
      log: silentLog,
      clock: { now: () => then },
    },
  );
  const error = (await cluster.look().catch((thrown: unknown) => thrown)) as Error;
  expect(error).toMatchObject({ code: 'KUBE_UNREACHABLE' });
  expect(error.message).toContain(new URL(url).host);
  expect(error.message).toMatch(said);
});

test('nodes alone are not enough: neither pods nor workloads is KUBE_FORBIDDEN', async () => {
  const faults = [{ path: /\/(pods|apps|batch)/, ...status(403) }];
  await expect((await lookAt({ faults })).look()).rejects.toThrow(
    expect.objectContaining({ code: 'KUBE_FORBIDDEN' }),
  );
  const podsOnly = [{ path: /\/(apps|batch)\//, ...status(403) }];
  expect((await (await lookAt({ faults: podsOnly })).look()).gaps).toHaveLength(5);
});
