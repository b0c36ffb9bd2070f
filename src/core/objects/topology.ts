import type { Impact } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { type Gap, keyOf, type ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import type { Event, Node } from './cluster-objects.ts';
import type { Kind, Objects } from './kinds.ts';
import { conditionOf } from './meta.ts';
import type { Pod } from './pod.ts';

/** How many pods a workload wants, and how many serve now. */
interface Standing {
  readonly desired: number;
  readonly ready: number;
}

/** Who belongs to whom in one snapshot: built once, asked by every check. */
export interface Topology {
  /** Whether this kind was read whole (in this namespace, where one is given). */
  read(kind: Kind, namespace?: string | null): boolean;
  /** The controller at the top: Deployment (found through `pod-template-hash`, no ReplicaSet needed), StatefulSet, DaemonSet, CronJob, Job, or an unknown kind's name; the pod itself where none controls it. */
  workloadOf(pod: Pod): ObjectRef;
  /** Undefined for what has no replicas (a Job) or was not read and has no pod here. */
  standingOf(workload: ObjectRef): Standing | undefined;
  /** What this pod's failure costs: outage (nothing of its workload serves), degraded (too little), at-risk (the others serve in full). */
  impactOf(pod: Pod): Impact;
  /** Pods whose top controller this is. */
  podsOf(workload: ObjectRef): readonly Pod[];
  /** Warning events about exactly this object (by uid), newest first. */
  eventsOf(uid: string | undefined): readonly Event[];
  nodeNamed(name: string | undefined): Node | undefined;
}

export function buildTopology(objects: Objects, gaps: readonly Gap[]): Topology {
  const unread = new Set(gaps.map((gap) => `${gap.kind}/${gap.namespace ?? ''}`));
  const standings = indexWorkloads(objects);
  const parents = new Map(
    objects.Job.flatMap((job): [string, string][] => {
      const owner = job.metadata?.ownerReferences?.find((each) => each.controller === true);
      return owner?.kind === 'CronJob' ? [[nameKey(job), owner.name ?? '']] : [];
    }),
  );
  const podsByWorkload = groupBy(objects.Pod, (pod) => keyOf(workloadOf(pod)));
  const eventsByUid = groupBy(objects.Event, (event) => event.involvedObject?.uid ?? '');
  for (const events of eventsByUid.values()) events.sort((a, b) => eventTime(b) - eventTime(a));
  const nodes = new Map(objects.Node.map((node) => [node.metadata?.name ?? '', node]));

  function workloadOf(pod: Pod): ObjectRef {
    const namespace = pod.metadata?.namespace ?? null;
    const self = { kind: 'Pod', namespace, name: pod.metadata?.name ?? '' };
    const owner = pod.metadata?.ownerReferences?.find((each) => each.controller === true);
    if (owner?.kind === undefined || owner.name === undefined || owner.kind === 'Node') return self;
    if (owner.kind === 'ReplicaSet') {
      const maker = makerOf(owner.name, pod.metadata?.labels ?? {});
      if (maker !== undefined) return { ...maker, namespace };
    }
    if (owner.kind === 'Job') {
      const parent = parents.get(`${namespace ?? ''}/${owner.name}`);
      if (parent !== undefined) return { kind: 'CronJob', namespace, name: parent };
    }
    return { kind: owner.kind, namespace, name: owner.name };
  }

  function podsOf(workload: ObjectRef): readonly Pod[] {
    return podsByWorkload.get(keyOf(workload)) ?? [];
  }

  function standingOf(workload: ObjectRef): Standing | undefined {
    const key = keyOf(workload);
    const known = standings.get(key);
    if (known !== undefined) return known;
    if (workload.kind === 'Job' || workload.kind === 'CronJob') return undefined;
    const pods = podsOf(workload).filter(({ status }) => status?.phase !== 'Succeeded');
    if (pods.length === 0) return undefined;
    // Remembered: ten thousand pods of one unread workload ask for it.
    const counted = { desired: pods.length, ready: pods.filter(isReady).length };
    standings.set(key, counted);
    return counted;
  }

  function impactOf(pod: Pod): Impact {
    const standing = standingOf(workloadOf(pod));
    if (standing === undefined) return 'degraded';
    if (standing.ready >= standing.desired) return 'at-risk';
    return standing.ready === 0 ? 'outage' : 'degraded';
  }

  return {
    read: (kind, namespace) =>
      !unread.has(`${kind}/`) && (namespace == null || !unread.has(`${kind}/${namespace}`)),
    workloadOf,
    standingOf,
    impactOf,
    podsOf,
    eventsOf: (uid) => (uid === undefined ? [] : (eventsByUid.get(uid) ?? [])),
    nodeNamed: (name) => nodes.get(name ?? ''),
  };
}

/** Whose ReplicaSet this is: its name is the maker's and the hash of the pod template (a Deployment's, or an Argo Rollout's). */
function makerOf(
  replicaSet: string,
  labels: { readonly [name: string]: string | undefined },
): { readonly kind: string; readonly name: string } | undefined {
  for (const [kind, label] of makers) {
    const hash = labels[label];
    if (hash !== undefined && replicaSet.endsWith(`-${hash}`))
      return { kind, name: replicaSet.slice(0, -hash.length - 1) };
  }
  return undefined;
}
const makers = [
  ['Rollout', 'rollouts-pod-template-hash'],
  ['Deployment', 'pod-template-hash'],
] as const;

/** Ready by its own condition, and not on its way out. */
export function isReady(pod: Pod): boolean {
  return (
    conditionOf(pod, 'Ready')?.status === 'True' && pod.metadata?.deletionTimestamp === undefined
  );
}

/** lastTimestamp, else series, eventTime, firstTimestamp, creation; 0 where an event has no time at all. */
export function eventTime(event: Event): number {
  return (
    parseTime(event.lastTimestamp) ??
    parseTime(event.series?.lastObservedTime) ??
    parseTime(event.eventTime) ??
    parseTime(event.firstTimestamp) ??
    parseTime(event.metadata?.creationTimestamp) ??
    0
  );
}

function nameKey(object: {
  readonly metadata?:
    | { readonly namespace?: string | undefined; readonly name?: string | undefined }
    | undefined;
}): string {
  return `${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`;
}

function indexWorkloads(objects: Objects): Map<string, Standing> {
  const index = new Map<string, Standing>();
  for (const each of objects.Deployment)
    index.set(`Deployment/${nameKey(each)}`, {
      desired: each.spec?.replicas ?? 1,
      ready: Math.max(each.status?.availableReplicas ?? 0, each.status?.readyReplicas ?? 0),
    });
  for (const each of objects.StatefulSet)
    index.set(`StatefulSet/${nameKey(each)}`, {
      desired: each.spec?.replicas ?? 1,
      ready: each.status?.readyReplicas ?? 0,
    });
  for (const each of objects.DaemonSet)
    index.set(`DaemonSet/${nameKey(each)}`, {
      desired: each.status?.desiredNumberScheduled ?? 0,
      ready: each.status?.numberReady ?? 0,
    });
  return index;
}
