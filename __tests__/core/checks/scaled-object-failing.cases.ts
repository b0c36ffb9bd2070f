import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const timeless = { since: null };
const scaled = (
  conditions: readonly object[],
  metadata: object = {},
  kind = 'ScaledObject',
  spec: object = {},
) =>
  custom('keda.sh/v1alpha1', kind, 'orders', {
    metadata,
    spec: { scaleTargetRef: { name: 'orders' }, ...spec },
    status: { conditions },
  });
const failed = condition('Ready', 'False', 'ScaledObjectCheckFailed', {
  ...timeless,
  message: 'no correct triggers',
});
const fallback = condition('Fallback', 'True', 'FallbackExists', {
  ...timeless,
  message: 'At least one trigger is falling back',
});
const ready = condition('Ready', 'True', 'ScaledObjectReady', timeless);

export const cases: readonly Case[] = [
  seen(
    'not ready',
    [scaled([failed, condition('Fallback', 'False', 'NoFallbackFound', timeless)])],
    {
      object: { kind: 'ScaledObject', namespace: 'shop', name: 'orders' },
      reason: 'ScaledObjectNotReady',
      impact: 'at-risk',
      since: null,
      says: ['ScaledObjectCheckFailed', 'no correct triggers'],
      proof: {
        resource: 'scaledobject.keda.sh',
        unconfirmed: true,
        dependsOn: [{ kind: 'Deployment', namespace: 'shop', name: 'orders' }],
      },
    },
  ),
  seen('falling back', [scaled([ready, fallback])], {
    reason: 'ScalerFallback',
    says: ['FallbackExists'],
  }),
  seen('of jobs', [scaled([failed], {}, 'ScaledJob', { scaleTargetRef: undefined })], {
    object: { kind: 'ScaledJob' },
    proof: { dependsOn: [] },
  }),
  seen(
    'of a StatefulSet',
    [
      scaled([failed], {}, 'ScaledObject', {
        scaleTargetRef: { kind: 'StatefulSet', name: 'orders' },
      }),
    ],
    {
      proof: { dependsOn: [{ kind: 'StatefulSet', namespace: 'shop', name: 'orders' }] },
    },
  ),
  quiet(
    'T11: not active',
    scaled([ready, condition('Active', 'False', 'ScalerNotActive', timeless)]),
  ),
  quiet(
    'paused',
    scaled([ready, fallback, condition('Paused', 'True', 'ScaledObjectPaused', timeless)]),
  ),
  quiet(
    'paused by an annotation',
    scaled([failed], { annotations: { 'autoscaling.keda.sh/paused': 'true' } }),
  ),
  quiet(
    'its HPA has no metrics, which the HPA tells',
    scaled([condition('Ready', 'False', 'HPAMetricsUnavailable', timeless)]),
  ),
  quiet('young', scaled([failed], { creationTimestamp: ago(4) })),
  quiet('young and falling back', scaled([ready, fallback], { creationTimestamp: ago(4) })),
  quiet('being deleted', scaled([ready, fallback], { deletionTimestamp: ago(1) })),
];
