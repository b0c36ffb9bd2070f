import type { Symptom } from '../model/finding.ts';
import { compareText } from '../model/text.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { controllerOf } from '../objects/meta.ts';
import { nodeRef, taintsOf, workingNodes } from '../objects/node-questions.ts';
import { hasEnded, type Pod } from '../objects/pod.ts';
import { requestOf } from '../objects/pod-requests.ts';
import { quantityOf, sayQuantity } from '../objects/quantity.ts';
import { defineCheck } from './define.ts';

export const clusterOvercommit = defineCheck({
  meta: {
    id: 'cluster-overcommit',
    title: 'The loss of one node leaves pods without room',
    why: 'All runs today; when the largest node goes, its pods find no place and stay Pending.',
    likelyCauses: ['the cluster has grown full', 'requests far above what the pods use'],
    commands: [
      'kubectl describe nodes | grep -E "^Name:|^  (cpu|memory|[a-z.]+/[a-z0-9.-]+) "',
      'kubectl top nodes',
    ],
    // One node tolerates no loss by design, and of two each would have to be half empty.
    defaults: { leastNodes: 3 },
    docs: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    finds: { 95: ['CPUOvercommit', 'MemoryOvercommit'] },
  },
  needs: ['Node', 'Pod'],
  helps: ['Deployment'],
  *judge({ Node, Pod, Deployment }, { thresholds }) {
    const scales = Deployment.some(({ metadata }) => autoscaler.test(metadata?.name ?? ''));
    if (scales || Node.some(isMadeOnDemand)) return;
    const nodes = workingNodes(Node)
      .filter((node) => !isReserved(node))
      .sort((a, b) => compareText(nodeRef(a).name, nodeRef(b).name));
    if (nodes.length < thresholds.leastNodes) return;
    const names = new Set(nodes.map((node) => nodeRef(node).name));
    const pods = Pod.filter((pod) => !hasEnded(pod) && names.has(pod.spec?.nodeName ?? ''));
    for (const [resource, reason] of resources) {
      const shortage = shortageOf(resource, nodes, pods);
      if (shortage !== undefined) yield symptomOf(resource, reason, shortage);
    }
  },
});

const resources = [
  ['cpu', 'CPUOvercommit'],
  ['memory', 'MemoryOvercommit'],
] as const;

/** What brings a node when one is missed; such a cluster is full by design. */
const autoscaler = /cluster-autoscaler|karpenter/;

function isMadeOnDemand({ metadata }: Node): boolean {
  return metadata?.labels?.['karpenter.sh/nodepool'] !== undefined;
}

/** For some pods only: a control plane, a pool of its own. */
function isReserved(node: Node): boolean {
  return taintsOf(node).some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
}

interface Shortage {
  readonly largest: Node;
  readonly wanted: number;
  readonly left: number;
}

/** What is asked for without the largest node's own agents, against what the others offer. */
function shortageOf(
  resource: string,
  nodes: readonly Node[],
  pods: readonly Pod[],
): Shortage | undefined {
  const offers = nodes.map((node) => quantityOf(node.status?.allocatable?.[resource]) ?? 0);
  const most = Math.max(...offers);
  const largest = nodes[offers.indexOf(most)];
  const left = offers.reduce((sum, each) => sum + each, 0) - most;
  // A node that does not say what it offers leaves nothing to reckon with.
  if (largest === undefined || offers.includes(0)) return undefined;
  const { name } = nodeRef(largest);
  const wanted = pods.reduce(
    (sum, pod) =>
      pod.spec?.nodeName === name && isAgent(pod) ? sum : sum + requestOf(pod, resource),
    0,
  );
  return wanted > left ? { largest, wanted, left } : undefined;
}

function isAgent(pod: Pod): boolean {
  const kind = controllerOf(pod)?.kind;
  return kind === 'DaemonSet' || kind === 'Node';
}

function symptomOf(resource: string, reason: string, { largest, wanted, left }: Shortage): Symptom {
  const { name } = nodeRef(largest);
  const asked = sayQuantity(resource, wanted);
  const rest = sayQuantity(resource, left);
  return {
    object: nodeRef(largest),
    reason,
    impact: 'info',
    since: null,
    message: `Pods request ${asked}, and without node ${name} the others offer ${rest}: if it is lost, its pods do not all find room`,
    evidence: [
      { source: 'field', at: `spec.containers[].resources.requests.${resource}`, text: asked },
      { source: 'field', at: `status.allocatable.${resource}`, text: `${rest} without ${name}` },
    ],
    proof: { decidedBy: 'field', sinceExact: false, node: name, unconfirmed: true },
  };
}
