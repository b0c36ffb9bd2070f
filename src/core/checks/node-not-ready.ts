import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { isJobPod } from '../objects/judged-pods.ts';
import { conditionOf, controllerOf } from '../objects/meta.ts';
import { sinceOf, troublesOf } from '../objects/node-conditions.ts';
import { isJoining, nodeRef, sayNode, stayingNodes, taintsOf } from '../objects/node-questions.ts';
import { hasEnded, type Pod } from '../objects/pod.ts';
import { defineCheck } from './define.ts';

export const nodeNotReady = defineCheck({
  meta: {
    id: 'node-not-ready',
    title: 'Node is not ready',
    why: 'Its pods serve nothing, or nobody knows whether they do, and no new pod starts there.',
    likelyCauses: [
      'machine or network lost',
      'kubelet or container runtime down',
      'CNI plugin not initialized',
    ],
    commands: [
      'kubectl describe node {name}',
      'kubectl get pods -A -o wide --field-selector spec.nodeName={name}',
    ],
    defaults: {
      // kubernetes-mixin waits 15 min; a kubelet is silent for 40 s before anybody says so, and pods are evicted after 5 min.
      graceSeconds: 300,
      // Two at once are no reboot.
      severalSeconds: 120,
    },
    docs: 'https://kubernetes.io/docs/reference/node/node-status/',
    finds: { 83: ['NodeNotReady'], 84: ['NodeUnreachable'] },
    cause: { role: 'root', reason: 'NodeNotReady' },
  },
  needs: ['Node'],
  helps: ['Pod'],
  *judge({ Node, Pod }, { now, thresholds, topology }) {
    const down = stayingNodes(Node).filter((node) => isDown(node) && !isJoining(node));
    const parked = parkedAmong(down, topology.read('Pod') ? Pod : undefined);
    const judged = down.filter((node) => !parked.has(node));
    const since = (node: Node): string | null => sinceOf(node, conditionOf(node, 'Ready'));
    const several = judged.filter((node) => isOlder(since(node), thresholds.severalSeconds, now));
    const grace = several.length > 1 ? thresholds.severalSeconds : thresholds.graceSeconds;
    for (const node of judged) if (isOlder(since(node), grace, now)) yield symptomOf(node);
  },
});

function isDown(node: Node): boolean {
  const status = conditionOf(node, 'Ready')?.status;
  return status === 'False' || status === 'Unknown';
}

const shutdownTaint = 'node.cloudprovider.kubernetes.io/shutdown';

function isShutDown(node: Node): boolean {
  return taintsOf(node).some(({ key }) => key === shutdownTaint);
}

/** Stopped in its cloud, and nobody's pod is left on it: a pool scaled down that keeps its machines. */
function parkedAmong(down: readonly Node[], pods: readonly Pod[] | undefined): ReadonlySet<Node> {
  const stopped = down.filter(isShutDown);
  if (stopped.length === 0 || pods === undefined) return new Set();
  const used = new Set(
    pods.filter((pod) => !isAgent(pod) && !hasEnded(pod)).map(({ spec }) => spec?.nodeName ?? ''),
  );
  return new Set(stopped.filter((node) => !used.has(nodeRef(node).name)));
}

/** What stays with its node: a DaemonSet's, a mirror pod, or one that ends by itself. */
function isAgent(pod: Pod): boolean {
  const { kind = '' } = controllerOf(pod) ?? {};
  return kind === 'DaemonSet' || kind === 'Node' || isJobPod(pod);
}

function symptomOf(node: Node): Symptom {
  const { status, reason, message, lastTransitionTime } = conditionOf(node, 'Ready') ?? {};
  const lost = status === 'Unknown';
  const state = lost ? 'does not report any more' : 'is not ready';
  const troubles = [
    ...(isShutDown(node) ? ['its cloud says that the machine is shut down'] : []),
    ...troublesOf(node),
  ];
  const beside = troubles.length === 0 ? '' : `, ${troubles.join(', ')}`;
  return {
    object: nodeRef(node),
    reason: lost ? 'NodeUnreachable' : 'NodeNotReady',
    impact: 'outage',
    since: sinceOf(node, conditionOf(node, 'Ready')),
    message: `${sayNode(node)} ${state} (${reason ?? 'no reason given'}${beside})${message === undefined ? '' : `: ${message}`}`,
    evidence: [
      {
        source: 'field',
        at: 'status.conditions[Ready].status',
        text: `${status ?? 'absent'} ${reason ?? ''}`.trim(),
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: lastTransitionTime !== undefined,
      node: nodeRef(node).name,
    },
  };
}
