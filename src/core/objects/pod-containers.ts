import { conditionOf } from './meta.ts';
import type { Container, ContainerStatus, Pod } from './pod.ts';
import { perObject } from './remembered.ts';

/** A container's status beside what was asked for. */
export interface PodContainer {
  readonly name: string;
  /** `init` runs to its end before the others start; a `sidecar` is an init container that keeps running. */
  readonly role: 'app' | 'sidecar' | 'init';
  readonly status: ContainerStatus;
  readonly spec: Container | undefined;
}

/** The pod's containers that report a status, init containers first. Ephemeral ones are not kept. */
export const containersOf = perObject((pod: Pod): readonly PodContainer[] => {
  const { spec, status } = pod;
  const apps = pair(status?.containerStatuses, spec?.containers, () => 'app');
  if (status?.initContainerStatuses === undefined) return apps;
  const sidecars = (spec?.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  const roleOf = (name: string): PodContainer['role'] =>
    sidecars.some((each) => each.name === name) ? 'sidecar' : 'init';
  return [...pair(status.initContainerStatuses, spec?.initContainers, roleOf), ...apps];
});

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

/** What a container waits for at first: its turn, its image, the pod's volumes and network. */
export const creatingReasons: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/** App containers and native sidecars: what should run for as long as the pod does. */
export function servingContainers(pod: Pod): readonly PodContainer[] {
  return containersOf(pod).filter(({ role }) => role !== 'init');
}

/** Init containers of a pod that is not initialized yet. */
export function unfinishedInits(pod: Pod): readonly PodContainer[] {
  if (pod.spec?.initContainers === undefined) return [];
  if (conditionOf(pod, 'Initialized')?.status === 'True') return [];
  return containersOf(pod).filter(({ role }) => role === 'init');
}

/** What the kubelet does when it ends: `Always`, `OnFailure` or `Never`. */
export function restartPolicyOf(pod: Pod, { role, spec }: PodContainer): string {
  if (role === 'sidecar') return 'Always';
  return spec?.restartPolicy ?? pod.spec?.restartPolicy ?? 'Always';
}

/** `status.containerStatuses[api].state.waiting`, for evidence. */
export function pathOf({ role, name }: PodContainer, field: string): string {
  return `status.${role === 'app' ? 'containerStatuses' : 'initContainerStatuses'}[${name}].${field}`;
}
