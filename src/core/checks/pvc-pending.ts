import type { Evidence, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder, parseTime } from '../model/time.ts';
import {
  type ClaimFailure,
  claimFailureOf,
  classOf,
  type Storage,
  storageOf,
} from '../objects/claim-failure.ts';
import {
  classNameOf,
  consumersOf,
  driverRefs,
  impactOn,
  sayConsumers,
} from '../objects/claim-questions.ts';
import { eventEvidence } from '../objects/event-evidence.ts';
import { living } from '../objects/living.ts';
import { conditionOf } from '../objects/meta.ts';
import type { PersistentVolumeClaim } from '../objects/network-and-storage.ts';
import type { Pod } from '../objects/pod.ts';
import { defineCheck } from './define.ts';

export const pvcPending = defineCheck({
  meta: {
    id: 'pvc-pending',
    title: 'Volume claim is pending',
    why: 'The pods that mount it cannot start.',
    likelyCauses: [
      'the storage class does not exist or is misspelt, and there is no default',
      'the CSI driver or the cloud refuses: quota, permissions, zone',
      'the CSI driver does not run',
      'no persistent volume fits',
    ],
    commands: [
      { for: ['PVCStorageClassMissing', 'PVCNoDefaultClass'], run: 'kubectl get storageclass' },
      { for: ['PVCNoMatchingVolume'], run: 'kubectl get pv' },
      'kubectl -n {namespace} describe pvc {name}',
      { for: ['PVCPending'], run: 'kubectl get storageclass' },
      {
        for: ['PVCProvisioningFailed', 'PVCProvisionerSilent', 'PVCPending'],
        run: 'kubectl get pods -A -o wide | grep -i csi',
      },
    ],
    defaults: {
      // A cloud's disk is there within a minute or two; kubernetes-mixin waits 5 min.
      graceSeconds: 300,
      // A class that does not exist does not come by waiting.
      missingClassSeconds: 60,
    },
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding',
    finds: {
      97: ['PVCPending', 'PVCNoMatchingVolume'],
      98: ['PVCStorageClassMissing', 'PVCNoDefaultClass'],
      99: ['PVCProvisioningFailed', 'PVCProvisionerSilent'],
    },
    cause: { role: 'root', reason: 'Pending' },
  },
  needs: ['PersistentVolumeClaim'],
  helps: ['Pod', 'Event', 'StorageClass', 'PersistentVolume'],
  *judge({ PersistentVolumeClaim: claims, ...objects }, { now, thresholds, topology }) {
    const storage = storageOf(objects, topology);
    for (const [ref, claim] of living('PersistentVolumeClaim', claims)) {
      if (claim.status?.phase !== 'Pending') continue;
      const scene: Scene = { ref, claim, consumers: consumersOf(ref, topology), storage };
      const failure = claimFailureOf(claim, storage);
      const grace =
        failure.hopeless === true ? thresholds.missingClassSeconds : thresholds.graceSeconds;
      if (isAtFault(scene, failure) && isOlder(sinceOf(scene, failure), grace, now))
        yield symptomOf(scene, failure);
    }
  },
});

interface Scene {
  readonly ref: ObjectRef;
  readonly claim: PersistentVolumeClaim;
  /** Pods that mount it and have not ended. */
  readonly consumers: readonly Pod[];
  readonly storage: Storage;
}

/** Whether the claim is at fault, and does not just wait for its first pod. */
function isAtFault(scene: Scene, { reason, hopeless }: ClaimFailure): boolean {
  if (hopeless === true) return true;
  const mode = modeOf(scene);
  const spoken = ['PVCProvisioningFailed', 'PVCProvisionerSilent'].includes(reason);
  if (mode === 'WaitForFirstConsumer' && scene.consumers.length === 0) return false;
  if (spoken || isWaitedFor(scene)) return true;
  return mode === 'Immediate' && reason === 'PVCPending';
}

function modeOf({ claim, storage }: Scene): string | undefined {
  return classOf(claim, storage)?.volumeBindingMode;
}

/** A claim that binds late waits for its first pod, and for that pod to be scheduled: only a pod that waits for volumes, or one already on a node, shows that the claim is at fault. */
function isWaitedFor({ consumers }: Scene): boolean {
  return consumers.some((pod) => {
    const scheduled = conditionOf(pod, 'PodScheduled');
    return scheduled?.status !== 'False' || aboutVolumes.test(scheduled.message ?? '');
  });
}

const aboutVolumes = /persistentvolumeclaim|persistent volume|volume node affinity/i;

/** A claim is pending from its creation on; one that may bind late, not before its first pod came. */
function sinceOf(scene: Scene, { hopeless }: ClaimFailure): string | null {
  const { claim, consumers } = scene;
  const created = claim.metadata?.creationTimestamp ?? null;
  if (hopeless === true || modeOf(scene) === 'Immediate') return created;
  const first = consumers.flatMap(({ metadata }) => metadata?.creationTimestamp ?? []).sort()[0];
  return first !== undefined && (parseTime(first) ?? 0) > (parseTime(created) ?? 0)
    ? first
    : created;
}

function symptomOf(scene: Scene, failure: ClaimFailure): Symptom {
  const { ref, claim, consumers, storage } = scene;
  const { reason, says, event, missing, decidedBy } = failure;
  const phase: Evidence = { source: 'field', at: 'status.phase', text: 'Pending' };
  const since = sinceOf(scene, failure);
  return {
    object: ref,
    reason,
    impact: impactOn(consumers, storage.topology),
    since,
    message: `PersistentVolumeClaim ${nameOf(ref)} is Pending${sayWanted(claim)}${sayConsumers(consumers, 'waits for')}: ${says}`,
    evidence: [phase, ...eventEvidence(event)],
    proof: {
      decidedBy,
      sinceExact: since !== null && since === claim.metadata?.creationTimestamp,
      claims: [ref.name],
      missing,
      dependsOn: driverRefs(failure.driver),
    },
  };
}

/** ` (10Gi ReadWriteOnce, storage class fast)`. */
function sayWanted(claim: PersistentVolumeClaim): string {
  const { accessModes = [], resources } = claim.spec ?? {};
  const name = classNameOf(claim);
  const words = [
    [resources?.requests?.['storage'] ?? '', ...accessModes].join(' ').trim(),
    name === undefined || name === '' ? '' : `storage class ${name}`,
  ].filter((each) => each !== '');
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}
