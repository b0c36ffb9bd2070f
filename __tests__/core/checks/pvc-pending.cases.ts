import { ago } from './pods.ts';
import {
  claim,
  claimEvent,
  consumer,
  driver,
  storageClass,
  volume,
  waitsForVolume,
} from './storage-objects.ts';
import type { Case, Expected } from './suite.ts';
import { terminatingShop, unscheduled, waiting } from './workload-objects.ts';

const noClass = claimEvent('ProvisioningFailed', 'storageclass.storage.k8s.io "fast" not found');
const refused = claimEvent(
  'ProvisioningFailed',
  'failed to provision volume with StorageClass "fast": rpc error: code = ResourceExhausted desc = quota',
);
const silent = claimEvent(
  'ExternalProvisioning',
  "Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
  { type: 'Normal' },
);
const fast = { StorageClass: [storageClass()] };
const immediate = { StorageClass: [storageClass('Immediate')] };
const unread: NonNullable<Case['gaps']> = [
  { kind: 'StorageClass', namespace: null, reason: 'forbidden', detail: '' },
];
const fires = (
  name: string,
  objects: Case['objects'],
  expected: Expected,
  more: Partial<Case> = {},
): Case => ({
  name,
  objects,
  expect: [expected],
  ...more,
});
const quiet = (name: string, objects: Case['objects'], more: Partial<Case> = {}): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
  ...more,
});
const made = (minutes: number) => ({ metadata: { creationTimestamp: ago(minutes) } });
const classless = (more: object = {}) =>
  claim('Pending', { spec: { storageClassName: undefined }, ...more });
const driven = (name: string) => ({
  metadata: { annotations: { [name]: 'ebs.csi.aws.com' } },
});

export const cases: readonly Case[] = [
  quiet('bound', {
    ...fast,
    PersistentVolumeClaim: [claim('Bound')],
    Pod: [consumer(waitsForVolume)],
    Event: [refused],
  }),
  fires(
    'its storage class does not exist',
    {
      PersistentVolumeClaim: [
        claim('Pending', {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
        }),
      ],
      Pod: [consumer(waitsForVolume)],
      Event: [noClass],
    },
    {
      reason: 'PVCStorageClassMissing',
      impact: 'outage',
      since: ago(10),
      object: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
      proof: {
        decidedBy: 'field',
        sinceExact: true,
        claims: ['data'],
        missing: { kind: 'StorageClass', namespace: null, name: 'fast' },
        dependsOn: [],
      },
      says: [
        'shop/data',
        'Pending (10Gi ReadWriteOnce, storage class fast)',
        'storage class fast does not exist',
        'ProvisioningFailed',
        '1 pod waits for it',
      ],
    },
  ),
  fires(
    'it does not exist, nobody waits yet and no event says so',
    { PersistentVolumeClaim: [claim('Pending')] },
    { reason: 'PVCStorageClassMissing', impact: 'at-risk', proof: { decidedBy: 'field' } },
  ),
  fires(
    'named in the old annotation',
    {
      PersistentVolumeClaim: [
        classless({
          metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'fast' } },
        }),
      ],
    },
    { reason: 'PVCStorageClassMissing' },
  ),
  fires(
    'classes were not read, and the event says that it does not exist',
    { PersistentVolumeClaim: [claim('Pending')], Event: [noClass] },
    { reason: 'PVCStorageClassMissing', proof: { decidedBy: 'message' } },
    { gaps: unread },
  ),
  quiet(
    'classes were not read: it may exist',
    { PersistentVolumeClaim: [claim('Pending')] },
    { gaps: unread },
  ),
  fires(
    'the class is there now, and the event of before says nothing',
    { ...immediate, PersistentVolumeClaim: [claim('Pending')], Event: [noClass] },
    { reason: 'PVCProvisioningFailed' },
  ),
  fires(
    'a missing class two minutes after creation',
    { PersistentVolumeClaim: [claim('Pending', made(2))] },
    { reason: 'PVCStorageClassMissing' },
  ),
  quiet('a missing class at once', { PersistentVolumeClaim: [claim('Pending', made(0.5))] }),
  fires(
    'no class named, and none is the default',
    { ...fast, PersistentVolumeClaim: [classless()] },
    {
      reason: 'PVCNoDefaultClass',
      impact: 'at-risk',
      says: ['no storage class', 'no default one'],
    },
  ),
  ...['storageclass.kubernetes.io', 'storageclass.beta.kubernetes.io'].map((domain) =>
    quiet(`no class named, and ${domain} says which is the default`, {
      StorageClass: [
        storageClass('Immediate', {
          metadata: { name: 'fast', annotations: { [`${domain}/is-default-class`]: 'true' } },
        }),
      ],
      PersistentVolumeClaim: [classless()],
    }),
  ),
  quiet(
    'no class named, and classes were not read',
    { PersistentVolumeClaim: [classless()] },
    { gaps: unread },
  ),
  fires(
    'only volumes made by people can fit, and none does',
    {
      PersistentVolumeClaim: [claim('Pending', { spec: { storageClassName: '' } })],
      Pod: [consumer(waitsForVolume)],
    },
    {
      reason: 'PVCNoMatchingVolume',
      says: ['no persistent volume', 'fits'],
      proof: { claims: ['data'] },
    },
  ),
  fires(
    'a class without an object, of which there are volumes',
    {
      PersistentVolumeClaim: [claim('Pending')],
      PersistentVolume: [volume('Bound')],
      Pod: [consumer(waitsForVolume)],
    },
    { reason: 'PVCNoMatchingVolume' },
  ),
  fires(
    'a class for local disks that nobody provisions',
    {
      StorageClass: [
        storageClass('WaitForFirstConsumer', { provisioner: 'kubernetes.io/no-provisioner' }),
      ],
      PersistentVolumeClaim: [claim('Pending')],
      Pod: [consumer(waitsForVolume)],
    },
    { reason: 'PVCNoMatchingVolume', proof: { dependsOn: [] } },
  ),
  quiet('volumes are made by people, and nobody waits', {
    StorageClass: [storageClass('Immediate', { provisioner: 'kubernetes.io/no-provisioner' })],
    PersistentVolumeClaim: [claim('Pending')],
  }),
  fires(
    'the driver refuses',
    { ...immediate, PersistentVolumeClaim: [claim('Pending')], Event: [refused] },
    {
      reason: 'PVCProvisioningFailed',
      says: ['ProvisioningFailed', 'ResourceExhausted', '(storage class fast)'],
      proof: { decidedBy: 'field', dependsOn: [driver] },
    },
  ),
  quiet('the driver refuses, four minutes after creation', {
    ...immediate,
    PersistentVolumeClaim: [claim('Pending', made(4))],
    Event: [refused],
  }),
  quiet('it binds late, its only pod has gone, and the refusal is of before', {
    ...fast,
    PersistentVolumeClaim: [claim('Pending')],
    Event: [refused],
  }),
  fires(
    'the driver is silent',
    {
      ...fast,
      PersistentVolumeClaim: [claim('Pending')],
      Pod: [consumer(waitsForVolume)],
      Event: [silent],
    },
    {
      reason: 'PVCProvisionerSilent',
      since: ago(9),
      proof: { decidedBy: 'field', sinceExact: false, dependsOn: [driver] },
      says: ['ExternalProvisioning', 'ebs.csi.aws.com does not answer'],
    },
  ),
  fires(
    'the driver is silent, and only the event names it',
    { PersistentVolumeClaim: [claim('Pending')], Event: [silent] },
    { reason: 'PVCProvisionerSilent', proof: { decidedBy: 'message', dependsOn: [driver] } },
    { gaps: unread },
  ),
  ...[
    'volume.kubernetes.io/storage-provisioner',
    'volume.beta.kubernetes.io/storage-provisioner',
  ].map((name) =>
    fires(
      `the driver is silent, and ${name} names it`,
      { PersistentVolumeClaim: [claim('Pending', driven(name))], Event: [silent] },
      { proof: { decidedBy: 'field', dependsOn: [driver] } },
      { gaps: unread },
    ),
  ),
  fires(
    'a pod waits for it, and no event says why',
    {
      ...fast,
      PersistentVolumeClaim: [claim('Pending')],
      Pod: [consumer(waitsForVolume)],
      Event: [claimEvent('Other', 'something else')],
    },
    { reason: 'PVCPending', says: ['no event says why'], proof: { dependsOn: [driver] } },
  ),
  fires(
    'a pod is on its node and still waits for it',
    {
      ...fast,
      PersistentVolumeClaim: [claim('Pending')],
      Pod: [consumer(waiting('ContainerCreating'))],
    },
    { reason: 'PVCPending' },
  ),
  fires(
    'a class that binds at once, and nothing happens',
    { ...immediate, PersistentVolumeClaim: [claim('Pending')] },
    { reason: 'PVCPending', impact: 'at-risk', since: ago(10), proof: { sinceExact: true } },
  ),
  quiet('nobody waits: it binds with its first pod', {
    ...fast,
    PersistentVolumeClaim: [claim('Pending')],
  }),
  quiet('nine of them wait for their first pods', {
    ...fast,
    PersistentVolumeClaim: Array.from({ length: 9 }, (_, at) =>
      claim('Pending', {
        metadata: { name: `data-${at}`, uid: `pvc-${at}`, creationTimestamp: ago(9000) },
      }),
    ),
  }),
  quiet('the only pods that mount it have ended', {
    ...fast,
    PersistentVolumeClaim: [claim('Pending')],
    Pod: [consumer({ phase: 'Succeeded' })],
  }),
  quiet('the pods wait for another claim, or in another namespace', {
    ...fast,
    PersistentVolumeClaim: [claim('Pending')],
    Pod: [consumer(waitsForVolume, {}, 'logs'), consumer(waitsForVolume, { namespace: 'blog' })],
  }),
  quiet('its first pod has just come', {
    ...fast,
    PersistentVolumeClaim: [claim('Pending', made(9000))],
    Pod: [consumer(waitsForVolume, { creationTimestamp: ago(1) })],
  }),
  quiet('its pod waits for room: it binds once that is found', {
    ...fast,
    PersistentVolumeClaim: [claim('Pending')],
    Pod: [consumer(unscheduled(ago(9), '0/3 nodes are available: 3 Insufficient cpu.'))],
  }),
  quiet('it is being deleted', {
    PersistentVolumeClaim: [claim('Pending', { metadata: { deletionTimestamp: ago(1) } })],
  }),
  quiet('its namespace is being deleted', {
    PersistentVolumeClaim: [claim('Pending')],
    Namespace: [terminatingShop],
  }),
];
