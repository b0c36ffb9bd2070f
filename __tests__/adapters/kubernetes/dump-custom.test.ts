import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { dumpCluster } from '../../../src/adapters/kubernetes/dump.ts';
import { snapshotFile } from '../../../src/core/objects/snapshot-file.ts';
import { silentLog } from '../../support/log.ts';

function lookAt(...documents: readonly (object | string)[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'dump-'));
  for (const [at, each] of documents.entries())
    writeFileSync(
      path.join(folder, `${at}.json`),
      typeof each === 'string' ? each : JSON.stringify(each),
    );
  const namespaces = { include: [], exclude: [] };
  return dumpCluster([folder], { now: null, log: silentLog, namespaces }).look();
}

const of = (apiVersion: string, kind: string, more: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'main', namespace: 'shop' },
  status: { phase: 'Ready' },
  ...more,
});

test('every object with a status is kept, its definition there or not', async () => {
  const { items, gaps } = await lookAt(
    of('acme.example/v1', 'Widget'),
    {
      apiVersion: 'acme.example/v1',
      kind: 'GadgetList',
      items: [{ metadata: { name: 'g' }, status: {} }],
    },
    of('acme.example/v1', 'Plain', { status: undefined }),
    of('apps/v1', 'ReplicaSet'),
  );
  expect(items).toMatchObject([
    { apiVersion: 'acme.example/v1', kind: 'Widget', status: { phase: 'Ready' } },
    { apiVersion: 'acme.example/v1', kind: 'Gadget', metadata: { name: 'g' } },
  ]);
  expect(items).toHaveLength(2);
  expect(gaps.some(({ kind }) => kind === 'CustomResource')).toBe(false);
});

test('equal names of different groups are different objects', async () => {
  const { items } = await lookAt(
    of('v1', 'Service'),
    of('serving.knative.dev/v1', 'Service'),
    of('postgresql.cnpg.io/v1', 'Cluster'),
    of('cluster.x-k8s.io/v1beta1', 'Cluster'),
  );
  expect(items.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
    'v1 Service',
    'serving.knative.dev/v1 Service',
    'postgresql.cnpg.io/v1 Cluster',
    'cluster.x-k8s.io/v1beta1 Cluster',
  ]);
});

test('an object that comes twice, in two versions, is kept once: the newest', async () => {
  const at = (lastTransitionTime: string, phase: string) => ({
    status: { phase, conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }] },
  });
  const { items } = await lookAt(
    of('acme.example/v1', 'Widget', at('2026-01-02T00:00:00Z', 'New')),
    of('acme.example/v1beta1', 'Widget', at('2026-01-01T00:00:00Z', 'Old')),
  );
  expect(items).toMatchObject([{ status: { phase: 'New' } }]);
});

test('the time of a dump is no time to come', async () => {
  const { takenAt } = await lookAt(
    of('cert-manager.io/v1', 'Certificate', {
      status: {
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
        notAfter: '2026-04-01T00:00:00Z',
        renewalTime: '2026-03-01T00:00:00Z',
        nextPrivateKeyTime: '2026-03-01T00:00:00Z',
        expirationTimestamp: '2026-05-01T00:00:00Z',
      },
    }),
  );
  expect(takenAt).toBe('2026-01-01T00:00:00Z');
});

test('a custom Namespace tells of no cluster', async () => {
  const { clusterUid } = await lookAt({
    ...of('acme.example/v1', 'Namespace'),
    metadata: { name: 'kube-system', uid: 'someone' },
  });
  expect(clusterUid).toBe(null);
});

test('our own snapshot comes back with its custom resources, and with their gap', async () => {
  const snapshot = await lookAt(of('acme.example/v1', 'Widget'));
  const again = await lookAt(snapshotFile({ ...snapshot, gaps: [] }));
  expect(again.items).toEqual(snapshot.items);
  expect(again.gaps).toEqual([]);
  const gap = {
    kind: 'CustomResource',
    namespace: null,
    reason: 'forbidden',
    detail: 'no',
  } as const;
  const unread = await lookAt(snapshotFile({ ...snapshot, items: [], gaps: [gap] }));
  expect(unread.gaps).toEqual([gap]);
});
