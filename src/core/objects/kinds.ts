import { eventShape, namespaceShape, nodeShape } from './cluster-objects.ts';
import {
  autoscalerShape,
  claimShape,
  disruptionBudgetShape,
  endpointSliceShape,
  ingressShape,
  serviceShape,
  volumeShape,
} from './network-and-storage.ts';
import { podShape } from './pod.ts';
import type { Kept } from './shape.ts';
import {
  cronJobShape,
  daemonSetShape,
  deploymentShape,
  jobShape,
  statefulSetShape,
} from './workloads.ts';

/** Every kind that is read: where the API serves it, and what is kept of it. RBAC, reader, dumps and types follow from this table. */
export const kinds = {
  Pod: {
    group: '',
    version: 'v1',
    plural: 'pods',
    namespaced: true,
    shape: podShape,
    fieldSelector: 'status.phase!=Succeeded',
  },
  Node: { group: '', version: 'v1', plural: 'nodes', namespaced: false, shape: nodeShape },
  Namespace: {
    group: '',
    version: 'v1',
    plural: 'namespaces',
    namespaced: false,
    shape: namespaceShape,
  },
  Event: {
    group: '',
    version: 'v1',
    plural: 'events',
    namespaced: true,
    shape: eventShape,
    fieldSelector: 'type=Warning',
  },
  Deployment: {
    group: 'apps',
    version: 'v1',
    plural: 'deployments',
    namespaced: true,
    shape: deploymentShape,
  },
  StatefulSet: {
    group: 'apps',
    version: 'v1',
    plural: 'statefulsets',
    namespaced: true,
    shape: statefulSetShape,
  },
  DaemonSet: {
    group: 'apps',
    version: 'v1',
    plural: 'daemonsets',
    namespaced: true,
    shape: daemonSetShape,
  },
  Job: { group: 'batch', version: 'v1', plural: 'jobs', namespaced: true, shape: jobShape },
  CronJob: {
    group: 'batch',
    version: 'v1',
    plural: 'cronjobs',
    namespaced: true,
    shape: cronJobShape,
  },
  Service: { group: '', version: 'v1', plural: 'services', namespaced: true, shape: serviceShape },
  EndpointSlice: {
    group: 'discovery.k8s.io',
    version: 'v1',
    plural: 'endpointslices',
    namespaced: true,
    shape: endpointSliceShape,
  },
  Ingress: {
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'ingresses',
    namespaced: true,
    shape: ingressShape,
  },
  PersistentVolumeClaim: {
    group: '',
    version: 'v1',
    plural: 'persistentvolumeclaims',
    namespaced: true,
    shape: claimShape,
  },
  PersistentVolume: {
    group: '',
    version: 'v1',
    plural: 'persistentvolumes',
    namespaced: false,
    shape: volumeShape,
  },
  HorizontalPodAutoscaler: {
    group: 'autoscaling',
    version: 'v2',
    plural: 'horizontalpodautoscalers',
    namespaced: true,
    shape: autoscalerShape,
  },
  PodDisruptionBudget: {
    group: 'policy',
    version: 'v1',
    plural: 'poddisruptionbudgets',
    namespaced: true,
    shape: disruptionBudgetShape,
  },
} as const;

export type Kind = keyof typeof kinds;
/** Every object of a snapshot by kind; a kind that could not be read is an empty list here and a gap elsewhere. */
export type Objects = { readonly [K in Kind]: readonly Kept<(typeof kinds)[K]['shape']>[] };

export const kindNames = Object.keys(kinds) as readonly Kind[];

export function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Kind): string {
  const { group, version } = kinds[kind];
  return group === '' ? version : `${group}/${version}`;
}
