import type { Event } from './cluster-objects.ts';
import {
  endOf,
  isBetweenDeaths,
  isOutOfMemory,
  isStartFailure,
  loopRestarts,
} from './container-ends.ts';
import { conditionOf } from './meta.ts';
import { isBeingCreated, mountTroubleOf } from './mount-trouble.ts';
import { eventsOfContainer, freshEvent } from './object-events.ts';
import type { Container, Pod } from './pod.ts';
import { type PodContainer, pathOf, servingContainers } from './pod-containers.ts';
import { isOnLostNode, notReadySince } from './pod-questions.ts';
import type { Topology } from './topology.ts';

/** Why a pod is not ready, where no container's state says it. */
export interface Unreadiness {
  readonly reason: string;
  readonly says: string;
  readonly decidedBy: 'field' | 'message';
  /** From when its patience is counted. */
  readonly since: string | null;
  /** How long its own probes let it take. */
  readonly budgetSeconds: number;
  /** The kubelet is still at its volumes, network or images. */
  readonly creating: boolean;
  readonly at: string;
  readonly text: string;
  readonly container?: PodContainer | undefined;
  readonly event?: Event | undefined;
}

/** Undefined: other checks tell, or it is not for long enough to tell anything. The caller knows that the pod is not ready. */
export function unreadinessOf(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  if (isOnLostNode(pod, topology)) return lostNode(pod);
  if (pod.status?.phase === 'Failed') return failed(pod);
  if (isBeingCreated(pod)) return creating(pod, topology, now);
  return gate(pod) ?? container(pod, topology, now);
}

function base(pod: Pod): Omit<Unreadiness, 'reason' | 'says'> {
  const ready = conditionOf(pod, 'Ready');
  return {
    decidedBy: 'field',
    since: notReadySince(pod).since,
    budgetSeconds: 0,
    creating: false,
    at: 'status.conditions[Ready]',
    text: `${ready?.status ?? 'absent'} ${ready?.reason ?? ''} ${ready?.message ?? ''}`.trim(),
  };
}

function lostNode(pod: Pod): Unreadiness {
  const says = `its node ${pod.spec?.nodeName} is not ready or does not report`;
  return { ...base(pod), reason: 'NodeLost', says };
}

/** A pod that nobody restarts or replaces: evicted, past its deadline, or ended with an error that is told nowhere else. */
function failed(pod: Pod): Unreadiness | undefined {
  const ended = servingContainers(pod).filter(({ status }) => (endOf(status)?.exitCode ?? 0) !== 0);
  if (ended.some(({ status }) => isOutOfMemory(endOf(status)) || isStartFailure(endOf(status))))
    return undefined;
  const { reason, message } = pod.status ?? {};
  if (reason !== undefined)
    return {
      ...base(pod),
      reason,
      says: `it failed (${reason})${message === undefined ? '' : `: ${message}`}`,
    };
  const first = ended[0];
  if (first === undefined) return undefined;
  const { exitCode, reason: word = 'Error' } = endOf(first.status) ?? {};
  const says = `container ${first.name} ended for good (exit ${exitCode}, ${word})`;
  return { ...base(pod), reason: 'ContainerExited', says, container: first };
}

/** Volumes have a check of their own; what is left is the pod's network, or nothing that is told. */
function creating(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  if (mountTroubleOf(pod, topology, now).length > 0) return undefined;
  const event = freshEvent(pod, 'FailedCreatePodSandBox', topology, now);
  if (event === undefined) {
    const says = `node ${pod.spec?.nodeName} is still creating it (ContainerCreating), and no recent event says why`;
    return { ...base(pod), reason: 'ContainerCreatingStuck', says, creating: true };
  }
  const full = /failed to assign an IP|no available IP|no addresses available|range is full/i;
  const says = 'its network cannot be set up (FailedCreatePodSandBox)';
  const reason = full.test(event.message ?? '') ? 'PodIPExhausted' : 'FailedCreatePodSandBox';
  return {
    ...base(pod),
    reason,
    says,
    event,
    decidedBy: reason === event.reason ? 'field' : 'message',
  };
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
  return { ...base(pod), reason: 'ReadinessGateBlocked', says };
}

/** The first container that runs and is not ready, unless one of them lies: that one explains the pod. */
function container(pod: Pod, topology: Topology, now: number): Unreadiness | undefined {
  const unready = servingContainers(pod).filter(({ status }) => status.ready !== true);
  if (unready.some((each) => isToldElsewhere(each, now))) return undefined;
  const first = unready.find(({ status }) => status.state?.running !== undefined);
  return first === undefined ? undefined : probeOf(pod, first, topology);
}

function isToldElsewhere({ status }: PodContainer, now: number): boolean {
  const lies =
    status.state?.waiting !== undefined || (status.state?.terminated?.exitCode ?? 0) !== 0;
  return lies || isBetweenDeaths(status, loopRestarts, now);
}

function probeOf(pod: Pod, first: PodContainer, topology: Topology): Unreadiness {
  const starting = first.status.started === false && first.spec?.startupProbe !== undefined;
  const kind = starting ? 'Startup' : 'Readiness';
  const event = eventsOfContainer(pod, first.name, ['Unhealthy'], topology).find(
    ({ message = '' }) => message.startsWith(kind),
  );
  const never = (first.status.restartCount ?? 0) === 0 && first.status.started !== true;
  return {
    ...base(pod),
    reason: `${kind}ProbeFailing`,
    says: `container ${first.name} ${starting ? 'has not started within its startup budget' : 'is not ready by its readiness probe'}`,
    since: never ? (first.status.state?.running?.startedAt ?? base(pod).since) : base(pod).since,
    budgetSeconds: budgetOf(first.spec, starting),
    at: pathOf(first, starting ? 'started' : 'ready'),
    text: 'false',
    container: first,
    event,
  };
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
