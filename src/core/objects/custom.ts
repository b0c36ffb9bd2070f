import { groupBy } from '../model/group.ts';
import { condition, metadata } from './meta.ts';
import { perArray } from './remembered.ts';
import { fields, type Kept, list } from './shape.ts';

/** Annotations by which an owner tells an operator to leave an object alone. */
export const restAnnotations = [
  'cnpg.io/hibernation',
  'cnpg.io/reconciliation',
  'crossplane.io/paused',
  'autoscaling.keda.sh/paused',
  'autoscaling.keda.sh/paused-replicas',
  'kustomize.toolkit.fluxcd.io/reconcile',
  'helm.toolkit.fluxcd.io/reconcile',
  'fluxcd.controlplane.io/reconcile',
  'cluster.x-k8s.io/paused',
  'strimzi.io/pause-reconciliation',
  'rabbitmq.com/pauseReconciliation',
  'common.k8s.elastic.co/managed',
  'baremetalhost.metal3.io/paused',
  'serving.kserve.io/stop',
  'argocd.argoproj.io/skip-reconcile',
] as const;

const customCondition = fields({ ...condition.fields, severity: 'text' });
export const conditionList = list(customCondition);
export type CustomCondition = Kept<typeof customCondition>;

/** What a listener, a parent or a router says of its part. */
const partConditions = list(
  fields({
    type: 'text',
    status: 'text',
    reason: 'text',
    message: 'text',
    lastTransitionTime: 'text',
    observedGeneration: 'number',
  }),
);

/** A reference to another object; of each kind of reference only what says more than its default is kept. */
export interface Reference {
  readonly group?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}
const source = fields({ kind: 'text', name: 'text', namespace: 'text' });
const backend = fields({ group: 'text', kind: 'text', name: 'text', namespace: 'text' });

/** Whom it names, what it asks for, and whether it shall rest. */
const spec = fields({
  suspend: 'flag',
  suspended: 'flag',
  paused: 'flag',
  pause: 'flag',
  running: 'flag',
  runStrategy: 'text',
  powerState: 'text',
  replicas: 'number',
  instances: 'number',
  secretName: 'text',
  issuerRef: fields({ group: 'text', kind: 'text', name: 'text' }),
  sourceRef: source,
  chartRef: source,
  chart: fields({ spec: fields({ sourceRef: fields({ kind: 'text', name: 'text' }) }) }),
  dependsOn: list(fields({ name: 'text', namespace: 'text' })),
  secretStoreRef: fields({ kind: 'text', name: 'text' }),
  target: fields({ name: 'text' }),
  template: fields({ metadata: fields({ name: 'text' }) }),
  gatewayClassName: 'text',
  rules: list(fields({ backendRefs: list(backend) })),
  scaleTargetRef: fields({ kind: 'text', name: 'text' }),
  /** A VolumeSnapshot's. */
  source: fields({ persistentVolumeClaimName: 'text' }),
});

export const statusShape = fields({
  observedGeneration: 'textOrNumber',
  /** Karmada's, and that of Open Cluster Management. */
  schedulerObservedGeneration: 'number',
  lastEvaluatedGeneration: 'number',
  conditions: conditionList,
  message: 'text',
  reason: 'text',
  phaseReason: 'text',
  errorMessage: 'text',
  failureReason: 'text',
  failureMessage: 'text',
  applied: 'flag',
  healthy: 'flag',
  replicas: 'number',
  readyReplicas: 'number',
  availableReplicas: 'number',
  instances: 'number',
  readyInstances: 'number',
  numberReady: 'number',
  desiredNumberScheduled: 'number',
  latestReadyRevisionName: 'text',
  /** Karpenter's, and that of Cluster API. */
  nodeName: 'text',
  nodeRef: fields({ name: 'text' }),
  lastTransitionTime: 'text',
  completionTime: 'text',
  completionTimestamp: 'text',
  finishedAt: 'text',
  stoppedAt: 'text',
  notBefore: 'text',
  notAfter: 'text',
  renewalTime: 'text',
  operationState: fields({ phase: 'text', message: 'text', finishedAt: 'text' }),
  resources: list(fields({ ...backend.fields, health: fields({ status: 'text' }) })),
  listeners: list(fields({ name: 'text', conditions: partConditions })),
  parents: list(
    fields({
      parentRef: fields({ ...backend.fields, sectionName: 'text' }),
      conditions: partConditions,
    }),
  ),
  ancestors: list(fields({ ancestorRef: fields({ name: 'text' }), conditions: partConditions })),
  ingress: list(fields({ host: 'text', conditions: partConditions })),
  /** A VolumeSnapshot's. */
  error: fields({ message: 'text', time: 'text' }),
  readyToUse: 'flag',
});

const customMetadata = fields({
  ...metadata.fields,
  annotations: fields({
    ...metadata.fields.annotations.fields,
    ...(Object.fromEntries(restAnnotations.map((each) => [each, 'text'])) as {
      readonly [name in (typeof restAnnotations)[number]]: 'text';
    }),
  }),
});

/** Whatever is no row of the table of kinds and has a status: what its conditions and phase words say. */
export const customShape = fields({ metadata: customMetadata, spec, status: statusShape });
export type CustomResource = Kept<typeof customShape> & {
  readonly apiVersion: string;
  readonly kind: string;
};

export function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Resources of one group and some kinds of it; no kind: all. */
export function ofKinds(
  resources: readonly CustomResource[],
  group: string,
  ...wanted: readonly string[]
): readonly CustomResource[] {
  const found = byGroup(resources).get(group) ?? [];
  return wanted.length === 0 ? found : found.filter(({ kind }) => wanted.includes(kind));
}

const byGroup = perArray((resources: readonly CustomResource[]) => groupBy(resources, groupOf));
