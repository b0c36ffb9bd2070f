import type { Proof } from '../model/finding.ts';
import { conditionOf } from './meta.ts';
import type { Pod } from './pod.ts';
import type { PodContainer } from './pod-containers.ts';
import type { Topology } from './topology.ts';

/** Since when the pod has not been ready: its condition's own time, else its start. */
export function notReadySince(pod: Pod): {
  readonly since: string | null;
  readonly exact: boolean;
} {
  const ready = conditionOf(pod, 'Ready');
  if (ready !== undefined && ready.status !== 'True' && ready.lastTransitionTime !== undefined)
    return { since: ready.lastTransitionTime, exact: true };
  return { since: startOf(pod), exact: false };
}

/** When the kubelet took the pod on, else when it was made. */
export function startOf(pod: Pod): string | null {
  return pod.status?.startTime ?? pod.metadata?.creationTimestamp ?? null;
}

/** Whether the pod's node is known not to be ready, or the pod says that it is lost: then nothing of the pod is the pod's fault. */
export function isOnLostNode(pod: Pod, topology: Topology): boolean {
  const node = topology.nodeNamed(pod.spec?.nodeName);
  if (node !== undefined) return (conditionOf(node, 'Ready')?.status ?? 'True') !== 'True';
  return pod.status?.phase === 'Unknown' || pod.status?.reason === 'NodeLost';
}

/** What a finding on a pod, and on one container of it, is proven by. */
export function proofOf(
  pod: Pod,
  container?: PodContainer,
): Pick<Proof, 'node' | 'templateHash' | 'container' | 'image'> {
  return {
    node: pod.spec?.nodeName,
    templateHash: templateHashOf(pod),
    container: container?.name,
    image: container?.spec?.image,
  };
}

/** The template that the pod is of, by its controller's hash of it. */
export function templateHashOf({ metadata }: Pod): string | undefined {
  const labels = metadata?.labels;
  return labels?.['pod-template-hash'] ?? labels?.['controller-revision-hash'];
}
