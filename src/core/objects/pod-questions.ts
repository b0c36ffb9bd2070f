import type { Proof } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { ageSeconds } from '../model/time.ts';
import type { Event } from './cluster-objects.ts';
import type { Objects } from './kinds.ts';
import { conditionOf } from './meta.ts';
import type { Container, ContainerStatus, Pod } from './pod.ts';
import { eventTime, type Topology } from './topology.ts';

/** What every check of pods reads beside pods to know which of them to leave alone. */
export const bystanders = ['Namespace', 'Job'] as const;

/** A pod younger than this is not news, whatever it says. */
const newSeconds = 60;
/** A pod that failed for good longer ago than this is a tombstone. */
const tombstoneSeconds = 24 * 60 * 60;

/** Pods that a check may speak of: not completed, new or on their way out, not gated, and nobody's hook or placeholder; failed ones only where nothing replaces them. */
export function judgedPods(
  objects: Pick<Objects, 'Pod' | (typeof bystanders)[number]>,
  now: number,
): readonly Pod[] {
  return standingPods(objects).filter(
    (pod) =>
      pod.metadata?.deletionTimestamp === undefined &&
      (ageSeconds(pod.metadata?.creationTimestamp, now) ?? newSeconds) >= newSeconds &&
      !isGated(pod) &&
      !isCompleted(pod) &&
      !(pod.status?.phase === 'Failed' && (isReplaced(pod) || isTombstone(pod, now))),
  );
}

/** Pods that are there to stay or on their way out, without those that nobody waits for: hooks, mirrors of a kubelet's own files, placeholders, what goes with its namespace. */
export function standingPods({
  Pod: pods,
  Namespace,
  Job,
}: Pick<Objects, 'Pod' | (typeof bystanders)[number]>): readonly Pod[] {
  const going = new Set(
    Namespace.flatMap(({ status, metadata }) =>
      status?.phase === 'Terminating' ? (metadata?.name ?? []) : [],
    ),
  );
  const hooks = new Set(
    Job.filter(isHook).map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`),
  );
  return pods.filter(
    (pod) =>
      !going.has(pod.metadata?.namespace ?? '') &&
      !isHook(pod) &&
      !hooks.has(jobOf(pod) ?? '') &&
      pod.metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined &&
      (pod.spec?.priority ?? 0) >= 0,
  );
}

function isHook({ metadata }: Pick<Pod, 'metadata'>): boolean {
  const annotations = metadata?.annotations;
  return (annotations?.['helm.sh/hook'] ?? annotations?.['argocd.argoproj.io/hook']) !== undefined;
}

function ownerOf(pod: Pod) {
  return pod.metadata?.ownerReferences?.find((each) => each.controller === true);
}

/** `namespace/name` of the Job that owns the pod. */
export function jobOf(pod: Pod): string | undefined {
  const owner = ownerOf(pod);
  return owner?.kind === 'Job' ? `${pod.metadata?.namespace}/${owner.name}` : undefined;
}

function isGated(pod: Pod): boolean {
  const held = conditionOf(pod, 'PodScheduled')?.reason === 'SchedulingGated';
  return held || (pod.spec?.schedulingGates ?? []).some(({ name }) => name !== undefined);
}

function isCompleted(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || conditionOf(pod, 'Ready')?.reason === 'PodCompleted';
}

/** Whose pods end by design, and are tried again or counted as failed by their owner. */
const runners = ['Job', 'Workflow', 'TaskRun', 'EphemeralRunner'];

/** A pod of a Job, or of what works like one: how it ends is its owner's matter. */
export function isJobPod(pod: Pod): boolean {
  return runners.includes(ownerOf(pod)?.kind ?? '');
}

/** Evicted, rejected or shut down with its node: the controller makes another, and what keeps that from running is found there. */
function isReplaced(pod: Pod): boolean {
  return ownerOf(pod) !== undefined && !isJobPod(pod);
}

function isTombstone(pod: Pod, now: number): boolean {
  return (ageSeconds(conditionOf(pod, 'Ready')?.lastTransitionTime, now) ?? 0) > tombstoneSeconds;
}

/** A container's status beside what was asked for. */
export interface PodContainer {
  readonly name: string;
  /** `init` runs to its end before the others start; a `sidecar` is an init container that keeps running. */
  readonly role: 'app' | 'sidecar' | 'init';
  readonly status: ContainerStatus;
  readonly spec: Container | undefined;
}

/** The pod's containers that report a status, init containers first. Ephemeral ones are not kept. */
export function containersOf(pod: Pod): readonly PodContainer[] {
  const { spec, status } = pod;
  const sidecars = (spec?.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const roleOf = (name: string): PodContainer['role'] =>
    sidecars.some((each) => each.name === name) ? 'sidecar' : 'init';
  return [
    ...pair(status?.initContainerStatuses, spec?.initContainers, roleOf),
    ...pair(status?.containerStatuses, spec?.containers, () => 'app'),
  ];
}

function pair(
  statuses: readonly ContainerStatus[] = [],
  specs: readonly Container[] = [],
  roleOf: (name: string) => PodContainer['role'],
): readonly PodContainer[] {
  return statuses.map((status) => ({
    name: status.name ?? '',
    role: roleOf(status.name ?? ''),
    status,
    spec: specs.find(({ name }) => name === status.name),
  }));
}

/** App containers and native sidecars: what should run for as long as the pod does. */
export function servingContainers(pod: Pod): readonly PodContainer[] {
  return containersOf(pod).filter(({ role }) => role !== 'init');
}

/** Since when the pod has not been ready: its condition's own time, else its start. */
export function notReadySince(pod: Pod): {
  readonly since: string | null;
  readonly exact: boolean;
} {
  const ready = conditionOf(pod, 'Ready');
  if (ready !== undefined && ready.status !== 'True' && ready.lastTransitionTime !== undefined)
    return { since: ready.lastTransitionTime, exact: true };
  return { since: startOf(pod), exact: false };
}

/** When the kubelet took the pod on, else when it was made. */
export function startOf(pod: Pod): string | null {
  return pod.status?.startTime ?? pod.metadata?.creationTimestamp ?? null;
}

/** Whether something began at least `seconds` ago; a time that is not told counts as long ago. */
export function isOlder(since: string | null | undefined, seconds: number, now: number): boolean {
  return (ageSeconds(since, now) ?? seconds) >= seconds;
}

/** Whether the pod's node is known not to be ready, or the pod says that it is lost: then nothing of the pod is the pod's fault. */
export function isOnLostNode(pod: Pod, topology: Topology): boolean {
  const node = topology.nodeNamed(pod.spec?.nodeName);
  if (node !== undefined) return (conditionOf(node, 'Ready')?.status ?? 'True') !== 'True';
  return pod.status?.phase === 'Unknown' || pod.status?.reason === 'NodeLost';
}

export function refOf(pod: Pod): ObjectRef {
  const { namespace, name } = pod.metadata ?? {};
  return { kind: 'Pod', namespace: namespace ?? null, name: name ?? '' };
}

/** What a finding on a pod, and on one container of it, is proven by. */
export function proofOf(
  pod: Pod,
  container?: PodContainer,
): Pick<Proof, 'node' | 'templateHash' | 'container' | 'image'> {
  const labels = pod.metadata?.labels;
  return {
    node: pod.spec?.nodeName,
    templateHash: labels?.['pod-template-hash'] ?? labels?.['controller-revision-hash'],
    container: container?.name,
    image: container?.spec?.image,
  };
}

/** `status.containerStatuses[api].state.waiting`, for evidence. */
export function pathOf({ role, name }: PodContainer, field: string): string {
  return `status.${role === 'app' ? 'containerStatuses' : 'initContainerStatuses'}[${name}].${field}`;
}

/** Warning events about this very pod with one of these reasons, the newest first. */
export function eventsOf(
  pod: Pod,
  reasons: readonly string[],
  topology: Topology,
): readonly Event[] {
  return topology
    .eventsOf(pod.metadata?.uid)
    .filter(({ reason }) => reason !== undefined && reasons.includes(reason))
    .sort((a, b) => eventTime(b) - eventTime(a) || compare(a.message, b.message));
}

/** The same, where the kubelet says that they are about this container, or says nothing of containers. */
export function eventsOfContainer(
  pod: Pod,
  container: string,
  reasons: readonly string[],
  topology: Topology,
): readonly Event[] {
  return eventsOf(pod, reasons, topology).filter(
    ({ involvedObject }) => involvedObject?.fieldPath?.endsWith(`{${container}}`) !== false,
  );
}

/** Whether an event is fresh enough to decide where no field does: events of what recovered live on for an hour. */
export function isFresh(event: Event, now: number): boolean {
  return now - eventTime(event) <= freshMs;
}

const freshMs = 15 * 60 * 1000;

function compare(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}
