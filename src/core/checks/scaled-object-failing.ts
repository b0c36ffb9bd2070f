import type { ObjectRef } from '../model/snapshot.ts';
import { type CustomCondition, type CustomResource, ofKinds } from '../objects/custom.ts';
import { referred } from '../objects/custom-names.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { troubleOf } from '../objects/custom-verdict.ts';
import { conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const scaledObjectFailing = defineCheck({
  meta: {
    id: 'scaled-object-failing',
    title: 'KEDA cannot scale',
    why: 'The workload keeps the replicas it has, or those of its fallback, whatever the load is.',
    likelyCauses: [
      'the source of a trigger (a queue, Prometheus) cannot be reached or denies the login',
      'the TriggerAuthentication or its Secret is missing',
      'the workload it scales does not exist, or another autoscaler holds it',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl -n {namespace} get triggerauthentications.keda.sh,hpa',
    ],
    // The taxonomy's 5 min. KEDA's conditions bear no time: most count from the object's creation.
    defaults: { graceSeconds: 300 },
    docs: 'https://keda.sh/docs/latest/troubleshooting/',
    finds: { 82: ['ScaledObjectNotReady', 'ScalerFallback'] },
    cause: { role: 'symptom', reason: 'ScaledObjectNotReady' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const scaled of ofKinds(CustomResource, 'keda.sh', 'ScaledObject', 'ScaledJob')) {
      const trouble = scalerTrouble(scaled);
      if (trouble === undefined || !isRipe(scaled, trouble, thresholds.graceSeconds, now)) continue;
      yield customSymptom(scaled, trouble, {
        reason: trouble.type === 'Fallback' ? 'ScalerFallback' : 'ScaledObjectNotReady',
        impact: 'at-risk',
        proof: { dependsOn: targetOf(scaled) },
      });
    }
  },
});

/** Not ready, or ready and falling back. That the HPA which it made has no metrics yet is the HPA's to say. */
function scalerTrouble(scaled: CustomResource): Trouble | undefined {
  const trouble = troubleOf(scaled);
  if (trouble?.reason === 'HPAMetricsUnavailable') return undefined;
  if (trouble !== undefined) return trouble;
  const fallback: CustomCondition | undefined = conditionOf(scaled, 'Fallback');
  const paused = conditionOf(scaled, 'Paused')?.status === 'True';
  if (fallback?.status !== 'True' || paused || scaled.metadata?.deletionTimestamp !== undefined)
    return undefined;
  return {
    by: 'condition',
    type: 'Fallback',
    reason: fallback.reason ?? 'Fallback',
    message: fallback.message ?? '',
    at: 'status.conditions[Fallback]',
    since: fallback.lastTransitionTime ?? null,
    failing: true,
  };
}

/** The workload that it scales, a Deployment unless it says otherwise. */
function targetOf({ spec, metadata }: CustomResource): readonly ObjectRef[] {
  const namespace = metadata?.namespace ?? null;
  const target = referred(spec?.scaleTargetRef, { kind: 'Deployment', namespace });
  return target === undefined ? [] : [target];
}
