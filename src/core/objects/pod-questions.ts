import type { Proof } from '../model/finding.ts';
import { parseTime, type Since } from '../model/time.ts';
import { conditionOf } from './meta.ts';
import type { Pod } from './pod.ts';
import type { PodContainer } from './pod-containers.ts';
import { perObject } from './remembered.ts';
import type { Topology } from './topology.ts';

/** Since when the pod has not been ready: its condition's own time, else its start. */
export const notReadySince = perObject((pod: Pod): Since => {
  const ready = conditionOf(pod, 'Ready');
  const at = ready?.status === 'True' ? undefined : timeIn(ready?.lastTransitionTime);
  return at === undefined ? { since: startOf(pod), exact: false } : { since: at, exact: true };
});

/** When the kubelet took the pod on, else when it was made. */
export function startOf({ status, metadata }: Pod): string | null {
  return timeIn(status?.startTime) ?? timeIn(metadata?.creationTimestamp) ?? null;
}

/** When the last of its containers ended, else since when it has not been ready. */
export function endedAt(pod: Pod): string | null {
  const ends = (pod.status?.containerStatuses ?? []).map(
    ({ state }) => state?.terminated?.finishedAt,
  );
  return latest(ends) ?? notReadySince(pod).since;
}

/** The latest of several times; null where none of them is one. */
export function latest(times: readonly (string | null | undefined)[]): string | null {
  let last: string | null = null;
  for (const time of times)
    if (time != null && (parseTime(time) ?? 0) > (parseTime(last) ?? 0)) last = time;
  return last;
}

function timeIn(text: string | undefined): string | undefined {
  return parseTime(text) === null ? undefined : text;
}

/** Whether the pod's node is known not to be ready, or, where it was not read, the pod says that it is lost: then nothing of the pod is the pod's fault, unless it failed before. */
export function isOnLostNode(pod: Pod, topology: Topology): boolean {
  const node = topology.nodeNamed(pod.spec?.nodeName);
  const { status = 'True', lastTransitionTime } = conditionOf(node ?? {}, 'Ready') ?? {};
  if (node !== undefined) return status !== 'True' && !failedBefore(pod, lastTransitionTime);
  return pod.status?.phase === 'Unknown' || pod.status?.reason === 'NodeLost' || isGivenUp(pod);
}

/** Clocks differ, and the node controller waits 40 s: what follows may seem to begin a little before its cause. */
export const slackMs = 2 * 60 * 1000;

/** Whether the kubelet said that its containers are not ready before this time: of `Ready` alone the node controller may have spoken. */
export function failedBefore(pod: Pod, time: string | null | undefined): boolean {
  const { status, lastTransitionTime } = conditionOf(pod, 'ContainersReady') ?? {};
  const [failed, at] = [parseTime(lastTransitionTime), parseTime(time)];
  return status === 'False' && failed !== null && at !== null && failed < at - slackMs;
}

/** Not ready by the word of the node controller: it changes this one condition, and the kubelet would change both. */
function isGivenUp(pod: Pod): boolean {
  const gates = pod.spec?.readinessGates ?? [];
  return (
    gates.length === 0 &&
    conditionOf(pod, 'Ready')?.status === 'False' &&
    conditionOf(pod, 'ContainersReady')?.status === 'True'
  );
}

/** What a finding on a pod, and on one container of it, is proven by. */
export function proofOf(
  pod: Pod,
  container?: PodContainer,
): Pick<Proof, 'node' | 'templateHash' | 'container' | 'image'> {
  return {
    node: pod.spec?.nodeName,
    templateHash: templateHashOf(pod),
    container: container?.name,
    image: container?.spec?.image,
  };
}

/** The template that the pod is of, by its controller's hash of it. */
export function templateHashOf({ metadata }: Pod): string | undefined {
  const labels = metadata?.labels;
  return labels?.['pod-template-hash'] ?? labels?.['controller-revision-hash'];
}
