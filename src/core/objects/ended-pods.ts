import { formatTime, type Since } from '../model/time.ts';
import { eventTime } from './cluster-objects.ts';
import { isJobPod, unsteadyPods } from './judged-pods.ts';
import type { Objects } from './kinds.ts';
import { conditionOf, controllerOf } from './meta.ts';
import { eventsOf } from './object-events.ts';
import { hasEnded, isReady, type Pod } from './pod.ts';
import { endedAt } from './pod-questions.ts';
import { perArray } from './remembered.ts';
import type { Topology } from './topology.ts';

/** Pods that failed for good and are still listed, whether or not something replaces them; a Job counts its own. */
export function failedPods(objects: Pick<Objects, 'Pod' | 'Job'>): readonly Pod[] {
  return unsteadyPods(objects).filter(
    (pod) =>
      pod.status?.phase === 'Failed' &&
      pod.metadata?.deletionTimestamp === undefined &&
      !isJobPod(pod),
  );
}

/** When it was put out: not its startTime, which may be weeks before. Kubelets before 1.26 write no condition, and the event alone tells. */
export function putOutAt(pod: Pod, event: string, topology: Topology): Since {
  const disrupted = conditionOf(pod, 'DisruptionTarget');
  if (disrupted?.status === 'True' && disrupted.lastTransitionTime !== undefined)
    return { since: disrupted.lastTransitionTime, exact: true };
  const [told] = eventsOf(pod, [event], topology);
  if (told !== undefined && eventTime(told) > 0)
    return { since: formatTime(eventTime(told)), exact: true };
  return { since: endedAt(pod), exact: false };
}

/** Whether its controller has not made up for it; a pod that none controls is owed as it is. */
export function isOwed(pod: Pod, topology: Topology): boolean {
  if (controllerOf(pod) === undefined) return true;
  const workload = topology.workloadOf(pod);
  if (isCounted(workload.kind) && topology.read(workload.kind, workload.namespace)) {
    const { desired, ready } = topology.standingOf(workload) ?? { desired: 0, ready: 0 };
    return ready < desired;
  }
  return someUnready(topology.podsOf(workload));
}

const someUnready = perArray((pods: readonly Pod[]) =>
  pods.some((each) => !hasEnded(each) && !isReady(each)),
);

type Counted = 'Deployment' | 'StatefulSet' | 'DaemonSet';
/** Their objects say how many pods they want. */
function isCounted(kind: string): kind is Counted {
  return kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet';
}
