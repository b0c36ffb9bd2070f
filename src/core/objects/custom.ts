import { condition, metadata } from './meta.ts';
import { fields, type Kept, keep, list } from './shape.ts';

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
const conditions = list(customCondition);
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

const status = fields({
  observedGeneration: 'textOrNumber',
  /** Karmada's. */
  schedulerObservedGeneration: 'number',
  conditions,
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
export const customShape = fields({ metadata: customMetadata, spec, status });
export type CustomResource = Kept<typeof customShape> & {
  readonly apiVersion: string;
  readonly kind: string;
};

/** Fields of a status that say in a word how it is, by those who have no conditions: `phase`, `PostgresClusterStatus`, one level deeper `ceph.health`. */
const wordName = /^(?!previous|old|desired).*(?:phase|state|status|health|robustness)$/i;
/** What stands beside such a word and tells more of it. */
const besideWord = ['message', 'lastTransitionTime', 'lastChanged'];
/** A status has some twenty fields; one of thousands is a list by another name. */
const mostFields = 100;

/** What is kept of one: its shape, and every word that says how it is. */
export function keepCustom(raw: unknown, clean: (text: string) => string) {
  const kept = keep(customShape, raw, clean);
  if (kept === undefined) return undefined;
  const found = wordsIn((raw as { readonly status?: unknown }).status, clean);
  return { ...kept, status: { ...kept.status, ...found } };
}

function wordsIn(raw: unknown, clean: (text: string) => string): object {
  const found = entriesOf(raw).flatMap(([name, value]): [string, unknown][] => {
    if (Object.hasOwn(status.fields, name)) return [];
    if (typeof value === 'string') return wordName.test(name) ? [[clean(name), clean(value)]] : [];
    const inner = entriesOf(value).filter(
      ([each, text]) =>
        typeof text === 'string' && (wordName.test(each) || besideWord.includes(each)),
    ) as [string, string][];
    if (!inner.some(([each]) => wordName.test(each))) return [];
    const cleaned = inner.map(([each, text]) => [clean(each), clean(text)]);
    return [[clean(name), Object.fromEntries(cleaned)]];
  });
  return Object.fromEntries(found) as object;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).slice(0, mostFields);
}

/** A word of a status, where it stands, and since when, where it says so. */
export interface StatusWord {
  readonly path: string;
  readonly text: string;
  readonly message: string | undefined;
  readonly since: string | undefined;
}

/** Every word that says how it is. */
export function wordsOf(resource: CustomResource): readonly StatusWord[] {
  return entriesOf(resource.status).flatMap(([name, value]): readonly StatusWord[] => {
    if (Object.hasOwn(status.fields, name)) return [];
    const path = `status.${name}`;
    if (typeof value === 'string')
      return value === '' ? [] : [{ path, text: value, message: undefined, since: undefined }];
    const inner = (value ?? {}) as { readonly [field: string]: string | undefined };
    const { message, lastTransitionTime, lastChanged } = inner;
    const since = lastTransitionTime ?? lastChanged;
    return Object.entries(inner).flatMap(([each, text]) =>
      !wordName.test(each) || text === undefined || text === ''
        ? []
        : [{ path: `${path}.${each}`, text, message, since }],
    );
  });
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
