import { ago } from './pods.ts';
import { driver, volume } from './storage-objects.ts';
import type { Case } from './suite.ts';
import { warning } from './workload-objects.ts';

const failed = {
  status: {
    message: 'Error getting deleter volume plugin for volume "pv-7": no volume plugin matched',
  },
};
const quiet = (name: string, each: object): Case => ({
  name: `quiet: ${name}`,
  objects: { PersistentVolume: [each] },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'no plugin knows how to delete it',
    objects: { PersistentVolume: [volume('Failed', failed)] },
    expect: [
      {
        reason: 'PVFailed',
        impact: 'at-risk',
        since: ago(60),
        object: { kind: 'PersistentVolume', namespace: null, name: 'pv-7' },
        proof: { sinceExact: true, dependsOn: [driver] },
        says: ['pv-7 of claim shop/data is Failed', 'no volume plugin matched'],
      },
    ],
  },
  {
    name: 'with a reason, a volume that is no driver’s and was never bound',
    objects: {
      PersistentVolume: [
        volume('Failed', {
          status: { reason: 'RecycleFailed' },
          spec: { claimRef: undefined, csi: undefined },
        }),
      ],
    },
    expect: [{ says: ['pv-7 is Failed: RecycleFailed'], proof: { dependsOn: [] } }],
  },
  {
    name: 'only the event says why',
    objects: {
      PersistentVolume: [volume('Failed')],
      Event: [warning('uid-pv-7', 'VolumeFailedDelete', 'the disk is still attached')],
    },
    expect: [{ says: ['the disk is still attached'] }],
  },
  {
    name: 'before Kubernetes 1.29 nobody says since when',
    objects: {
      PersistentVolume: [volume('Failed', { status: { lastPhaseTransitionTime: undefined } })],
    },
    expect: [{ since: null, proof: { sinceExact: false, unconfirmed: true } }],
  },
  ...['Available', 'Bound', 'Released', 'Pending'].map((phase) =>
    quiet(phase, volume(phase, failed)),
  ),
  quiet('a moment ago', volume('Failed', { status: { lastPhaseTransitionTime: ago(4) } })),
  quiet('it is being deleted', volume('Failed', { metadata: { deletionTimestamp: ago(1) } })),
];
