import { formatTime, parseTime, type Since } from '../model/time.ts';
import { eventTime } from './cluster-objects.ts';
import { conditionOf } from './meta.ts';
import { eventsOf, isFresh } from './object-events.ts';
import type { Pod } from './pod.ts';
import { startOf } from './pod-questions.ts';
import type { Topology } from './topology.ts';

/** What a scheduler says of a pod that it finds no node for. */
export interface Refused extends Since {
  readonly reason: string;
  readonly message: string;
  readonly source: 'field' | 'event';
  readonly at: string;
}

/** Whether no scheduler has bound it, and none has been told to wait. */
export function isUnbound({ status, spec }: Pod): boolean {
  return status?.phase === 'Pending' && spec?.nodeName === undefined;
}

/** By the pod's condition, which the default scheduler and Kueue write; by the event alone where a scheduler (Fargate's) writes none. */
export function refusedBy(pod: Pod, topology: Topology, now: number): Refused | undefined {
  if (!isUnbound(pod)) return undefined;
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled === undefined) return refusedByEvent(pod, topology, now);
  if (scheduled.status !== 'False') return undefined;
  const { reason = 'not scheduled', message = '', lastTransitionTime } = scheduled;
  return {
    reason,
    message,
    since: lastTransitionTime ?? startOf(pod),
    exact: lastTransitionTime !== undefined,
    source: 'field',
    at: 'status.conditions[PodScheduled].message',
  };
}

function refusedByEvent(pod: Pod, topology: Topology, now: number): Refused | undefined {
  const event = eventsOf(pod, ['FailedScheduling'], topology).find((each) => isFresh(each, now));
  if (event === undefined) return undefined;
  const first = parseTime(event.firstTimestamp) ?? eventTime(event);
  return {
    reason: 'FailedScheduling',
    message: event.message ?? '',
    since: first === 0 ? startOf(pod) : formatTime(first),
    exact: false,
    source: 'event',
    at: 'FailedScheduling',
  };
}
