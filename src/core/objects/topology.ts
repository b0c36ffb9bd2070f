import { type Impact, impactOfStanding, type Standing } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { everyNamespace, isWanted, type NamespaceFilter } from '../model/namespaces.ts';
import { addTo, groupByRef, type RefMap, refMap } from '../model/ref-map.ts';
import type { Gap, ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { type Event, eventTime, type Node } from './cluster-objects.ts';
import type { Objects, Subject } from './kinds.ts';
import { controllerOf, isReadable, type Labels, refOf } from './meta.ts';
import { claimsOf, isReady, isStatic, type Pod } from './pod.ts';
import type { Job } from './workloads.ts';

/** Who belongs to whom in one snapshot: built once, asked by every check. */
export interface Topology {
  /** Whether this kind was read whole (in this namespace, where one is given): only then is what is not there missing. */
  read(kind: Subject, namespace?: string | null): boolean;
  /** Where Namespaces were read: whether each of them is here with its labels, also where nothing in it was read. */
  readonly knowsNamespaces: boolean;
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
  /** Events about exactly this object (by uid), newest first. */
  eventsOf(uid: string | undefined): readonly Event[];
  nodeNamed(name: string | undefined): Node | undefined;
}

export function buildTopology(
  objects: Objects,
  gaps: readonly Gap[],
  namespaces: NamespaceFilter = everyNamespace,
): Topology {
  const unread = new Set(gaps.map((gap) => `${gap.kind}/${gap.namespace ?? ''}`));
  const standings = indexWorkloads(objects);
  const cronJobs = indexCronJobs(objects.Job);
  const podsByClaim = indexClaims(objects.Pod);
  const components = groupBy(objects.Pod.filter(isStatic), (pod) => componentOf(pod) ?? '');
  const eventsByUid = groupBy(objects.Event, (event) => event.involvedObject?.uid ?? '');
  for (const events of eventsByUid.values())
    events.sort(
      (a, b) => eventTime(b) - eventTime(a) || compareText(a.message ?? '', b.message ?? ''),
    );
  const nodes = new Map(objects.Node.map((node) => [node.metadata?.name ?? '', node]));
  const podsByWorkload = groupByRef(objects.Pod, workloadOf);

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
    return cronJobs.get(job);
  }

  function podsOf(workload: ObjectRef): readonly Pod[] {
    return podsByWorkload.get(workload) ?? [];
  }

  /** The static pods of one component on all nodes stand for each other, though each is a workload of its own. */
  function peersOf(workload: ObjectRef): readonly Pod[] {
    const own = podsOf(workload);
    const component = own[0] === undefined ? undefined : componentOf(own[0]);
    return component === undefined ? own : (components.get(component) ?? own);
  }

  function standingOf(workload: ObjectRef): Standing | undefined {
    const known = standings.get(workload);
    if (known !== undefined) return known;
    if (workload.kind === 'Job' || workload.kind === 'CronJob') return undefined;
    const pods = peersOf(workload).filter(({ status }) => status?.phase !== 'Succeeded');
    if (pods.length === 0) return undefined;
    // Remembered: ten thousand pods of one unread workload ask for it.
    const counted = { desired: pods.length, ready: pods.filter(isReady).length };
    standings.set(workload, counted);
    return counted;
  }

  function impactOf(pod: Pod): Impact {
    const standing = standingOf(workloadOf(pod));
    return standing === undefined ? 'degraded' : impactOfStanding(standing);
  }

  return {
    read: (kind, namespace) =>
      !unread.has(`${kind}/`) &&
      (namespace == null ||
        (!unread.has(`${kind}/${namespace}`) && isWanted(namespace, namespaces))),
    knowsNamespaces: knowsAll(objects.Namespace, namespaces),
    workloadOf,
    cronJobOf,
    standingOf,
    impactOf,
    podsOf,
    podsMounting: (claim) => podsByClaim.get(claim) ?? [],
    eventsOf: (uid) => (uid === undefined ? [] : (eventsByUid.get(uid) ?? [])),
    nodeNamed: (name) => nodes.get(name ?? ''),
  };
}

function knowsAll(known: Objects['Namespace'], { include, exclude }: NamespaceFilter): boolean {
  const names = new Set(known.map(({ metadata }) => metadata?.name));
  return include.length === 0 && exclude.every((namespace) => names.has(namespace));
}

/** A static pod's name is its file's and its node's. Undefined: it is none. */
function componentOf(pod: Pod): string | undefined {
  if (!isStatic(pod)) return undefined;
  const { namespace, name } = refOf('Pod', pod);
  const node = `-${pod.spec?.nodeName}`;
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

function indexCronJobs(jobs: readonly Job[]): RefMap<ObjectRef> {
  const index = refMap<ObjectRef>();
  for (const job of jobs) {
    const self = refOf('Job', job);
    const owner = controllerOf(job);
    if (owner?.kind === 'CronJob' && owner.name !== undefined)
      index.set(self, { kind: 'CronJob', namespace: self.namespace, name: owner.name });
  }
  return index;
}

/** By claim. */
function indexClaims(pods: readonly Pod[]): RefMap<readonly Pod[]> {
  const index = refMap<Pod[]>();
  for (const pod of pods) {
    if (pod.spec?.volumes === undefined) continue;
    for (const name of claimsOf(pod))
      addTo(index, { ...refOf('PersistentVolumeClaim', pod), name }, pod);
  }
  return index;
}

function indexWorkloads(objects: Objects): RefMap<Standing> {
  const index = refMap<Standing>();
  for (const each of objects.Deployment.filter(isReadable))
    index.set(refOf('Deployment', each), {
      desired: each.spec?.replicas ?? 1,
      ready: Math.max(each.status?.availableReplicas ?? 0, each.status?.readyReplicas ?? 0),
    });
  for (const each of objects.StatefulSet.filter(isReadable))
    index.set(refOf('StatefulSet', each), {
      desired: each.spec?.replicas ?? 1,
      ready: each.status?.readyReplicas ?? 0,
    });
  for (const each of objects.DaemonSet.filter(isReadable))
    index.set(refOf('DaemonSet', each), {
      desired: each.status?.desiredNumberScheduled ?? 0,
      ready: each.status?.numberReady ?? 0,
    });
  return index;
}
