import type { Event } from './cluster-objects.ts';
import { isBetweenDeaths, loopRestarts } from './container-ends.ts';
import { conditionOf } from './meta.ts';
import { isBeingCreated, mountTroubleOf, scheduledAt } from './mount-trouble.ts';
import { eventsOfContainer, freshEvent } from './object-events.ts';
import type { Container, Pod } from './pod.ts';
import {
  containersOf,
  creatingReasons,
  type PodContainer,
  pathOf,
  servingContainers,
} from './pod-containers.ts';
import { isOnLostNode, latest, notReadySince } from './pod-questions.ts';
import { perKey, perObject } from './remembered.ts';
import type { Topology } from './topology.ts';

export type Unready =
  | 'pod-on-lost-node'
  | 'sandbox-failed'
  | 'creating-stuck'
  | 'readiness-gate'
  | 'sidecar-not-ready'
  | 'startup-failing'
  | 'readiness-failing';

/** Why a pod is not ready, where no container's state says it. */
export interface Unreadiness {
  readonly check: Unready;
  readonly reason: string;
  readonly says: string;
  readonly decidedBy: 'field' | 'message';
  /** From when its patience is counted. */
  readonly since: string | null;
  /** How long its own probes let it take. */
  readonly budgetSeconds: number;
  readonly at: string;
  readonly text: string;
  readonly container?: PodContainer | undefined;
  readonly event?: Event | undefined;
}

/** Undefined: other checks tell. The caller knows that the pod is not ready. */
export function unreadinessOf(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  return told(topology)(now)(pod);
}

/** Asked by a check for each condition, and again by those of workloads. */
const told = perObject((topology: Topology) =>
  perKey((now: number) => perObject((pod: Pod) => lookAt(pod, topology, now))),
);

function lookAt(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  if (isOnLostNode(pod, topology)) return lostNode(pod);
  if (pod.status?.phase === 'Failed') return undefined;
  if (mountTroubleOf(pod, topology, now).length > 0) return undefined;
  return sandbox(pod, topology, now) ?? creating(pod) ?? gate(pod) ?? container(pod, topology, now);
}

function base(pod: Pod): Omit<Unreadiness, 'check' | 'reason' | 'says'> {
  const ready = conditionOf(pod, 'Ready');
  return {
    decidedBy: 'field',
    since: notReadySince(pod).since,
    budgetSeconds: 0,
    at: 'status.conditions[Ready]',
    text: `${ready?.status ?? 'absent'} ${ready?.reason ?? ''} ${ready?.message ?? ''}`.trim(),
  };
}

function lostNode(pod: Pod): Unreadiness {
  const says = `its node ${pod.spec?.nodeName} is not ready or does not report`;
  return { ...base(pod), check: 'pod-on-lost-node', reason: 'NodeLost', says };
}

/** The pod's network: nothing of it runs before it is there, also after a restart of its node. */
function sandbox(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  if (conditionOf(pod, 'PodReadyToStartContainers')?.status === 'True') return undefined;
  if (containersOf(pod).some(({ status }) => isPastNetwork(status))) return undefined;
  const event = freshEvent(pod, 'FailedCreatePodSandBox', topology, now);
  if (event === undefined) return undefined;
  const { message = '' } = event;
  const isFull = full.test(message);
  const lack = noRuntime.test(message) ? 'its runtime is missing' : 'its network cannot be set up';
  return {
    ...base(pod),
    check: 'sandbox-failed',
    reason: isFull ? 'PodIPExhausted' : 'FailedCreatePodSandBox',
    says: `${isFull ? 'no address is left for it' : lack} (FailedCreatePodSandBox)`,
    event,
    decidedBy: isFull ? 'message' : 'field',
  };
}

/** It runs, or the kubelet is at its image or its configuration. */
function isPastNetwork({ state }: PodContainer['status']): boolean {
  return state?.running !== undefined || waitsForMore(state);
}

/** It waits, and no longer only to be made. */
function waitsForMore(state: PodContainer['status']['state']): boolean {
  const waiting = state?.waiting;
  return waiting !== undefined && !creatingReasons.includes(waiting.reason ?? '');
}

/** The AWS VPC CNI, host-local IPAM, Calico and Azure, each in its own words. */
const full =
  /failed to assign an IP|no available IP|no addresses available|range is full|no more (?:free )?(?:IPs|addresses)|No available addresses|no IP addresses available|IP pool.{0,40}exhausted/i;

/** What its RuntimeClass asks for: containerd, CRI-O, and the kubelet where the class itself is missing. */
const noRuntime = /no runtime for "|runtime ?handler|runtimeclass(?:es)?\b/i;

/** Its network and volumes are there, or the kubelet does not say what it lacks: it fetches images, or hangs. */
function creating(pod: Pod): Unreadiness | undefined {
  if (!isBeingCreated(pod) && !isBeingCompleted(pod)) return undefined;
  const waits = containersOf(pod).find(({ status }) => isMade(status) === false);
  const word = waits?.status.state?.waiting?.reason ?? 'ContainerCreating';
  const what = waits === undefined ? 'it' : `container ${waits.name}`;
  return {
    ...base(pod),
    check: 'creating-stuck',
    reason: 'ContainerCreatingStuck',
    says: `node ${pod.spec?.nodeName} is still creating ${what} (${word}), and no recent event says why`,
    since: latest([
      scheduledAt(pod).since,
      ...containersOf(pod).flatMap(({ status: { state } }) => [
        state?.terminated?.finishedAt,
        state?.running?.startedAt,
      ]),
    ]),
  };
}

/** Some of its containers were made, others are still to be: only images can be awaited. */
function isBeingCompleted(pod: Pod): boolean {
  const containers = containersOf(pod);
  return (
    pod.status?.phase === 'Pending' &&
    pod.spec?.nodeName !== undefined &&
    containers.some(({ status }) => isMade(status) === false) &&
    containers.every(({ role, status }) =>
      role === 'init' ? isDone(status) : isMade(status) !== undefined && status.started !== false,
    )
  );
}

/** Undefined: it was made and has fallen since. */
function isMade({ state, lastState }: PodContainer['status']): boolean | undefined {
  if (lastState?.terminated !== undefined || state?.terminated !== undefined) return undefined;
  if (state?.running !== undefined) return true;
  return creatingReasons.includes(state?.waiting?.reason ?? '') ? false : undefined;
}

function isDone({ state }: PodContainer['status']): boolean {
  return state?.terminated?.exitCode === 0 && state.terminated.reason !== 'OOMKilled';
}

/** A readiness gate that somebody outside must open, while all containers are ready. */
function gate(pod: Pod): Unreadiness | undefined {
  if (conditionOf(pod, 'ContainersReady')?.status !== 'True') return undefined;
  const closed = (pod.spec?.readinessGates ?? []).find(
    ({ conditionType = '' }) => conditionOf(pod, conditionType)?.status !== 'True',
  )?.conditionType;
  if (closed === undefined) return undefined;
  const met = conditionOf(pod, closed);
  const says = `readiness gate ${closed} is not met (${met?.reason ?? met?.status ?? 'absent'})`;
  return { ...base(pod), check: 'readiness-gate', reason: 'ReadinessGateBlocked', says };
}

/** The first container that runs and is not ready, sidecars before the others, unless one of them lies: that one explains the pod. */
function container(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  const unready = servingContainers(pod).filter(({ status }) => status.ready !== true);
  if (unready.some((each) => isToldElsewhere(each, now))) return undefined;
  const first = unready.find(({ status }) => status.state?.running !== undefined);
  if (first === undefined) return undefined;
  const blocked = containersOf(pod).some(({ role, status }) => role === 'init' && !isDone(status));
  return blocked && first.status.started !== false ? undefined : probeOf(pod, first, topology);
}

function isToldElsewhere({ status }: PodContainer, now: number): boolean {
  const lies = waitsForMore(status.state) || (status.state?.terminated?.exitCode ?? 0) !== 0;
  return lies || isBetweenDeaths(status, loopRestarts, now);
}

function probeOf(pod: Pod, first: PodContainer, topology: Topology): Unreadiness {
  const starting = first.status.started === false && first.spec?.startupProbe !== undefined;
  const kind = starting ? 'Startup' : 'Readiness';
  const event = eventsOfContainer(pod, first.name, ['Unhealthy'], topology).find(
    ({ message = '' }) => message.startsWith(kind),
  );
  return {
    ...base(pod),
    ...nameOf(first, starting),
    since: waitsSince(pod, first),
    budgetSeconds: budgetOf(first.spec, starting),
    at: pathOf(first, starting ? 'started' : 'ready'),
    text: 'false',
    container: first,
    event,
  };
}

function nameOf(
  { role, name, status }: PodContainer,
  starting: boolean,
): Pick<Unreadiness, 'check' | 'reason' | 'says'> {
  const how = starting
    ? 'has not started within its startup budget'
    : 'is not ready by its readiness probe';
  if (role === 'app')
    return starting
      ? {
          check: 'startup-failing',
          reason: 'StartupProbeFailing',
          says: `container ${name} ${how}`,
        }
      : {
          check: 'readiness-failing',
          reason: 'ReadinessProbeFailing',
          says: `container ${name} ${how}`,
        };
  const blocks = status.started === false ? ', and what comes after it waits' : '';
  return {
    check: 'sidecar-not-ready',
    reason: 'SidecarNotReady',
    says: `sidecar ${name} ${how}${blocks}`,
  };
}

/** Before its first restart a container owes nothing for what came before it (images, other containers). */
function waitsSince(pod: Pod, { status }: PodContainer): string | null {
  const { since } = notReadySince(pod);
  return (status.restartCount ?? 0) > 0 ? since : latest([since, status.state?.running?.startedAt]);
}

/** Kubernetes' own defaults: every 10 s, three failures. A tenth more for the startup probe, five periods for the readiness probe. */
function budgetOf(spec: Container | undefined, starting: boolean): number {
  if (starting) {
    const {
      initialDelaySeconds = 0,
      periodSeconds = 10,
      failureThreshold = 3,
    } = spec?.startupProbe ?? {};
    return (initialDelaySeconds + periodSeconds * failureThreshold) * 1.1;
  }
  const { initialDelaySeconds = 0, periodSeconds = 10 } = spec?.readinessProbe ?? {};
  return initialDelaySeconds + periodSeconds * 5;
}
