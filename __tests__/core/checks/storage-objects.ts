import { ago } from './pods.ts';
import { member, type Parts, unscheduled, warning } from './workload-objects.ts';

/** Claim shop/data of ten minutes, for class `fast`. */
export const claim = (phase: string, parts: Parts = {}): object => ({
  metadata: {
    name: 'data',
    namespace: 'shop',
    uid: 'pvc-1',
    creationTimestamp: ago(10),
    ...parts.metadata,
  },
  spec: { storageClassName: 'fast', ...parts.spec },
  status: { phase, ...parts.status },
});

/** Pod db-0, which mounts it; made a minute later. */
export const consumer = (status: object = {}, metadata: object = {}, claimName = 'data'): object =>
  member('db-0', { kind: 'StatefulSet', name: 'db' }, ago(10), {
    metadata: { creationTimestamp: ago(9), ...metadata },
    spec: {
      nodeName: undefined,
      volumes: [{ name: 'config' }, { name: 'data', persistentVolumeClaim: { claimName } }],
    },
    status,
  });

export const waitsForVolume = unscheduled(
  ago(9),
  '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
);

export const storageClass = (mode = 'WaitForFirstConsumer', more: object = {}): object => ({
  metadata: { name: 'fast' },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: mode,
  ...more,
});

/** A volume of class `fast`. */
export const volume = (phase: string, parts: Parts = {}): object => ({
  metadata: { name: 'pv-7', uid: 'uid-pv-7', creationTimestamp: ago(14_400), ...parts.metadata },
  spec: {
    storageClassName: 'fast',
    persistentVolumeReclaimPolicy: 'Delete',
    claimRef: { namespace: 'shop', name: 'data' },
    csi: { driver: 'ebs.csi.aws.com' },
    ...parts.spec,
  },
  status: { phase, lastPhaseTransitionTime: ago(60), ...parts.status },
});

/** An event about the claim. */
export const claimEvent = (reason: string, message: string, more: object = {}): object =>
  warning('pvc-1', reason, message, more);

export const driver = { kind: 'CSIDriver', namespace: null, name: 'ebs.csi.aws.com' };
