import type { Impact, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { isStale, living } from '../objects/living.ts';
import { carries } from '../objects/meta.ts';
import { isJoining, isLeaving } from '../objects/node-questions.ts';
import type { Topology } from '../objects/topology.ts';
import type { DaemonSet } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const daemonsetMisplaced = defineCheck({
  meta: {
    id: 'daemonset-misplaced',
    title: 'DaemonSet has no pod on some nodes, or pods on wrong ones',
    why: 'Nodes that should have the agent have none, or it still runs where it is no longer wanted.',
    likelyCauses: [
      'its pods cannot be created (quota, admission)',
      'a taint or label of the node has changed since the pod was placed',
    ],
    commands: [
      'kubectl -n {namespace} describe daemonset {name}',
      'kubectl -n {namespace} get pods -o wide',
      'kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints',
    ],
    // The counts carry no time: a second look confirms them (kubernetes-mixin waits 10 and 15 min).
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations',
    finds: { 70: ['DaemonSetNotScheduled', 'DaemonSetMisScheduled'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['DaemonSet'],
  helps: ['Node', 'Pod'],
  *judge({ DaemonSet: sets, Node: nodes }, { topology }) {
    const passing = nodes.filter((node) => isLeaving(node) || isJoining(node)).length;
    for (const [ref, set] of living('DaemonSet', sets)) {
      if (isStale(set)) continue;
      const symptom =
        notScheduled(ref, set, passing) ??
        (isMisplaced(ref, set, topology) ? misScheduled(ref, set, passing) : undefined);
      if (symptom !== undefined) yield symptom;
    }
  },
});

/** An update takes a pod away before it makes the next one. Nodes that come and go have their pods a moment later, or no more. */
function notScheduled(ref: ObjectRef, { status }: DaemonSet, passing: number) {
  const { desiredNumberScheduled: desired = 0, currentNumberScheduled: current } = status ?? {};
  if (current === undefined) return undefined;
  const missing = desired - current;
  if (missing <= passing || (status?.updatedNumberScheduled ?? 0) < current) return undefined;
  return symptom(ref, 'DaemonSetNotScheduled', 'degraded', {
    says: `has no pod on ${count(missing, 'node')} of ${desired} (desiredNumberScheduled ${desired}, currentNumberScheduled ${current})`,
    at: 'status.currentNumberScheduled',
    text: `${current} of ${desired}`,
  });
}

/** Kubernetes 1.33 counts pods of nodes that have only just joined and forgets to take them off again: a node that is seen must say so too, by a hard taint of its owner or by its labels. */
function isMisplaced(ref: ObjectRef, { spec }: DaemonSet, topology: Topology): boolean {
  const wanted = spec?.template?.spec?.nodeSelector ?? {};
  const seen = topology.podsOf(ref).flatMap((pod) => topology.nodeNamed(pod.spec?.nodeName) ?? []);
  return (
    seen.length === 0 ||
    seen.some((node) => hasHardTaint(node) || !carries(node.metadata?.labels ?? {}, wanted))
  );
}

function hasHardTaint({ spec }: Node): boolean {
  return (spec?.taints ?? []).some(
    ({ key = '', effect }) =>
      (effect === 'NoSchedule' || effect === 'NoExecute') && !key.startsWith('node.kubernetes.io/'),
  );
}

function misScheduled(ref: ObjectRef, { status }: DaemonSet, passing: number) {
  const { numberMisscheduled: wrong = 0 } = status ?? {};
  if (wrong <= passing) return undefined;
  return symptom(ref, 'DaemonSetMisScheduled', 'info', {
    says: `runs on ${count(wrong, 'node')} where it should not (numberMisscheduled)`,
    at: 'status.numberMisscheduled',
    text: String(wrong),
  });
}

function symptom(
  ref: ObjectRef,
  reason: string,
  impact: Impact,
  found: { readonly says: string; readonly at: string; readonly text: string },
): Symptom {
  return {
    object: ref,
    reason,
    impact,
    since: null,
    message: `DaemonSet ${nameOf(ref)} ${found.says}`,
    evidence: [{ source: 'field', at: found.at, text: found.text }],
    proof: { decidedBy: 'field', sinceExact: false, unconfirmed: true },
  };
}
