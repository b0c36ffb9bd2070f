import type { Impact, Standing } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { type Gap, keyOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { type Event, eventTime, type Node } from './cluster-objects.ts';
import type { Objects, Subject } from './kinds.ts';
import { controllerOf, type Labels, refOf } from './meta.ts';
import { claimsOf, isReady, isStatic, type Pod } from './pod.ts';
import type { Job } from './workloads.ts';

/** Who belongs to whom in one snapshot: built once, asked by every check. */
export interface Topology {
  /** Whether this kind was read whole (in this namespace, where one is given). */
  read(kind: Subject, namespace?: string | null): boolean;
  /** The controller at the top: Deployment (found through `pod-template-hash`, no ReplicaSet needed), StatefulSet, DaemonSet, CronJob, Job, or an unknown kind's name; the pod itself where none controls it. */
  workloadOf(pod: Pod): ObjectRef;
  /** The CronJob that a Job is a run of. */
  cronJobOf(job: ObjectRef): ObjectRef | undefined;
  /** Undefined for what has no replicas (a Job) or was not read and has no pod here. */
  standingOf(workload: ObjectRef): Standing | undefined;
  /** What this pod's failure costs: outage (nothing of its workload serves), degraded (too little), at-risk (the others serve in full). */
  impactOf(pod: Pod): Impact;
  /** Pods whose top controller this is. */
  podsOf(workload: ObjectRef): readonly Pod[];
  /** Pods that mount a claim, ended ones too. */
  podsMounting(claim: ObjectRef): readonly Pod[];
  /** Warning events about exactly this object (by uid), newest first. */
  eventsOf(uid: string | undefined): readonly Event[];
  nodeNamed(name: string | undefined): Node | undefined;
}

export function buildTopology(objects: Objects, gaps: readonly Gap[]): Topology {
  const unread = new Set(gaps.map((gap) => `${gap.kind}/${gap.namespace ?? ''}`));
  const standings = indexWorkloads(objects);
  const cronJobs = indexCronJobs(objects.Job);
  const podsByWorkload = groupBy(objects.Pod, (pod) => keyOf(workloadOf(pod)));
  const podsByClaim = indexClaims(objects.Pod);
  const components = groupBy(objects.Pod.filter(isStatic), (pod) => componentOf(pod) ?? '');
  const eventsByUid = groupBy(objects.Event, (event) => event.involvedObject?.uid ?? '');
  for (const events of eventsByUid.values())
    events.sort(
      (a, b) => eventTime(b) - eventTime(a) || compareText(a.message ?? '', b.message ?? ''),
    );
  const nodes = new Map(objects.Node.map((node) => [node.metadata?.name ?? '', node]));

  function workloadOf(pod: Pod): ObjectRef {
    const self = refOf('Pod', pod);
    const { namespace } = self;
    const owner = controllerOf(pod);
    if (owner?.kind === undefined || owner.name === undefined || owner.kind === 'Node') return self;
    if (owner.kind === 'ReplicaSet') {
      const maker = makerOf(owner.name, pod.metadata?.labels ?? {});
      if (maker !== undefined) return { ...maker, namespace };
    }
    const controller = { kind: owner.kind, namespace, name: owner.name };
    return cronJobOf(controller) ?? controller;
  }

  function cronJobOf(job: ObjectRef): ObjectRef | undefined {
    return cronJobs.get(keyOf(job));
  }

  function podsOf(workload: ObjectRef): readonly Pod[] {
    return podsByWorkload.get(keyOf(workload)) ?? [];
  }

  /** The static pods of one component on all nodes stand for each other, though each is a workload of its own. */
  function peersOf(workload: ObjectRef): readonly Pod[] {
    const own = podsOf(workload);
    const component = own[0] === undefined ? undefined : componentOf(own[0]);
    return component === undefined ? own : (components.get(component) ?? own);
  }

  function standingOf(workload: ObjectRef): Standing | undefined {
    const key = keyOf(workload);
    const known = standings.get(key);
    if (known !== undefined) return known;
    if (workload.kind === 'Job' || workload.kind === 'CronJob') return undefined;
    const pods = peersOf(workload).filter(({ status }) => status?.phase !== 'Succeeded');
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
    cronJobOf,
    standingOf,
    impactOf,
    podsOf,
    podsMounting: (claim) => podsByClaim.get(keyOf(claim)) ?? [],
    eventsOf: (uid) => (uid === undefined ? [] : (eventsByUid.get(uid) ?? [])),
    nodeNamed: (name) => nodes.get(name ?? ''),
  };
}

/** A static pod's name is its file's and its node's. Undefined: it is none. */
function componentOf(pod: Pod): string | undefined {
  const { namespace, name } = refOf('Pod', pod);
  const node = `-${pod.spec?.nodeName}`;
  if (!isStatic(pod)) return undefined;
  return `${namespace}/${name.endsWith(node) ? name.slice(0, -node.length) : name}`;
}

/** Whose ReplicaSet this is: its name is the maker's and the hash of the pod template (a Deployment's, or an Argo Rollout's). */
function makerOf(
  replicaSet: string,
  labels: Labels,
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

/** By key of the Job. */
function indexCronJobs(jobs: readonly Job[]): ReadonlyMap<string, ObjectRef> {
  return new Map(
    jobs.flatMap((job): [string, ObjectRef][] => {
      const self = refOf('Job', job);
      const owner = controllerOf(job);
      if (owner?.kind !== 'CronJob' || owner.name === undefined) return [];
      return [[keyOf(self), { kind: 'CronJob', namespace: self.namespace, name: owner.name }]];
    }),
  );
}

/** By key of the claim. */
function indexClaims(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const mounts = pods.flatMap((pod) =>
    claimsOf(pod).map((name) => {
      const { namespace } = refOf('Pod', pod);
      return { key: keyOf({ kind: 'PersistentVolumeClaim', namespace, name }), pod };
    }),
  );
  const grouped = groupBy(mounts, ({ key }) => key);
  return new Map([...grouped].map(([key, each]) => [key, each.map(({ pod }) => pod)]));
}

function indexWorkloads(objects: Objects): Map<string, Standing> {
  const index = new Map<string, Standing>();
  for (const each of objects.Deployment)
    index.set(keyOf(refOf('Deployment', each)), {
      desired: each.spec?.replicas ?? 1,
      ready: Math.max(each.status?.availableReplicas ?? 0, each.status?.readyReplicas ?? 0),
    });
  for (const each of objects.StatefulSet)
    index.set(keyOf(refOf('StatefulSet', each)), {
      desired: each.spec?.replicas ?? 1,
      ready: each.status?.readyReplicas ?? 0,
    });
  for (const each of objects.DaemonSet)
    index.set(keyOf(refOf('DaemonSet', each)), {
      desired: each.status?.desiredNumberScheduled ?? 0,
      ready: each.status?.numberReady ?? 0,
    });
  return index;
}
