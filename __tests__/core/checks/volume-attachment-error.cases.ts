import { ago } from './pods.ts';
import { consumer, driver, volume } from './storage-objects.ts';
import type { Case, Expected } from './suite.ts';

const attachment = (status: object, metadata: object = {}): object => ({
  metadata: { name: 'csi-1', creationTimestamp: ago(30), ...metadata },
  spec: {
    attacher: 'ebs.csi.aws.com',
    nodeName: 'node-a',
    source: { persistentVolumeName: 'pv-7' },
  },
  status,
});
const error = {
  time: ago(1),
  message: 'rpc error: code = Internal desc = Could not attach volume',
};
const cannot = { attached: false, attachError: error };
const fires = (name: string, objects: Case['objects'], expected: Expected): Case => ({
  name,
  objects,
  expect: [expected],
});
const quiet = (name: string, each: object): Case => ({
  name: `quiet: ${name}`,
  objects: { VolumeAttachment: [each] },
  expect: [],
});

export const cases: readonly Case[] = [
  fires(
    'it cannot be attached for half an hour, though the last try was a minute ago',
    {
      VolumeAttachment: [attachment(cannot)],
      PersistentVolume: [volume('Bound')],
      Pod: [consumer()],
    },
    {
      reason: 'VolumeAttachError',
      impact: 'outage',
      since: ago(30),
      object: { kind: 'VolumeAttachment', namespace: null, name: 'csi-1' },
      evidence: [
        { source: 'field', at: 'status.attachError', text: `${error.time} ${error.message}` },
      ],
      proof: { node: 'node-a', claims: ['data'], dependsOn: [driver], sinceExact: true },
      says: [
        'Volume pv-7 of claim shop/data cannot be attached to node node-a by ebs.csi.aws.com',
        'attachError',
      ],
    },
  ),
  fires(
    'its volume was not read',
    { VolumeAttachment: [attachment(cannot)] },
    { impact: 'at-risk', proof: { claims: undefined }, says: ['Volume pv-7 cannot be attached'] },
  ),
  fires(
    'it cannot be detached',
    {
      VolumeAttachment: [
        attachment({ attached: true, detachError: error }, { deletionTimestamp: ago(10) }),
      ],
    },
    {
      reason: 'VolumeDetachError',
      since: ago(10),
      says: ['cannot be detached from node node-a', 'detachError'],
    },
  ),
  quiet('attached', attachment({ attached: true })),
  quiet('attached after all', attachment({ attached: true, attachError: error })),
  quiet(
    'it shall be detached, and once it could not be attached',
    attachment(cannot, { deletionTimestamp: ago(10) }),
  ),
  quiet(
    'a failed detach of before, and it is wanted again',
    attachment({ attached: true, detachError: error }),
  ),
  quiet('asked for four minutes ago', attachment(cannot, { creationTimestamp: ago(4) })),
  quiet(
    'to be detached since four minutes',
    attachment({ attached: true, detachError: error }, { deletionTimestamp: ago(4) }),
  ),
];
