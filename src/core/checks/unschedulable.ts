import type { Evidence, MissingRef, Proof, Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { judgedPods } from '../objects/judged-pods.ts';
import { type Condition, conditionOf, refOf } from '../objects/meta.ts';
import { claimsOf, type Pod } from '../objects/pod.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
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
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.nodeSelector} {.spec.affinity} {.spec.tolerations}"',
      'kubectl get nodes -o custom-columns="NAME:.metadata.name,TAINTS:.spec.taints[*].key,LABELS:.metadata.labels"',
      'kubectl describe nodes | grep -A 8 "Allocated resources"',
    ],
    // Five minutes let an autoscaler bring a node (kwatch); without any word of a scheduler three are enough.
    defaults: { graceSeconds: 300, noSchedulerSeconds: 180 },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
    finds: { 35: ['Unschedulable'] },
    cause: { role: 'cause', reason: 'Unschedulable' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now)) {
      if (pod.status?.phase !== 'Pending' || pod.spec?.nodeName !== undefined) continue;
      const scheduled = conditionOf(pod, 'PodScheduled');
      if (scheduled === undefined) {
        if (isOlder(startOf(pod), thresholds.noSchedulerSeconds, now)) yield unseen(pod, topology);
      } else if (
        scheduled.status === 'False' &&
        isOlder(scheduled.lastTransitionTime ?? startOf(pod), thresholds.graceSeconds, now)
      )
        yield refused(pod, scheduled, objects.Node, topology);
    }
  },
});

function unseen(pod: Pod, topology: Topology): Symptom {
  return {
    object: refOf('Pod', pod),
    reason: 'NoScheduler',
    impact: topology.impactOf(pod),
    since: startOf(pod),
    message:
      'No scheduler has looked at the pod (Pending, no PodScheduled condition): its schedulerName is unknown, or the scheduler is down',
    evidence: [{ source: 'field', at: 'status.conditions[PodScheduled]', text: 'absent' }],
    proof: { decidedBy: 'field', sinceExact: false, ...proofOf(pod) },
  };
}

function refused(
  pod: Pod,
  scheduled: Condition,
  nodes: readonly Node[],
  topology: Topology,
): Symptom {
  const { message = '', lastTransitionTime } = scheduled;
  const obstacle = obstacleOf(message);
  const evidence: Evidence = {
    source: 'field',
    at: 'status.conditions[PodScheduled].message',
    text: message === '' ? (scheduled.reason ?? 'False') : message,
  };
  return {
    object: refOf('Pod', pod),
    reason: obstacle?.reason ?? 'Unschedulable',
    impact: topology.impactOf(pod),
    since: lastTransitionTime ?? startOf(pod),
    message: sayRefusal(pod, scheduled, obstacle, nodes),
    evidence: [evidence],
    proof: {
      decidedBy: obstacle === undefined ? 'field' : 'message',
      sinceExact: lastTransitionTime !== undefined,
      ...proofOf(pod),
      ...volumesBehind(pod, obstacle),
      clause: obstacle?.clause,
    },
  };
}

function sayRefusal(
  pod: Pod,
  { reason = 'not scheduled', message = '' }: Condition,
  obstacle: Obstacle | undefined,
  nodes: readonly Node[],
): string {
  if (obstacle === undefined)
    return `No node takes the pod (${reason})${message === '' ? '' : `: ${message}`}`;
  const labels = obstacle.reason === 'UnschedulableNodeSelector' ? unmetLabels(pod, nodes) : [];
  const wanted = labels.length === 0 ? '' : `; no node has ${labels.join(', ')}`;
  return `No node takes the pod (${reason}): ${obstacle.clauses.join(', ')}${wanted}`;
}

/** Of the node selector, what no node carries; nothing where nodes were not read. */
function unmetLabels(pod: Pod, nodes: readonly Node[]): readonly string[] {
  if (nodes.length === 0) return [];
  return Object.entries(pod.spec?.nodeSelector ?? {})
    .filter(([key, value]) => !nodes.some(({ metadata }) => metadata?.labels?.[key] === value))
    .map(([key, value]) => `${key}=${value}`);
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
    obstacle.claim === undefined || !obstacle.clause.endsWith('not found')
      ? undefined
      : {
          kind: 'PersistentVolumeClaim',
          namespace: refOf('Pod', pod).namespace,
          name: obstacle.claim,
        };
  return { claims, missing };
}
