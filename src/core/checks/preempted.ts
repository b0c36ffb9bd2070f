import type { Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf, nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText, count, cut } from '../model/text.ts';
import { ageSeconds, formatTime, isOlder } from '../model/time.ts';
import { eventTime } from '../objects/cluster-objects.ts';
import { isOwed } from '../objects/ended-pods.ts';
import { formerOwners } from '../objects/former-owner.ts';
import { isJobPod, unsteadyPods } from '../objects/judged-pods.ts';
import type { Objects } from '../objects/kinds.ts';
import { conditionOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const preempted = defineCheck({
  meta: {
    id: 'preempted',
    title: 'Pods had to give way to pods of a higher priority',
    why: 'The workload has fewer pods than it wants since others took their place.',
    likelyCauses: [
      'the cluster is full, and a workload of a higher PriorityClass has grown',
      'a PriorityClass was given to what does not deserve it',
    ],
    commands: [
      'kubectl get priorityclasses',
      'kubectl -n {namespace} get events --field-selector reason=Preempted',
      'kubectl describe nodes | grep -E "^Name:|^  (cpu|memory|[a-z.]+/[a-z0-9.-]+) "',
    ],
    defaults: {
      // A replacement that finds another place is there within minutes.
      graceSeconds: 300,
      // Events live for an hour.
      recentSeconds: 3600,
    },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
    finds: { 46: ['Preempted'] },
    cause: { role: 'symptom' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    const lost = [...stillListed(objects, topology), ...gone(objects, topology)].filter(
      ({ since }) => (ageSeconds(since, now) ?? 0) < thresholds.recentSeconds,
    );
    for (const group of groupBy(lost, ({ workload }) => keyOf(workload)).values()) {
      const [first] = group.sort(
        (a, b) => compareText(a.since ?? '', b.since ?? '') || compareText(a.text, b.text),
      );
      if (first === undefined || !isOlder(first.since, thresholds.graceSeconds, now)) continue;
      yield preemptedOf(first, new Set(group.map(({ pod }) => pod)).size, topology);
    }
  },
});

interface Lost {
  readonly workload: ObjectRef;
  readonly pod: string;
  readonly since: string | null;
  readonly text: string;
  readonly at: string;
  readonly source: 'field' | 'event';
}

/** Pods that say so themselves: on their way out, or failed. */
function stillListed(objects: Pick<Objects, 'Pod' | 'Job'>, topology: Topology): readonly Lost[] {
  return unsteadyPods(objects).flatMap((pod): Lost[] => {
    const told = preemptionOf(pod);
    if (told === undefined || isJobPod(pod) || !isOwed(pod, topology)) return [];
    const workload = topology.workloadOf(pod);
    return [{ workload, pod: pod.metadata?.name ?? '', source: 'field', ...told }];
  });
}

function preemptionOf(pod: Pod): Pick<Lost, 'since' | 'text' | 'at'> | undefined {
  const condition = conditionOf(pod, 'DisruptionTarget');
  const { lastTransitionTime: since = pod.status?.startTime ?? null, message = '' } =
    condition ?? {};
  // The kubelet's own preemption, for a critical pod.
  if (pod.status?.phase === 'Failed' && pod.status.reason === 'Preempting')
    return { since, text: pod.status.message ?? '', at: 'status.reason' };
  if (condition?.status !== 'True' || condition.reason !== 'PreemptionByScheduler')
    return undefined;
  return { since, text: message, at: 'status.conditions[DisruptionTarget]' };
}

/** Preempted pods are deleted: only the event is left, and the pod's name says whose it was. */
function gone(
  objects: Pick<Objects, 'Pod' | 'Event' | 'Deployment' | 'StatefulSet' | 'DaemonSet'>,
  topology: Topology,
): readonly Lost[] {
  const events = objects.Event.filter(({ reason }) => reason === 'Preempted');
  if (events.length === 0) return [];
  const listed = new Set(objects.Pod.map(({ metadata }) => metadata?.uid));
  const ownerOf = formerOwners(objects);
  return events.flatMap((event): Lost[] => {
    const { kind, namespace = null, name = '', uid } = event.involvedObject ?? {};
    const workload = kind === 'Pod' && !listed.has(uid) ? ownerOf(namespace, name) : undefined;
    if (workload === undefined) return [];
    const { desired, ready } = topology.standingOf(workload) ?? { desired: 0, ready: 0 };
    if (ready >= desired) return [];
    const since = eventTime(event) === 0 ? null : formatTime(eventTime(event));
    return [
      { workload, pod: name, since, text: event.message ?? '', at: 'Preempted', source: 'event' },
    ];
  });
}

function preemptedOf(
  { workload, since, text, at, source }: Lost,
  pods: number,
  topology: Topology,
): Symptom {
  const { desired, ready } = topology.standingOf(workload) ?? { desired: 1, ready: 0 };
  return {
    object: workload,
    reason: 'Preempted',
    impact: ready === 0 ? 'outage' : 'degraded',
    since,
    message: `${workload.kind} ${nameOf(workload)} lost ${count(pods, 'pod')} to pods of a higher priority (Preempted), and ${ready} of ${desired} serve${text === '' ? '' : `: ${cut(text, 120)}`}`,
    evidence: [{ source, at, text: text === '' ? 'Preempted' : text }],
    // Of a pod that is gone only its name says whose it was.
    proof: { decidedBy: source === 'field' ? 'field' : 'message', sinceExact: source === 'field' },
  };
}
