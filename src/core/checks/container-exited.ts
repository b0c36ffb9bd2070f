import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import {
  type End,
  isOutOfMemory,
  isStartFailure,
  isStatusUnknown,
  sayEnd,
} from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import {
  type PodContainer,
  pathOf,
  restartPolicyOf,
  servingContainers,
} from '../objects/pod-containers.ts';
import { isOnLostNode, notReadySince, proofOf } from '../objects/pod-questions.ts';
import { terminationLine } from '../objects/termination-line.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Ends out of memory, of a command that never ran, and of whole pods (evicted, past a deadline) have checks of their own. */
export const containerExited = defineCheck({
  meta: {
    id: 'container-exited',
    title: 'Container ended with an error and is not restarted',
    why: 'What it did is done by nobody now.',
    likelyCauses: [
      'the program fails, and the pod or container has restartPolicy Never',
      'it was killed (137) or stopped (143) from outside',
      "the node's kubelet hangs and does not restart it",
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Two minutes: the kubelet restarts at once where it restarts at all.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-state-terminated',
    finds: { 7: ['ContainerExited'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of servingPods(objects, now)) {
      if (pod.status?.reason !== undefined || isOnLostNode(pod, topology)) continue;
      for (const container of servingContainers(pod)) {
        const end = container.status.state?.terminated;
        if (end === undefined || !isOwnFailure(end)) continue;
        if (isOlder(end.finishedAt ?? notReadySince(pod).since, thresholds.graceSeconds, now))
          yield endingOf(pod, container, end, topology);
      }
    }
  },
});

function isOwnFailure(end: End): boolean {
  const toldElsewhere = isOutOfMemory(end) || isStartFailure(end) || isStatusUnknown(end);
  return !toldElsewhere && (end.exitCode ?? 0) !== 0;
}

function endingOf(pod: Pod, container: PodContainer, end: End, topology: Topology): Symptom {
  const policy = restartPolicyOf(pod, container);
  const words = terminationLine(end);
  return {
    object: refOf('Pod', pod),
    reason: 'ContainerExited',
    impact: topology.impactOf(pod),
    since: end.finishedAt ?? notReadySince(pod).since,
    message: `Container ${container.name} ended (${sayEnd(container.status)}) and is not restarted (restartPolicy ${policy})${words === '' ? '' : `: ${words}`}`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, 'state.terminated'),
        text: `${end.reason ?? 'Error'} exit ${end.exitCode} at ${end.finishedAt ?? 'unknown time'}`,
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: end.finishedAt !== undefined,
      ...proofOf(pod, container),
      exitCode: end.exitCode,
    },
  };
}
