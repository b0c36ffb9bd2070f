import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { apiVersionOf, type Kind, kindNames, kinds } from '../../../src/core/objects/kinds.ts';
import type { Shape } from '../../../src/core/objects/shape.ts';
import { byKind, trim } from '../../../src/core/objects/trim.ts';
import { anything, rightly } from './nearly.ts';
import { manyPods } from './realistic-pods.ts';

/** Whether `value` is what `shape` promises: rightly typed, nothing beside it. */
function fits(shape: Shape, value: unknown): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (shape === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (shape === 'flag') return typeof value === 'boolean';
  if (shape === 'textOrNumber') return fits('text', value) || fits('number', value);
  if ('list' in shape) return Array.isArray(value) && value.every((each) => fits(shape.list, each));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  if ('map' in shape) return entries.every(([, each]) => fits(shape.map, each));
  return entries.every(([name, each]) => {
    const inner = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    return inner !== undefined && fits(inner, each);
  });
}

/** The same with a name, as nearly everything has one. */
function named(kind: Kind): fc.Arbitrary<unknown> {
  return fc.tuple(rightly(kinds[kind].shape), fc.boolean()).map(([raw, whole]) => {
    const object = raw as { readonly metadata?: unknown };
    const metadata = typeof object.metadata === 'object' ? object.metadata : {};
    return whole ? { ...object, metadata: { ...metadata, name: 'x' } } : object;
  });
}

test.each(kindNames)('%s: whatever comes, what is kept has the shape', (kind) => {
  fc.assert(
    fc.property(fc.oneof(named(kind), anything), (raw) => {
      const kept = trim(kind, raw);
      if (kept === undefined) return;
      const { apiVersion, kind: of, unreadable: _, ...rest } = kept;
      expect([apiVersion, of]).toEqual([apiVersionOf(kind), kind]);
      expect(fits(kinds[kind].shape, rest)).toBe(true);
      const { metadata } = kept as { metadata?: { name?: string } };
      expect(metadata?.name).toMatch(/./s);
    }),
  );
});

test.each(kindNames)('%s: what was kept is kept again, also through a file', (kind) => {
  fc.assert(
    fc.property(named(kind), (raw) => {
      const kept = trim(kind, raw);
      if (kept === undefined) return;
      // A file knows no lone surrogate's other spellings, no -0 and no undefined.
      const text = JSON.stringify(kept);
      expect(JSON.stringify(trim(kind, JSON.parse(text)))).toBe(text);
    }),
  );
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'Pod'],
  ['a list', [{ metadata: { name: 'x' } }]],
  ['no metadata', { spec: {} }],
  ['no name', { metadata: { namespace: 'shop' } }],
  ['an empty name', { metadata: { name: '' } }],
  ['a name that is a number', { metadata: { name: 7 } }],
  ['a name that is inherited', { metadata: Object.create({ name: 'x' }) as unknown }],
])('not an object with a name: %s', (_name, raw) => {
  expect(trim('Pod', raw)).toBeUndefined();
});

test('a label named __proto__ is a label', () => {
  const raw: unknown = JSON.parse(
    '{"metadata":{"name":"x","labels":{"__proto__":"evil","constructor":"evil","a":{"b":1}}}}',
  );
  const kept = trim('Pod', raw) as { metadata?: { labels?: object } };
  expect(Object.entries(kept.metadata?.labels ?? {})).toEqual([
    ['__proto__', 'evil'],
    ['constructor', 'evil'],
  ]);
  expect(Object.getPrototypeOf(kept.metadata?.labels)).toBe(Object.prototype);
  expect(({} as { evil?: string }).evil).toBeUndefined();
});

test('wrong types vanish, the first of them is named, the rest stays', () => {
  const raw = {
    apiVersion: 'apps/v1beta1',
    kind: 'Nonsense',
    metadata: {
      name: 'api',
      namespace: 7,
      labels: ['a'],
      annotations: { other: 'x' },
      finalizers: ['a', 1, null],
    },
    spec: {
      replicas: '3',
      paused: 'true',
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
    },
    status: {
      availableReplicas: Number.NaN,
      conditions: [{ type: 'Available', status: true }, 'x', null],
    },
  };
  expect(trim('Deployment', raw)).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    unreadable: 'spec.replicas',
    metadata: { name: 'api', finalizers: ['a'] },
    spec: { strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } } },
    status: { conditions: [{ type: 'Available' }] },
  });
});

test.each<[string, object, string | undefined]>([
  [
    'deep in a list',
    { status: { conditions: [{ status: 'True' }, { status: true }] } },
    'status.conditions.status',
  ],
  ['a whole object', { spec: [] }, 'spec'],
  ['of a list', { status: { conditions: ['x'] } }, 'status.conditions[]'],
  ['null is absent', { spec: { replicas: null }, status: null }, undefined],
  ['what is not kept may be anything', { spec: { minReadySeconds: 'x' } }, undefined],
  ["metadata is the API server's own", { metadata: { name: 'api', labels: ['a'] } }, undefined],
  ['said by a snapshot of ours', { unreadable: 'spec.replicas' }, 'spec.replicas'],
])('a field of another type: %s', (_, raw, path) => {
  expect(trim('Deployment', { metadata: { name: 'api' }, ...raw })?.unreadable).toBe(path);
});

test('secrets are redacted in values, in keys and in lists; then texts are cut', () => {
  const token = `ghp_${'Xq7pLm2Zt9'.repeat(4)}`;
  const raw = {
    metadata: { name: 'api', labels: { [token]: token }, finalizers: [token] },
    status: { message: `${'x '.repeat(2040)}password=${'hunter2'.repeat(9)} ${'y '.repeat(3000)}` },
  };
  const text = JSON.stringify(trim('Pod', raw));
  expect(text).not.toContain('Xq7pLm2Zt9');
  expect(text).not.toContain('hunter');
  expect(text.match(/\[redacted:github-token\]/g)).toHaveLength(3);
  expect(text.length).toBeLessThan(4500);
});

test('of managedFields stay those who wrote the spec', () => {
  const raw = {
    metadata: {
      name: 'api',
      managedFields: [
        {
          manager: 'helm',
          operation: 'Update',
          time: '2026-01-01T00:00:00Z',
          fieldsV1: { 'f:spec': {} },
        },
        { manager: 'kube-controller-manager', subresource: 'status', time: '2026-01-01T01:00:00Z' },
        { manager: 'kubectl', subresource: 'scale', time: '2026-01-01T02:00:00Z' },
      ],
    },
  };
  const kept = [
    { manager: 'helm', time: '2026-01-01T00:00:00Z' },
    { manager: 'kubectl', subresource: 'scale', time: '2026-01-01T02:00:00Z' },
  ];
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const)
    expect(trim(kind, raw)).toMatchObject({ metadata: { managedFields: kept } });
  expect(trim('Pod', raw)).toMatchObject({ metadata: { name: 'api' } });
  expect(JSON.stringify(trim('Pod', raw))).not.toContain('managedFields');
});

test('ten thousand realistic pods keep at most 1.2 KB each', () => {
  const sizes = manyPods(10_000).map((pod) => JSON.stringify(trim('Pod', pod)).length);
  const average = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  expect(average).toBeLessThanOrEqual(1.2 * 1024);
  expect(average).toBeGreaterThan(600);
});

test('a pod that is well keeps what it asks for, as one', () => {
  const [pod] = manyPods(1);
  const kept = trim('Pod', pod);
  const requests = { cpu: 0.5, memory: 512 * 1024 * 1024 };
  expect(kept).toMatchObject({ spec: { resources: { requests } } });
  expect(trim('Pod', kept)).toEqual(kept);
});

test('a pod that fell, or does not serve, keeps all that its checks ask for', () => {
  const [pod] = manyPods(1) as [{ status: { containerStatuses: [object, object] } }];
  const [first, second] = pod.status.containerStatuses;
  const fell = { ...first, restartCount: 4, lastState: { terminated: { exitCode: 1 } } };
  const status = { ...pod.status, containerStatuses: [fell, second] };
  const text = JSON.stringify(trim('Pod', { ...pod, status }));
  for (const word of [
    'startupProbe',
    'secretName',
    'Initialized',
    'limits',
    'startedAt',
    'exitCode',
  ])
    expect(text).toContain(word);
});

test('objects of no known kind are custom resources, also one called as a kind of another group', () => {
  const items = [
    ...['constructor', '__proto__', 'Service'].map((kind) => ({ apiVersion: 'acme.io/v1', kind })),
    { apiVersion: 'v1', kind: 'Node' },
  ];
  const objects = byKind({ takenAt: '', source: 'dump', clusterUid: null, items, gaps: [] });
  expect(objects.CustomResource.map(({ kind }) => kind)).toEqual([
    'constructor',
    '__proto__',
    'Service',
  ]);
  expect([objects.Node.length, objects.Service.length]).toEqual([1, 0]);
});
