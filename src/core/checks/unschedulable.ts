import type { Evidence, MissingRef, Proof, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { isCapacityComing, targetNodeOf, waitsForNoRealNode } from '../objects/capacity.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { nodesLacking } from '../objects/extended-resources.ts';
import { troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { isReferredTo } from '../objects/missing-reference.ts';
import { claimsOf, type Pod } from '../objects/pod.ts';
import { proofOf } from '../objects/pod-questions.ts';
import { type Refused, refusedBy } from '../objects/pod-refused.ts';
import { blockingTaints, sayRequests, unmetLabels } from '../objects/pod-wishes.ts';
import { type Obstacle, obstacleOf } from '../objects/scheduler-message.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const unschedulable = defineCheck({
  meta: {
    id: 'unschedulable',
    title: 'Pod cannot be scheduled',
    why: 'No node takes the pod, so it does not exist for those who wait for it.',
    likelyCauses: [
      'the cluster is full, or the pod asks for more than any node has',
      'no node carries the labels, or all carry taints that it does not tolerate',
      'a volume is bound to another zone, or its claim is not bound',
      'more replicas than nodes under a hard anti-affinity or spread',
    ],
    commands: [
      {
        for: ['UnschedulableResources', 'Unschedulable'],
        run: 'kubectl describe nodes | grep -E "^Name:|^  (cpu|memory|[a-z.]+/[a-z0-9.-]+) "',
      },
      {
        for: ['UnschedulablePodSlots'],
        run: 'kubectl get nodes -o custom-columns="NAME:.metadata.name,PODS:.status.allocatable.pods"',
      },
      {
        for: ['UnschedulablePodSlots'],
        run: 'kubectl get pods -A -o wide --sort-by=.spec.nodeName',
      },
      {
        for: ['UnschedulableNodeSelector', 'UnschedulableTaint', 'UnschedulableAffinity'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.nodeSelector} {.spec.affinity} {.spec.tolerations}"',
      },
      {
        for: ['UnschedulableTaint'],
        run: 'kubectl get nodes -o custom-columns="NAME:.metadata.name,TAINTS:.spec.taints[*].key"',
      },
      { for: ['UnschedulableAffinity'], run: 'kubectl -n {namespace} get pods -o wide' },
      {
        for: ['UnschedulableNodeSelector', 'UnschedulableAffinity'],
        run: 'kubectl get nodes --show-labels',
      },
      { for: ['UnschedulablePVC', 'UnschedulableVolume'], run: 'kubectl -n {namespace} get pvc' },
      {
        for: ['UnschedulableVolume'],
        run: 'kubectl get pv -o custom-columns="NAME:.metadata.name,CLAIM:.spec.claimRef.name,NODES:.spec.nodeAffinity.required.nodeSelectorTerms"',
      },
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Five minutes let an autoscaler bring a node (kwatch), also one with a label that no node has yet.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
    finds: {
      35: ['Unschedulable'],
      36: ['UnschedulableResources'],
      37: ['UnschedulableNodeSelector'],
      38: ['UnschedulableTaint'],
      39: ['UnschedulableAffinity'],
      40: ['UnschedulableVolume'],
      41: ['UnschedulablePVC'],
      42: ['UnschedulablePodSlots'],
    },
    cause: { role: 'cause', reason: 'Unschedulable' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      const refused = refusedBy(pod, topology, now);
      if (refused === undefined || !isOlder(refused.since, thresholds.graceSeconds, now)) continue;
      if (isCapacityComing(pod, topology, now)) continue;
      if (waitsForNoRealNode(pod, objects.Node, topology)) continue;
      yield refusalOf(pod, refused, objects.Node, topology);
    }
  },
});

function refusalOf(
  pod: Pod,
  refused: Refused,
  nodes: readonly Node[],
  topology: Topology,
): Symptom {
  const { message, since, exact, at, reason } = refused;
  const obstacle = obstacleOf(message);
  const { claims, missing } = volumesBehind(pod, obstacle);
  const isProven = obstacle === undefined || (missing !== undefined && isReferredTo(missing, pod));
  const evidence: Evidence = {
    source: refused.source,
    at,
    text: message === '' ? reason : message,
  };
  return {
    object: refOf('Pod', pod),
    reason: obstacle?.reason ?? 'Unschedulable',
    impact: topology.impactOf(pod),
    since,
    message: sayRefusal(pod, refused, obstacle, nodes),
    evidence: [evidence],
    proof: {
      decidedBy: isProven ? 'field' : 'message',
      sinceExact: exact,
      ...proofOf(pod),
      claims,
      missing,
      clause: obstacle?.clause,
      dependsOn: nodesLacking(obstacle?.clause, nodes),
    },
  };
}

function sayRefusal(
  pod: Pod,
  { reason, message }: Refused,
  obstacle: Obstacle | undefined,
  nodes: readonly Node[],
): string {
  const target = targetNodeOf(pod);
  const who =
    target === undefined
      ? `No node takes the pod (${reason})`
      : `Node ${target} does not take its pod (${reason})`;
  if (obstacle === undefined) return message === '' ? who : `${who}: ${message}`;
  return `${who}: ${cut(obstacle.clauses.join(', '), 180)}${moreOf(pod, obstacle, nodes)}`;
}

/** What the scheduler does not say: the amount, the label, the taint, the claim. */
function moreOf(pod: Pod, obstacle: Obstacle, nodes: readonly Node[]): string {
  switch (obstacle.reason) {
    case 'UnschedulableResources':
      return sayRequests(pod, obstacle.clauses);
    case 'UnschedulableNodeSelector': {
      const labels = unmetLabels(pod, nodes);
      return labels.length === 0 ? '' : `; no node has ${labels.join(', ')}`;
    }
    case 'UnschedulableTaint': {
      const taints = obstacle.clauses.some((text) => text.includes('{'))
        ? []
        : blockingTaints(nodes);
      return taints.length === 0 ? '' : `; nodes carry ${taints.join(', ')}`;
    }
    case 'UnschedulableVolume':
    case 'UnschedulablePVC': {
      const claims = obstacle.claim === undefined ? claimsOf(pod) : [];
      return claims.length === 0 ? '' : `; it mounts ${claims.slice(0, 3).join(', ')}`;
    }
    default:
      return '';
  }
}

/** The claims that it waits for: the one that the scheduler names, else all of the pod's. */
function volumesBehind(
  pod: Pod,
  obstacle: Obstacle | undefined,
): Pick<Proof, 'claims' | 'missing'> {
  if (
    obstacle === undefined ||
    !['UnschedulablePVC', 'UnschedulableVolume'].includes(obstacle.reason)
  )
    return { claims: undefined, missing: undefined };
  const claims = obstacle.claim === undefined ? claimsOf(pod) : [obstacle.claim];
  const missing: MissingRef | undefined =
    obstacle.claim === undefined || !obstacle.decisive.endsWith('not found')
      ? undefined
      : {
          kind: 'PersistentVolumeClaim',
          namespace: refOf('Pod', pod).namespace,
          name: obstacle.claim,
        };
  return { claims, missing };
}
