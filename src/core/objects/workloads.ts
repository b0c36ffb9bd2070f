import { parseTime } from '../model/time.ts';
import { condition, metadata } from './meta.ts';
import { containerPort } from './pod.ts';
import { fields, type Kept, list, map } from './shape.ts';

/** Who wrote the spec last, and when: for what changed before an incident. The entries of status writers are dropped (trim.ts). */
const workloadMetadata = fields({
  ...metadata.fields,
  managedFields: list(fields({ manager: 'text', subresource: 'text', time: 'text' })),
});
/** What every workload but a Job keeps of its metadata. */
export interface WorkloadMeta {
  readonly metadata?: Kept<typeof workloadMetadata> | undefined;
}

/** When somebody last wrote anything but the status: the newest spec is at least as old. Undefined where the writers were left out, as kubectl prints it. */
export function specChangedAt({ metadata: meta }: WorkloadMeta): string | undefined {
  const times = (meta?.managedFields ?? []).flatMap(({ time }) =>
    time === undefined || parseTime(time) === null ? [] : [time],
  );
  return times.sort((a, b) => (parseTime(b) ?? 0) - (parseTime(a) ?? 0))[0];
}

/** A container as a template asks for it. Of an environment variable's value only `host` or `host:port` is kept (environment.ts): it may be a secret. */
const templateContainer = fields({
  name: 'text',
  ports: list(containerPort),
  env: list(fields({ name: 'text', value: 'text' })),
  resources: fields({ requests: map('textOrNumber'), limits: map('textOrNumber') }),
});
const templateSpec = {
  serviceAccountName: 'text' as const,
  hostAliases: list(fields({ hostnames: list('text') })),
  containers: list(templateContainer),
  /** A native sidecar may be what a Service leads to. */
  initContainers: list(fields({ ports: list(containerPort) })),
};
const template = fields({
  metadata: fields({ labels: map('text') }),
  spec: fields(templateSpec),
});
/** Which nodes should run one. */
const agentTemplate = fields({
  ...template.fields,
  spec: fields({ ...templateSpec, nodeSelector: map('text') }),
});
export type Template = Kept<typeof template>;
/** Of what runs to its end only whom it asks for: nobody asks it. */
const runnerSpec = {
  hostAliases: list(fields({ hostnames: list('text') })),
  containers: list(fields({ name: 'text', env: list(fields({ name: 'text', value: 'text' })) })),
};
const runnerTemplate = fields({
  metadata: fields({ labels: map('text') }),
  spec: fields(runnerSpec),
});

export const deploymentShape = fields({
  metadata: workloadMetadata,
  spec: fields({
    replicas: 'number',
    paused: 'flag',
    progressDeadlineSeconds: 'number',
    strategy: fields({
      type: 'text',
      rollingUpdate: fields({ maxUnavailable: 'textOrNumber', maxSurge: 'textOrNumber' }),
    }),
    template,
  }),
  status: fields({
    observedGeneration: 'number',
    readyReplicas: 'number',
    availableReplicas: 'number',
    conditions: list(condition),
  }),
});
export type Deployment = Kept<typeof deploymentShape>;

export const statefulSetShape = fields({
  metadata: workloadMetadata,
  spec: fields({
    replicas: 'number',
    podManagementPolicy: 'text',
    updateStrategy: fields({ type: 'text', rollingUpdate: fields({ partition: 'number' }) }),
    template,
  }),
  status: fields({
    observedGeneration: 'number',
    updatedReplicas: 'number',
    readyReplicas: 'number',
    currentRevision: 'text',
    updateRevision: 'text',
  }),
});

export type StatefulSet = Kept<typeof statefulSetShape>;

export const daemonSetShape = fields({
  metadata: workloadMetadata,
  spec: fields({ updateStrategy: fields({ type: 'text' }), template: agentTemplate }),
  status: fields({
    observedGeneration: 'number',
    desiredNumberScheduled: 'number',
    currentNumberScheduled: 'number',
    numberMisscheduled: 'number',
    updatedNumberScheduled: 'number',
    numberReady: 'number',
  }),
});
export type DaemonSet = Kept<typeof daemonSetShape>;

export const jobShape = fields({
  metadata,
  spec: fields({
    suspend: 'flag',
    activeDeadlineSeconds: 'number',
    template: fields({
      ...runnerTemplate.fields,
      spec: fields({ ...runnerSpec, serviceAccountName: 'text' }),
    }),
  }),
  status: fields({
    active: 'number',
    failed: 'number',
    succeeded: 'number',
    startTime: 'text',
    completionTime: 'text',
    conditions: list(condition),
  }),
});
export type Job = Kept<typeof jobShape>;

export const cronJobShape = fields({
  metadata: workloadMetadata,
  spec: fields({
    schedule: 'text',
    timeZone: 'text',
    suspend: 'flag',
    startingDeadlineSeconds: 'number',
    concurrencyPolicy: 'text',
    jobTemplate: fields({ spec: fields({ template: runnerTemplate }) }),
  }),
  status: fields({
    lastScheduleTime: 'text',
    lastSuccessfulTime: 'text',
    active: list(fields({ name: 'text' })),
  }),
});
export type CronJob = Kept<typeof cronJobShape>;
