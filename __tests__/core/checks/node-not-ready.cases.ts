import type { Case } from './suite.ts';

const node = (status: string, since: string, more: { spec?: object; metadata?: object } = {}) => ({
  metadata: { name: 'node-a', ...more.metadata },
  spec: more.spec ?? {},
  status: {
    conditions: [
      {
        type: 'Ready',
        status,
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: since,
      },
    ],
  },
});

export const cases: readonly Case[] = [
  {
    name: 'quiet when ready',
    objects: { Node: [node('True', '2026-01-01T00:00:00Z')] },
    expect: [],
  },
  {
    name: 'quiet within the grace time',
    objects: { Node: [node('False', '2026-01-01T11:56:00Z')] },
    expect: [],
  },
  {
    name: 'not ready past the grace time',
    objects: { Node: [node('False', '2026-01-01T11:54:00Z')] },
    expect: [
      {
        reason: 'NodeNotReady',
        impact: 'outage',
        since: '2026-01-01T11:54:00Z',
        object: { name: 'node-a', namespace: null },
      },
    ],
  },
  {
    name: 'unreachable',
    objects: { Node: [node('Unknown', '2026-01-01T11:00:00Z')] },
    expect: [{ reason: 'NodeUnreachable', says: ['NodeStatusUnknown', 'node-a'] }],
  },
  {
    name: 'quiet on a node that the autoscaler takes away',
    objects: {
      Node: [
        node('Unknown', '2026-01-01T11:00:00Z', {
          spec: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler' }] },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet on a node that is being deleted',
    objects: {
      Node: [
        node('Unknown', '2026-01-01T11:00:00Z', {
          metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' },
        }),
      ],
    },
    expect: [],
  },
];
