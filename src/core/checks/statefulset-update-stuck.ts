import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { isStale, living } from '../objects/living.ts';
import { sayWhich } from '../objects/member-sets.ts';
import { firstOf, overdue, sayMembers, type Unready, unreadyMembers } from '../objects/members.ts';
import { templateHashOf } from '../objects/pod-questions.ts';
import type { StatefulSet } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const statefulsetUpdateStuck = defineCheck({
  meta: {
    id: 'statefulset-update-stuck',
    title: 'StatefulSet update is stuck',
    why: 'An ordered update waits for a member that does not become ready, and will not even go back by itself.',
    likelyCauses: [
      'the new revision fails to start: image, configuration, probe, volume',
      'a member of a broken revision blocks a template that has been mended since: it must be deleted by hand',
    ],
    commands: [
      'kubectl -n {namespace} rollout status statefulset/{name} --timeout=5s',
      'kubectl -n {namespace} get pods -L controller-revision-hash',
      'kubectl -n {namespace} rollout undo statefulset/{name} # changes the cluster',
    ],
    // kubernetes-mixin, KubeStatefulSetUpdateNotRolledOut.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#forced-rollback',
    finds: { 68: ['StatefulSetUpdateStuck'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['StatefulSet', 'Pod'],
  helps: ['Node', 'Event'],
  *judge({ StatefulSet: sets }, { now, thresholds, topology }) {
    for (const [ref, set] of living('StatefulSet', sets)) {
      if (isStale(set) || !isUpdating(set)) continue;
      const late = overdue(unreadyMembers(topology.podsOf(ref)), topology, now);
      const blocking = late.filter(({ since }) => isOlder(since, thresholds.graceSeconds, now));
      const first = firstOf(blocking);
      if (first !== undefined) yield stuck(ref, set, blocking, first);
    }
  },
});

/** A partition or OnDelete keeps the old revision on purpose. */
function isUpdating({ spec, status }: StatefulSet): boolean {
  const { replicas = 1, updateStrategy } = spec ?? {};
  const { currentRevision, updateRevision, updatedReplicas = 0 } = status ?? {};
  if (updateRevision === undefined || currentRevision === updateRevision) return false;
  if ((updateStrategy?.type ?? 'RollingUpdate') !== 'RollingUpdate') return false;
  return updatedReplicas < replicas - (updateStrategy?.rollingUpdate?.partition ?? 0);
}

function stuck(
  ref: ObjectRef,
  { spec, status }: StatefulSet,
  blocking: readonly Unready[],
  first: Unready,
): Symptom {
  const { readyReplicas = 0, updatedReplicas = 0, updateRevision = '' } = status ?? {};
  const desired = spec?.replicas ?? 1;
  const outdated = blocking.filter(({ pod }) => templateHashOf(pod) !== updateRevision);
  // In parallel the controller replaces them itself.
  const isTrapped = outdated.length > 0 && spec?.podManagementPolicy !== 'Parallel';
  const trap = isTrapped ? '; those of an older revision must be deleted by hand' : '';
  return {
    object: ref,
    reason: 'StatefulSetUpdateStuck',
    impact: readyReplicas === 0 ? 'outage' : readyReplicas < desired ? 'degraded' : 'at-risk',
    since: first.since,
    message: `The update of StatefulSet ${nameOf(ref)} to ${updateRevision} is stuck at ${updatedReplicas} of ${desired} pods, ${readyReplicas} ready: it waits for ${sayMembers(blocking)}${sayWhich(blocking)}${trap}`,
    evidence: [
      {
        source: 'field',
        at: 'status.updateRevision',
        text: `${updateRevision}, current ${status?.currentRevision}; ${updatedReplicas} updated, ${readyReplicas} ready of ${desired}`,
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: first.exact,
      templateHash: templateHashOf(first.pod),
      node: first.pod.spec?.nodeName,
    },
  };
}
