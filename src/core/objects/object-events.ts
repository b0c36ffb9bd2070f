import { type Event, eventTime } from './cluster-objects.ts';
import type { ObjectMeta } from './meta.ts';
import type { Topology } from './topology.ts';

/** Events about this very object with one of these reasons, the newest first. */
export function eventsOf(
  { metadata }: ObjectMeta,
  reasons: readonly string[],
  topology: Topology,
): readonly Event[] {
  return topology
    .eventsOf(metadata?.uid)
    .filter(({ reason }) => reason !== undefined && reasons.includes(reason));
}

/** The same, where the kubelet says that they are about this container, or says nothing of containers. */
export function eventsOfContainer(
  pod: ObjectMeta,
  container: string,
  reasons: readonly string[],
  topology: Topology,
): readonly Event[] {
  return eventsOf(pod, reasons, topology).filter(
    ({ involvedObject }) => involvedObject?.fieldPath?.endsWith(`{${container}}`) !== false,
  );
}

/** The newest of one reason, where it is fresh enough to decide. */
export function freshEvent(
  object: ObjectMeta,
  reason: string,
  topology: Topology,
  now: number,
): Event | undefined {
  return eventsOf(object, [reason], topology).find((event) => isFresh(event, now));
}

/** Whether an event is fresh enough to decide where no field does: events of what recovered live on for an hour. */
export function isFresh(event: Event, now: number): boolean {
  return now - eventTime(event) <= freshMs;
}

const freshMs = 15 * 60 * 1000;

/** Whether an event may still be the newest word on what a field says goes on: events live for an hour. */
export function isLive(event: Event, now: number): boolean {
  return now - eventTime(event) <= liveMs;
}

const liveMs = 60 * 60 * 1000;
