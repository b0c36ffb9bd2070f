import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const rollout = (status: object, spec: object = {}, metadata: object = {}) =>
  custom('argoproj.io/v1alpha1', 'Rollout', 'api', {
    metadata,
    spec: { replicas: 3, ...spec },
    status,
  });
const aborted = condition('Progressing', 'False', 'RolloutAborted', {
  message: 'metric "success-rate" assessed Failed',
});
const degraded = {
  phase: 'Degraded',
  message: 'aborted',
  availableReplicas: 3,
  conditions: [aborted],
};

export const cases: readonly Case[] = [
  seen('aborted, and the stable revision serves', [rollout(degraded)], {
    object: { kind: 'Rollout', namespace: 'shop', name: 'api' },
    reason: 'RolloutAborted',
    impact: 'at-risk',
    since: ago(60),
    says: ['RolloutAborted', 'success-rate'],
    proof: { resource: 'rollout.argoproj.io' },
  }),
  seen('half of it serves', [rollout({ ...degraded, availableReplicas: 2 })], {
    impact: 'degraded',
  }),
  seen('nothing serves', [rollout({ ...degraded, availableReplicas: undefined })], {
    impact: 'outage',
  }),
  seen(
    'before 1.0 only conditions say so',
    [
      rollout({
        observedGeneration: '7bcdbf7bd9',
        availableReplicas: 3,
        conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')],
      }),
    ],
    { reason: 'ProgressDeadlineExceeded' },
  ),
  seen(
    'a spec that is refused',
    [
      rollout({
        phase: 'Degraded',
        conditions: [
          condition('InvalidSpec', 'True', 'InvalidSpec', { message: 'service "x" not found' }),
        ],
      }),
    ],
    {
      reason: 'InvalidSpec',
      says: ['service "x" not found'],
    },
  ),
  seen('nothing but the phase', [rollout({ phase: 'Degraded', message: 'because' })], {
    reason: 'RolloutDegraded',
    since: null,
    says: ['because'],
  }),
  quiet(
    'paused at a step',
    rollout({
      phase: 'Paused',
      conditions: [condition('Progressing', 'Unknown', 'RolloutPaused')],
    }),
  ),
  quiet('paused by its spec', rollout(degraded, { paused: true })),
  quiet(
    'progressing',
    rollout({
      phase: 'Progressing',
      conditions: [condition('Progressing', 'True', 'ReplicaSetUpdated')],
    }),
  ),
  quiet(
    'healthy',
    rollout({
      phase: 'Healthy',
      conditions: [condition('Progressing', 'False', 'RolloutAborted')],
    }),
  ),
  quiet(
    'within the grace time',
    rollout({
      phase: 'Degraded',
      conditions: [condition('Progressing', 'False', 'RolloutAborted', { since: ago(4) })],
    }),
  ),
  quiet('T32', rollout({ ...degraded, observedGeneration: '1' }, {}, { generation: 2 })),
  quiet('being deleted', rollout(degraded, {}, { deletionTimestamp: ago(1) })),
  quiet('scaled to zero and never begun', rollout({ conditions: [] }, { replicas: 0 })),
];
