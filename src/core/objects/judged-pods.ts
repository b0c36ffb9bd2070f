import { ageSeconds, isOlder } from '../model/time.ts';
import type { Objects } from './kinds.ts';
import { conditionOf, controllerOf, isHook } from './meta.ts';
import { isStatic, type Pod } from './pod.ts';
import { endedAt } from './pod-questions.ts';
import { isSteady } from './steady-pod.ts';

/** A pod younger than this is not news, whatever it says. */
const newSeconds = 60;
/** A pod that failed for good longer ago than this is a tombstone. */
const tombstoneSeconds = 24 * 60 * 60;

/** Jobs tell which pods are a hook's. */
type Judged = Pick<Objects, 'Pod' | 'Job'>;

/** The same pods, told apart once for all checks of a cycle. */
interface Sorted {
  readonly jobs: Judged['Job'];
  readonly now: number;
  readonly judged: readonly Pod[];
  readonly troubled: readonly Pod[];
  readonly serving: readonly Pod[];
  readonly static: readonly Pod[];
}
const sorted = new WeakMap<Judged['Pod'], Sorted>();
const standing = new WeakMap<
  Judged['Pod'],
  { readonly jobs: Judged['Job']; readonly pods: readonly Pod[] }
>();

/** Pods that a check may speak of: not completed, new or on their way out, not gated, and nobody's hook or placeholder; failed ones only where nothing replaces them. */
export function judgedPods(objects: Judged, now: number): readonly Pod[] {
  return sort(objects, now).judged;
}

/** Those of them that say anything but that they serve and never fell: a few of ten thousand. */
export function troubledPods(objects: Judged, now: number): readonly Pod[] {
  return sort(objects, now).troubled;
}

/** Of those, what should serve: without the pods of Jobs. */
export function servingPods(objects: Judged, now: number): readonly Pod[] {
  return sort(objects, now).serving;
}

/** Troubled pods that a kubelet runs from files of its own (the control plane of kubeadm): their containers fail like any other's, but nobody schedules, replaces or evicts them. */
export function troubledStaticPods(objects: Judged, now: number): readonly Pod[] {
  return sort(objects, now).static;
}

function sort(objects: Judged, now: number): Sorted {
  const known = sorted.get(objects.Pod);
  if (known !== undefined && known.jobs === objects.Job && known.now === now) return known;
  const judged = standingPods(objects).filter((pod) => isJudged(pod, now));
  const troubled = judged.filter((pod) => !isSteady(pod));
  const found = {
    jobs: objects.Job,
    now,
    judged,
    troubled,
    serving: troubled.filter((pod) => !isJobPod(pod)),
    static: objects.Pod.filter(
      (pod) => isStatic(pod) && !isSetAside(pod) && isJudged(pod, now) && !isSteady(pod),
    ),
  };
  sorted.set(objects.Pod, found);
  return found;
}

function isJudged(pod: Pod, now: number): boolean {
  return (
    pod.metadata?.deletionTimestamp === undefined &&
    isOlder(pod.metadata?.creationTimestamp, newSeconds, now) &&
    !isGated(pod) &&
    !isCompleted(pod) &&
    !(pod.status?.phase === 'Failed' && (isReplaced(pod) || isTombstone(pod, now)))
  );
}

/** Pods that are there to stay or on their way out, without those that nobody waits for: hooks, mirrors of a kubelet's own files, placeholders. */
export function standingPods({ Pod: pods, Job: jobs }: Judged): readonly Pod[] {
  const known = standing.get(pods);
  if (known?.jobs === jobs) return known.pods;
  const hooks = new Set(
    jobs.filter(isHook).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`),
  );
  const found = pods.filter(
    (pod) =>
      !isSetAside(pod) && !isStatic(pod) && (hooks.size === 0 || !hooks.has(jobOf(pod) ?? '')),
  );
  standing.set(pods, { jobs, pods: found });
  return found;
}

/** A hook, or a placeholder that gives way to any other pod. */
function isSetAside(pod: Pod): boolean {
  return isHook(pod) || (pod.spec?.priority ?? 0) < 0;
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
  return (ageSeconds(endedAt(pod), now) ?? 0) > tombstoneSeconds;
}
