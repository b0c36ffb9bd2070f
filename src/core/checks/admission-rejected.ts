import type { Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf } from '../model/snapshot.ts';
import { compareText, cut } from '../model/text.ts';
import { ageSeconds, isOlder } from '../model/time.ts';
import { failedPods, isOwed, putOutAt } from '../objects/ended-pods.ts';
import { controllerOf, refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** The kubelet's words (pkg/kubelet/lifecycle, its allocation managers and the node's graceful shutdown). */
const rejections = [
  'NodeAffinity',
  'NodeName',
  'NodePorts',
  'TaintToleration',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfpods',
  'OutOfephemeral-storage',
  'UnexpectedAdmissionError',
  'TopologyAffinityError',
  'PodOSNotSupported',
  'PodOSSelectorNodeLabelDoesNotMatch',
  'SysctlForbidden',
  'AppArmor',
  'Terminated',
  'NodeShutdown',
];

export const admissionRejected = defineCheck({
  meta: {
    id: 'admission-rejected',
    title: 'Node rejects the pod that the scheduler gave it',
    why: 'The pod has failed for good on that node, and the next one may meet the same.',
    likelyCauses: [
      'a device plugin has crashed, or a device is unhealthy',
      'the node changed since the scheduler looked: labels, free resources, other pods',
      'the node was shut down, and its pods with it',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl describe node {node}',
      'kubectl -n {namespace} delete pods --field-selector status.phase=Failed # changes the cluster',
    ],
    defaults: {
      // The race with the scheduler when a node starts mends itself with the next pod.
      graceSeconds: 300,
      // A pod that was rejected more than an hour ago does not explain what is short now.
      recentSeconds: 3600,
      // A bare pod that was rejected a day ago is a tombstone.
      tombstoneSeconds: 86_400,
    },
    docs: 'https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#graceful-node-shutdown',
    finds: { 48: [...rejections, 'OutOfResource'] },
    cause: { role: 'symptom', reason: 'AdmissionRejected' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    const { graceSeconds, recentSeconds, tombstoneSeconds } = thresholds;
    const rejected = failedPods(objects).flatMap((pod) => {
      const reason = rejectionOf(pod);
      if (reason === undefined) return [];
      const since = rejectedAt(pod, topology);
      const limit = controllerOf(pod) === undefined ? tombstoneSeconds : recentSeconds;
      return (ageSeconds(since.since, now) ?? 0) < limit ? [{ pod, reason, ...since }] : [];
    });
    const groups = groupBy(
      rejected,
      ({ pod, reason }) => `${reason} ${keyOf(topology.workloadOf(pod))}`,
    );
    for (const group of groups.values()) {
      const [first] = group.sort(
        (a, b) =>
          compareText(a.since ?? '', b.since ?? '') ||
          compareText(a.pod.metadata?.name ?? '', b.pod.metadata?.name ?? ''),
      );
      if (first === undefined || !isOlder(first.since, graceSeconds, now)) continue;
      if (isOwed(first.pod, topology)) yield rejection(first, group.length, topology);
    }
  },
});

interface Rejected {
  readonly pod: Pod;
  readonly reason: string;
  readonly since: string | null;
  readonly exact: boolean;
}

/** The kubelet's word; one word for all extended resources (`OutOfnvidia.com/gpu`). */
function rejectionOf({ status }: Pod): string | undefined {
  const { reason = '' } = status ?? {};
  if (rejections.includes(reason)) return reason;
  return reason.startsWith('OutOf') ? 'OutOfResource' : undefined;
}

/** A pod that never ran was rejected when it was taken on; one that its node shut down ran before. */
function rejectedAt(pod: Pod, topology: Topology): Pick<Rejected, 'since' | 'exact'> {
  const { since, exact } = putOutAt(pod, pod.status?.reason ?? '', topology);
  return { since: since ?? startOf(pod), exact };
}

function rejection(
  { pod, reason, since, exact }: Rejected,
  pods: number,
  topology: Topology,
): Symptom {
  const { reason: word = '', message = '' } = pod.status ?? {};
  const many = pods === 1 ? '' : `, one of ${pods} pods`;
  return {
    object: refOf('Pod', pod),
    reason,
    impact: topology.impactOf(pod),
    since,
    message: `Node ${pod.spec?.nodeName} rejected pod ${pod.metadata?.name}${many} (${word})${message === '' ? '' : `: ${cut(message, 180)}`}`,
    evidence: [{ source: 'field', at: 'status.reason', text: `${word} ${message}`.trim() }],
    proof: {
      decidedBy: 'field',
      sinceExact: exact,
      ...proofOf(pod),
      saysWhy: word !== 'UnexpectedAdmissionError',
    },
  };
}
