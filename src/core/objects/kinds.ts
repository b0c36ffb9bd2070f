import { apiServiceShape, webhookConfigurationShape } from './admission.ts';
import {
  eventShape,
  leaseShape,
  namespaceShape,
  nodeShape,
  quotaShape,
  signingRequestShape,
} from './cluster-objects.ts';
import { type CustomResource, groupOf } from './custom.ts';
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

type Limits = Pick<KindRow, 'fieldSelectors' | 'within'>;

function resource<S extends Shape>(api: string, plural: string, shape: S, limits: Limits) {
  const [version = '', group = ''] = api.split('/').reverse();
  return { group, version, plural, shape, ...limits };
}

/** A kind that lives in namespaces, by its apiVersion and plural. */
function namespaced<S extends Shape>(api: string, plural: string, shape: S, limits: Limits = {}) {
  return { ...resource(api, plural, shape, limits), namespaced: true };
}

function clusterWide<S extends Shape>(api: string, plural: string, shape: S, limits: Limits = {}) {
  return { ...resource(api, plural, shape, limits), namespaced: false };
}

/** Every kind that is read: where the API serves it, and what is kept of it. RBAC, reader, dumps and types follow from this table. */
export const kinds = {
  Pod: namespaced('v1', 'pods', podShape, { fieldSelectors: ['status.phase!=Succeeded'] }),
  Node: clusterWide('v1', 'nodes', nodeShape),
  Namespace: clusterWide('v1', 'namespaces', namespaceShape),
  /** Warnings, and what else decides: that an autoscaler brings a node or cannot, that a volume's driver is silent, that a node comes and goes. */
  Event: namespaced('v1', 'events', eventShape, {
    fieldSelectors: [
      'type=Warning',
      'type=Normal,reason=TriggeredScaleUp',
      'type=Normal,reason=NotTriggerScaleUp',
      'type=Normal,reason=Nominated',
      'type=Normal,reason=ExternalProvisioning',
      'type=Normal,reason=NodeNotReady',
    ],
  }),
  Deployment: namespaced('apps/v1', 'deployments', deploymentShape),
  StatefulSet: namespaced('apps/v1', 'statefulsets', statefulSetShape),
  DaemonSet: namespaced('apps/v1', 'daemonsets', daemonSetShape),
  Job: namespaced('batch/v1', 'jobs', jobShape),
  CronJob: namespaced('batch/v1', 'cronjobs', cronJobShape),
  Service: namespaced('v1', 'services', serviceShape),
  EndpointSlice: namespaced('discovery.k8s.io/v1', 'endpointslices', endpointSliceShape),
  Ingress: namespaced('networking.k8s.io/v1', 'ingresses', ingressShape),
  PersistentVolumeClaim: namespaced('v1', 'persistentvolumeclaims', claimShape),
  PersistentVolume: clusterWide('v1', 'persistentvolumes', volumeShape),
  HorizontalPodAutoscaler: namespaced(
    'autoscaling/v2',
    'horizontalpodautoscalers',
    autoscalerShape,
  ),
  PodDisruptionBudget: namespaced('policy/v1', 'poddisruptionbudgets', disruptionBudgetShape),
  IngressClass: clusterWide('networking.k8s.io/v1', 'ingressclasses', ingressClassShape),
  NetworkPolicy: namespaced('networking.k8s.io/v1', 'networkpolicies', networkPolicyShape),
  StorageClass: clusterWide('storage.k8s.io/v1', 'storageclasses', storageClassShape),
  VolumeAttachment: clusterWide('storage.k8s.io/v1', 'volumeattachments', volumeAttachmentShape),
  ResourceQuota: namespaced('v1', 'resourcequotas', quotaShape),
  ValidatingWebhookConfiguration: clusterWide(
    'admissionregistration.k8s.io/v1',
    'validatingwebhookconfigurations',
    webhookConfigurationShape,
  ),
  MutatingWebhookConfiguration: clusterWide(
    'admissionregistration.k8s.io/v1',
    'mutatingwebhookconfigurations',
    webhookConfigurationShape,
  ),
  APIService: clusterWide('apiregistration.k8s.io/v1', 'apiservices', apiServiceShape),
  CertificateSigningRequest: clusterWide(
    'certificates.k8s.io/v1',
    'certificatesigningrequests',
    signingRequestShape,
  ),
  /** Those of nodes; all others are leader elections. */
  Lease: namespaced('coordination.k8s.io/v1', 'leases', leaseShape, { within: 'kube-node-lease' }),
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
  return kinds[kind].group === groupOf({ apiVersion }) ? kind : undefined;
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
