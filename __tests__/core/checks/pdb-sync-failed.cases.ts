import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { fires, quiet } from './workload-scenes.ts';

const budget = (condition: object): object => ({
  metadata: { name: 'api', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z' },
  status: {
    conditions: [
      {
        type: 'DisruptionAllowed',
        status: 'False',
        reason: 'SyncFailed',
        message: 'found no controllers for pod "debug"',
        lastTransitionTime: '2026-01-01T11:40:00Z',
        ...condition,
      },
    ],
  },
});

export const cases: readonly Case[] = [
  fires(
    'for twenty minutes',
    { PodDisruptionBudget: [budget({})] },
    {
      reason: 'PDBSyncFailed',
      impact: 'at-risk',
      since: '2026-01-01T11:40:00Z',
      object: { kind: 'PodDisruptionBudget', namespace: 'shop', name: 'api' },
      proof: { sinceExact: true },
      says: ['shop/api', 'SyncFailed', 'found no controllers'],
    },
  ),
  fires(
    'since its creation, and without a word',
    { PodDisruptionBudget: [budget({ lastTransitionTime: undefined, message: undefined })] },
    { since: '2026-01-01T00:00:00Z', proof: { sinceExact: false }, says: ['no message'] },
  ),
  quiet('for ten minutes', {
    PodDisruptionBudget: [budget({ lastTransitionTime: '2026-01-01T11:50:00Z' })],
  }),
  quiet('it allows none at the moment', {
    PodDisruptionBudget: [budget({ reason: 'InsufficientPods' })],
  }),
  quiet('it allows some', {
    PodDisruptionBudget: [budget({ status: 'True', reason: 'SufficientPods' })],
  }),
  quiet('its namespace is being deleted', {
    PodDisruptionBudget: [budget({})],
    Namespace: [terminatingShop],
  }),
];
