import type { Case } from './suite.ts';
import { starting, terminatingShop, waiting } from './workload-objects.ts';
import { apiPod, deployment, fires, quiet } from './workload-scenes.ts';

const selector = { matchLabels: { app: 'api' } };
const budget = (healthy: number | undefined, status: object = {}, spec: object = {}): object => ({
  metadata: {
    name: 'api',
    namespace: 'shop',
    generation: 1,
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: { selector, ...spec },
  status: {
    observedGeneration: 1,
    currentHealthy: healthy,
    desiredHealthy: 2,
    expectedPods: 3,
    disruptionsAllowed: 0,
    conditions: [
      {
        type: 'DisruptionAllowed',
        status: 'False',
        reason: 'InsufficientPods',
        lastTransitionTime: '2026-01-01T11:00:00Z',
      },
    ],
    ...status,
  },
});
const api = deployment(1, [], { spec: { template: { metadata: { labels: { app: 'api' } } } } });
const failing = (name: string, since: string) =>
  apiPod(name, since, { status: waiting('CrashLoopBackOff') });
const pods = (second: string) => [
  apiPod('api-6d4-a', null),
  failing('api-6d4-b', '2026-01-01T10:00:00Z'),
  failing('api-6d4-c', second),
];

export const cases: readonly Case[] = [
  fires(
    'two of three are away, the second for longer than a quarter of an hour',
    {
      PodDisruptionBudget: [budget(1, {}, { maxUnavailable: '25%' })],
      Deployment: [api],
      Pod: pods('2026-01-01T11:40:00Z'),
    },
    {
      reason: 'PDBNotEnoughHealthy',
      impact: 'at-risk',
      since: '2026-01-01T11:40:00Z',
      object: { kind: 'PodDisruptionBudget', namespace: 'shop', name: 'api' },
      proof: {
        sinceExact: true,
        dependsOn: [{ kind: 'Deployment', namespace: 'shop', name: 'api' }],
      },
      says: [
        'shop/api (maxUnavailable 25%)',
        'demands 2 healthy pods of 3 and has 1 (2 pods: CrashLoopBackOff)',
        '2 pods: CrashLoopBackOff',
      ],
    },
  ),
  quiet('two of three are away, the second for ten minutes', {
    PodDisruptionBudget: [budget(1)],
    Pod: pods('2026-01-01T11:50:00Z'),
  }),
  fires(
    'no pod is there: as long as the condition says',
    { PodDisruptionBudget: [budget(0)] },
    { since: '2026-01-01T11:00:00Z', proof: { sinceExact: false, dependsOn: [] } },
  ),
  fires(
    'no pod is there and no condition: as old as itself',
    { PodDisruptionBudget: [budget(0, { conditions: [] })] },
    { since: '2026-01-01T00:00:00Z' },
  ),
  fires(
    'a budget without a selector guards no pod that is known',
    { PodDisruptionBudget: [budget(0, {}, { selector: undefined })], Deployment: [api] },
    { proof: { dependsOn: [] } },
  ),
  fires(
    'by an expression',
    {
      PodDisruptionBudget: [
        budget(
          1,
          {},
          { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] } },
        ),
      ],
      Deployment: [api],
      Pod: pods('2026-01-01T11:40:00Z'),
    },
    { proof: { dependsOn: [{ kind: 'Deployment', namespace: 'shop', name: 'api' }] } },
  ),
  quiet('all that are missing start within their budget', {
    PodDisruptionBudget: [budget(1)],
    Pod: [
      apiPod('api-6d4-a', '2026-01-01T11:40:00Z', {
        spec: { containers: [{ name: 'app', readinessProbe: { initialDelaySeconds: 3600 } }] },
        status: starting('2026-01-01T11:40:00Z'),
      }),
    ],
  }),
  quiet('enough', { PodDisruptionBudget: [budget(2)] }),
  quiet('nothing to guard', { PodDisruptionBudget: [budget(0, { expectedPods: 0 })] }),
  quiet('a status without its count', { PodDisruptionBudget: [budget(undefined)] }),
  quiet('the controller has not seen the newest spec', {
    PodDisruptionBudget: [budget(0, { observedGeneration: 0 })],
  }),
  quiet('its namespace is being deleted', {
    PodDisruptionBudget: [budget(0)],
    Namespace: [terminatingShop],
  }),
];
