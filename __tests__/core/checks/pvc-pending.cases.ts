import type { Case, Expected } from './suite.ts';
import {
  member,
  type Parts,
  terminatingShop,
  unscheduled,
  waiting,
  warning,
} from './workload-objects.ts';

const claim = (phase: string, parts: Parts = {}): object => ({
  metadata: {
    name: 'data',
    namespace: 'shop',
    uid: 'pvc-1',
    creationTimestamp: '2026-01-01T11:50:00Z',
    ...parts.metadata,
  },
  spec: { storageClassName: 'fast', ...parts.spec },
  status: { phase },
});
const consumer = (status: object = {}, metadata: object = {}, claimName = 'data'): object =>
  member('db-0', { kind: 'StatefulSet', name: 'db' }, '2026-01-01T11:50:00Z', {
    metadata: { creationTimestamp: '2026-01-01T11:51:00Z', ...metadata },
    spec: {
      nodeName: undefined,
      volumes: [{ name: 'config' }, { name: 'data', persistentVolumeClaim: { claimName } }],
    },
    status,
  });
const waitsForVolume = unscheduled(
  '2026-01-01T11:51:00Z',
  '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
);
const refused = (message: string, reason = 'ProvisioningFailed'): object =>
  warning('pvc-1', reason, message);
const noClass = refused('storageclass.storage.k8s.io "fast" not found');

const fires = (name: string, objects: Case['objects'], expected: Expected): Case => ({
  name,
  objects,
  expect: [expected],
});
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});

export const cases: readonly Case[] = [
  quiet('bound', {
    PersistentVolumeClaim: [claim('Bound')],
    Pod: [consumer(waitsForVolume)],
    Event: [noClass],
  }),
  fires(
    'its storage class does not exist',
    {
      PersistentVolumeClaim: [claim('Pending')],
      Pod: [consumer(waitsForVolume)],
      Event: [noClass],
    },
    {
      reason: 'PVCStorageClassMissing',
      impact: 'outage',
      since: '2026-01-01T11:51:00Z',
      object: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
      proof: {
        decidedBy: 'message',
        sinceExact: false,
        claims: ['data'],
        missing: { kind: 'StorageClass', namespace: null, name: 'fast' },
      },
      says: [
        'shop/data',
        'Pending',
        'storage class fast does not exist',
        'ProvisioningFailed',
        '1 pod wait',
      ],
    },
  ),
  fires(
    'its storage class does not exist, and nobody waits yet',
    { PersistentVolumeClaim: [claim('Pending')], Event: [noClass] },
    { impact: 'at-risk', since: '2026-01-01T11:50:00Z', proof: { sinceExact: true } },
  ),
  fires(
    'a missing class two minutes after creation',
    {
      PersistentVolumeClaim: [
        claim('Pending', { metadata: { creationTimestamp: '2026-01-01T11:58:00Z' } }),
      ],
      Event: [noClass],
    },
    { reason: 'PVCStorageClassMissing' },
  ),
  quiet('a missing class at once', {
    PersistentVolumeClaim: [
      claim('Pending', { metadata: { creationTimestamp: '2026-01-01T11:59:30Z' } }),
    ],
    Event: [noClass],
  }),
  fires(
    'the driver refuses',
    {
      PersistentVolumeClaim: [claim('Pending')],
      Event: [
        refused(
          'failed to provision volume with StorageClass "fast": rpc error: code = ResourceExhausted desc = quota',
        ),
      ],
    },
    {
      reason: 'PVCProvisioningFailed',
      says: ['ProvisioningFailed', 'ResourceExhausted', '(storage class fast)'],
      proof: { decidedBy: 'field' },
    },
  ),
  fires(
    'no class and no volume',
    {
      PersistentVolumeClaim: [claim('Pending', { spec: { storageClassName: undefined } })],
      Event: [
        refused(
          'no persistent volumes available for this claim and no storage class is set',
          'FailedBinding',
        ),
      ],
    },
    { reason: 'PVCProvisioningFailed', says: ['FailedBinding: no persistent volumes'] },
  ),
  quiet('the driver refuses, four minutes after creation', {
    PersistentVolumeClaim: [
      claim('Pending', { metadata: { creationTimestamp: '2026-01-01T11:56:00Z' } }),
    ],
    Event: [refused('rpc error')],
  }),
  fires(
    'a pod waits for it, and no event says why',
    {
      PersistentVolumeClaim: [claim('Pending')],
      Pod: [consumer(waitsForVolume)],
      Event: [refused('something else', 'Other')],
    },
    { reason: 'PVCPending', says: ['no event says why'] },
  ),
  fires(
    'a pod is on its node and still waits for it',
    { PersistentVolumeClaim: [claim('Pending')], Pod: [consumer(waiting('ContainerCreating'))] },
    { reason: 'PVCPending' },
  ),
  quiet('nobody waits: it may bind with its first pod', {
    PersistentVolumeClaim: [claim('Pending')],
  }),
  quiet('the only pods that mount it have ended', {
    PersistentVolumeClaim: [claim('Pending')],
    Pod: [consumer({ phase: 'Succeeded' })],
  }),
  quiet('the pods wait for another claim, or in another namespace', {
    PersistentVolumeClaim: [claim('Pending')],
    Pod: [consumer(waitsForVolume, {}, 'logs'), consumer(waitsForVolume, { namespace: 'blog' })],
  }),
  quiet('its first pod has just come', {
    PersistentVolumeClaim: [
      claim('Pending', { metadata: { creationTimestamp: '2025-12-01T00:00:00Z' } }),
    ],
    Pod: [consumer(waitsForVolume, { creationTimestamp: '2026-01-01T11:59:00Z' })],
  }),
  quiet('its pod waits for room: it binds once that is found', {
    PersistentVolumeClaim: [claim('Pending')],
    Pod: [
      consumer(unscheduled('2026-01-01T11:51:00Z', '0/3 nodes are available: 3 Insufficient cpu.')),
    ],
  }),
  fires(
    'lost',
    { PersistentVolumeClaim: [claim('Lost', { spec: { volumeName: 'pv-7' } })] },
    {
      reason: 'PVCLost',
      impact: 'at-risk',
      since: null,
      proof: { sinceExact: false, claims: ['data'] },
      says: ['Lost', 'pv-7'],
    },
  ),
  fires(
    'lost under a pod',
    { PersistentVolumeClaim: [claim('Lost')], Pod: [consumer()] },
    { impact: 'outage', says: ['1 pod wait'] },
  ),
  quiet('it is being deleted', {
    PersistentVolumeClaim: [
      claim('Pending', { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } }),
    ],
    Event: [noClass],
  }),
  quiet('its namespace is being deleted', {
    PersistentVolumeClaim: [claim('Lost')],
    Namespace: [terminatingShop],
  }),
];
