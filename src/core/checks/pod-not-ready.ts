import type { Evidence, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import { isJobPod, judgedPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import { type Unreadiness, unreadinessOf } from '../objects/pod-unreadiness.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Only what no state of a container explains: crash loops, pulls, mounts and the like have checks of their own. */
export const podNotReady = defineCheck({
  meta: {
    id: 'pod-not-ready',
    title: 'Pod is not ready',
    why: 'It runs and gets no traffic.',
    likelyCauses: [
      'the readiness probe fails: a dependency is down, the port is wrong, the pod is overloaded',
      'it starts more slowly than its startup probe allows',
      'a readiness gate is not met (load balancer, mesh)',
      'its node is lost',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.status.conditions}"',
    ],
    // Five minutes, or the startup budget where that is longer (kubernetes-mixin waits 15); a pod that is being created may fetch a big image for 10.
    defaults: { graceSeconds: 300, creatingSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate',
    finds: { 11: ['ReadinessProbeFailing'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now)) {
      if (isJobPod(pod) || isReady(pod)) continue;
      const why = unreadinessOf(pod, topology, now);
      if (why === undefined) continue;
      const grace = why.creating ? thresholds.creatingSeconds : thresholds.graceSeconds;
      if (isOlder(why.since, Math.max(grace, why.budgetSeconds), now))
        yield symptomOf(pod, why, topology, now);
    }
  },
});

function symptomOf(pod: Pod, why: Unreadiness, topology: Topology, now: number): Symptom {
  const { since, exact } = notReadySince(pod);
  const age = sayDuration(ageSeconds(since, now) ?? 0);
  const event = why.event?.message;
  const evidence: readonly Evidence[] = [
    { source: 'field', at: why.at, text: why.text },
    ...(event === undefined
      ? []
      : [{ source: 'event' as const, at: why.event?.reason ?? '', text: event }]),
  ];
  return {
    object: refOf('Pod', pod),
    reason: why.reason,
    impact: topology.impactOf(pod),
    since,
    message: `Pod ${pod.metadata?.name} has not been ready for ${age}: ${why.says}${event === undefined ? '' : `: ${cut(event, 140)}`}`,
    evidence,
    proof: {
      decidedBy: why.decidedBy,
      sinceExact: exact,
      ...proofOf(pod, why.container),
      exitCode: why.container?.status.state?.terminated?.exitCode,
    },
  };
}
