import { ageSeconds, isOlder } from '../model/time.ts';
import type { Objects } from './kinds.ts';
import { conditionOf, controllerOf, isHook } from './meta.ts';
import { isStatic, type Pod } from './pod.ts';
import { endedAt } from './pod-questions.ts';
import { once, perArray, perKey, perObject } from './remembered.ts';
import { isSteady } from './steady-pod.ts';

/** A pod younger than this is not news, whatever it says. */
const newSeconds = 60;
/** A pod that failed for good longer ago than this is a tombstone. */
const tombstoneSeconds = 24 * 60 * 60;

/** Jobs tell which pods are a hook's. */
type Judged = Pick<Objects, 'Pod' | 'Job'>;

/** Pods that nobody has set aside; `unsteady`: those that say more than that they serve. */
interface Considered {
  readonly pods: readonly Pod[];
  readonly unsteady: readonly Pod[];
  readonly static: readonly Pod[];
}

/** Pods that a check may speak of: not completed, new or on their way out, not gated, and nobody's hook or placeholder; failed ones only where nothing replaces them. */
export function judgedPods(objects: Judged, now: number): readonly Pod[] {
  return sort(objects, now).judged();
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

function sort({ Pod: pods, Job: jobs }: Judged, now: number) {
  return sorted(considered(pods)(jobs))(now);
}

/** The same pods, told apart once for all checks of a cycle. */
const sorted = perObject(({ pods, unsteady, static: own }: Considered) =>
  perKey((now: number) => {
    const isNews = (pod: Pod): boolean => isJudged(pod, now);
    const troubled = unsteady.filter(isNews);
    return {
      judged: once(() => pods.filter(isNews)),
      troubled,
      serving: troubled.filter((pod) => !isJobPod(pod)),
      static: own.filter((pod) => isNews(pod) && !isSteady(pod)),
    };
  }),
);

function isJudged(pod: Pod, now: number): boolean {
  return (
    pod.metadata?.deletionTimestamp === undefined &&
    isOlder(pod.metadata?.creationTimestamp, newSeconds, now) &&
    !isGated(pod) &&
    !isCompleted(pod) &&
    !(pod.status?.phase === 'Failed' && (isReplaced(pod) || isTombstone(pod, now)))
  );
}

/** Pods that are there to stay or on their way out, without those that nobody waits for: hooks, mirrors of a kubelet's own files, placeholders; and of them those that say anything but that they serve and never fell. */
export function unsteadyPods({ Pod: pods, Job: jobs }: Judged): readonly Pod[] {
  return considered(pods)(jobs).unsteady;
}

const considered = perArray((all: Judged['Pod']) =>
  perArray((jobs: Judged['Job']): Considered => {
    const hooks = new Set(
      jobs.filter(isHook).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`),
    );
    const counted = all.filter((pod) => !isSetAside(pod));
    const pods = counted.filter(
      (pod) => !isStatic(pod) && (hooks.size === 0 || !hooks.has(jobOf(pod) ?? '')),
    );
    return {
      pods,
      unsteady: pods.filter((pod) => !isSteady(pod)),
      static: counted.filter(isStatic),
    };
  }),
);

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

/** Labels of Airflow's pods, one for each try of a task. It owns them by nothing else, and keeps those that failed (`delete_worker_pods_on_failure` is off). */
const taskLabels = ['kubernetes_executor', 'kubernetes_pod_operator'];

/** A pod of a Job, or of what works like one: how it ends is its owner's matter. */
export function isJobPod(pod: Pod): boolean {
  const owner = controllerOf(pod);
  if (owner !== undefined) return runners.includes(owner.kind ?? '');
  return taskLabels.some((label) => pod.metadata?.labels?.[label] === 'True');
}

/** Evicted, rejected or shut down with its node: the controller makes another, and what keeps that from running is found there. */
function isReplaced(pod: Pod): boolean {
  return controllerOf(pod) !== undefined && !isJobPod(pod);
}

function isTombstone(pod: Pod, now: number): boolean {
  return (ageSeconds(endedAt(pod), now) ?? 0) > tombstoneSeconds;
}
