import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { conditionOf } from '../objects/meta.ts';
import {
  isJoining,
  joiningTaintOf,
  nodeRef,
  sayNode,
  stayingNodes,
} from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeNotInitialized = defineCheck({
  meta: {
    id: 'node-not-initialized',
    title: 'Node has joined and is not taken in',
    why: 'It is paid for and runs nothing: ordinary pods are kept off it until its cloud, network or agents have set it up.',
    likelyCauses: [
      'cloud controller manager down, or it does not find the machine',
      'network plugin not installed on it, or its agent does not come up',
      'the bootstrap of the cluster manager (Cluster API, Karpenter) has failed',
    ],
    commands: [
      'kubectl describe node {name}',
      'kubectl get pods -A -o wide --field-selector spec.nodeName={name}',
    ],
    // A cloud controller or network plugin comes after the kubelet; images are pulled first (kubernetes-mixin: 15 min).
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/reference/labels-annotations-taints/#node-cloudprovider-kubernetes-io-uninitialized',
    finds: { 94: ['NodeNotInitialized'] },
    cause: { role: 'root' },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    for (const node of stayingNodes(Node).filter(isJoining)) {
      const { since } = joiningSince(node);
      if (isOlder(since, thresholds.graceSeconds, now)) yield symptomOf(node);
    }
  },
});

/** The taint's own time, else since when it is not ready; of an agent's taint on a ready node nobody says when it came back. */
function joiningSince(node: Node): { readonly since: string | null; readonly told: boolean } {
  const added = joiningTaintOf(node)?.timeAdded;
  if (added !== undefined) return { since: added, told: true };
  const { status, lastTransitionTime } = conditionOf(node, 'Ready') ?? {};
  if (status === 'False' && lastTransitionTime !== undefined)
    return { since: lastTransitionTime, told: true };
  return { since: node.metadata?.creationTimestamp ?? null, told: false };
}

function symptomOf(node: Node): Symptom {
  const ready = conditionOf(node, 'Ready');
  const taint = joiningTaintOf(node)?.key;
  const { since, told } = joiningSince(node);
  const waits = taint === undefined ? 'it has never been ready' : `taint ${taint} is still there`;
  const kubelet =
    ready?.status === 'False' ? ` (${ready.reason ?? 'not ready'}: ${ready.message ?? ''})` : '';
  return {
    object: nodeRef(node),
    reason: 'NodeNotInitialized',
    impact: 'degraded',
    since,
    message: `${sayNode(node)} has joined and is not taken in: ${waits}${kubelet}`,
    evidence: [
      taint === undefined
        ? { source: 'field', at: 'status.conditions[Ready].status', text: 'False' }
        : { source: 'field', at: 'spec.taints', text: taint },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: told,
      node: nodeRef(node).name,
      unconfirmed: !told,
    },
  };
}
