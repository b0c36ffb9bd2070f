import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { isCapacityComing, scaleUpRefusalOf, waitsForNoRealNode } from '../objects/capacity.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf } from '../objects/pod-questions.ts';
import { type Refused, refusedBy } from '../objects/pod-refused.ts';
import { obstacleOf } from '../objects/scheduler-message.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const scaleUpImpossible = defineCheck({
  meta: {
    id: 'scale-up-impossible',
    title: 'Autoscaler can bring no node for the pod',
    why: 'The pod fits on no node, and none that the autoscaler may add would take it: it waits for ever.',
    likelyCauses: [
      'the node groups are at their maximum size, or the NodePool at its limits',
      "the cloud's quota is used up, or it has no machines of this kind left",
      'no node group has what the pod asks for: size, labels, zone, tolerated taints',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n kube-system get configmap cluster-autoscaler-status -o yaml',
      'kubectl get nodepools,nodeclaims',
    ],
    // The autoscaler's own patience with a node that it asked for is longer; its word that it cannot does not change meanwhile.
    defaults: { graceSeconds: 600 },
    docs: 'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md',
    finds: { 43: ['ScaleUpImpossible'] },
    // One word with `unschedulable`, which says so five minutes earlier.
    cause: { role: 'cause', reason: 'Unschedulable' },
  },
  needs: ['Pod', 'Event'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      const refused = refusedBy(pod, topology, now);
      if (refused === undefined || !isOlder(refused.since, thresholds.graceSeconds, now)) continue;
      if (isCapacityComing(pod, topology, now)) continue;
      if (waitsForNoRealNode(pod, objects.Node, topology)) continue;
      const refusal = scaleUpRefusalOf(pod, topology, now);
      if (refusal !== undefined) yield impossible(pod, refused, refusal, topology);
    }
  },
});

function impossible(pod: Pod, refused: Refused, refusal: Event, topology: Topology): Symptom {
  const { message = '', reason = '' } = refusal;
  return {
    object: refOf('Pod', pod),
    reason: 'ScaleUpImpossible',
    impact: topology.impactOf(pod),
    since: refused.since,
    message: `The autoscaler brings no node for the pod (${reason}): ${cut(message, 200)}`,
    evidence: [{ source: 'event', at: reason, text: message }],
    proof: {
      decidedBy: reason === 'FailedScheduling' ? 'message' : 'field',
      sinceExact: refused.exact,
      ...proofOf(pod),
      clause: obstacleOf(refused.message)?.clause,
    },
  };
}
