import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { deployment, fires, quiet } from './workload-scenes.ts';

const scaler = (reason: string, more: object = {}, target: object = {}): object => ({
  metadata: { name: 'api', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'api', ...target } },
  status: {
    conditions: [
      {
        type: 'AbleToScale',
        status: 'False',
        reason,
        message: `the HPA controller was unable to get the target's current scale: not found`,
        lastTransitionTime: '2026-01-01T11:50:00Z',
        ...more,
      },
    ],
  },
});
const gone = scaler('FailedGetScale');
const target = { kind: 'Deployment', namespace: 'shop', name: 'api' };

export const cases: readonly Case[] = [
  fires(
    'the Deployment does not exist',
    { HorizontalPodAutoscaler: [gone] },
    {
      reason: 'FailedGetScale',
      impact: 'at-risk',
      since: '2026-01-01T11:50:00Z',
      object: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'api' },
      proof: { decidedBy: 'field', sinceExact: true, missing: target },
      says: ['shop/api', 'Deployment shop/api', 'FailedGetScale', 'it does not exist'],
    },
  ),
  fires(
    'one of the name exists in another namespace',
    {
      HorizontalPodAutoscaler: [gone],
      Deployment: [deployment(3, [], { metadata: { namespace: 'blog' } })],
    },
    { proof: { missing: target } },
  ),
  fires(
    'it exists, and its scale cannot be read',
    { HorizontalPodAutoscaler: [gone], Deployment: [deployment(3, [])] },
    { proof: { dependsOn: [target] }, says: ['unable to get the target'] },
  ),
  {
    name: 'whether it exists is not known',
    objects: { HorizontalPodAutoscaler: [gone] },
    gaps: [{ kind: 'Deployment', namespace: 'shop', reason: 'forbidden', detail: '' }],
    expect: [{ proof: { dependsOn: [target] } }],
  },
  fires(
    'a kind that is not read',
    {
      HorizontalPodAutoscaler: [
        scaler('FailedUpdateScale', { message: 'admission denied' }, { kind: 'Rollout' }),
      ],
    },
    {
      reason: 'FailedUpdateScale',
      proof: { dependsOn: [{ kind: 'Rollout', namespace: 'shop', name: 'api' }] },
      says: ['cannot change the scale of Rollout shop/api', 'admission denied'],
    },
  ),
  fires(
    'since its creation, where the condition has no time; which target, it does not say',
    {
      HorizontalPodAutoscaler: [
        scaler('FailedGetScale', { lastTransitionTime: undefined }, { name: undefined }),
      ],
    },
    { since: '2026-01-01T00:00:00Z', proof: { sinceExact: false }, says: ['its target'] },
  ),
  quiet('for four minutes', {
    HorizontalPodAutoscaler: [
      scaler('FailedGetScale', { lastTransitionTime: '2026-01-01T11:56:00Z' }),
    ],
  }),
  quiet('it waits after the last scaling', { HorizontalPodAutoscaler: [scaler('BackoffBoth')] }),
  quiet('able', {
    HorizontalPodAutoscaler: [scaler('ScaleDownStabilized', { status: 'True' })],
  }),
  quiet('its namespace is being deleted', {
    HorizontalPodAutoscaler: [gone],
    Namespace: [terminatingShop],
  }),
];
