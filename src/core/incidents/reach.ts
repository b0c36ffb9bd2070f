import { groupBy } from '../model/group.ts';
import { distinct } from '../model/ref-map.ts';
import { keyOf, type ObjectRef } from '../model/snapshot.ts';
import type { Objects } from '../objects/kinds.ts';
import { type ObjectMeta, refOf } from '../objects/meta.ts';
import type {
  HorizontalPodAutoscaler,
  Ingress,
  PodDisruptionBudget,
} from '../objects/network-and-storage.ts';
import { claimsOf, type Pod } from '../objects/pod.ts';
import { once, remembering } from '../objects/remembered.ts';
import type { Topology } from '../objects/topology.ts';
import type { Template } from '../objects/workloads.ts';
import { beneathIn } from './beneath.ts';
import type { Selection } from './selection.ts';

/** Whom an object reaches. */
export interface Reach {
  /** Whom an object is about: a Service whom it selects, an autoscaler its target, a custom resource what it owns or has made; anything else its workload. */
  aboutOf(object: ObjectRef): readonly ObjectRef[];
  /** Where volumes of the Pod's claims are attached, or are to be. */
  attachmentsOf(pod: ObjectRef): readonly { readonly ref: ObjectRef; readonly node: string }[];
  /** `label=value` of each of these labels that a node carries. */
  placesOf(node: string, labels: readonly string[]): readonly string[];
  /** How many nodes carry `label=value`. */
  nodesAt(place: string): number;
  /** Services of this cluster whose addresses stand in the environment of the workload's template. */
  addressesOf(workload: ObjectRef): readonly ObjectRef[];
}

/** What the answers stand on. */
interface Grounds {
  podAt(ref: ObjectRef): Pod | undefined;
  readonly selection: Selection;
  selectedBy(service: ObjectRef): readonly ObjectRef[];
  workloadOf(object: ObjectRef): ObjectRef;
}

/** Whom an object reaches by what its spec says. Each index is built when it is first asked for. */
export function reachIn(objects: Objects, topology: Topology, grounds: Grounds): Reach {
  const beneath = beneathIn(objects, topology);
  const named = once(() => namersIn(objects));
  return {
    ...placesIn(objects),
    attachmentsOf: attachmentsIn(objects, grounds),
    aboutOf: remembering((object) => {
      const about =
        object.kind === 'Service'
          ? grounds.selectedBy(object)
          : [...namedBy(object, named().get(keyOf(object)), grounds), ...beneath(object)];
      return about.length > 0 ? about : [grounds.workloadOf(object)];
    }),
    addressesOf: remembering(addressesIn(objects)),
  };
}

function namedBy(
  { kind, namespace }: ObjectRef,
  object: ObjectMeta | undefined,
  grounds: Grounds,
): readonly ObjectRef[] {
  switch (kind) {
    case 'HorizontalPodAutoscaler': {
      const target = (object as HorizontalPodAutoscaler | undefined)?.spec?.scaleTargetRef;
      if (target?.kind === undefined || target.name === undefined) return [];
      return [{ kind: target.kind, namespace, name: target.name }];
    }
    case 'PodDisruptionBudget': {
      const selector = (object as PodDisruptionBudget | undefined)?.spec?.selector;
      const wanted = selector?.matchLabels;
      if (wanted === undefined || selector?.matchExpressions !== undefined) return [];
      return distinct(grounds.selection(namespace, wanted));
    }
    case 'Ingress':
      return distinct(
        backendsOf(object as Ingress | undefined, namespace).flatMap((each) =>
          grounds.selectedBy(each),
        ),
      );
    default:
      return [];
  }
}

/** The Services that an Ingress leads to. */
export function backendsOf(
  ingress: Ingress | undefined,
  namespace: string | null,
): readonly ObjectRef[] {
  const paths = (ingress?.spec?.rules ?? []).flatMap((rule) => rule.http?.paths ?? []);
  const backends = [ingress?.spec?.defaultBackend, ...paths.map((path) => path.backend)];
  return backends
    .flatMap((each) => each?.service?.name ?? [])
    .map((name) => ({ kind: 'Service', namespace, name }));
}

/** Objects that name whom they are about in their spec, by key. */
function namersIn(objects: Objects): ReadonlyMap<string, ObjectMeta> {
  const kinds = ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Ingress'] as const;
  return new Map(
    kinds.flatMap((kind) =>
      (objects[kind] as readonly ObjectMeta[]).map((each): [string, ObjectMeta] => [
        keyOf(refOf(kind, each)),
        each,
      ]),
    ),
  );
}

type Attachments = ReturnType<Reach['attachmentsOf']>;

function attachmentsIn(objects: Objects, grounds: Grounds): Reach['attachmentsOf'] {
  const attachments = once(() => attachmentsByClaim(objects));
  return (ref) => {
    const pod = grounds.podAt(ref);
    if (pod === undefined) return [];
    const { namespace } = ref;
    return claimsOf(pod).flatMap(
      (name) => attachments().get(keyOf({ kind: 'PersistentVolumeClaim', namespace, name })) ?? [],
    );
  };
}

function attachmentsByClaim(objects: Objects): ReadonlyMap<string, Attachments> {
  const attached = groupBy(
    objects.VolumeAttachment,
    ({ spec }) => spec?.source?.persistentVolumeName ?? '',
  );
  return new Map(
    objects.PersistentVolumeClaim.map((claim) => [
      keyOf(refOf('PersistentVolumeClaim', claim)),
      (attached.get(claim.spec?.volumeName ?? '-') ?? []).map((each) => ({
        ref: refOf('VolumeAttachment', each),
        node: each.spec?.nodeName ?? '',
      })),
    ]),
  );
}

function placesIn(objects: Objects): Pick<Reach, 'placesOf' | 'nodesAt'> {
  const labels = new Map(
    objects.Node.map(({ metadata }) => [metadata?.name ?? '', metadata?.labels ?? {}]),
  );
  return {
    placesOf: (node, wanted) =>
      wanted.flatMap((label) => {
        const value = labels.get(node)?.[label];
        return value === undefined || value === '' ? [] : [`${label}=${value}`];
      }),
    nodesAt: (place) => {
      const at = place.indexOf('=');
      const [label, value] = [place.slice(0, at), place.slice(at + 1)];
      return [...labels.values()].filter((each) => each[label] === value).length;
    },
  };
}

interface Templated extends ObjectMeta {
  readonly spec?: { readonly template?: Template | undefined } | undefined;
}

/** Services whose names stand where the environment holds an address. */
function addressesIn(objects: Objects): (workload: ObjectRef) => readonly ObjectRef[] {
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
  const templates = once(
    () =>
      new Map(
        kinds.flatMap((kind) =>
          (objects[kind] as readonly Templated[]).map((each): [string, Template | undefined] => [
            keyOf(refOf(kind, each)),
            each.spec?.template,
          ]),
        ),
      ),
  );
  const services = new Set(objects.Service.map((each) => keyOf(refOf('Service', each))));
  return (workload) => {
    const containers = templates().get(keyOf(workload))?.spec?.containers ?? [];
    const hosts = containers.flatMap(({ env }) =>
      (env ?? []).flatMap(({ value = '' }) => value.split(',')),
    );
    const named = hosts.map((host) => serviceAt(host, workload.namespace));
    return distinct(named.filter((ref) => services.has(keyOf(ref))));
  };
}

/** `db`, `db.shop`, `db.shop.svc.cluster.local`, each with or without a port. */
function serviceAt(address: string, namespace: string | null): ObjectRef {
  const [name = '', other] = (address.split(':')[0] ?? '').split('.');
  return { kind: 'Service', namespace: other ?? namespace, name };
}
