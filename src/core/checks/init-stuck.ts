import type { Symptom } from '../model/finding.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import { endOf } from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, unfinishedInits } from '../objects/pod-containers.ts';
import { isOnLostNode, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** One that has failed before is `init-failing`. */
export const initStuck = defineCheck({
  meta: {
    id: 'init-stuck',
    title: 'Init container does not end',
    why: "The pod's own containers do not start before every init container has ended well.",
    likelyCauses: [
      'it waits for a dependency that never comes',
      'a migration waits for a lock, or has more to do than ever',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --tail=50',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // kubernetes-mixin (KubePodNotReady) waits 15 min.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-init-containers/',
    finds: { 32: ['InitContainerStuck'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of servingPods(objects, now)) {
      if (isOnLostNode(pod, topology)) continue;
      for (const container of unfinishedInits(pod)) {
        const since = container.status.state?.running?.startedAt;
        if (since === undefined || (endOf(container.status)?.exitCode ?? 0) !== 0) continue;
        if (isOlder(since, thresholds.graceSeconds, now))
          yield waitOf(pod, container, since, topology, now);
      }
    }
  },
});

function waitOf(
  pod: Pod,
  container: PodContainer,
  since: string,
  topology: Topology,
  now: number,
): Symptom {
  const age = sayDuration(ageSeconds(since, now) ?? 0);
  return {
    object: refOf('Pod', pod),
    reason: 'InitContainerStuck',
    impact: topology.impactOf(pod),
    since,
    message: `Init container ${container.name} has been running for ${age} and has not ended (PodInitializing)`,
    evidence: [{ source: 'field', at: pathOf(container, 'state.running.startedAt'), text: since }],
    proof: { decidedBy: 'field', sinceExact: true, ...proofOf(pod, container) },
  };
}
