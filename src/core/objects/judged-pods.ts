import { ageSeconds, isOlder } from '../model/time.ts';
import type { Objects } from './kinds.ts';
import { conditionOf, controllerOf, isHook } from './meta.ts';
import type { Pod } from './pod.ts';

/** A pod younger than this is not news, whatever it says. */
const newSeconds = 60;
/** A pod that failed for good longer ago than this is a tombstone. */
const tombstoneSeconds = 24 * 60 * 60;

/** Jobs tell which pods are a hook's. */
type Judged = Pick<Objects, 'Pod' | 'Job'>;

/** Pods that a check may speak of: not completed, new or on their way out, not gated, and nobody's hook or placeholder; failed ones only where nothing replaces them. */
export function judgedPods(objects: Judged, now: number): readonly Pod[] {
  return standingPods(objects).filter(
    (pod) =>
      pod.metadata?.deletionTimestamp === undefined &&
      isOlder(pod.metadata?.creationTimestamp, newSeconds, now) &&
      !isGated(pod) &&
      !isCompleted(pod) &&
      !(pod.status?.phase === 'Failed' && (isReplaced(pod) || isTombstone(pod, now))),
  );
}

/** Pods that are there to stay or on their way out, without those that nobody waits for: hooks, mirrors of a kubelet's own files, placeholders. */
export function standingPods({ Pod: pods, Job }: Judged): readonly Pod[] {
  const hooks = new Set(
    Job.filter(isHook).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`),
  );
  return pods.filter(
    (pod) =>
      !isHook(pod) &&
      !hooks.has(jobOf(pod) ?? '') &&
      pod.metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined &&
      (pod.spec?.priority ?? 0) >= 0,
  );
}

/** `namespace/name` of the Job that owns the pod. */
export function jobOf(pod: Pod): string | undefined {
  const owner = controllerOf(pod);
  return owner?.kind === 'Job' ? `${pod.metadata?.namespace}/${owner.name}` : undefined;
}

function isGated(pod: Pod): boolean {
  const held = conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated';
  return held || (pod.spec?.schedulingGates ?? []).some(({ name }) => name !== undefined);
}

function isCompleted(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || conditionOf(pod, 'Ready')?.reason === 'PodCompleted';
}

/** Whose pods end by design, and are tried again or counted as failed by their owner. */
const runners = ['Job', 'Workflow', 'TaskRun', 'EphemeralRunner'];

/** A pod of a Job, or of what works like one: how it ends is its owner's matter. */
export function isJobPod(pod: Pod): boolean {
  return runners.includes(controllerOf(pod)?.kind ?? '');
}

/** Evicted, rejected or shut down with its node: the controller makes another, and what keeps that from running is found there. */
function isReplaced(pod: Pod): boolean {
  return controllerOf(pod) !== undefined && !isJobPod(pod);
}

function isTombstone(pod: Pod, now: number): boolean {
  return (ageSeconds(conditionOf(pod, 'Ready')?.lastTransitionTime, now) ?? 0) > tombstoneSeconds;
}
