import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

const selector = fields({ matchLabels: map('text') });
const template = fields({ metadata: fields({ labels: map('text') }) });

export const deploymentShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    replicas: 'number',
    paused: 'flag',
    progressDeadlineSeconds: 'number',
    minReadySeconds: 'number',
    selector,
    strategy: fields({
      type: 'text',
      rollingUpdate: fields({ maxUnavailable: 'textOrNumber', maxSurge: 'textOrNumber' }),
    }),
    template,
  }),
  status: fields({
    observedGeneration: 'number',
    replicas: 'number',
    updatedReplicas: 'number',
    readyReplicas: 'number',
    availableReplicas: 'number',
    unavailableReplicas: 'number',
    conditions: list(condition),
  }),
});
export type Deployment = Kept<typeof deploymentShape>;

export const statefulSetShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    replicas: 'number',
    selector,
    updateStrategy: fields({ type: 'text', rollingUpdate: fields({ partition: 'number' }) }),
    template,
  }),
  status: fields({
    observedGeneration: 'number',
    replicas: 'number',
    readyReplicas: 'number',
    availableReplicas: 'number',
    updatedReplicas: 'number',
    currentRevision: 'text',
    updateRevision: 'text',
  }),
});
export type StatefulSet = Kept<typeof statefulSetShape>;

export const daemonSetShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({ selector, updateStrategy: fields({ type: 'text' }), template }),
  status: fields({
    observedGeneration: 'number',
    desiredNumberScheduled: 'number',
    currentNumberScheduled: 'number',
    updatedNumberScheduled: 'number',
    numberReady: 'number',
    numberUnavailable: 'number',
    numberMisscheduled: 'number',
  }),
});
export type DaemonSet = Kept<typeof daemonSetShape>;

export const jobShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({ suspend: 'flag', backoffLimit: 'number', completions: 'number', template }),
  status: fields({
    active: 'number',
    succeeded: 'number',
    failed: 'number',
    startTime: 'text',
    completionTime: 'text',
    conditions: list(condition),
  }),
});
export type Job = Kept<typeof jobShape>;

export const cronJobShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({ schedule: 'text', suspend: 'flag' }),
  status: fields({ lastScheduleTime: 'text', lastSuccessfulTime: 'text' }),
});
export type CronJob = Kept<typeof cronJobShape>;
