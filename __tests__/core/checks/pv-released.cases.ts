import { ago } from './pods.ts';
import { driver, volume } from './storage-objects.ts';
import type { Case } from './suite.ts';
import { warning } from './workload-objects.ts';

const quiet = (name: string, each: object): Case => ({
  name: `quiet: ${name}`,
  objects: { PersistentVolume: [each] },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'nothing deletes it',
    objects: { PersistentVolume: [volume('Released')] },
    expect: [
      {
        reason: 'PVReleased',
        impact: 'info',
        since: ago(60),
        object: { kind: 'PersistentVolume', name: 'pv-7' },
        proof: { sinceExact: true, dependsOn: [driver] },
        says: ['pv-7 of claim shop/data is still Released', 'nothing deletes it'],
      },
    ],
  },
  {
    name: 'its driver cannot',
    objects: {
      PersistentVolume: [volume('Released')],
      Event: [
        warning(
          'uid-pv-7',
          'VolumeFailedDelete',
          'rpc error: code = Internal desc = disk is attached',
        ),
      ],
    },
    expect: [{ says: ['VolumeFailedDelete', 'disk is attached'] }],
  },
  {
    name: 'before Kubernetes 1.29 nobody says since when',
    objects: {
      PersistentVolume: [volume('Released', { status: { lastPhaseTransitionTime: undefined } })],
    },
    expect: [{ since: null, proof: { unconfirmed: true } }],
  },
  ...['Retain', 'Recycle', undefined].map((policy) =>
    quiet(
      `policy ${policy}`,
      volume('Released', { spec: { persistentVolumeReclaimPolicy: policy } }),
    ),
  ),
  ...['Available', 'Bound', 'Failed'].map((phase) => quiet(phase, volume(phase))),
  quiet('twenty minutes ago', volume('Released', { status: { lastPhaseTransitionTime: ago(20) } })),
  quiet('it is being deleted', volume('Released', { metadata: { deletionTimestamp: ago(1) } })),
];
