import { ago, conditions, pod, status, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';

const pending = (reason: string, minutes = 20, more: object = {}) =>
  pod(status({ ready: true, started: true, state: { running: { startedAt: ago(25) } } }), {
    status: {
      conditions: conditions({
        ready: 'True',
        more: [
          {
            type: 'PodResizePending',
            status: 'True',
            reason,
            message: "Node didn't have enough capacity: cpu, requested: 8000, capacity: 4000",
            lastTransitionTime: ago(minutes),
            ...more,
          },
        ],
      }),
    },
  });
const bad = pending('Infeasible');

export const cases: readonly Case[] = [
  {
    name: 'more than the node has',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'PodResizeInfeasible',
        impact: 'at-risk',
        since: ago(20),
        says: ['node-a', 'api-7d9f-x', 'Infeasible', 'requested: 8000, capacity: 4000'],
        proof: { decidedBy: 'field', sinceExact: true, node: 'node-a' },
      },
    ],
  },
  {
    name: 'put off',
    objects: { Pod: [pending('Deferred')] },
    expect: [{ reason: 'PodResizeDeferred' }],
  },
  {
    name: 'since its start at the earliest, where the condition does not tell',
    objects: {
      Pod: [pending('Deferred', 20, { lastTransitionTime: undefined, message: undefined })],
    },
    expect: [{ since: ago(30), proof: { sinceExact: false } }],
  },
  { name: 'quiet: not for long', objects: { Pod: [pending('Deferred', 14)] }, expect: [] },
  { name: 'quiet: another word', objects: { Pod: [pending('Error')] }, expect: [] },
  {
    name: 'quiet: no longer so',
    objects: { Pod: [pending('Infeasible', 20, { status: 'False' })] },
    expect: [],
  },
  {
    name: 'quiet: nobody resizes it',
    objects: { Pod: [vary(bad, { status: { conditions: conditions({ ready: 'True' }) } })] },
    expect: [],
  },
  ...traps(bad),
];
