import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import { type Condition, conditionOf, refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import { defineCheck } from './define.ts';

export const resizeInfeasible = defineCheck({
  meta: {
    id: 'resize-infeasible',
    title: 'Pod cannot be resized in place',
    why: 'It keeps running with its old resources; what raised them did so for a reason.',
    likelyCauses: [
      'the new requests are more than the node has (Infeasible)',
      'other pods use what is missing (Deferred)',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.status.conditions}"',
      'kubectl describe node {node}',
    ],
    // The kubelet tries deferred resizes again as pods leave.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/#pod-resize-status',
    finds: { 54: ['PodResizeInfeasible', 'PodResizeDeferred'] },
  },
  needs: ['Pod'],
  helps: ['Job'],
  *judge(objects, { now, thresholds }) {
    for (const pod of troubledPods(objects, now)) {
      const pending = conditionOf(pod, 'PodResizePending');
      if (pending?.status !== 'True' || !refusals.includes(pending.reason ?? '')) continue;
      const since = pending.lastTransitionTime ?? startOf(pod);
      if (isOlder(since, thresholds.graceSeconds, now)) yield refused(pod, pending, since);
    }
  },
});

const refusals = ['Infeasible', 'Deferred'];

function refused(pod: Pod, pending: Condition, since: string | null): Symptom {
  const { reason = '', message = '' } = pending;
  const text = message === '' ? '' : `: ${cut(message, 180)}`;
  return {
    object: refOf('Pod', pod),
    reason: `PodResize${reason}`,
    impact: 'at-risk',
    since,
    message: `Node ${pod.spec?.nodeName} does not resize pod ${pod.metadata?.name} (${reason})${text}`,
    evidence: [
      { source: 'field', at: 'status.conditions[PodResizePending]', text: `${reason}${text}` },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: pending.lastTransitionTime !== undefined,
      ...proofOf(pod),
    },
  };
}
