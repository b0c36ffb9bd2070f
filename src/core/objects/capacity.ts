import { type Event, eventTime, type Node } from './cluster-objects.ts';
import { controllerOf } from './meta.ts';
import { isVirtual } from './node-questions.ts';
import { eventsOf, isFresh } from './object-events.ts';
import type { Pod } from './pod.ts';
import { perArray } from './remembered.ts';
import type { Topology } from './topology.ts';

/** An autoscaler that promised a node brings it within ten minutes, or not at all (EKS, GKE and AKS need two to five). */
const bringingMs = 10 * 60 * 1000;

/** Whether an autoscaler has said, a moment ago, that it brings this pod a node, and has not taken it back since. */
export function isCapacityComing(pod: Pod, topology: Topology, now: number): boolean {
  const [promise] = eventsOf(pod, ['TriggeredScaleUp', 'Nominated'], topology);
  if (promise === undefined || now - eventTime(promise) > bringingMs) return false;
  const [failure] = eventsOf(pod, ['FailedScaleUp'], topology);
  return failure === undefined || eventTime(failure) < eventTime(promise);
}

/** Karpenter's scheduler writes `FailedScheduling` as kube-scheduler does; only its words tell them apart. */
const karpenter =
  /no instance type|incompatible with (?:nodepool|provisioner)|exceed(?:s)? limits/i;

/** What an autoscaler says of a pod that it can bring no node for, the newest word first; undefined where it says no such thing. */
export function scaleUpRefusalOf(pod: Pod, topology: Topology, now: number): Event | undefined {
  const refusals = ['NotTriggerScaleUp', 'FailedScaleUp', 'FailedScheduling'];
  return eventsOf(pod, refusals, topology).find(
    (event) =>
      isFresh(event, now) &&
      (event.reason !== 'FailedScheduling' || karpenter.test(event.message ?? '')),
  );
}

/** The one node that a DaemonSet's pod is made for. */
export function targetNodeOf({ spec }: Pod): string | undefined {
  return requiredTerms({ spec })
    .flatMap(({ matchFields = [] }) => matchFields)
    .find(({ key }) => key === 'metadata.name')?.values?.[0];
}

/** Of the node affinity that must hold: one of these. */
export function requiredTerms({ spec }: Pick<Pod, 'spec'>) {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required?.nodeSelectorTerms ?? [];
}

/** A DaemonSet's pod for a node that has no kubelet of its own (Fargate), is to take no more pods, or is gone: it stays pending, and nobody misses it. */
export function waitsForNoRealNode(pod: Pod, nodes: readonly Node[], topology: Topology): boolean {
  if (controllerOf(pod)?.kind !== 'DaemonSet' || nodes.length === 0) return false;
  const target = targetNodeOf(pod);
  if (target !== undefined) {
    const node = topology.nodeNamed(target);
    return node === undefined || isVirtual(node) || node.spec?.unschedulable === true;
  }
  const { real, some } = bySort(nodes);
  const covered = nodesOf(topology.podsOf(topology.workloadOf(pod)));
  return some && real.every((name) => covered.has(name));
}

/** Names of the nodes that have a kubelet, and whether some have none. */
const bySort = perArray((nodes: readonly Node[]) => {
  const real = nodes.filter((node) => !isVirtual(node));
  const names = real.map(({ metadata }) => metadata?.name ?? '');
  return { real: names, some: real.length < nodes.length };
});

const nodesOf = perArray(
  (pods: readonly Pod[]) => new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? [])),
);
