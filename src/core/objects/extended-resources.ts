import { groupBy } from '../model/group.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import type { Node } from './cluster-objects.ts';
import { carries, controllerOf, type Labels } from './meta.ts';
import { nodeRef, workingNodes } from './node-questions.ts';
import { hasEnded, type Pod } from './pod.ts';
import { requestOf } from './pod-requests.ts';
import { quantityOf } from './quantity.ts';
import { perArray, perKey } from './remembered.ts';
import type { DaemonSet } from './workloads.ts';

/** Labels that say which device a machine has: GPU feature discovery's, and the clouds'. */
const deviceLabels: readonly (readonly [labels: Labels, resource: string])[] = [
  [{ 'nvidia.com/gpu.present': 'true' }, 'nvidia.com/gpu'],
  [{ 'kubernetes.azure.com/accelerator': 'nvidia' }, 'nvidia.com/gpu'],
  [{ 'karpenter.k8s.aws/instance-gpu-manufacturer': 'nvidia' }, 'nvidia.com/gpu'],
];
/** The same, whatever their value. */
const deviceLabelNames: readonly (readonly [label: string, resource: string])[] = [
  ['cloud.google.com/gke-accelerator', 'nvidia.com/gpu'],
  ['cloud.google.com/gke-tpu-accelerator', 'google.com/tpu'],
  ['k8s.amazonaws.com/accelerator', 'nvidia.com/gpu'],
];

/** A resource that a device plugin (or an administrator) adds: `nvidia.com/gpu`, not `cpu`, `hugepages-2Mi` or Kubernetes' own. */
function isExtended(resource: string): boolean {
  const domain = resource.split('/')[0] ?? '';
  return resource.includes('/') && !/(?:^|\.)kubernetes\.io$/.test(domain);
}

/** What a node has of a resource, and what of it pods may use. */
export interface Offer {
  readonly resource: string;
  readonly capacity: number;
  readonly allocatable: number;
  /** The node's status names it, be it with 0. */
  readonly listed: boolean;
  /** A label says that the machine has the device. */
  readonly label: string | undefined;
}

/** Every extended resource that a node lists or that its labels promise. */
export function offersOf(node: Node): readonly Offer[] {
  const { capacity = {}, allocatable = {} } = node.status ?? {};
  const promised = promisedBy(node.metadata?.labels ?? {});
  const names = new Set([
    ...Object.keys(capacity).filter(isExtended),
    ...Object.keys(allocatable).filter(isExtended),
    ...promised.keys(),
  ]);
  return [...names].map((resource) => ({
    resource,
    capacity: amountOf(capacity, resource),
    allocatable: amountOf(allocatable, resource),
    listed: Object.hasOwn(capacity, resource) || Object.hasOwn(allocatable, resource),
    label: promised.get(resource),
  }));
}

function amountOf(
  amounts: { readonly [resource: string]: string | number | undefined },
  resource: string,
): number {
  return Object.hasOwn(amounts, resource) ? (quantityOf(amounts[resource]) ?? 0) : 0;
}

/** By resource, the label that promises it. */
function promisedBy(labels: Labels): ReadonlyMap<string, string> {
  // NVIDIA's operator is told to run no plugin there: devices are given out another way.
  if (labels['nvidia.com/gpu.deploy.device-plugin'] === 'false') return new Map();
  const exact = deviceLabels.filter(([wanted]) => carries(labels, wanted));
  const named = deviceLabelNames.filter(([label]) => labels[label] !== undefined);
  return new Map([
    ...exact.map(([wanted, resource]) => [resource, Object.keys(wanted)[0] ?? ''] as const),
    ...named.map(([label, resource]) => [resource, label] as const),
  ]);
}

const lackingNodes = perArray((nodes: readonly Node[]) => {
  const lacking = workingNodes(nodes).flatMap((node) =>
    offersOf(node)
      .filter(({ capacity, allocatable }) => allocatable === 0 || allocatable < capacity)
      .map(({ resource }) => ({ resource, ref: nodeRef(node) })),
  );
  return groupBy(lacking, ({ resource }) => resource);
});

/** Nodes that have the device that a scheduler's clause says is short (`Insufficient nvidia.com/gpu`), and do not offer it; undefined where it is about another thing. */
export function nodesLacking(
  clause: string | undefined,
  nodes: readonly Node[],
): readonly ObjectRef[] | undefined {
  const lacking = lackingNodes(nodes);
  if (lacking.size === 0 || clause === undefined) return undefined;
  const found = clause.split(', ').flatMap((each) => {
    const resource = /^Insufficient (\S+)$/.exec(each)?.[1];
    return resource === undefined ? [] : (lacking.get(resource) ?? []);
  });
  return found.length === 0 ? undefined : found.map(({ ref }) => ref);
}

/** `nvidia.com` of `nvidia.com/mig-1g.5gb`: one plugin's resources. */
export function vendorOf(resource: string): string {
  return resource.split('/')[0] ?? '';
}

/** How many pods that have not ended ask for a resource: those bound to a node, and those that wait for any. */
export function usersOf(
  resource: string,
  pods: readonly Pod[],
): { readonly on: (node: string) => number; readonly waiting: number } {
  const places = askedAt(pods)(resource);
  const countAt = (node: string | undefined) => places.get(node)?.length ?? 0;
  return { on: countAt, waiting: countAt(undefined) };
}

/** By resource the pods that ask for it, by node: every node that lacks a device asks. */
const askedAt = perArray((pods: readonly Pod[]) =>
  perKey((resource: string) =>
    groupBy(
      pods.filter((pod) => !hasEnded(pod) && requestOf(pod, resource) > 0),
      nodeNameOf,
    ),
  ),
);

function nodeNameOf({ spec }: Pod): string | undefined {
  return spec?.nodeName;
}

const byNode = perArray((pods: readonly Pod[]) => groupBy(pods, nodeNameOf));

/** DaemonSets that by their name are the device plugin of a resource's vendor: `nvidia-device-plugin-daemonset`. */
export function pluginsFor(resource: string, sets: readonly DaemonSet[]): readonly DaemonSet[] {
  const word = vendorOf(resource).split('.').at(-2) ?? '';
  if (word === '') return [];
  return sets.filter(({ metadata }) => {
    const name = metadata?.name ?? '';
    return name.includes('plugin') && name.includes(word);
  });
}

/** The pod of one of these DaemonSets on a node. */
export function pluginPodOn(
  node: Node,
  plugins: readonly DaemonSet[],
  pods: readonly Pod[],
): Pod | undefined {
  return byNode(pods)
    .get(nodeRef(node).name)
    ?.find((pod) => {
      const owner = controllerOf(pod);
      return (
        owner?.kind === 'DaemonSet' &&
        plugins.some(
          ({ metadata }) =>
            metadata?.name === owner.name && metadata?.namespace === pod.metadata?.namespace,
        )
      );
    });
}

/** `, and 2 pods wait for it`; empty where none does. */
export function sayWaiting(waiting: number): string {
  return waiting === 0
    ? ''
    : `, and ${count(waiting, 'pod')} ${waiting === 1 ? 'waits' : 'wait'} for it`;
}
