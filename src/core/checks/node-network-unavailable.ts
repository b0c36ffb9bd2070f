import { isOlder } from '../model/time.ts';
import { conditionOf } from '../objects/meta.ts';
import { conditionSymptom, sinceOf } from '../objects/node-conditions.ts';
import { workingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeNetworkUnavailable = defineCheck({
  meta: {
    id: 'node-network-unavailable',
    title: "Node's pod network is not set up",
    why: 'Pods on it may not be reached from other nodes, and no new pod is scheduled there.',
    likelyCauses: [
      'the network plugin does not run on the node',
      "the cloud's route controller cannot create the node's route: quota, permissions, overlapping ranges",
    ],
    commands: [
      'kubectl describe node {name}',
      'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName={name}',
    ],
    // Routes are created within a minute or two of a node's coming; a network plugin needs its image first.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/reference/node/node-status/#condition',
    finds: { 86: ['NodeNetworkUnavailable'] },
    cause: { role: 'root' },
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    for (const node of workingNodes(Node)) {
      const condition = conditionOf(node, 'NetworkUnavailable');
      if (condition?.status !== 'True') continue;
      if (!isOlder(sinceOf(node, condition), thresholds.graceSeconds, now)) continue;
      yield conditionSymptom(node, condition, {
        reason: 'NodeNetworkUnavailable',
        impact: 'degraded',
        says: 'has no pod network',
      });
    }
  },
});
