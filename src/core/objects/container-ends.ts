import type { Evidence, Impact } from '../model/finding.ts';
import { count } from '../model/text.ts';
import { ageSeconds, formatTime, isOlder, parseTime, type Since } from '../model/time.ts';
import { eventTime } from './cluster-objects.ts';
import { eventsOf } from './object-events.ts';
import { type Container, type ContainerStatus, isReady, type Pod } from './pod.ts';
import { type PodContainer, pathOf } from './pod-containers.ts';
import { notReadySince } from './pod-questions.ts';
import type { Topology } from './topology.ts';

export type End = NonNullable<NonNullable<ContainerStatus['lastState']>['terminated']>;

/** From this many restarts on, deaths in a row are a loop and not a mishap (kwatch's first tier, and the third back-off). */
export const loopRestarts = 3;
/** The kubelet forgets a container's back-off once it ran this long. */
const settledSeconds = 600;

/** How the container ended: what it lies in now, else the time before. */
export function endOf({ state, lastState }: ContainerStatus): End | undefined {
  return state?.terminated ?? lastState?.terminated;
}

/** Where in the status that end stands. */
export function endField({ state }: ContainerStatus): string {
  return `${state?.terminated === undefined ? 'lastState' : 'state'}.terminated`;
}

export function isOutOfMemory(end: End | undefined): boolean {
  return end?.reason === 'OOMKilled';
}

/** The kubelet could not find it any more. */
export function isStatusUnknown(end: End | undefined): boolean {
  return end?.reason === 'ContainerStatusUnknown';
}

/** The command never ran: the runtime says so, or the shell's 126 (not executable) and 127 (not found). Any program may exit with 128 (git does). */
export function isStartFailure(end: End | undefined): boolean {
  if (end === undefined || isOutOfMemory(end)) return false;
  const { reason = '', exitCode = 0, message = '' } = end;
  return (
    ['StartError', 'ContainerCannotRun'].includes(reason) ||
    [126, 127].includes(exitCode) ||
    (exitCode !== 0 && neverRan.test(message))
  );
}

/** Some runtimes say so with any code: a file for another processor, a script whose interpreter is not there, a mount that is refused. */
const neverRan =
  /exec format error|exec user process caused|unable to start container process|OCI runtime create failed/;

export function isBackingOff({ state }: ContainerStatus): boolean {
  return state?.waiting?.reason === 'CrashLoopBackOff';
}

/** A loop seen between two deaths: it runs, for so short a time, after so short a run, that the kubelet still counts; or it has died again and does not wait yet. */
export function isBetweenDeaths(status: ContainerStatus, restarts: number, now: number): boolean {
  const end = status.lastState?.terminated;
  const died = status.state?.terminated;
  const since = (status.state?.running ?? died)?.startedAt;
  if (end === undefined || since === undefined || (status.restartCount ?? 0) < restarts)
    return false;
  const settled = [since, end.finishedAt].some((time) => isOlder(time, settledSeconds, now));
  return !settled && runSeconds(end) < settledSeconds;
}

function runSeconds({ startedAt, finishedAt }: End): number {
  return ageSeconds(startedAt, parseTime(finishedAt) ?? 0) ?? 0;
}

/** As `topology.impactOf`, but a looping container that happens to run now serves too little at best. */
export function impactOfLoop(pod: Pod, topology: Topology): Impact {
  if (!isReady(pod)) return topology.impactOf(pod);
  const { desired, ready } = topology.standingOf(topology.workloadOf(pod)) ?? {
    desired: 1,
    ready: 1,
  };
  return ready - 1 >= desired ? 'at-risk' : 'degraded';
}

/**
 * When a loop began at the latest (RFC 3339). The pod's readiness flips with every restart, so also the first of
 * the kubelet's back-off events, and the back-offs (10 s, doubled up to 5 min) that lie behind the one it is in.
 */
export function loopSince(pod: Pod, status: ContainerStatus, topology: Topology): string | null {
  const times = [
    isReady(pod) ? null : parseTime(notReadySince(pod).since),
    ...eventsOf(pod, ['BackOff'], topology)
      .filter(({ message = '' }) => message.includes('restarting'))
      .map((event) => parseTime(event.firstTimestamp) ?? eventTime(event)),
    beforeBackOff(status),
  ].filter((time) => time !== null);
  return times.length === 0 ? null : formatTime(Math.min(...times));
}

/** Since when a pod that is not ready serves nothing worth the name: one that backs off was ready for a moment after each restart. */
export function downSince(pod: Pod): Since {
  const known = notReadySince(pod);
  const at = parseTime(known.since);
  const loops = (pod.status?.containerStatuses ?? []).filter(isBackingOff);
  const first = Math.min(...loops.map((status) => beforeBackOff(status) ?? Infinity));
  return at === null || at <= first ? known : { since: formatTime(first), exact: false };
}

/** The waits behind a back-off of n seconds add up to n - 10. */
function beforeBackOff(status: ContainerStatus): number | null {
  const died = parseTime(endOf(status)?.finishedAt);
  const text = /back-off (?:(\d+)m)?(\d+)s/.exec(status.state?.waiting?.message ?? '');
  if (died === null || text === null) return died;
  const seconds = Number(text[1] ?? 0) * 60 + Number(text[2]);
  return died - Math.max(0, seconds - 10) * 1000;
}

/** `exit 1, Error, 4 restarts`, or with the signal where the runtime names one: how it ended, in Kubernetes' words. */
export function sayEnd(status: ContainerStatus): string {
  const end = endOf(status);
  return [
    end?.exitCode === undefined ? 'exit code unknown' : `exit ${end.exitCode}`,
    (end?.signal ?? 0) === 0 ? undefined : `signal ${end?.signal}`,
    end?.reason,
    status.state?.waiting?.reason,
    count(status.restartCount ?? 0, 'restart'),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** How it ended, as it stands in the status: `exit 1, Error, started 2026-01-01T11:58:00Z, finished 2026-01-01T11:59:00Z`, of that what is there. */
export function endEvidence(container: PodContainer): Evidence {
  const { status } = container;
  const { exitCode, reason, startedAt, finishedAt } = endOf(status) ?? {};
  const said = [
    exitCode === undefined ? undefined : `exit ${exitCode}`,
    reason,
    startedAt === undefined ? undefined : `started ${startedAt}`,
    finishedAt === undefined ? undefined : `finished ${finishedAt}`,
  ].filter((part) => part !== undefined);
  if (said.length > 0)
    return { source: 'field', at: pathOf(container, endField(status)), text: said.join(', ') };
  const { reason: waits = 'unknown', message = waits } = status.state?.waiting ?? {};
  return { source: 'field', at: pathOf(container, 'state.waiting'), text: message };
}

/** `: its limit is 128Mi`, where the container has a memory limit. */
export function sayLimit(spec: Container | undefined): string {
  const limit = spec?.resources?.limits?.memory;
  return limit === undefined ? '' : `: its limit is ${limit}`;
}
