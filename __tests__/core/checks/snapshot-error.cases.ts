import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const snapshot = (
  name: string,
  status: object,
  metadata: object = {},
  apiVersion = 'snapshot.storage.k8s.io/v1',
): object => ({
  apiVersion,
  kind: 'VolumeSnapshot',
  metadata: { name, namespace: 'shop', creationTimestamp: ago(60), ...metadata },
  spec: { source: { persistentVolumeClaimName: 'data' } },
  status,
});
const message =
  'Failed to create snapshot content with error cannot find CSI PersistentVolumeClaimSource';
const failed = { readyToUse: false, error: { message, time: ago(59) } };
const quiet = (name: string, ...snapshots: readonly object[]): Case => ({
  name: `quiet: ${name}`,
  objects: { CustomResource: snapshots },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'failed for an hour',
    objects: { CustomResource: [snapshot('nightly', failed)] },
    expect: [
      {
        reason: 'VolumeSnapshotError',
        impact: 'at-risk',
        since: ago(60),
        object: { kind: 'VolumeSnapshot', namespace: 'shop', name: 'nightly' },
        evidence: [{ source: 'field', at: 'status.error', text: `${ago(59)} ${message}` }],
        proof: { resource: 'volumesnapshots.snapshot.storage.k8s.io', claims: ['data'] },
        says: ['shop/nightly of claim data', 'Failed to create snapshot content'],
      },
    ],
  },
  {
    name: 'an older one of the same claim is ready',
    objects: {
      CustomResource: [
        snapshot('nightly', failed),
        snapshot('before', { readyToUse: true }, { creationTimestamp: ago(1500) }),
        snapshot('other', { readyToUse: true }, { namespace: 'blog', creationTimestamp: ago(1) }),
      ],
    },
    expect: [{ object: { name: 'nightly' } }],
  },
  quiet('ready', snapshot('nightly', { readyToUse: true })),
  quiet('not ready yet', snapshot('nightly', { readyToUse: false })),
  quiet('ready, with an error of before', snapshot('nightly', { ...failed, readyToUse: true })),
  quiet('a few minutes old', snapshot('nightly', failed, { creationTimestamp: ago(5) })),
  quiet(
    'a later one of the same claim is ready',
    snapshot('nightly', failed),
    snapshot('again', { readyToUse: true }, { creationTimestamp: ago(20) }),
  ),
  quiet('being deleted', snapshot('nightly', failed, { deletionTimestamp: ago(1) })),
  quiet(
    'a kind of the same name in another group',
    snapshot('nightly', failed, {}, 'backup.example/v1'),
  ),
  quiet('another kind of the group', {
    ...snapshot('nightly', failed),
    kind: 'VolumeGroupSnapshot',
  }),
];
