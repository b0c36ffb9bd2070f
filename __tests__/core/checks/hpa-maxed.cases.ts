import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { fires, quiet } from './workload-scenes.ts';

const scaler = (
  current: number,
  limited: object,
  { spec = {}, status = {} }: { readonly spec?: object; readonly status?: object } = {},
): object => ({
  metadata: { name: 'api', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: {
    minReplicas: 2,
    maxReplicas: 10,
    scaleTargetRef: { kind: 'Deployment', name: 'api' },
    ...spec,
  },
  status: {
    currentReplicas: current,
    desiredReplicas: 10,
    lastScaleTime: '2026-01-01T11:30:00Z',
    conditions: [
      {
        type: 'ScalingLimited',
        status: 'True',
        reason: 'TooManyReplicas',
        message: 'the desired replica count is more than the maximum replica count',
        lastTransitionTime: '2026-01-01T11:40:00Z',
        ...limited,
      },
    ],
    ...status,
  },
});
const target = { kind: 'Deployment', namespace: 'shop', name: 'api' };
const unlimited = { status: 'False', reason: 'DesiredWithinRange' };

export const cases: readonly Case[] = [
  fires(
    'at its maximum for twenty minutes',
    { HorizontalPodAutoscaler: [scaler(10, {})] },
    {
      reason: 'HPAMaxedOut',
      impact: 'at-risk',
      since: '2026-01-01T11:40:00Z',
      object: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'api' },
      proof: { sinceExact: true, dependsOn: [target] },
      says: ['shop/api', 'maxReplicas 10', 'TooManyReplicas', 'Deployment api has 10 pods'],
    },
  ),
  fires(
    'since its creation, where the condition has no time',
    { HorizontalPodAutoscaler: [scaler(10, { lastTransitionTime: undefined })] },
    { since: '2026-01-01T00:00:00Z', proof: { sinceExact: false } },
  ),
  fires(
    'it asked for pods half an hour ago and has not got them',
    { HorizontalPodAutoscaler: [scaler(6, unlimited)] },
    {
      reason: 'HPAReplicasMismatch',
      impact: 'at-risk',
      since: '2026-01-01T11:30:00Z',
      proof: { unconfirmed: true, dependsOn: [target] },
      says: ['wants 10 pods of Deployment api', 'there are 6'],
    },
  ),
  quiet('at its maximum for ten minutes', {
    HorizontalPodAutoscaler: [scaler(10, { lastTransitionTime: '2026-01-01T11:50:00Z' })],
  }),
  quiet('at its minimum', {
    HorizontalPodAutoscaler: [scaler(10, { reason: 'TooFewReplicas' })],
  }),
  quiet('of one size', {
    HorizontalPodAutoscaler: [scaler(10, {}, { spec: { minReplicas: 10 } })],
  }),
  quiet('of one size, which is one', {
    HorizontalPodAutoscaler: [
      scaler(
        1,
        {},
        { spec: { minReplicas: undefined, maxReplicas: 1 }, status: { desiredReplicas: 1 } },
      ),
    ],
  }),
  quiet('it asked for pods ten minutes ago', {
    HorizontalPodAutoscaler: [
      scaler(6, unlimited, { status: { lastScaleTime: '2026-01-01T11:50:00Z' } }),
    ],
  }),
  quiet('it never scaled', {
    HorizontalPodAutoscaler: [scaler(6, unlimited, { status: { lastScaleTime: undefined } })],
  }),
  quiet('pods on their way out', { HorizontalPodAutoscaler: [scaler(12, unlimited)] }),
  quiet('it has no metrics, which is told elsewhere', {
    HorizontalPodAutoscaler: [
      scaler(6, {}, { status: { conditions: [{ type: 'ScalingActive', status: 'False' }] } }),
    ],
  }),
  quiet('counts are missing', {
    HorizontalPodAutoscaler: [scaler(6, unlimited, { status: { currentReplicas: undefined } })],
  }),
  quiet('its namespace is being deleted', {
    HorizontalPodAutoscaler: [scaler(10, {})],
    Namespace: [terminatingShop],
  }),
];
