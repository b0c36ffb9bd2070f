import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { living } from '../objects/living.ts';
import { conditionOf } from '../objects/meta.ts';
import type { HorizontalPodAutoscaler } from '../objects/network-and-storage.ts';
import { targetOf } from '../objects/scale-target.ts';
import { defineCheck } from './define.ts';

export const hpaMaxed = defineCheck({
  meta: {
    id: 'hpa-maxed',
    title: 'Autoscaler is at its limit, or does not get its pods',
    why: 'More load finds no more pods.',
    likelyCauses: [
      'the load is higher than maxReplicas was made for',
      'every pod does less than it should: a slow dependency, throttling',
      'new pods cannot be created or scheduled: quota, room',
    ],
    commands: [
      'kubectl -n {namespace} describe hpa {name}',
      { for: ['HPAMaxedOut'], run: 'kubectl -n {namespace} top pods' },
      {
        for: ['HPAReplicasMismatch'],
        run: 'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
      },
    ],
    // kubernetes-mixin, KubeHpaMaxedOut and KubeHpaReplicasMismatch.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    finds: { 80: ['HPAMaxedOut', 'HPAReplicasMismatch'] },
    cause: { role: 'symptom', reason: 'ScalingLimited' },
  },
  needs: ['HorizontalPodAutoscaler'],
  helps: [],
  *judge({ HorizontalPodAutoscaler: scalers }, { now, thresholds }) {
    for (const [ref, scaler] of living('HorizontalPodAutoscaler', scalers)) {
      const grace = thresholds.graceSeconds;
      const symptom = maxed(ref, scaler, grace, now) ?? mismatched(ref, scaler, grace, now);
      if (symptom !== undefined) yield symptom;
    }
  },
});

/** `TooFewReplicas` (at the minimum) and a scaler of one size are as they should be. */
function maxed(
  ref: ObjectRef,
  scaler: HorizontalPodAutoscaler,
  grace: number,
  now: number,
): Symptom | undefined {
  const { minReplicas = 1, maxReplicas = 0 } = scaler.spec ?? {};
  const { currentReplicas = 0 } = scaler.status ?? {};
  const limited = conditionOf(scaler, 'ScalingLimited');
  if (limited?.status !== 'True' || limited.reason !== 'TooManyReplicas') return undefined;
  if (maxReplicas === minReplicas || currentReplicas < maxReplicas) return undefined;
  const since = limited.lastTransitionTime ?? scaler.metadata?.creationTimestamp ?? null;
  if (!isOlder(since, grace, now)) return undefined;
  return {
    object: ref,
    reason: 'HPAMaxedOut',
    impact: 'at-risk',
    since,
    message: `Autoscaler ${nameOf(ref)} wants more than its maxReplicas ${maxReplicas} (TooManyReplicas): ${sayTarget(scaler)} has ${currentReplicas} pods`,
    evidence: [conditionEvidence(limited), replicas(scaler)],
    proof: {
      decidedBy: 'field',
      sinceExact: limited.lastTransitionTime !== undefined,
      dependsOn: dependsOn(scaler),
    },
  };
}

/** The pods that it asked for are not there. The counts have no time: the last scaling is the earliest that it can be, and a second look confirms it. */
function mismatched(
  ref: ObjectRef,
  scaler: HorizontalPodAutoscaler,
  grace: number,
  now: number,
): Symptom | undefined {
  const { currentReplicas, desiredReplicas, lastScaleTime } = scaler.status ?? {};
  if (currentReplicas === undefined || desiredReplicas === undefined) return undefined;
  if (currentReplicas >= desiredReplicas || lastScaleTime === undefined) return undefined;
  if (conditionOf(scaler, 'ScalingActive')?.status === 'False') return undefined;
  if (!isOlder(lastScaleTime, grace, now)) return undefined;
  return {
    object: ref,
    reason: 'HPAReplicasMismatch',
    impact: 'at-risk',
    since: lastScaleTime,
    message: `Autoscaler ${nameOf(ref)} wants ${desiredReplicas} pods of ${sayTarget(scaler)}, and there are ${currentReplicas}`,
    evidence: [replicas(scaler)],
    proof: {
      decidedBy: 'field',
      sinceExact: false,
      unconfirmed: true,
      dependsOn: dependsOn(scaler),
    },
  };
}

function sayTarget(scaler: HorizontalPodAutoscaler): string {
  const target = targetOf(scaler);
  return target === undefined ? 'its target' : `${target.kind} ${target.name}`;
}

function dependsOn(scaler: HorizontalPodAutoscaler): readonly ObjectRef[] | undefined {
  const target = targetOf(scaler);
  return target === undefined ? undefined : [target];
}

function replicas({ spec, status }: HorizontalPodAutoscaler) {
  const { currentReplicas, desiredReplicas } = status ?? {};
  return {
    source: 'field' as const,
    at: 'status.currentReplicas',
    text: `${currentReplicas}, desired ${desiredReplicas}, max ${spec?.maxReplicas}`,
  };
}
