import type { Symptom } from '../model/finding.ts';
import { sayDuration } from '../model/time.ts';
import { isJobPod, troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { endedAt, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const deadlineExceeded = defineCheck({
  meta: {
    id: 'deadline-exceeded',
    title: 'Pod ran into its deadline',
    why: 'The kubelet killed it at its activeDeadlineSeconds, and nothing starts it again: what it should have done is not done.',
    likelyCauses: [
      'the deadline is too short for the work',
      'it hangs: a lock, a dependency that does not answer',
      'it was pending or pulling its image for most of its time',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} logs {name} --all-containers --tail=100',
    ],
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
    finds: { 49: ['DeadlineExceeded'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job'],
  *judge(objects, { now, topology }) {
    // How a Job's pod ends is its Job's matter.
    for (const pod of troubledPods(objects, now))
      if (isPastDeadline(pod) && !isJobPod(pod)) yield ended(pod, topology);
  },
});

function isPastDeadline({ status }: Pod): boolean {
  return status?.phase === 'Failed' && status.reason === 'DeadlineExceeded';
}

function ended(pod: Pod, topology: Topology): Symptom {
  const { activeDeadlineSeconds: deadline } = pod.spec ?? {};
  const text = pod.status?.message ?? '';
  const after = deadline === undefined ? '' : ` after ${sayDuration(deadline)}`;
  return {
    object: refOf('Pod', pod),
    reason: 'DeadlineExceeded',
    impact: topology.impactOf(pod),
    since: endedAt(pod),
    message: `Pod ${pod.metadata?.name} was killed at its activeDeadlineSeconds${after} (DeadlineExceeded)`,
    evidence: [{ source: 'field', at: 'status.reason', text: `DeadlineExceeded ${text}`.trim() }],
    proof: { decidedBy: 'field', sinceExact: false, ...proofOf(pod) },
  };
}
