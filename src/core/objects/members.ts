import { groupBy } from '../model/group.ts';
import { compareText, count } from '../model/text.ts';
import { ageSeconds, isOlder, parseTime, type Since } from '../model/time.ts';
import { isCapacityComing } from './capacity.ts';
import { downSince } from './container-ends.ts';
import { conditionOf } from './meta.ts';
import { hasEnded, isReady, type Pod } from './pod.ts';
import { containersOf, creatingReasons } from './pod-containers.ts';
import { startOf, templateHashOf } from './pod-questions.ts';
import { unreadinessOf } from './pod-unreadiness.ts';
import type { Topology } from './topology.ts';

/** A member that serves nothing, and since when. */
export interface Unready extends Since {
  readonly pod: Pod;
}

/** Times that a pod may take before anybody worries, in seconds. */
const patience = {
  /** A pod that is terminating is gone by its deletionTimestamp; five minutes more for a slow unmount. */
  terminating: 300,
  /** A cluster autoscaler needs up to five minutes for a node. */
  unscheduled: 300,
  /** Init containers migrate and wait for others. */
  initializing: 900,
};

/** Members of a workload that should serve and do not. Pods that ended are not among them: their controller makes others. */
export function unreadyMembers(pods: readonly Pod[]): readonly Unready[] {
  return pods
    .filter((pod) => !isReady(pod) && !hasEnded(pod))
    .map((pod) => {
      const leaves = pod.metadata?.deletionTimestamp;
      return {
        pod,
        ...(leaves === undefined ? downSince(pod) : { since: leaves, exact: true }),
      };
    });
}

/** Those that nothing excuses: not slow within what their probes allow, not waiting for a node to come, not on their way out. */
export function overdue(
  unready: readonly Unready[],
  topology: Topology,
  now: number,
): readonly Unready[] {
  return unready.filter(({ pod }) => !isExcused(pod, topology, now));
}

function isExcused(pod: Pod, topology: Topology, now: number): boolean {
  const leaves = pod.metadata?.deletionTimestamp;
  if (leaves !== undefined) return !isOlder(leaves, patience.terminating, now);
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False')
    return (
      isCapacityComing(pod, topology, now) ||
      !isOlder(scheduled.lastTransitionTime ?? startOf(pod), patience.unscheduled, now)
    );
  const initializing = containersOf(pod).find(
    ({ role, status }) => role === 'init' && status.state?.running !== undefined,
  )?.status;
  if (initializing !== undefined && (initializing.restartCount ?? 0) === 0)
    return !isOlder(initializing.state?.running?.startedAt, patience.initializing, now);
  const why = unreadinessOf(pod, topology, now);
  return why !== undefined && !isOlder(why.since, why.budgetSeconds, now);
}

/** The first and the last that went, in seconds ago; a time that is not told counts as long ago. */
export function agesOf(
  unready: readonly Pick<Unready, 'since'>[],
  now: number,
): { readonly oldest: number; readonly newest: number } {
  const ages = unready.map(({ since }) => ageSeconds(since, now) ?? Number.POSITIVE_INFINITY);
  return { oldest: Math.max(...ages), newest: Math.min(...ages) };
}

/** The one that went first; undefined where there is none. */
export function firstOf(unready: readonly Unready[]): Unready | undefined {
  return [...unready].sort((a, b) => (parseTime(a.since) ?? 0) - (parseTime(b.since) ?? 0))[0];
}

/** `2 pods: ImagePullBackOff, 1 pod: Unschedulable`; empty where there is no pod. */
export function sayMembers(unready: readonly Unready[]): string {
  const words = groupBy(unready, ({ pod }) => stateOf(pod));
  return [...words]
    .sort(([a], [b]) => compareText(a, b))
    .map(([word, pods]) => `${count(pods.length, 'pod')}: ${word}`)
    .join(', ');
}

/** Kubernetes' own word for what a pod is at. */
function stateOf(pod: Pod): string {
  if (pod.metadata?.deletionTimestamp !== undefined) return 'Terminating';
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') return scheduled.reason ?? 'Unschedulable';
  const states = containersOf(pod).map(({ status }) => status.state);
  const waiting = states.flatMap((state) => state?.waiting?.reason ?? []);
  const ended = states.flatMap((state) => state?.terminated?.reason ?? []);
  return (
    waiting.find((reason) => !creatingReasons.includes(reason)) ??
    ended.find((reason) => reason !== 'Completed') ??
    waiting[0] ??
    conditionOf(pod, 'Ready')?.reason ??
    'not ready'
  );
}

/** The template that all of them are of: a broken revision; undefined where they differ. */
export function sharedHash(unready: readonly Unready[]): string | undefined {
  const hashes = new Set(unready.map(({ pod }) => templateHashOf(pod)));
  return hashes.size === 1 ? [...hashes][0] : undefined;
}
