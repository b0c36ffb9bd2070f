import type { Condition } from './meta.ts';
import { type ContainerStatus, isReady, type Pod } from './pod.ts';

/** Whether a pod serves and never fell. */
export function isServing(pod: Pod): boolean {
  const { spec, status } = pod;
  const statuses = status?.containerStatuses ?? [];
  return (
    status?.phase === 'Running' &&
    status.reason === undefined &&
    spec?.schedulingGates === undefined &&
    isReady(pod) &&
    statuses.length > 0 &&
    statuses.every((each) => each.ready === true && neverFell(each)) &&
    (status.initContainerStatuses ?? []).every(neverFell)
  );
}

/** Whether it says nothing else either: most of ten thousand are such, and no check of what pods suffer need look at them again. */
export function isSteady(pod: Pod): boolean {
  return isServing(pod) && (pod.status?.conditions ?? []).every(isWell);
}

/** Met, and not that the pod is to be moved or cannot be resized. */
function isWell({ type = '', status }: Condition): boolean {
  return status === 'True' && type !== 'DisruptionTarget' && !type.startsWith('PodResize');
}

function neverFell({ state, lastState, restartCount = 0 }: ContainerStatus): boolean {
  return (
    restartCount === 0 &&
    state?.waiting === undefined &&
    (state?.terminated?.exitCode ?? 0) === 0 &&
    state?.terminated?.reason !== 'OOMKilled' &&
    lastState?.terminated === undefined
  );
}
