import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { deployment, fires, progressing, quiet } from './workload-scenes.ts';

const paused = (since: string | undefined) => ({
  ...progressing('DeploymentPaused', '2026-01-01T11:00:00Z', 'Unknown'),
  lastTransitionTime: since,
});
const spec = { paused: true };
const long = paused('2025-12-31T10:00:00Z');

export const cases: readonly Case[] = [
  fires(
    'for more than a day',
    { Deployment: [deployment(3, [long], { spec })] },
    {
      reason: 'PausedForgotten',
      impact: 'info',
      since: '2025-12-31T10:00:00Z',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      proof: { sinceExact: true },
      says: ['shop/api', 'DeploymentPaused', '26 h'],
    },
  ),
  fires(
    'for as long as it is there, where the condition has no time',
    {
      Deployment: [
        deployment(3, [paused(undefined)], {
          spec,
          metadata: { creationTimestamp: '2025-12-01T00:00:00Z' },
        }),
      ],
    },
    { since: '2025-12-01T00:00:00Z', proof: { sinceExact: false } },
  ),
  quiet('since this morning', {
    Deployment: [deployment(3, [paused('2026-01-01T06:00:00Z')], { spec })],
  }),
  quiet('resumed a moment ago', { Deployment: [deployment(3, [long])] }),
  quiet('paused a moment ago', {
    Deployment: [
      deployment(3, [progressing('NewReplicaSetAvailable', '2025-12-01T00:00:00Z')], { spec }),
    ],
  }),
  quiet('its namespace is being deleted', {
    Deployment: [deployment(3, [long], { spec })],
    Namespace: [terminatingShop],
  }),
];
