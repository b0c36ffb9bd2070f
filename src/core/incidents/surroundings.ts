import { groupBy } from '../model/group.ts';
import { indexByRef, type RefMap, refMap } from '../model/ref-map.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { servicesByRef } from '../objects/dependencies.ts';
import type { Objects } from '../objects/kinds.ts';
import { type Labels, type ObjectMeta, refOf } from '../objects/meta.ts';
import type { Service } from '../objects/network-and-storage.ts';
import { hasEnded, type Pod } from '../objects/pod.ts';
import { once, remembering } from '../objects/remembered.ts';
import type { Topology } from '../objects/topology.ts';
import { backendsOf, type Reach, reachIn } from './reach.ts';
import { selectionIn } from './selection.ts';

/** What an object says of itself, the nearest first: the workload's own metadata, its pod template, its pods. */
export interface Traits {
  readonly labels: readonly Labels[];
  readonly annotations: readonly Labels[];
  readonly priorityClasses: readonly string[];
}

/** Who stands around an object: labels, consumers, passengers. Built once per look. */
export interface Surroundings extends Reach {
  readonly topology: Topology;
  traitsOf(workload: ObjectRef): Traits;
  namespaceTraits(name: string | null): Traits;
  /** The workload that an object belongs to: a Pod's top controller, a Job's CronJob, else the object itself. */
  workloadOf(object: ObjectRef): ObjectRef;
  /** Workloads whose pods or pod template the Service's selector matches; none for a Service without selector. */
  selectedBy(service: ObjectRef): readonly ObjectRef[];
  podsOn(node: string): readonly Pod[];
  /** The node that a Pod is bound to. */
  nodeOf(pod: ObjectRef): string | undefined;
  /** Whether it is a Pod of which nothing runs any more. */
  hasEnded(pod: ObjectRef): boolean;
  /** Workloads whose pods mount the claim. */
  consumersOf(claim: ObjectRef): readonly ObjectRef[];
  /** Workloads that some Ingress leads to. */
  exposed(): readonly ObjectRef[];
}

interface Carrier extends ObjectMeta {
  readonly spec?:
    | {
        readonly template?:
          | { readonly metadata?: { readonly labels?: Labels | undefined } | undefined }
          | undefined;
      }
    | undefined;
}

export function surround(objects: Objects, topology: Topology): Surroundings {
  const carriers = once(() => indexCarriers(objects));
  const pods = once(() => indexByRef(objects.Pod, (pod) => refOf('Pod', pod)));
  const onNode = once(() => groupBy(objects.Pod, (pod) => pod.spec?.nodeName ?? ''));
  const selection = selectionIn(objects, topology);

  const selectedBy = (service: ObjectRef): readonly ObjectRef[] => {
    const selector = selectorOf(servicesByRef(objects.Service).get(service));
    if (selector === undefined) return [];
    return unique(selection(service.namespace, selector));
  };

  const workloadOf = (object: ObjectRef): ObjectRef => {
    const pod = pods().get(object);
    return pod === undefined ? (topology.cronJobOf(object) ?? object) : topology.workloadOf(pod);
  };

  return {
    topology,
    selectedBy,
    ...reachIn(objects, topology, {
      selection,
      selectedBy,
      workloadOf,
      podAt: (ref) => pods().get(ref),
    }),
    hasEnded: (object) => {
      const pod = pods().get(object);
      return pod !== undefined && hasEnded(pod);
    },
    traitsOf: remembering((workload) =>
      traits(carriers().get(workload), topology.podsOf(workload)),
    ),
    namespaceTraits: (name) =>
      traits(carriers().get({ kind: 'Namespace', namespace: null, name: name ?? '' }), []),
    workloadOf,
    podsOn: (node) => (node === '' ? [] : (onNode().get(node) ?? [])),
    nodeOf: (pod) => pods().get(pod)?.spec?.nodeName,
    consumersOf: (claim) =>
      unique(topology.podsMounting(claim).map((pod) => topology.workloadOf(pod))),
    exposed: () => unique(unique(exposedBy(objects)).flatMap(selectedBy)),
  };
}

function indexCarriers(objects: Objects): RefMap<Carrier> {
  const kinds = [
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'Namespace',
    'Service',
    'PersistentVolumeClaim',
    'PersistentVolume',
    'Node',
  ] as const;
  const index = refMap<Carrier>();
  for (const kind of kinds)
    for (const each of objects[kind] as readonly Carrier[]) index.set(refOf(kind, each), each);
  return index;
}

function traits(carrier: Carrier | undefined, pods: readonly Pod[]): Traits {
  const labels = [
    carrier?.metadata?.labels,
    carrier?.spec?.template?.metadata?.labels,
    ...pods.map((pod) => pod.metadata?.labels),
  ];
  const annotations = [
    carrier?.metadata?.annotations,
    ...pods.map((pod) => pod.metadata?.annotations),
  ];
  return {
    labels: labels.filter((each) => each !== undefined),
    annotations: annotations.filter((each) => each !== undefined) as readonly Labels[],
    priorityClasses: pods.flatMap((pod) => pod.spec?.priorityClassName ?? []),
  };
}

function selectorOf(service: Service | undefined): Labels | undefined {
  const selector = service?.spec?.selector;
  return selector === undefined || Object.keys(selector).length === 0 ? undefined : selector;
}

function exposedBy(objects: Objects): readonly ObjectRef[] {
  return objects.Ingress.flatMap((ingress) =>
    backendsOf(ingress, ingress.metadata?.namespace ?? null),
  );
}

function unique(refs: readonly ObjectRef[]): readonly ObjectRef[] {
  const first = new Map(refs.map((ref) => [keyOf(ref), ref]));
  return [...first].sort(([a], [b]) => compareText(a, b)).map(([, ref]) => ref);
}
