import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { sayEnd } from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { controllerOf, refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf } from '../objects/pod-containers.ts';
import { endedAt, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Static pods belong to their node, and pods that the kubelet ended with a reason of its own (evicted, rejected, past a deadline) have checks of their own. */
export const unmanagedFailed = defineCheck({
  meta: {
    id: 'unmanaged-failed',
    title: 'Pod failed and nothing replaces it',
    why: 'A pod without a controller that has ended is gone for good.',
    likelyCauses: [
      'a pod made by hand, for debugging or by a script',
      'its owner was deleted and left it behind',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} logs {name} --all-containers --tail=100',
      'kubectl -n {namespace} delete pod {name} # changes the cluster',
    ],
    // A fact at once; after a day it is a tombstone, as for every check.
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase',
    finds: { 52: ['UnmanagedPodFailed'] },
    cause: { role: 'symptom' },
  },
  needs: ['Pod'],
  helps: ['Job'],
  *judge(objects, { now, topology }) {
    for (const pod of servingPods(objects, now))
      if (pod.status?.phase === 'Failed' && isForgotten(pod)) yield failureOf(pod, topology);
  },
});

function isForgotten(pod: Pod): boolean {
  return controllerOf(pod) === undefined && pod.status?.reason === undefined;
}

function failureOf(pod: Pod, topology: Topology): Symptom {
  const ended = containersOf(pod).find(
    ({ status }) => (status.state?.terminated?.exitCode ?? 0) !== 0,
  );
  const how =
    ended === undefined
      ? (pod.status?.message ?? 'no container says how')
      : `container ${ended.name} ended (${sayEnd(ended.status)})`;
  const since = endedAt(pod);
  return {
    object: refOf('Pod', pod),
    reason: 'UnmanagedPodFailed',
    impact: topology.impactOf(pod),
    since,
    message: `Pod ${pod.metadata?.name} failed and has no controller that replaces it: ${cut(how, 200)}`,
    evidence: [{ source: 'field', at: 'status.phase', text: 'Failed' }],
    proof: {
      decidedBy: 'field',
      sinceExact: ended?.status.state?.terminated?.finishedAt !== undefined,
      ...proofOf(pod, ended),
      exitCode: ended?.status.state?.terminated?.exitCode,
    },
  };
}
