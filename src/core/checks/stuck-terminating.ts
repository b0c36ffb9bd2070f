import type { Symptom } from '../model/finding.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import { unsteadyPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { isOnLostNode, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const stuckTerminating = defineCheck({
  meta: {
    id: 'stuck-terminating',
    title: 'Pod does not go away',
    why: 'It keeps its volumes, its name and its place; a StatefulSet cannot replace it.',
    likelyCauses: [
      'a finalizer whose controller is gone',
      'its node is lost',
      'the runtime cannot kill it, or a volume cannot be unmounted',
    ],
    commands: [
      { for: ['NodeLost', 'StuckTerminating'], run: 'kubectl describe node {node}' },
      {
        for: ['PodFinalizerStuck'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.metadata.finalizers} {.metadata.deletionTimestamp}"',
      },
      'kubectl -n {namespace} describe pod {name}',
      {
        for: ['PodFinalizerStuck'],
        run: `kubectl -n {namespace} patch pod {name} --type=merge -p '{"metadata":{"finalizers":null}}' # changes the cluster: what the finalizer waits for is skipped`,
      },
      {
        for: ['StuckTerminating'],
        run: 'kubectl -n {namespace} delete pod {name} --grace-period=0 --force # changes the cluster',
      },
      {
        for: ['NodeLost'],
        run: 'kubectl -n {namespace} delete pod {name} --grace-period=0 --force # changes the cluster: only when {node} is surely off',
      },
    ],
    // The deletionTimestamp has the pod's own grace in it; five minutes more is what eviction from a lost node takes.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    finds: { 50: ['StuckTerminating', 'PodFinalizerStuck', 'NodeLost'] },
    cause: { role: 'alone' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'StatefulSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of unsteadyPods(objects)) {
      const deletion = pod.metadata?.deletionTimestamp;
      if (deletion === undefined || pod.status?.phase === 'Succeeded') continue;
      if (isOlder(deletion, thresholds.graceSeconds, now))
        yield stuck(pod, deletion, topology, now);
    }
  },
});

function stuck(pod: Pod, deletion: string, topology: Topology, now: number): Symptom {
  const { reason, says } = holdUp(pod, topology);
  return {
    object: refOf('Pod', pod),
    reason,
    impact: blocksItsPlace(pod, topology) ? topology.impactOf(pod) : 'at-risk',
    since: deletion,
    message: `Pod ${pod.metadata?.name} has been Terminating for ${sayDuration(ageSeconds(deletion, now) ?? 0)} longer than its grace: ${says}`,
    evidence: [{ source: 'field', at: 'metadata.deletionTimestamp', text: deletion }],
    proof: { decidedBy: 'field', sinceExact: true, ...proofOf(pod) },
  };
}

/** Only a StatefulSet waits for the name; other controllers made the next pod long ago, and that one speaks for itself. */
function blocksItsPlace(pod: Pod, topology: Topology): boolean {
  const workload = topology.workloadOf(pod);
  return workload.kind === 'StatefulSet' && topology.standingOf(workload)?.desired !== 0;
}

function holdUp(pod: Pod, topology: Topology): { reason: string; says: string } {
  const finalizers = pod.metadata?.finalizers ?? [];
  const node = pod.spec?.nodeName;
  if (isOnLostNode(pod, topology))
    return {
      reason: 'NodeLost',
      says: `its node ${node} does not answer, so nobody can tell that it ended`,
    };
  if (finalizers.length > 0)
    return { reason: 'PodFinalizerStuck', says: `it waits for ${finalizers.join(', ')}` };
  const where = node === undefined ? 'its kubelet' : `the kubelet on ${node}`;
  return { reason: 'StuckTerminating', says: `${where} has not ended it` };
}
