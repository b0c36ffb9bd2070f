import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { cordonedSince } from '../objects/cordon.ts';
import { conditionOf } from '../objects/meta.ts';
import { isVirtual, nodeRef, sayNode } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeCordoned = defineCheck({
  meta: {
    id: 'node-cordoned',
    title: 'Node has been cordoned for a day',
    why: 'It is paid for and takes no new pod; after a drain somebody may have forgotten it.',
    likelyCauses: ['a drain or an upgrade that was never finished'],
    commands: ['kubectl describe node {name}', 'kubectl uncordon {name} # changes the cluster'],
    // A drain with slow pods and a night's maintenance are over within a day.
    defaults: { graceSeconds: 86_400 },
    docs: 'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    finds: { 90: ['NodeCordonedLong'] },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    for (const node of Node) {
      const since = cordonedSince(node);
      // A cordon without a time may be a minute old.
      if (since == null || !isOlder(since, thresholds.graceSeconds, now)) continue;
      if (node.metadata?.deletionTimestamp === undefined && !isVirtual(node))
        yield symptomOf(node, since);
    }
  },
});

function symptomOf(node: Node, since: string): Symptom {
  const ready = conditionOf(node, 'Ready');
  const down = ready !== undefined && ready.status !== 'True';
  return {
    object: nodeRef(node),
    reason: 'NodeCordonedLong',
    impact: 'info',
    since,
    message: `${sayNode(node)} has been cordoned since ${since} (SchedulingDisabled)${down ? `, and is not ready (${ready.reason ?? 'no reason given'})` : ''}`,
    evidence: [
      { source: 'field', at: 'spec.unschedulable', text: 'true' },
      {
        source: 'field',
        at: 'spec.taints[node.kubernetes.io/unschedulable].timeAdded',
        text: since,
      },
    ],
    proof: { decidedBy: 'field', sinceExact: true, node: nodeRef(node).name },
  };
}
