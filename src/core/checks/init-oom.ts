import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import { endField, endOf, isOutOfMemory, sayEnd, sayLimit } from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, unfinishedInits } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** An init container that is killed itself ends with 137, and is `init-failing`. */
export const initOom = defineCheck({
  meta: {
    id: 'init-oom',
    title: 'Init container ended well, but out of memory',
    why: "A child of it was killed and it ended with 0; the kubelet does not count that as done, and holds the pod's other containers back.",
    likelyCauses: [
      "the init container's memory limit is too low",
      'it unpacks or migrates more than before',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Since Kubernetes 1.23 the kubelet runs it again (kubernetes#104650); before, and with restartPolicy Never up to 1.26, the pod hangs (kubernetes#116676). Five minutes tell a hang from a second try that helps.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/',
    finds: { 6: ['InitOOMKilledExit0'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of servingPods(objects, now)) {
      if (!isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
      for (const container of unfinishedInits(pod)) {
        const end = endOf(container.status);
        if (isOutOfMemory(end) && end?.exitCode === 0) yield killOf(pod, container, topology);
      }
    }
  },
});

function killOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const { since, exact } = notReadySince(pod);
  const { name, status, spec } = container;
  return {
    object: refOf('Pod', pod),
    reason: 'InitOOMKilledExit0',
    impact: topology.impactOf(pod),
    since,
    message: `Init container ${name} ran out of memory and ended with 0 all the same (${sayEnd(status)})${sayLimit(spec)}; the pod waits`,
    evidence: [
      { source: 'field', at: pathOf(container, endField(status)), text: 'OOMKilled exit 0' },
    ],
    proof: { decidedBy: 'field', sinceExact: exact, ...proofOf(pod, container), exitCode: 0 },
  };
}
