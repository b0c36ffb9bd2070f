import { formatTime, parseTime } from '../model/time.ts';
import { type Event, eventCount, eventTime, ownWords } from './cluster-objects.ts';
import { endOf } from './container-ends.ts';
import { eventsOfContainer } from './object-events.ts';
import type { Pod } from './pod.ts';
import type { PodContainer } from './pod-containers.ts';
import type { Topology } from './topology.ts';

/** The kubelet kills what these fail for. */
export type KillingProbe = 'Liveness' | 'Startup';

/** How often a probe of one container failed, as its events tell; events live for an hour. */
export interface ProbeFailures {
  readonly probe: KillingProbe;
  readonly count: number;
  readonly first: string;
  readonly spanSeconds: number;
  /** The newest event. */
  readonly event: Event;
  /** Its text, without what the event recorder put in front. */
  readonly text: string;
}

/** Failures of a probe, where its newest is not older than so many seconds. */
export function probeFailuresOf(
  pod: Pod,
  container: PodContainer,
  probe: KillingProbe,
  topology: Topology,
  freshSeconds: number,
  now: number,
): ProbeFailures | undefined {
  const events = eventsOfContainer(pod, container.name, ['Unhealthy'], topology).filter((event) =>
    ownWords(event.message ?? '').startsWith(`${probe} probe `),
  );
  const newest = events[0];
  if (newest === undefined || now - eventTime(newest) > freshSeconds * 1000) return undefined;
  const first = Math.min(
    ...events.map((each) => parseTime(each.firstTimestamp) ?? eventTime(each)),
  );
  return {
    probe,
    count: events.reduce((sum, each) => sum + eventCount(each), 0),
    first: formatTime(first),
    spanSeconds: (eventTime(newest) - first) / 1000,
    event: newest,
    text: ownWords(newest.message ?? ''),
  };
}

/** Whether an event says that the kubelet kills for it. */
export function tellsOf({ reason, message = '' }: Event, probe: KillingProbe): boolean {
  return reason === 'Unhealthy' && message.includes(`${probe} probe `);
}
/** SIGKILL, SIGTERM, and what a program says that ends well on SIGTERM: any other code is a crash of its own. */
const killedCodes = [137, 143, 0];

/** Whether it ended, if it ended at all, as what the kubelet kills does. */
export function mayBeKilled({ status }: PodContainer): boolean {
  const end = endOf(status);
  return (
    end === undefined || (killedCodes.includes(end.exitCode ?? 137) && end.reason !== 'OOMKilled')
  );
}
