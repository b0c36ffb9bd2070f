import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { dumpCluster } from '../../../src/adapters/kubernetes/dump.ts';
import { type NamespaceFilter, unlessEvery } from '../../../src/core/model/namespaces.ts';
import type { KubeObject, Snapshot } from '../../../src/core/model/snapshot.ts';
import { kindNames } from '../../../src/core/objects/kinds.ts';
import { snapshotFile } from '../../../src/core/objects/snapshot-file.ts';
import { trim } from '../../../src/core/objects/trim.ts';
import { silentLog } from '../../support/log.ts';

type Files = { readonly [name: string]: string | Buffer };

/** A folder that holds these files. */
function folderOf(files: Files): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'dump-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

const everywhere = { include: [], exclude: [] };

function look(paths: readonly string[], options: Partial<Parameters<typeof dumpCluster>[1]> = {}) {
  return dumpCluster(paths, {
    now: null,
    log: silentLog,
    namespaces: everywhere,
    ...options,
  }).look();
}

const lookAt = (files: Files) => look([folderOf(files)]);

/** `Pod/shop/api`, sorted. */
function namesIn({ items }: Snapshot): string[] {
  return (items as readonly (KubeObject & { metadata: { name: string; namespace?: string } })[])
    .map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`)
    .sort();
}

const pod = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'shop' },
  ...more,
});
const typed = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', ...pod(name) });
const json = (value: unknown) => JSON.stringify(value, null, 2);

test('an Event of events.k8s.io says the same in other words, and is read as one', async () => {
  const event = {
    metadata: { name: 'a.1', namespace: 'shop' },
    type: 'Warning',
    reason: 'FailedMount',
    note: 'secret "a" not found',
    regarding: { kind: 'Pod', namespace: 'shop', name: 'a', uid: 'u1' },
    deprecatedCount: 7,
    deprecatedFirstTimestamp: '2026-01-15T10:00:00Z',
    deprecatedLastTimestamp: '2026-01-15T10:10:00Z',
    eventTime: null,
  };
  const { items, gaps } = await lookAt({
    'a.json': json({ kind: 'EventList', apiVersion: 'events.k8s.io/v1', items: [event] }),
  });
  expect(items).toEqual([
    expect.objectContaining({
      kind: 'Event',
      message: 'secret "a" not found',
      count: 7,
      firstTimestamp: '2026-01-15T10:00:00Z',
      lastTimestamp: '2026-01-15T10:10:00Z',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'a', uid: 'u1' },
    }),
  ]);
  expect(gaps.map(({ kind }) => kind)).not.toContain('Event');
});

// What was printed ▶ which objects are in it.
test.each<[string, Files, string[]]>([
  ['a List', { 'a.json': json({ kind: 'List', items: [typed('a')] }) }, ['Pod/shop/a']],
  [
    'a typed list whose items lack kind',
    { 'a.json': json({ kind: 'DeploymentList', apiVersion: 'apps/v1', items: [pod('api')] }) },
    ['Deployment/shop/api'],
  ],
  ['a bare array that names its kinds', { 'a.json': json([typed('a')]) }, ['Pod/shop/a']],
  ['a bare array in a folder', { 'pods/shop.json': json([pod('a')]) }, ['Pod/shop/a']],
  ['a bare array in a file', { 'deployments.json': json([pod('a')]) }, ['Deployment/shop/a']],
  ['the folder before the file', { 'pods/events.json': json([pod('a')]) }, ['Pod/shop/a']],
  [
    "a support bundle's short names",
    {
      'cluster-resources/pvcs/shop.json': json([pod('data')]),
      'cluster-resources/pvs.json': json([{ metadata: { name: 'disk' } }]),
      'cluster-resources/ingress/shop.json': json([pod('web')]),
      'cluster-resources/pod-disruption-budgets-info/shop.json': json([pod('two')]),
      'cluster-resources/pods-errors.json': json(['forbidden']),
      'cluster-resources/groups.json': json({ groups: [] }),
    },
    [
      'Ingress/shop/web',
      'PersistentVolume//disk',
      'PersistentVolumeClaim/shop/data',
      'PodDisruptionBudget/shop/two',
    ],
  ],
  ['one object', { 'a.json': json(typed('a')) }, ['Pod/shop/a']],
  ['YAML', { 'a.yaml': stringify({ kind: 'List', items: [typed('a')] }) }, ['Pod/shop/a']],
  [
    'several YAML documents',
    { 'a.yml': `---\n${stringify(typed('a'))}---\n${stringify(typed('b'))}---\n` },
    ['Pod/shop/a', 'Pod/shop/b'],
  ],
  [
    'several JSON objects, one after another',
    { 'a.json': `${json(typed('a'))}\n${json({ kind: 'List', items: [typed('b')] })}\n` },
    ['Pod/shop/a', 'Pod/shop/b'],
  ],
  [
    'one JSON object a line',
    { 'a.json': `${JSON.stringify(typed('a'))}\n${JSON.stringify(typed('b'))}\n` },
    ['Pod/shop/a', 'Pod/shop/b'],
  ],
  ['UTF-8 with a byte order mark', { 'a.json': `\uFEFF${json(typed('a'))}` }, ['Pod/shop/a']],
  [
    'UTF-16, as PowerShell writes it',
    { 'a.json': Buffer.from(`\uFEFF${json(typed('a'))}`, 'utf16le') },
    ['Pod/shop/a'],
  ],
  [
    'what is not looked at, and other files',
    {
      'a.json': json([
        typed('a'),
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } },
      ]),
      'b.json': json({ apiVersion: 'serving.knative.dev/v1', kind: 'Service', ...pod('k') }),
      'empty.json': '',
      'pod.log': 'Error: {',
    },
    ['Pod/shop/a'],
  ],
  [
    'as live: no Succeeded pods, no Normal events',
    {
      'pods.json': json([pod('a'), pod('done', { status: { phase: 'Succeeded' } })]),
      'events.json': json([pod('normal', { type: 'Normal' }), pod('warning', { type: 'Warning' })]),
    },
    ['Event/shop/warning', 'Pod/shop/a'],
  ],
])('loads %s', async (_name, files, expected) => {
  expect(namesIn(await lookAt(files))).toEqual(expected);
});

test('a file by name needs no extension; a folder is searched, links to files included', async () => {
  const folder = folderOf({ dump: json(typed('a')), 'real/b.txt': json(typed('b')) });
  expect(namesIn(await look([path.join(folder, 'dump')]))).toEqual(['Pod/shop/a']);
  symlinkSync(path.join(folder, 'real/b.txt'), path.join(folder, 'b.json'));
  expect(namesIn(await look([folder]))).toEqual(['Pod/shop/b']);
  expect(namesIn(await look([path.join(folder, 'dump'), folder, folder]))).toHaveLength(2);
});

test('kinds that are not there are gaps; an empty typed list was read', async () => {
  const snapshot = await lookAt({
    'a.json': json(typed('a')),
    'b.json': json({ kind: 'NodeList', items: [] }),
    'jobs/shop.json': '[]',
  });
  const unread = kindNames.filter((kind) => !['Pod', 'Node', 'Job'].includes(kind));
  expect(snapshot.gaps.map(({ kind }) => kind)).toEqual([...unread, 'CustomResource']);
  expect(snapshot.gaps[0]).toEqual({
    kind: 'Namespace',
    namespace: null,
    reason: 'not-in-dump',
    detail: 'namespaces: not in the dump',
  });
});

test('an object that comes twice is kept once: the newest', async () => {
  const version = (at: string, phase: string) =>
    pod('a', { status: { phase, startTime: `2026-11-24T${at}:00Z` } });
  const snapshot = await lookAt({
    'pods/1.json': json([version('10:00', 'Pending')]),
    'pods/2.json': json([version('11:00', 'Running')]),
    'pods/3.json': json([version('09:00', 'Unknown')]),
  });
  expect(snapshot.items).toMatchObject([{ status: { phase: 'Running' } }]);
});

// An object ▶ when the dump was taken.
test.each<[string, object, string]>([
  ['creation', { metadata: { name: 'a', creationTimestamp: '2026-11-24T10:00:00Z' } }, '10:00:00'],
  [
    'managed fields',
    {
      metadata: {
        name: 'a',
        creationTimestamp: '2026-11-24T10:00:00Z',
        managedFields: [{ time: '2026-11-24T11:00:00Z' }],
      },
    },
    '11:00:00',
  ],
  [
    'status, at any depth, with fractions and zones',
    {
      metadata: { name: 'a', creationTimestamp: '2026-11-24T10:00:00Z' },
      status: { conditions: [{ lastTransitionTime: '2026-11-24T13:30:00.500000+01:00' }] },
    },
    '12:30:00',
  ],
  [
    'what only looks like a time, or lies ahead',
    {
      metadata: {
        name: 'a',
        creationTimestamp: '2026-11-24T10:00:00Z',
        deletionTimestamp: '2026-11-24T18:00:00Z',
        labels: { time: '2099-01-01T00:00:00Z' },
      },
      status: { message: '2099-01-01T00:00:00Z', startTime: 'tomorrow', finishTime: '2099' },
    },
    '10:00:00',
  ],
])('the time of a dump: %s', async (_name, raw, time) => {
  expect((await lookAt({ 'pods.json': json([raw]) })).takenAt).toBe(`2026-11-24T${time}Z`);
});

test('the time of a dump: a lease that a node has just renewed', async () => {
  const lease = { ...pod('n1'), spec: { renewTime: '2026-11-24T12:00:02.123456Z' } };
  const snapshot = await lookAt({ 'leases.json': json([lease]) });
  expect(snapshot.takenAt).toBe('2026-11-24T12:00:02Z');
});

// What a dump holds ▶ where its time comes from.
test.each<[string, object, number | null]>([
  ['newest', pod('a', { status: { startTime: '2026-11-24T10:00:00Z' } }), null],
  ['given', pod('a', { status: { startTime: '2026-11-24T10:00:00Z' } }), 1_790_000_000_000],
  ['written', pod('a'), null],
])('the clock of a dump: %s', async (from, raw, now) => {
  const folder = folderOf({ 'pods.json': json([raw]) });
  utimesSync(path.join(folder, 'pods.json'), 1_790_000_000, 1_790_000_000);
  expect((await look([folder], { now })).clock).toEqual({
    from,
    writtenAt: '2026-09-21T14:13:20Z',
  });
});

test("the time of a dump: an event's own times count, kept or not", async () => {
  const event = { ...pod('e'), type: 'Normal', lastTimestamp: '2026-11-24T12:00:00Z' };
  const series = { ...pod('f'), series: { lastObservedTime: '2026-11-24T12:00:01.000000Z' } };
  const snapshot = await lookAt({ 'events.json': json([event, series]) });
  expect(snapshot.takenAt).toBe('2026-11-24T12:00:01Z');
});

test('the time of a dump: --now before all; without a timestamp when it was written', async () => {
  const folder = folderOf({ 'a.json': json(typed('a')) });
  const now = Date.parse('2026-11-25T00:00:00Z');
  expect((await look([folder], { now })).takenAt).toBe('2026-11-25T00:00:00Z');
  utimesSync(path.join(folder, 'a.json'), 1_790_000_000, 1_790_000_000);
  const warned: string[] = [];
  const log = { ...silentLog, warn: (message: string) => warned.push(message) };
  const snapshot = await look([folder], { log });
  expect(snapshot.takenAt).toBe(new Date(1_790_000_000_000).toISOString().replace('.000', ''));
  expect(warned).toHaveLength(1);
});

test('namespaces, and the cluster it comes from', async () => {
  const files = {
    'all.json': json([
      { kind: 'Namespace', metadata: { name: 'kube-system', uid: 'uid-1' } },
      { kind: 'Namespace', metadata: { name: 'shop' } },
      { kind: 'Node', metadata: { name: 'n' } },
      { kind: 'Pod', metadata: { name: 'a', namespace: 'shop' } },
      { kind: 'Pod', metadata: { name: 'b', namespace: 'kube-system' } },
    ]),
  };
  const namespaces = { include: [], exclude: ['kube-system'] };
  const snapshot = await look([folderOf(files)], { namespaces });
  expect(namesIn(snapshot)).toEqual(['Namespace//shop', 'Node//n', 'Pod/shop/a']);
  expect(snapshot.clusterUid).toBe('uid-1');
});

const head = (more: object) => ({
  takenAt: '2026-01-01T00:00:00Z',
  clusterUid: null,
  gaps: [],
  ...more,
});
const mine = (more: object) => json({ kind: 'List', items: [typed('a')], kubeVigil: head(more) });
const place = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const inside = (namespace: string) => ({ kind: 'ConfigMap', metadata: { name: 'a', namespace } });
// What a dump holds, and what is wanted of it ▶ the namespaces that were read; undefined: all.
test.each<[string, Files, NamespaceFilter, NamespaceFilter | undefined]>([
  [
    'a namespace of which no object came was not read',
    { 'a.json': json([typed('a'), inside('bank')]) },
    everywhere,
    { include: ['shop', 'bank'], exclude: [] },
  ],
  [
    'a whole list of namespaces tells which of them were not read, and that there is no other',
    { 'a.json': json([typed('a'), ...['kube-system', 'shop', 'bank'].map(place)]) },
    everywhere,
    { include: [], exclude: ['kube-system', 'bank'] },
  ],
  [
    'what is wanted and not there was not read',
    { 'a.json': json([typed('a'), inside('bank')]) },
    { include: ['shop', 'audit'], exclude: ['bank'] },
    { include: ['shop', 'audit'], exclude: ['bank', 'audit'] },
  ],
  [
    'our own snapshot says it, whatever it holds',
    { 'a.json': mine({ namespaces: { include: ['shop', 'bank'], exclude: [] } }) },
    everywhere,
    { include: ['shop', 'bank'], exclude: [] },
  ],
  ['our own snapshot of the whole cluster', { 'a.json': mine({}) }, everywhere, undefined],
])('namespaces of a dump: %s', async (_, files, namespaces, read) => {
  expect((await look([folderOf(files)], { namespaces })).namespaces).toEqual(read);
});

// A dump that cannot be used ▶ the code and what is said.
test.each<[string, Files | string, string, RegExp]>([
  [
    'a path that is not there',
    '/no/such/dump',
    'CONFIG_INVALID',
    /--dump \/no\/such\/dump does not exist/,
  ],
  [
    'an empty folder',
    { 'readme.txt': '' },
    'DUMP_EMPTY',
    /holds no Kubernetes object \(0 files read\)/,
  ],
  ['an empty List', { 'a.json': '{"kind":"List","items":[]}' }, 'DUMP_EMPTY', /1 file read/],
  ['no object', { 'a.json': '{"hello":"world"}' }, 'DUMP_EMPTY', /no Kubernetes object/],
  ['an empty typed list', { 'a.json': '{"kind":"PodList","items":[]}' }, 'DUMP_EMPTY', /no Kub/],
  [
    'broken JSON',
    { 'a.json': '{"kind": "List",\n "items": [}' },
    'CONFIG_INVALID',
    /a\.json is neither JSON nor YAML: line 2, column 12: /,
  ],
  [
    'broken YAML',
    { 'b/a.yaml': 'kind: List\nitems: [a\nb: c' },
    'CONFIG_INVALID',
    /b\/a\.yaml is neither JSON nor YAML: line \d/,
  ],
  [
    'a damaged snapshot of ours',
    { 'a.json': '{"kind":"List","kubeVigil":{"takenAt":"yesterday","gaps":[]},"items":[]}' },
    'CONFIG_INVALID',
    /a\.json is damaged at kubeVigil\.takenAt/,
  ],
])('refuses %s', async (_name, files, code, said) => {
  const where = typeof files === 'string' ? files : folderOf(files);
  await expect(look([where])).rejects.toThrow(
    expect.objectContaining({
      code,
      message: expect.stringMatching(said),
      hint: expect.stringMatching(/./),
    }),
  );
});

test('a dump of kinds that are not looked at loads, and says so', async () => {
  const warned: string[] = [];
  const log = { ...silentLog, warn: (message: string) => warned.push(message) };
  const replicaSets = { kind: 'ReplicaSetList', apiVersion: 'apps/v1', items: [pod('a')] };
  const snapshot = await look([folderOf({ 'a.json': json(replicaSets) })], { log });
  expect(snapshot).toMatchObject({ items: [], gaps: { length: kindNames.length + 1 } });
  // One gap that counts: no cycle is healthy by such a dump.
  expect(snapshot.gaps.filter(({ reason }) => reason !== 'not-in-dump')).toEqual([
    {
      kind: 'Pod',
      namespace: null,
      reason: 'unavailable',
      detail: 'The dump holds nothing that is judged',
    },
  ]);
  expect(warned[0]).toContain('none of the kinds');
});

test('large YAML is read as small YAML is', async () => {
  const items = Array.from({ length: 3000 }, (_, at) => ({
    ...typed(`pod-${at}`),
    status: {
      message: `${'a long text, '.repeat(10)}\n---\nitems:\n- not an item\n`,
      containerStatuses: [{ name: 'app', ready: true }],
    },
  }));
  // As kubectl prints: a list's dashes stand under its key.
  const list = stringify(
    { apiVersion: 'v1', items, kind: 'List', metadata: {} },
    { indentSeq: false },
  );
  const text = `# printed\n---\n${list}`;
  expect(text.length).toBeGreaterThan(1_000_000);
  const more = `${text}---\n${stringify({ kind: 'NodeList', items: [{ metadata: { name: 'n' } }] })}`;
  const snapshot = await lookAt({ 'a.yaml': more });
  expect(snapshot.items).toHaveLength(3001);
  expect(snapshot.items.slice(0, -1)).toEqual(items.map((item) => trim('Pod', item)));
});

test('our own snapshot comes back as it went: objects, gaps, time, cluster', async () => {
  const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
  const gap = fc.record({
    kind: fc.constantFrom(...kindNames),
    namespace: fc.option(name),
    reason: fc.constantFrom('forbidden' as const, 'timeout' as const),
    detail: name,
  });
  const snapshot = fc.record({
    takenAt: fc.constantFrom('2026-11-24T10:15:00Z', '2020-01-01T00:00:00Z'),
    source: fc.constant('live' as const),
    clusterUid: fc.option(name),
    namespaces: fc.option(
      fc.record({ include: fc.array(name, { minLength: 1 }), exclude: fc.constant([]) }),
    ),
    gaps: fc.uniqueArray(gap, { selector: ({ kind }) => kind, maxLength: 3 }),
    items: fc
      .uniqueArray(fc.tuple(name, name), { selector: (pair) => pair.join('/'), maxLength: 5 })
      .map((pairs) =>
        pairs.map(
          ([namespace, each]) =>
            trim('Pod', {
              metadata: { namespace, name: each, creationTimestamp: '2099-01-01T00:00:00Z' },
              spec: { nodeName: 'password=hunter2hunter2' },
            }) as KubeObject,
        ),
      ),
  });
  const file = path.join(folderOf({}), 'snapshot.json');
  await fc.assert(
    fc.asyncProperty(snapshot, async (written) => {
      const unread = written.gaps.some((each) => each.kind === 'Pod' && each.namespace === null);
      const items = unread ? [] : written.items;
      const { namespaces, ...rest } = { ...written, items };
      const whole = { ...rest, ...unlessEvery(namespaces ?? everywhere) };
      writeFileSync(file, snapshotFile(whole));
      const { clock, ...read } = await look([file]);
      expect([clock?.from, read]).toEqual(['header', { ...whole, source: 'dump' }]);
    }),
  );
});
