import type { Impact, Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { isJobPod, unsteadyPods } from '../objects/judged-pods.ts';
import { conditionOf, controllerOf, refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const schedulingGated = defineCheck({
  meta: {
    id: 'scheduling-gated',
    title: 'Pod is held back by a scheduling gate',
    why: 'The scheduler may not look at the pod until the controller that set the gate takes it away.',
    likelyCauses: [
      'the queue (Kueue) has no quota left for it, or its queue does not exist',
      'the controller that should take the gate away is down or gone',
    ],
    commands: [
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.schedulingGates}"',
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get workloads.kueue.x-k8s.io',
    ],
    // An hour in a queue is usual (kubernetes-mixin leaves gated pods out altogether).
    defaults: { graceSeconds: 3600 },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/',
    finds: { 44: ['SchedulingGated'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of unsteadyPods(objects)) {
      if (pod.status?.phase !== 'Pending' || pod.spec?.nodeName !== undefined) continue;
      if (pod.metadata?.deletionTimestamp !== undefined) continue;
      const gates = gatesOf(pod);
      if (gates.length > 0 && isOlder(gatedSince(pod).since, thresholds.graceSeconds, now))
        yield held(pod, gates, topology);
    }
  },
});

/** Names of what holds it; a gate that only its condition tells of has no name. */
function gatesOf(pod: Pod): readonly string[] {
  const named = (pod.spec?.schedulingGates ?? []).flatMap(({ name }) => name ?? []);
  const told = conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated';
  return named.length === 0 && told ? ['unknown'] : named;
}

function gatedSince(pod: Pod): { readonly since: string | null; readonly exact: boolean } {
  const at = conditionOf(pod, 'PodScheduled')?.lastTransitionTime;
  return { since: at ?? pod.metadata?.creationTimestamp ?? null, exact: at !== undefined };
}

function held(pod: Pod, gates: readonly string[], topology: Topology): Symptom {
  const { since, exact } = gatedSince(pod);
  return {
    object: refOf('Pod', pod),
    reason: 'SchedulingGated',
    impact: impactOf(pod, gates, topology),
    since,
    message: `The pod may not be scheduled (SchedulingGated): nobody has taken away its gate ${gates.join(', ')}`,
    evidence: [{ source: 'field', at: 'spec.schedulingGates', text: gates.join(', ') }],
    proof: { decidedBy: 'field', sinceExact: exact, ...proofOf(pod) },
  };
}

/** Work in a queue serves nobody while it waits; a workload's pod should serve. */
function impactOf(pod: Pod, gates: readonly string[], topology: Topology): Impact {
  const queued = gates.some((gate) => gate.startsWith('kueue.x-k8s.io/'));
  const serves = controllerOf(pod) !== undefined && !isJobPod(pod);
  return serves && !queued ? topology.impactOf(pod) : 'info';
}
