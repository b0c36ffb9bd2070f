import type { Event } from './cluster-objects.ts';
import { eventsOf, isFresh } from './object-events.ts';
import type { Pod } from './pod.ts';
import { containersOf } from './pod-containers.ts';
import type { Topology } from './topology.ts';

/** Whether every container still waits for the pod's volumes and network: none has ever been made. */
export function isBeingCreated(pod: Pod): boolean {
  const containers = containersOf(pod);
  return (
    pod.status?.phase === 'Pending' &&
    pod.spec?.nodeName !== undefined &&
    containers.every(
      ({ status: { state, lastState } }) =>
        lastState?.terminated === undefined && creating.includes(state?.waiting?.reason ?? ''),
    )
  );
}

const creating = ['ContainerCreating', 'PodInitializing'];

/** What the kubelet or the attach controller says of a pod whose volumes do not come, the text that says most first; empty where it is not stuck on them. */
export function mountTroubleOf(pod: Pod, topology: Topology, now: number): readonly Event[] {
  if (!isBeingCreated(pod)) return [];
  const events = eventsOf(pod, ['FailedMount', 'FailedAttachVolume'], topology);
  if (!events.some((event) => isFresh(event, now))) return [];
  return [...events.filter((each) => !isSummary(each)), ...events.filter(isSummary)];
}

/** `Unable to attach or mount volumes: …: timed out waiting for the condition` repeats that something failed, not what. */
function isSummary({ message = '' }: Event): boolean {
  return message.startsWith('Unable to attach or mount volumes');
}
