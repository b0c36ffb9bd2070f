import {
  type Evidence,
  type Impact,
  impacts,
  type MissingRef,
  type Symptom,
} from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { isOlder, parseTime } from '../model/time.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { living } from '../objects/living.ts';
import { conditionOf } from '../objects/meta.ts';
import type { PersistentVolumeClaim } from '../objects/network-and-storage.ts';
import { hasEnded, type Pod } from '../objects/pod.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const pvcPending = defineCheck({
  meta: {
    id: 'pvc-pending',
    title: 'Volume claim is pending or lost',
    why: 'The pods that mount it cannot start; a lost claim means that its data may be gone.',
    likelyCauses: [
      'the storage class does not exist or is misspelt, and there is no default',
      'the CSI driver or the cloud refuses: quota, permissions, zone',
      'no persistent volume fits, or the one that was bound has been deleted',
    ],
    commands: [
      'kubectl -n {namespace} describe pvc {name}',
      'kubectl get storageclass',
      'kubectl get pv',
    ],
    defaults: {
      // A cloud's disk is there within a minute or two; kubernetes-mixin waits 5 min.
      graceSeconds: 300,
      // A class that does not exist does not come by waiting.
      missingClassSeconds: 60,
    },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding',
    finds: { 97: ['PVCPending'], 98: ['PVCStorageClassMissing'], 99: ['PVCProvisioningFailed'] },
    cause: { role: 'root', reason: 'Pending' },
  },
  needs: ['PersistentVolumeClaim'],
  helps: ['Pod', 'Event'],
  *judge({ PersistentVolumeClaim: claims }, { now, thresholds, topology }) {
    for (const [ref, claim] of living('PersistentVolumeClaim', claims)) {
      const consumers = topology.podsMounting(ref).filter((pod) => !hasEnded(pod));
      const scene: Scene = { ref, claim, consumers, topology };
      if (claim.status?.phase === 'Lost') yield lost(scene);
      if (claim.status?.phase !== 'Pending') continue;
      const failure = failureOf(scene);
      const grace =
        failure.missing === undefined ? thresholds.graceSeconds : thresholds.missingClassSeconds;
      if (!isOlder(sinceOf(scene), grace, now)) continue;
      if (failure.event !== undefined || isWaitedFor(scene)) yield pending(scene, failure);
    }
  },
});

interface Scene {
  readonly ref: ObjectRef;
  readonly claim: PersistentVolumeClaim;
  /** Pods that mount it and have not ended. */
  readonly consumers: readonly Pod[];
  readonly topology: Topology;
}

/** A claim is pending from its creation on; one that binds late, not before its first pod came. */
function sinceOf({ claim, consumers }: Scene): string | null {
  const created = claim.metadata?.creationTimestamp ?? null;
  const first = consumers.flatMap(({ metadata }) => metadata?.creationTimestamp ?? []).sort()[0];
  return first !== undefined && (parseTime(first) ?? 0) > (parseTime(created) ?? 0)
    ? first
    : created;
}

/** A claim that binds late waits for its first pod, and for that pod to be scheduled: only a pod that waits for volumes, or one already on a node, shows that the claim is at fault. */
function isWaitedFor({ consumers }: Scene): boolean {
  return consumers.some((pod) => {
    const scheduled = conditionOf(pod, 'PodScheduled');
    return scheduled?.status !== 'False' || aboutVolumes.test(scheduled.message ?? '');
  });
}

const aboutVolumes = /persistentvolumeclaim|persistent volume|volume node affinity/i;

interface Failure {
  readonly reason: string;
  readonly says: string;
  readonly event?: Event;
  readonly missing?: MissingRef;
}

/** What the provisioner or the volume controller said last. */
function failureOf({ claim, topology }: Scene): Failure {
  const event = topology
    .eventsOf(claim.metadata?.uid)
    .find(({ reason = '' }) => ['ProvisioningFailed', 'FailedBinding'].includes(reason));
  if (event === undefined)
    return { reason: 'PVCPending', says: 'nothing provisions its volume, and no event says why' };
  const { message = '' } = event;
  const name = /storageclass\.storage\.k8s\.io "([^"]{1,253})" not found/.exec(message)?.[1];
  if (name === undefined)
    return { reason: 'PVCProvisioningFailed', says: `${event.reason}: ${message}`, event };
  return {
    reason: 'PVCStorageClassMissing',
    says: `storage class ${name} does not exist (${event.reason})`,
    event,
    missing: { kind: 'StorageClass', namespace: null, name },
  };
}

function pending(scene: Scene, { reason, says, event, missing }: Failure): Symptom {
  const { ref, claim } = scene;
  const phase: Evidence = { source: 'field', at: 'status.phase', text: 'Pending' };
  const told: readonly Evidence[] =
    event === undefined
      ? []
      : [{ source: 'event', at: event.reason ?? '', text: event.message ?? '' }];
  const since = sinceOf(scene);
  const className = claim.spec?.storageClassName;
  return {
    object: ref,
    reason,
    impact: impactOf(scene),
    since,
    message: `PersistentVolumeClaim ${nameOf(ref)} is Pending${className === undefined ? '' : ` (storage class ${className})`}${sayConsumers(scene)}: ${says}`,
    evidence: [phase, ...told],
    proof: {
      decidedBy: missing === undefined ? 'field' : 'message',
      sinceExact: since !== null && since === claim.metadata?.creationTimestamp,
      claims: [ref.name],
      ...(missing === undefined ? {} : { missing }),
    },
  };
}

/** Kubernetes does not say since when. */
function lost(scene: Scene): Symptom {
  const { ref, claim } = scene;
  const volume = claim.spec?.volumeName;
  return {
    object: ref,
    reason: 'PVCLost',
    impact: impactOf(scene),
    since: null,
    message:
      `PersistentVolumeClaim ${nameOf(ref)} is Lost: its volume ${volume ?? ''} is gone${sayConsumers(scene)}`.replace(
        '  ',
        ' ',
      ),
    evidence: [{ source: 'field', at: 'status.phase', text: `Lost ${volume ?? ''}`.trim() }],
    proof: { decidedBy: 'field', sinceExact: false, claims: [ref.name] },
  };
}

/** What the pods that mount it cost, the loudest; without any it is a risk. */
function impactOf({ consumers, topology }: Scene): Impact {
  const felt = consumers.map((pod) => topology.impactOf(pod));
  return impacts.find((impact) => felt.includes(impact)) ?? 'at-risk';
}

function sayConsumers({ consumers }: Scene): string {
  return consumers.length === 0 ? '' : `, and ${count(consumers.length, 'pod')} wait for it`;
}
