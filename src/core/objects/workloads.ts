import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

/** Who wrote the spec last, and when: for what changed before an incident. The entries of status writers are dropped (trim.ts). */
const workloadMetadata = fields({
  ...metadata.fields,
  managedFields: list(fields({ manager: 'text', subresource: 'text', time: 'text' })),
});
const template = fields({ metadata: fields({ labels: map('text') }) });

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
  spec: fields({ replicas: 'number', template }),
  status: fields({
    observedGeneration: 'number',
    readyReplicas: 'number',
    currentRevision: 'text',
    updateRevision: 'text',
  }),
});

export const daemonSetShape = fields({
  metadata: workloadMetadata,
  spec: fields({ template }),
  status: fields({
    observedGeneration: 'number',
    desiredNumberScheduled: 'number',
    updatedNumberScheduled: 'number',
    numberReady: 'number',
  }),
});
export type DaemonSet = Kept<typeof daemonSetShape>;

export const jobShape = fields({
  metadata,
  spec: fields({ suspend: 'flag', template }),
  status: fields({
    active: 'number',
    succeeded: 'number',
    startTime: 'text',
    conditions: list(condition),
  }),
});
export type Job = Kept<typeof jobShape>;

export const cronJobShape = fields({
  metadata,
  status: fields({ lastSuccessfulTime: 'text' }),
});
export type CronJob = Kept<typeof cronJobShape>;
