import { ageSeconds } from '../model/time.ts';
import { conditionOf } from '../objects/meta.ts';
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
    // kubernetes-mixin waits 15 min; the kubelet's own tolerance is 40 s and pods are evicted after 5 min.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/reference/node/node-status/',
  },
  needs: ['Node'],
  helps: [],
  *judge({ Node }, { now, thresholds }) {
    for (const node of Node) {
      const name = node.metadata?.name;
      const ready = conditionOf(node, 'Ready');
      if (name === undefined || ready === undefined || ready.status === 'True') continue;
      if (node.metadata?.deletionTimestamp !== undefined || isLeaving(node.spec?.taints ?? []))
        continue;
      const since = ready.lastTransitionTime ?? null;
      if ((ageSeconds(since, now) ?? thresholds.graceSeconds) < thresholds.graceSeconds) continue;
      const lost = ready.status === 'Unknown';
      yield {
        object: { kind: 'Node', namespace: null, name },
        reason: lost ? 'NodeUnreachable' : 'NodeNotReady',
        impact: 'outage',
        since,
        message: `Node ${name} ${lost ? 'does not report any more' : 'is not ready'} (${ready.reason ?? 'no reason given'})${ready.message === undefined ? '' : `: ${ready.message}`}`,
        evidence: [
          {
            source: 'field',
            at: 'status.conditions[Ready].status',
            text: `${ready.status ?? 'absent'} ${ready.reason ?? ''}`.trim(),
          },
        ],
        proof: { decidedBy: 'field', sinceExact: since !== null, node: name },
      };
    }
  },
});

/** Taints of autoscalers and spot markets on a node that is on its way out. */
const leaving = [
  'ToBeDeletedByClusterAutoscaler',
  'DeletionCandidateOfClusterAutoscaler',
  'karpenter.sh/disrupted',
  'cloud.google.com/impending-node-termination',
  'node.kubernetes.io/out-of-service',
];

function isLeaving(taints: readonly { readonly key?: string | undefined }[]): boolean {
  return taints.some(
    ({ key }) =>
      key !== undefined &&
      (leaving.includes(key) || key.startsWith('aws-node-termination-handler/')),
  );
}
