import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import {
  endField,
  endOf,
  isBackingOff,
  isStatusUnknown,
  sayEnd,
} from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, servingContainers } from '../objects/pod-containers.ts';
import { isOnLostNode, notReadySince, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Evicted pods often say it too, and are told as evicted. */
export const containerStatusUnknown = defineCheck({
  meta: {
    id: 'container-status-unknown',
    title: 'Container is lost',
    why: 'The kubelet could not find the container when it looked for it; the pod is not ready and does not recover by itself.',
    likelyCauses: [
      'the node was restarted, or its container runtime lost its state',
      'the pod was evicted while its containers were being removed',
    ],
    commands: [
      'kubectl describe node {node}',
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} delete pod {name} # changes the cluster',
    ],
    // Five minutes: after a node's restart the kubelet makes its containers anew.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-state-terminated',
    finds: { 8: ['ContainerStatusUnknown'] },
    cause: { role: 'symptom' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of servingPods(objects, now)) {
      if (isReady(pod) || pod.status?.reason !== undefined || isOnLostNode(pod, topology)) continue;
      if (!isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
      const lost = servingContainers(pod).find(isLost);
      if (lost !== undefined) yield lossOf(pod, lost, topology);
    }
  },
});

/** It lies in it, or waits since then for something that is not its own crash. */
function isLost({ status }: PodContainer): boolean {
  const goesOn = status.state?.running !== undefined || isBackingOff(status);
  return !goesOn && isStatusUnknown(endOf(status));
}

function lossOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const { since, exact } = notReadySince(pod);
  const node = pod.spec?.nodeName ?? 'its node';
  return {
    object: refOf('Pod', pod),
    reason: 'ContainerStatusUnknown',
    impact: topology.impactOf(pod),
    since,
    message: `Container ${container.name} is lost: the kubelet of ${node} could not find it (${sayEnd(container.status)})`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, endField(container.status)),
        text: endOf(container.status)?.message ?? 'ContainerStatusUnknown',
      },
    ],
    proof: { decidedBy: 'field', sinceExact: exact, ...proofOf(pod, container) },
  };
}
