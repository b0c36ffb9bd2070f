import { condition, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

export const serviceShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    type: 'text',
    clusterIP: 'text',
    selector: map('text'),
    publishNotReadyAddresses: 'flag',
    ports: list(
      fields({ name: 'text', port: 'number', targetPort: 'textOrNumber', protocol: 'text' }),
    ),
  }),
});
export type Service = Kept<typeof serviceShape>;

export const endpointSliceShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  endpoints: list(
    fields({
      conditions: fields({ ready: 'flag', serving: 'flag', terminating: 'flag' }),
      targetRef: fields({ kind: 'text', namespace: 'text', name: 'text', uid: 'text' }),
    }),
  ),
});
export type EndpointSlice = Kept<typeof endpointSliceShape>;

const backend = fields({
  service: fields({ name: 'text', port: fields({ name: 'text', number: 'number' }) }),
});
export const ingressShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    ingressClassName: 'text',
    defaultBackend: backend,
    rules: list(
      fields({ host: 'text', http: fields({ paths: list(fields({ path: 'text', backend })) }) }),
    ),
  }),
});
export type Ingress = Kept<typeof ingressShape>;

export const claimShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({ storageClassName: 'text', volumeName: 'text', accessModes: list('text') }),
  status: fields({ phase: 'text', conditions: list(condition) }),
});
export type PersistentVolumeClaim = Kept<typeof claimShape>;

export const volumeShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    storageClassName: 'text',
    persistentVolumeReclaimPolicy: 'text',
    claimRef: fields({ namespace: 'text', name: 'text', uid: 'text' }),
  }),
  status: fields({ phase: 'text', reason: 'text', message: 'text' }),
});
export type PersistentVolume = Kept<typeof volumeShape>;

export const autoscalerShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({
    scaleTargetRef: fields({ kind: 'text', name: 'text' }),
    minReplicas: 'number',
    maxReplicas: 'number',
  }),
  status: fields({
    currentReplicas: 'number',
    desiredReplicas: 'number',
    conditions: list(condition),
  }),
});
export type HorizontalPodAutoscaler = Kept<typeof autoscalerShape>;

export const disruptionBudgetShape = fields({
  apiVersion: 'text',
  kind: 'text',
  metadata,
  spec: fields({ selector: fields({ matchLabels: map('text') }) }),
  status: fields({
    currentHealthy: 'number',
    desiredHealthy: 'number',
    disruptionsAllowed: 'number',
    expectedPods: 'number',
  }),
});
export type PodDisruptionBudget = Kept<typeof disruptionBudgetShape>;
