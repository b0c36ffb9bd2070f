import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { conditionOf } from '../objects/meta.ts';
import { isJoining, isLeaving, isVirtual } from '../objects/node-questions.ts';
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
      // A node joins: cloud controller and network plugin come after the kubelet.
      joiningSeconds: 900,
    },
    docs: 'https://kubernetes.io/docs/reference/node/node-status/',
    finds: { 83: ['NodeNotReady'], 84: ['NodeUnreachable'], 94: ['NodeNotInitialized'] },
    cause: { role: 'root', reason: 'NodeNotReady' },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    const down = Node.filter((node) => isDown(node) && !isLeaving(node) && !isVirtual(node));
    const several = down.filter((node) => isOlder(sinceOf(node), thresholds.severalSeconds, now));
    for (const node of down) {
      const grace = isJoining(node)
        ? thresholds.joiningSeconds
        : several.length > 1
          ? thresholds.severalSeconds
          : thresholds.graceSeconds;
      if (isOlder(sinceOf(node), grace, now)) yield symptomOf(node);
    }
  },
});

function isDown(node: Node): boolean {
  const ready = conditionOf(node, 'Ready');
  return ready !== undefined && ready.status !== 'True';
}

function sinceOf(node: Node): string | null {
  return conditionOf(node, 'Ready')?.lastTransitionTime ?? node.metadata?.creationTimestamp ?? null;
}

function symptomOf(node: Node): Symptom {
  const name = node.metadata?.name ?? '';
  const { status, reason, message, lastTransitionTime } = conditionOf(node, 'Ready') ?? {};
  const lost = status === 'Unknown';
  const state = lost
    ? 'does not report any more'
    : isJoining(node)
      ? 'is not taken in by its cloud or network'
      : 'is not ready';
  return {
    object: { kind: 'Node', namespace: null, name },
    reason: lost ? 'NodeUnreachable' : isJoining(node) ? 'NodeNotInitialized' : 'NodeNotReady',
    impact: 'outage',
    since: sinceOf(node),
    message: `Node ${name} ${state} (${reason ?? 'no reason given'})${message === undefined ? '' : `: ${message}`}`,
    evidence: [
      {
        source: 'field',
        at: 'status.conditions[Ready].status',
        text: `${status ?? 'absent'} ${reason ?? ''}`.trim(),
      },
    ],
    proof: { decidedBy: 'field', sinceExact: lastTransitionTime !== undefined, node: name },
  };
}
