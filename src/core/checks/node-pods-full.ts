import type { Symptom } from '../model/finding.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { nodeRef, sayNode, workingNodes } from '../objects/node-questions.ts';
import { hasEnded, type Pod } from '../objects/pod.ts';
import { quantityOf } from '../objects/quantity.ts';
import { defineCheck } from './define.ts';

export const nodePodsFull = defineCheck({
  meta: {
    id: 'node-pods-full',
    title: 'Node has no room for more pods',
    why: 'A kubelet takes a fixed number of pods whatever they use; the next one stays Pending with "Too many pods".',
    likelyCauses: [
      'many small pods on one node (110 by default, far fewer on small cloud machines)',
      "the cloud's address limit per machine",
    ],
    commands: [
      'kubectl get pods -A -o wide --field-selector spec.nodeName={name}',
      'kubectl get node {name} -o jsonpath="{.status.allocatable.pods}"',
    ],
    // kubernetes-mixin's KubeletTooManyPods.
    defaults: { fullPercent: 95 },
    docs: 'https://kubernetes.io/docs/setup/best-practices/cluster-large/',
    finds: { 91: ['NodePodSlotsFull'] },
  },
  needs: ['Node', 'Pod'],
  helps: [],
  *judge({ Node, Pod }, { thresholds }) {
    const nodes = workingNodes(Node);
    const taken = podsPerNode(Pod);
    const slots = nodes.flatMap((node): readonly Slots[] => {
      const room = quantityOf(node.status?.allocatable?.['pods']) ?? 0;
      const used = taken.get(nodeRef(node).name) ?? 0;
      return room > 0 ? [{ node, room, used }] : [];
    });
    const isFull = ({ used, room }: Slots): boolean => used * 100 > room * thresholds.fullPercent;
    const full = slots.filter(isFull);
    const allFull = full.length === slots.length;
    for (const each of full) yield symptomOf(each, allFull);
  },
});

interface Slots {
  readonly node: Node;
  readonly room: number;
  readonly used: number;
}

function podsPerNode(pods: readonly Pod[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const pod of pods) {
    const name = pod.spec?.nodeName;
    if (name !== undefined && !hasEnded(pod)) taken.set(name, (taken.get(name) ?? 0) + 1);
  }
  return taken;
}

/** That one node of several is full is what a scheduler does; that all are is a limit. */
function symptomOf({ node, room, used }: Slots, allFull: boolean): Symptom {
  const others = allFull ? 'and no other node has room' : 'other nodes have room';
  return {
    object: nodeRef(node),
    reason: 'NodePodSlotsFull',
    impact: allFull ? 'at-risk' : 'info',
    since: null,
    message: `${sayNode(node)} runs ${used} of the ${room} pods that its kubelet takes (Too many pods for the next), ${others}`,
    evidence: [
      { source: 'field', at: 'status.allocatable.pods', text: `${used} of ${room} are taken` },
    ],
    proof: { decidedBy: 'field', sinceExact: false, node: nodeRef(node).name, unconfirmed: true },
  };
}
