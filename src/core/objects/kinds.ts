import { apiServiceShape, webhookConfigurationShape } from './admission.ts';
import {
  eventShape,
  leaseShape,
  namespaceShape,
  nodeShape,
  quotaShape,
  signingRequestShape,
} from './cluster-objects.ts';
import type { CustomResource } from './custom.ts';
import {
  autoscalerShape,
  claimShape,
  disruptionBudgetShape,
  endpointSliceShape,
  ingressClassShape,
  ingressShape,
  networkPolicyShape,
  serviceShape,
  storageClassShape,
  volumeAttachmentShape,
  volumeShape,
} from './network-and-storage.ts';
import { podShape } from './pod.ts';
import type { Kept, Shape } from './shape.ts';
import {
  cronJobShape,
  daemonSetShape,
  deploymentShape,
  jobShape,
  statefulSetShape,
} from './workloads.ts';

interface KindRow {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shape: Shape;
  /** Only what meets one of these is read, each by a list of its own. */
  readonly fieldSelectors?: readonly string[];
  /** Only this namespace is read. */
  readonly within?: string;
}

/** Every kind that is read: where the API serves it, and what is kept of it. RBAC, reader, dumps and types follow from this table. */
export const kinds = {
  Pod: {
    group: '',
    version: 'v1',
    plural: 'pods',
    namespaced: true,
    shape: podShape,
    fieldSelectors: ['status.phase!=Succeeded'],
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
    /** Warnings, and what else decides: that an autoscaler brings a node or cannot, that a volume's driver is silent, that a node comes and goes. */
    fieldSelectors: [
      'type=Warning',
      'type=Normal,reason=TriggeredScaleUp',
      'type=Normal,reason=NotTriggerScaleUp',
      'type=Normal,reason=Nominated',
      'type=Normal,reason=ExternalProvisioning',
      'type=Normal,reason=NodeNotReady',
    ],
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
  IngressClass: {
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'ingressclasses',
    namespaced: false,
    shape: ingressClassShape,
  },
  NetworkPolicy: {
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'networkpolicies',
    namespaced: true,
    shape: networkPolicyShape,
  },
  StorageClass: {
    group: 'storage.k8s.io',
    version: 'v1',
    plural: 'storageclasses',
    namespaced: false,
    shape: storageClassShape,
  },
  VolumeAttachment: {
    group: 'storage.k8s.io',
    version: 'v1',
    plural: 'volumeattachments',
    namespaced: false,
    shape: volumeAttachmentShape,
  },
  ResourceQuota: {
    group: '',
    version: 'v1',
    plural: 'resourcequotas',
    namespaced: true,
    shape: quotaShape,
  },
  ValidatingWebhookConfiguration: {
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    plural: 'validatingwebhookconfigurations',
    namespaced: false,
    shape: webhookConfigurationShape,
  },
  MutatingWebhookConfiguration: {
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    plural: 'mutatingwebhookconfigurations',
    namespaced: false,
    shape: webhookConfigurationShape,
  },
  APIService: {
    group: 'apiregistration.k8s.io',
    version: 'v1',
    plural: 'apiservices',
    namespaced: false,
    shape: apiServiceShape,
  },
  CertificateSigningRequest: {
    group: 'certificates.k8s.io',
    version: 'v1',
    plural: 'certificatesigningrequests',
    namespaced: false,
    shape: signingRequestShape,
  },
  Lease: {
    group: 'coordination.k8s.io',
    version: 'v1',
    plural: 'leases',
    namespaced: true,
    shape: leaseShape,
    /** Those of nodes; all others are leader elections. */
    within: 'kube-node-lease',
  },
} as const satisfies { readonly [kind: string]: KindRow };

export type Kind = keyof typeof kinds;
/** Every object of a snapshot by kind; a kind that could not be read is an empty list here and a gap elsewhere. */
export type Objects = { readonly [K in Kind]: readonly Kept<(typeof kinds)[K]['shape']>[] } & {
  /** Every other object that has a status. */
  readonly CustomResource: readonly CustomResource[];
};
/** What a check may ask for. */
export type Subject = keyof Objects;

export const kindNames = Object.keys(kinds) as readonly Kind[];

export function isKind(name: string): name is Kind {
  return Object.hasOwn(kinds, name);
}

/** The row that an object is of: kind and group must fit, for a `Service` of another group (Knative's) is another kind. Undefined: a custom resource. */
export function kindOf(kind: string, apiVersion: string): Kind | undefined {
  if (!isKind(kind)) return undefined;
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return kinds[kind].group === group ? kind : undefined;
}

/** The selectors of a kind's lists; one that selects everything where it has none. */
export function selectorsOf(kind: Kind): readonly string[] {
  const row: KindRow = kinds[kind];
  return row.fieldSelectors ?? [''];
}

/** The only namespace that is read of a kind; undefined: all. */
export function homeOf(kind: Kind): string | undefined {
  const row: KindRow = kinds[kind];
  return row.within;
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Kind): string {
  const { group, version } = kinds[kind];
  return group === '' ? version : `${group}/${version}`;
}
