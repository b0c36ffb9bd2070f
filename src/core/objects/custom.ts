import type { ObjectRef } from '../model/snapshot.ts';
import { kindOf } from './kinds.ts';
import { condition, metadata, type ObjectMeta, refOf } from './meta.ts';
import { fields, type Kept, keep, list, type Shape } from './shape.ts';

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
  'metal3.io/inspect.baremetal.cattle.io',
  'baremetalhost.metal3.io/paused',
  'serving.kserve.io/stop',
  'argocd.argoproj.io/skip-reconcile',
] as const;

const customCondition = fields({ ...condition.fields, severity: 'text' });
const conditions = list(customCondition);
export type CustomCondition = Kept<typeof customCondition>;

const reference = fields({
  apiVersion: 'text',
  group: 'text',
  kind: 'text',
  name: 'text',
  namespace: 'text',
  sectionName: 'text',
});
export type Reference = Kept<typeof reference>;

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
  issuerRef: reference,
  sourceRef: reference,
  chartRef: reference,
  chart: fields({ spec: fields({ sourceRef: reference }) }),
  dependsOn: list(reference),
  secretStoreRef: reference,
  target: fields({ name: 'text' }),
  template: fields({ metadata: fields({ name: 'text' }) }),
  parentRefs: list(reference),
  gatewayClassName: 'text',
  rules: list(fields({ backendRefs: list(reference) })),
  scaleTargetRef: reference,
});

const status = fields({
  observedGeneration: 'textOrNumber',
  conditions,
  message: 'text',
  phaseReason: 'text',
  failureReason: 'text',
  failureMessage: 'text',
  applied: 'flag',
  healthy: 'flag',
  replicas: 'number',
  readyReplicas: 'number',
  availableReplicas: 'number',
  instances: 'number',
  readyInstances: 'number',
  latestReadyRevisionName: 'text',
  lastTransitionTime: 'text',
  completionTime: 'text',
  completionTimestamp: 'text',
  finishedAt: 'text',
  stoppedAt: 'text',
  notBefore: 'text',
  notAfter: 'text',
  renewalTime: 'text',
  operationState: fields({ phase: 'text', message: 'text', finishedAt: 'text' }),
  resources: list(
    fields({ ...reference.fields, health: fields({ status: 'text', message: 'text' }) }),
  ),
  listeners: list(fields({ name: 'text', conditions })),
  parents: list(fields({ parentRef: reference, controllerName: 'text', conditions })),
  ancestors: list(fields({ ancestorRef: reference, conditions })),
  ingress: list(fields({ host: 'text', conditions })),
});

/** Fields of a status that say in a word how it is, by those who have no conditions. */
const words = [
  'phase',
  'state',
  'status',
  'health',
  'reason',
  'PostgresClusterStatus',
  'printableStatus',
  'robustness',
  'lifecycleState',
  'healthStatus',
  'currentState',
  'stageStatus',
  'operationalStatus',
  'lastOperationStatus',
  'jobStatus',
  'jobDeploymentStatus',
  'serviceStatus',
] as const;
/** The same one level deeper: Argo CD's `health.status`, Flink's `jobStatus.state`, Rook's `ceph.health`. */
const nestedWords = {
  health: 'status',
  state: 'phase',
  jobStatus: 'state',
  applicationState: 'state',
  cluster: 'status',
  ceph: 'health',
} as const;

const wordShape = fields({
  status: fields(Object.fromEntries(words.map((each): [string, Shape] => [each, 'text']))),
});
const nestedShape = fields({
  status: fields(
    Object.fromEntries(
      Object.entries(nestedWords).map(([outer, inner]): [string, Shape] => [
        outer,
        fields({ [inner]: 'text', message: 'text', lastTransitionTime: 'text', lastChanged: 'text' }),
      ]),
    ),
  ),
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
export const customShape = fields({ metadata: customMetadata, spec, status });
export type CustomResource = Kept<typeof customShape> & {
  readonly apiVersion: string;
  readonly kind: string;
};

/** What is kept of one: a field that is a word with one operator and an object with another is kept as either. */
export function keepCustom(raw: unknown, clean: (text: string) => string) {
  const kept = keep(customShape, raw, clean);
  if (kept === undefined) return undefined;
  const more = [wordShape, nestedShape].map((shape) => keep(shape, raw, clean)?.status);
  return { ...kept, status: Object.assign({}, kept.status, ...more) as typeof kept.status };
}

/** A word of a status, where it stands, and since when, where it says so. */
export interface StatusWord {
  readonly path: string;
  readonly text: string;
  readonly message: string | undefined;
  readonly since: string | undefined;
}

/** Every word that says how it is, in the order of the table. */
export function wordsOf({ status }: CustomResource): readonly StatusWord[] {
  const all = (status ?? {}) as { readonly [name: string]: unknown };
  const flat = words.flatMap((name): StatusWord[] => {
    const text = all[name];
    if (typeof text !== 'string' || text === '') return [];
    return [{ path: `status.${name}`, text, message: undefined, since: undefined }];
  });
  const nested = Object.entries(nestedWords).flatMap(([outer, inner]): StatusWord[] => {
    const object = all[outer];
    if (typeof object !== 'object' || object === null) return [];
    const { [inner]: text, message, lastTransitionTime, lastChanged } = object as Texts;
    if (text === undefined || text === '') return [];
    const since = lastTransitionTime ?? lastChanged;
    return [{ path: `status.${outer}.${inner}`, text, message, since }];
  });
  return [...flat, ...nested];
}
interface Texts {
  readonly [name: string]: string | undefined;
}

export function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Resources of one group and some kinds of it; no kind: all. */
export function ofKinds(
  resources: readonly CustomResource[],
  group: string,
  ...wanted: readonly string[]
): readonly CustomResource[] {
  return resources.filter(
    (each) =>
      each.apiVersion.startsWith(`${group}/`) &&
      (wanted.length === 0 || wanted.includes(each.kind)),
  );
}

/** Its name among all objects: a kind that a built-in one is called as well (Knative's Service) bears its group. */
export function customRef(resource: { readonly apiVersion: string; readonly kind: string } & ObjectMeta): ObjectRef {
  return refOf(customKind(resource.kind, groupOf(resource)), resource);
}

/** `Certificate`; `Service.serving.knative.dev`, for Service is a built-in kind too. */
export function customKind(kind: string, group: string): string {
  return kindOf(kind, 'v1') === undefined && !builtInNames.has(kind) ? kind : `${kind}.${group}`;
}
