import type { ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { type Event, eventTime, type Node } from './cluster-objects.ts';
import { conditionOf } from './meta.ts';
import type { Topology } from './topology.ts';

/** Taints of autoscalers and spot markets on a node that is on its way out. */
const leavingTaints = [
  'ToBeDeletedByClusterAutoscaler',
  'DeletionCandidateOfClusterAutoscaler',
  'karpenter.sh/disrupted',
  'karpenter.sh/disruption',
  'cloud.google.com/impending-node-termination',
  'node.kubernetes.io/out-of-service',
];
/** Taints of a node whose cloud, cluster manager or network has not yet taken it in. */
const joiningTaints = [
  'node.cloudprovider.kubernetes.io/uninitialized',
  'node.cluster.x-k8s.io/uninitialized',
  'node.gardener.cloud/critical-components-not-ready',
  'karpenter.sh/unregistered',
];
/** `node.cilium.io/agent-not-ready`, `ebs.csi.aws.com/agent-not-ready`: an agent has not yet come up there. */
const agentTaint = '/agent-not-ready';
/** A node is Ready within this many seconds of joining, or has never been. */
const joinedMs = 60 * 1000;

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

export function taintsOf({ spec }: Node): readonly Taint[] {
  return spec?.taints ?? [];
}

export function nodeRef(node: Node): ObjectRef {
  return { kind: 'Node', namespace: null, name: node.metadata?.name ?? '' };
}

/** Deleted, cordoned (as a drain does first) or about to be taken away: somebody means it to stop. */
export function isLeaving(node: Node): boolean {
  return (
    node.metadata?.deletionTimestamp !== undefined ||
    node.spec?.unschedulable === true ||
    taintsOf(node).some(
      ({ key = '' }) =>
        leavingTaints.includes(key) || key.startsWith('aws-node-termination-handler/'),
    )
  );
}

/** The taint that keeps pods away until the node has been taken in. */
export function joiningTaintOf(node: Node): Taint | undefined {
  return taintsOf(node).find(
    ({ key = '' }) => joiningTaints.includes(key) || key.endsWith(agentTaint),
  );
}

/** Not taken in by its cloud or network, or never ready since it came. A kubelet that fell silent is another fault. */
export function isJoining(node: Node): boolean {
  const status = conditionOf(node, 'Ready')?.status;
  return (
    status !== undefined &&
    status !== 'Unknown' &&
    (joiningTaintOf(node) !== undefined || neverReady(node))
  );
}

/** Ready is False since the node registered. */
function neverReady(node: Node): boolean {
  const { status, lastTransitionTime } = conditionOf(node, 'Ready') ?? {};
  const [created, since] = [node.metadata?.creationTimestamp, lastTransitionTime].map(parseTime);
  if (status !== 'False' || created == null || since == null) return false;
  return since - created <= joinedMs;
}

/** A virtual kubelet's or Fargate's: it comes and goes with its pods and has no kubelet of its own. */
export function isVirtual({ metadata }: Node): boolean {
  const { type, 'eks.amazonaws.com/compute-type': compute } = metadata?.labels ?? {};
  return type === 'virtual-kubelet' || compute === 'fargate';
}

function isControlPlane({ metadata }: Node): boolean {
  const labels = metadata?.labels ?? {};
  return controlPlaneLabels.some((label) => labels[label] !== undefined);
}
const controlPlaneLabels = [
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/controlplane',
  'node-role.kubernetes.io/master',
];

/** `Node node-a`, `Control-plane node node-a`. */
export function sayNode(node: Node): string {
  const { name } = nodeRef(node);
  return `${isControlPlane(node) ? 'Control-plane node' : 'Node'} ${name}`;
}

/** Nodes that are meant to stay and have a kubelet of their own: what the others lack is no news. */
export function stayingNodes(nodes: readonly Node[]): readonly Node[] {
  return nodes.filter((node) => !isLeaving(node) && !isVirtual(node));
}

/** Staying, and their kubelets say that they are ready: what ails a node that is down is told with its being down. */
export function workingNodes(nodes: readonly Node[]): readonly Node[] {
  return stayingNodes(nodes).filter((node) => conditionOf(node, 'Ready')?.status === 'True');
}

/** Names of the nodes on which an agent's pod need not be ready: the node itself is down or leaving (its own finding), or virtual. */
export function nodesWithoutDuty(nodes: readonly Node[]): ReadonlySet<string> {
  const on = new Set(workingNodes(nodes));
  return new Set(
    nodes.filter((node) => !on.has(node)).flatMap(({ metadata }) => metadata?.name ?? []),
  );
}

/** Events about a node with one of these reasons, the newest first: the node controller names its uid, the kubelet its name. */
export function eventsOfNode(
  { metadata }: Node,
  reasons: readonly string[],
  topology: Topology,
): { readonly byController: readonly Event[]; readonly byKubelet: readonly Event[] } {
  const about = (uid: string | undefined): readonly Event[] =>
    topology
      .eventsOf(uid)
      .filter(
        ({ reason, involvedObject }) =>
          involvedObject?.kind === 'Node' && reason !== undefined && reasons.includes(reason),
      );
  const { name, uid } = metadata ?? {};
  return { byController: uid === name ? [] : about(uid), byKubelet: about(name) };
}

/** Both kinds of a node's events that are at most so many seconds old, the newest first. */
export function recentEventsOfNode(
  node: Node,
  reasons: readonly string[],
  topology: Topology,
  within: { readonly seconds: number; readonly now: number },
): readonly Event[] {
  const { byController, byKubelet } = eventsOfNode(node, reasons, topology);
  return [...byController, ...byKubelet]
    .filter((event) => within.now - eventTime(event) <= within.seconds * 1000)
    .sort((a, b) => eventTime(b) - eventTime(a));
}
