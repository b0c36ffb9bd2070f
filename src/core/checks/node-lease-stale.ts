import type { Symptom } from '../model/finding.ts';
import { formatTime, parseTime, sayDuration } from '../model/time.ts';
import type { Lease, Node } from '../objects/cluster-objects.ts';
import { nodeRef, sayNode, workingNodes } from '../objects/node-questions.ts';
import { defineCheck } from './define.ts';

export const nodeLeaseStale = defineCheck({
  meta: {
    id: 'node-lease-stale',
    title: "Node's heartbeat has stopped",
    why: 'The node still says Ready, but its kubelet is silent: it is about to be lost, or nobody judges nodes any more.',
    likelyCauses: [
      'kubelet or machine just lost',
      'network between node and API server',
      'kube-controller-manager down, so that no node is ever marked as lost',
    ],
    commands: ['kubectl -n kube-node-lease get lease {name}', 'kubectl describe node {name}'],
    // A kubelet renews every 10 s and is given up after 40 to 50 s: a minute behind the others, Ready is an old word.
    defaults: { behindSeconds: 60 },
    docs: 'https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats',
    finds: { 88: ['NodeLeaseStale'] },
    cause: { role: 'root' },
  },
  needs: ['Node', 'Lease'],
  helps: [],
  *judge({ Node, Lease }, { now, thresholds }) {
    const leases = new Map(Lease.map((lease) => [lease.metadata?.name ?? '', lease]));
    const newest = Math.min(now, Math.max(...Lease.map((lease) => renewedAt(lease) ?? 0)));
    for (const node of workingNodes(Node)) {
      const lease = leases.get(nodeRef(node).name);
      const renewed = lease === undefined ? null : renewedAt(lease);
      if (lease === undefined || renewed === null) continue;
      // Behind the newest lease, not behind the clock: the leases of a dump are all as old as it.
      const behind = (newest - renewed) / 1000;
      const patience = Math.max(
        thresholds.behindSeconds,
        1.5 * (lease.spec?.leaseDurationSeconds ?? 0),
      );
      if (behind >= patience) yield symptomOf(node, renewed, behind);
    }
  },
});

function renewedAt({ spec }: Lease): number | null {
  return parseTime(spec?.renewTime);
}

function symptomOf(node: Node, renewed: number, behind: number): Symptom {
  const last = formatTime(renewed);
  return {
    object: nodeRef(node),
    reason: 'NodeLeaseStale',
    impact: 'at-risk',
    since: last,
    message: `${sayNode(node)} still says Ready, but its kubelet last renewed its lease at ${last}, ${sayDuration(behind)} before the others`,
    evidence: [{ source: 'field', at: 'Lease spec.renewTime', text: last }],
    proof: { decidedBy: 'field', sinceExact: true, node: nodeRef(node).name },
  };
}
