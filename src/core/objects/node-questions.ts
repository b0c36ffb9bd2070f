import type { Node } from './cluster-objects.ts';
import { conditionOf } from './meta.ts';

/** Taints of autoscalers and spot markets on a node that is on its way out. */
const leavingTaints = [
  'ToBeDeletedByClusterAutoscaler',
  'DeletionCandidateOfClusterAutoscaler',
  'karpenter.sh/disrupted',
  'karpenter.sh/disruption',
  'cloud.google.com/impending-node-termination',
  'node.kubernetes.io/out-of-service',
];
/** Taints of a node whose cloud or network has not yet taken it in. */
const joiningTaints = [
  'node.cloudprovider.kubernetes.io/uninitialized',
  'node.cilium.io/agent-not-ready',
];

/** Deleted, cordoned (as a drain does first) or about to be taken away: somebody means it to stop. */
export function isLeaving({ metadata, spec }: Node): boolean {
  return (
    metadata?.deletionTimestamp !== undefined ||
    spec?.unschedulable === true ||
    (spec?.taints ?? []).some(
      ({ key = '' }) =>
        leavingTaints.includes(key) || key.startsWith('aws-node-termination-handler/'),
    )
  );
}

export function isJoining({ spec }: Node): boolean {
  return (spec?.taints ?? []).some(({ key = '' }) => joiningTaints.includes(key));
}

/** A virtual kubelet's or Fargate's: it comes and goes with its pods and has no kubelet of its own. */
export function isVirtual({ metadata }: Node): boolean {
  const { type, 'eks.amazonaws.com/compute-type': compute } = metadata?.labels ?? {};
  return type === 'virtual-kubelet' || compute === 'fargate';
}

/** Names of the nodes on which an agent's pod need not be ready: the node itself is down or leaving (its own finding), or virtual. */
export function nodesWithoutDuty(nodes: readonly Node[]): ReadonlySet<string> {
  const without = nodes.filter(
    (node) => isLeaving(node) || isVirtual(node) || conditionOf(node, 'Ready')?.status !== 'True',
  );
  return new Set(without.flatMap(({ metadata }) => metadata?.name ?? []));
}
