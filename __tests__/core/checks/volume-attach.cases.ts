import { boundClaim, mountingPod, volumeEventCases } from './mounting-pods.ts';
import { ago, event, vary } from './pods.ts';
import type { Case } from './suite.ts';

const bad = mountingPod();
const text =
  'Multi-Attach error for volume "pv-1" Volume is already exclusively attached to one node and can\'t be attached to another';
const told = (message = text, more: object = {}) => event('FailedAttachVolume', message, more);
const claims = [
  boundClaim('data-0', 'pv-1'),
  boundClaim('media-0', 'pv-2'),
  boundClaim('data-0', 'pv-9', 'other'),
];
const attachment = (nodeName: string, state: object, volume = 'pv-1') => ({
  metadata: { name: `csi-${nodeName}` },
  spec: { nodeName, source: { persistentVolumeName: volume } },
  status: state,
});
const refused = { attached: false, attachError: { message: 'rpc error: disk not found' } };

export const cases: readonly Case[] = [
  {
    name: 'still attached elsewhere',
    objects: {
      Pod: [bad],
      Event: [told()],
      PersistentVolumeClaim: claims,
      VolumeAttachment: [
        attachment('node-b', { attached: true }),
        attachment('node-c', { attached: false }),
        attachment('node-d', { attached: true }, 'pv-2'),
      ],
    },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'VolumeMultiAttach',
        impact: 'outage',
        since: ago(10),
        says: ['pv-1', 'node-a', 'FailedAttachVolume', 'Multi-Attach', 'attached to node-b'],
        evidence: [{ source: 'event', at: 'FailedAttachVolume', text }],
        proof: { decidedBy: 'message', sinceExact: true, node: 'node-a', claims: ['data-0'] },
      },
    ],
  },
  {
    name: 'used by a pod on another node',
    objects: {
      Pod: [bad],
      Event: [told('Multi-Attach error for volume "pv-1" Volume is already used by pod(s) api-0')],
    },
    expect: [{ reason: 'VolumeMultiAttach', proof: { claims: ['data-0', 'media-0'] } }],
  },
  ...(
    [
      [
        'VolumeAttachLimit',
        'AttachVolume.Attach failed for volume "pv-1" : rpc error: code = ResourceExhausted desc = Attachment limit exceeded',
      ],
      [
        'VolumeAttachLimit',
        'AttachVolume.Attach failed for volume "pv-1" : The maximum number of data disks allowed to be attached to a VM of this size is 8.',
      ],
      [
        'FailedAttachVolume',
        'AttachVolume.Attach failed for volume "pv-1" : rpc error: code = NotFound desc = Disk not found',
      ],
    ] as const
  ).map(
    ([reason, message]): Case => ({
      name: `${reason}: ${message.slice(50, 120)}`,
      objects: { Pod: [bad], Event: [told(message)] },
      expect: [{ reason, says: [message.slice(0, 50)] }],
    }),
  ),
  {
    name: 'the attachment itself says why, without an event',
    objects: {
      Pod: [bad],
      PersistentVolumeClaim: claims,
      VolumeAttachment: [attachment('node-a', refused)],
    },
    expect: [
      {
        reason: 'FailedAttachVolume',
        says: ['disk not found'],
        evidence: [
          {
            source: 'field',
            at: 'VolumeAttachment csi-node-a status.attachError',
            text: 'rpc error: disk not found',
          },
        ],
        proof: {
          decidedBy: 'field',
          claims: ['data-0'],
          dependsOn: [{ kind: 'VolumeAttachment', namespace: null, name: 'csi-node-a' }],
        },
      },
    ],
  },
  {
    name: 'since its start, where no condition tells',
    objects: { Pod: [vary(bad, { status: { conditions: [] } })], Event: [told()] },
    expect: [{ since: ago(30), proof: { sinceExact: false } }],
  },
  {
    name: 'quiet: attached at last',
    objects: {
      Pod: [bad],
      PersistentVolumeClaim: claims,
      VolumeAttachment: [attachment('node-a', { ...refused, attached: true })],
    },
    expect: [],
  },
  {
    name: 'quiet: an attachment of another volume, or to another node',
    objects: {
      Pod: [bad],
      PersistentVolumeClaim: claims,
      VolumeAttachment: [attachment('node-b', refused), attachment('node-a', refused, 'pv-9')],
    },
    expect: [],
  },
  {
    name: 'quiet: attached, and its mount fails',
    objects: { Pod: [bad], Event: [event('FailedMount', 'mount failed: exit status 32')] },
    expect: [],
  },
  ...volumeEventCases('FailedAttachVolume', text),
];
