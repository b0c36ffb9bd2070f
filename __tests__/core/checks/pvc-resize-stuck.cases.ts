import { ago } from './pods.ts';
import { claim, claimEvent, consumer, driver } from './storage-objects.ts';
import type { Case, Expected } from './suite.ts';

const since = (type: string, minutes: number, more: object = {}) => ({
  conditions: [{ type, status: 'True', lastTransitionTime: ago(minutes), ...more }],
});
const grown = (status: object, metadata: object = {}): object =>
  claim('Bound', {
    status,
    metadata: {
      annotations: { 'volume.kubernetes.io/storage-provisioner': 'ebs.csi.aws.com' },
      ...metadata,
    },
    spec: { resources: { requests: { storage: '12Gi' } } },
  });
const refused = (more: object = {}): object =>
  claimEvent(
    'VolumeResizeFailed',
    'resize volume "pvc-1" by resizer "ebs.csi.aws.com" failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    more,
  );
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
  quiet('as large as it should be', { PersistentVolumeClaim: [grown({ conditions: [] })] }),
  fires(
    'resizing for an hour, and nobody says why',
    { PersistentVolumeClaim: [grown(since('Resizing', 60))] },
    {
      reason: 'PVCResizeStuck',
      impact: 'at-risk',
      since: ago(60),
      object: { kind: 'PersistentVolumeClaim', name: 'data' },
      proof: { sinceExact: true, claims: ['data'], dependsOn: [driver] },
      says: ['shop/data is not resized to 12Gi: Resizing'],
    },
  ),
  fires(
    'the driver refuses',
    { PersistentVolumeClaim: [grown(since('Resizing', 60))], Event: [refused()] },
    { reason: 'PVCResizeFailed', says: ['VolumeResizeFailed', 'DeadlineExceeded'] },
  ),
  fires(
    'a refusal of an earlier resize',
    {
      PersistentVolumeClaim: [grown(since('Resizing', 20))],
      Event: [refused({ firstTimestamp: ago(50), lastTimestamp: ago(40) })],
    },
    { reason: 'PVCResizeStuck' },
  ),
  ...['ControllerResizeInfeasible', 'NodeResizeInfeasible', 'ControllerResizeFailed'].map(
    (status) =>
      fires(
        status,
        {
          PersistentVolumeClaim: [
            grown({
              allocatedResourceStatuses: { storage: status },
              ...since('Resizing', 60, { message: 'too large' }),
            }),
          ],
        },
        { reason: 'PVCResizeFailed', says: [`${status}: too large`] },
      ),
  ),
  fires(
    'infeasible, without a condition that says since when',
    {
      PersistentVolumeClaim: [
        grown({ allocatedResourceStatuses: { storage: 'NodeResizeInfeasible' } }),
      ],
    },
    { since: null, proof: { sinceExact: false, unconfirmed: true } },
  ),
  quiet('in progress', {
    PersistentVolumeClaim: [
      grown({ allocatedResourceStatuses: { storage: 'NodeResizeInProgress' } }),
    ],
  }),
  fires(
    'the file system waits for its pod, which mounts it',
    { PersistentVolumeClaim: [grown(since('FileSystemResizePending', 60))], Pod: [consumer()] },
    { reason: 'PVCFileSystemResizePending', says: ['FileSystemResizePending'] },
  ),
  fires(
    'the node cannot enlarge the file system',
    {
      PersistentVolumeClaim: [grown(since('FileSystemResizePending', 60))],
      Pod: [consumer()],
      Event: [claimEvent('FileSystemResizeFailed', 'resize2fs: exit status 1')],
    },
    { says: ['FileSystemResizeFailed: resize2fs'] },
  ),
  quiet('the file system waits for a pod, and there is none', {
    PersistentVolumeClaim: [grown(since('FileSystemResizePending', 60))],
  }),
  quiet('within the grace time', {
    PersistentVolumeClaim: [grown(since('Resizing', 10))],
    Event: [refused()],
  }),
  quiet('it was resizing', {
    PersistentVolumeClaim: [grown(since('Resizing', 60, { status: 'False' }))],
  }),
  quiet('it is being deleted', {
    PersistentVolumeClaim: [grown(since('Resizing', 60), { deletionTimestamp: ago(1) })],
  }),
];
