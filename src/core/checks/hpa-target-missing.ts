import { nameOf } from '../model/snapshot.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { living } from '../objects/living.ts';
import { conditionOf } from '../objects/meta.ts';
import { isGone, targetOf } from '../objects/scale-target.ts';
import { defineCheck } from './define.ts';

export const hpaTargetMissing = defineCheck({
  meta: {
    id: 'hpa-target-missing',
    title: 'Autoscaler cannot reach its target',
    why: 'Nothing scales: what it should scale does not exist, or it may not change it.',
    likelyCauses: [
      'scaleTargetRef names a workload that was renamed or deleted',
      'the kind has no scale subresource, or a policy forbids the change',
    ],
    commands: [
      'kubectl -n {namespace} describe hpa {name}',
      'kubectl -n {namespace} get deployments,statefulsets',
    ],
    // A release may bring the autoscaler before the workload: our own figure.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#appendix-horizontal-pod-autoscaler-status-conditions',
    finds: { 79: ['FailedGetScale', 'FailedUpdateScale'] },
    cause: { role: 'symptom', reason: 'ScalingUnable' },
  },
  needs: ['HorizontalPodAutoscaler'],
  helps: ['Deployment', 'StatefulSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const [ref, scaler] of living(
      'HorizontalPodAutoscaler',
      objects.HorizontalPodAutoscaler,
    )) {
      const able = conditionOf(scaler, 'AbleToScale');
      const reason = able?.reason ?? '';
      if (able?.status !== 'False' || !['FailedGetScale', 'FailedUpdateScale'].includes(reason))
        continue;
      const since = able.lastTransitionTime ?? scaler.metadata?.creationTimestamp ?? null;
      if (!isOlder(since, thresholds.graceSeconds, now)) continue;
      const target = targetOf(scaler);
      const gone = target !== undefined && isGone(target, objects, topology);
      const name = target === undefined ? 'its target' : `${target.kind} ${nameOf(target)}`;
      yield {
        object: ref,
        reason,
        impact: 'at-risk',
        since,
        message: `Autoscaler ${nameOf(ref)} cannot ${reason === 'FailedGetScale' ? 'read' : 'change'} the scale of ${name} (${reason}): ${gone ? 'it does not exist' : cut(able.message ?? 'no message says why', 180)}`,
        evidence: [conditionEvidence(able)],
        proof: {
          decidedBy: 'field',
          sinceExact: able.lastTransitionTime !== undefined,
          missing: gone ? target : undefined,
          dependsOn: target === undefined || gone ? undefined : [target],
        },
      };
    }
  },
});
