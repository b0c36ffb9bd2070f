import type { Catalog, Service } from '../model/catalog.ts';
import { type Priority, priorities } from '../model/priority.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { hasEnded } from '../objects/pod.ts';
import type { Surroundings, Traits } from './surroundings.ts';

const key = 'kube-vigil/priority';
const systemClasses = ['system-cluster-critical', 'system-node-critical'];

export function higher(a: Priority, b: Priority): Priority {
  return priorities.indexOf(a) <= priorities.indexOf(b) ? a : b;
}

/** The highest of several; `least` where there are none. */
export function highest(each: readonly Priority[], least: Priority): Priority {
  return each.reduce(higher, least);
}

/** Priority of one workload: its catalog service, its own label or annotation, its namespace's, the system's, the default. */
export function priorityOf(
  workload: ObjectRef,
  service: Service | undefined,
  traits: Traits,
  namespace: Traits,
  catalog: Catalog,
): Priority {
  if (service !== undefined) return service.priority;
  const said = saidBy(traits) ?? saidBy(namespace);
  if (said !== undefined) return said;
  if (traits.priorityClasses.some((name) => systemClasses.includes(name))) return 'P0';
  return workload.namespace === 'kube-system' ? 'P1' : catalog.defaultPriority;
}

/** The first valid word, labels before annotations, the workload before its template and pods. */
function saidBy({ labels, annotations }: Traits): Priority | undefined {
  const words = [...labels, ...annotations].map((each) => each[key]?.trim().toUpperCase());
  return words.map((word) => priorities.find((each) => each === word)).find((each) => each);
}

/**
 * Workloads whose priority an object without a service takes: a node, the pods that will be missed elsewhere; a claim,
 * who mounts it. Pods of DaemonSets and static pods are part of the node itself: with them every node would carry
 * kube-proxy and be P0. Pods that are being deleted have been given up already.
 */
export function carriedBy(object: ObjectRef, around: Surroundings): readonly ObjectRef[] {
  if (object.kind === 'PersistentVolumeClaim') return around.consumersOf(object);
  if (object.kind !== 'Node') return [];
  return around
    .podsOn(object.name)
    .filter((pod) => pod.metadata?.deletionTimestamp === undefined)
    .filter((pod) => !hasEnded(pod))
    .filter((pod) => pod.metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined)
    .map((pod) => around.topology.workloadOf(pod))
    .filter((workload) => workload.kind !== 'DaemonSet');
}

/** A lost node is never less than P1, whatever runs there. */
export function leastFor(object: ObjectRef, catalog: Catalog): Priority {
  return object.kind === 'Node' ? 'P1' : catalog.defaultPriority;
}
