import type { Evidence, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { claimOf, consumersOf, driverRefs, impactOn } from '../objects/claim-questions.ts';
import { refOf } from '../objects/meta.ts';
import type { PersistentVolume, VolumeAttachment } from '../objects/network-and-storage.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const volumeAttachmentError = defineCheck({
  meta: {
    id: 'volume-attachment-error',
    title: 'Volume cannot be attached or detached',
    why: 'A pod that mounts it stays in ContainerCreating; a volume that is not detached cannot follow its pod to another node.',
    likelyCauses: [
      'the cloud refuses: too many disks on the machine, wrong zone, permissions, the disk is gone',
      'the disk is still attached to another machine',
      'the CSI driver does not run on the node',
    ],
    commands: ['kubectl describe volumeattachment {name}', 'kubectl describe node {node}'],
    // A machine takes a disk within a minute or two, and a lost one is forced off after 6 min.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume-attachment-v1/',
    finds: { 102: ['VolumeAttachError', 'VolumeDetachError'] },
    cause: { role: 'root' },
  },
  needs: ['VolumeAttachment'],
  helps: ['PersistentVolume', 'PersistentVolumeClaim', 'Pod'],
  *judge({ VolumeAttachment: attachments, PersistentVolume }, { now, thresholds, topology }) {
    const volumes = new Map(PersistentVolume.map((each) => [each.metadata?.name ?? '', each]));
    for (const attachment of attachments) {
      const failure = failureOf(attachment);
      if (failure === undefined || !isOlder(failure.since, thresholds.graceSeconds, now)) continue;
      const volume = volumes.get(attachment.spec?.source?.persistentVolumeName ?? '');
      yield symptomOf(attachment, failure, volume, topology);
    }
  },
});

interface Failure {
  readonly reason: string;
  readonly says: string;
  readonly field: 'attachError' | 'detachError';
  readonly message: string;
  readonly last: string | undefined;
  readonly since: string | null;
}

/** The attacher writes the error's time anew with every try (at most 5 min apart), so that it is never old: what is asked for is as old as the attachment, or as its deletion. */
function failureOf({ metadata, status }: VolumeAttachment): Failure | undefined {
  const deleted = metadata?.deletionTimestamp;
  const error = deleted === undefined ? status?.attachError : status?.detachError;
  if (error === undefined || (deleted === undefined && status?.attached === true)) return undefined;
  const told = { message: error.message ?? '', last: error.time };
  return deleted === undefined
    ? {
        ...told,
        reason: 'VolumeAttachError',
        says: 'cannot be attached to',
        field: 'attachError',
        since: metadata?.creationTimestamp ?? null,
      }
    : {
        ...told,
        reason: 'VolumeDetachError',
        says: 'cannot be detached from',
        field: 'detachError',
        since: deleted,
      };
}

function symptomOf(
  attachment: VolumeAttachment,
  failure: Failure,
  volume: PersistentVolume | undefined,
  topology: Topology,
): Symptom {
  const { attacher, nodeName, source } = attachment.spec ?? {};
  const claim = volume === undefined ? undefined : claimOf(volume);
  const name = source?.persistentVolumeName;
  const error: Evidence = {
    source: 'field',
    at: `status.${failure.field}`,
    text: failure.last === undefined ? failure.message : `${failure.last} ${failure.message}`,
  };
  return {
    object: refOf('VolumeAttachment', attachment),
    reason: failure.reason,
    impact: claim === undefined ? 'at-risk' : impactOn(consumersOf(claim, topology), topology),
    since: failure.since,
    message: `Volume ${name ?? 'of a pod'}${sayClaim(claim)} ${failure.says} node ${nodeName ?? 'unknown'} by ${attacher ?? 'its driver'} (${failure.field}): ${failure.message}`,
    evidence: [error],
    proof: {
      decidedBy: 'field',
      sinceExact: failure.since !== null,
      node: nodeName,
      dependsOn: driverRefs(attacher),
      claims: claim === undefined ? undefined : [claim.name],
    },
  };
}

function sayClaim(claim: ObjectRef | undefined): string {
  return claim === undefined ? '' : ` of claim ${nameOf(claim)}`;
}
