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
  {
    name: 'quiet on a node that is cordoned, as a drain does first',
    objects: { Node: [node('False', '2026-01-01T11:00:00Z', { spec: { unschedulable: true } })] },
    expect: [],
  },
  ...[
    'DeletionCandidateOfClusterAutoscaler',
    'karpenter.sh/disrupted',
    'cloud.google.com/impending-node-termination',
    'aws-node-termination-handler/spot-itn',
    'node.kubernetes.io/out-of-service',
  ].map((key) => ({
    name: `quiet on a node with taint ${key}`,
    objects: { Node: [node('Unknown', '2026-01-01T11:00:00Z', { spec: { taints: [{ key }] } })] },
    expect: [],
  })),
  {
    name: 'the taints of the node controller itself excuse nothing',
    objects: {
      Node: [
        node('Unknown', '2026-01-01T11:00:00Z', {
          spec: { taints: [{ key: 'node.kubernetes.io/unreachable' }] },
        }),
      ],
    },
    expect: [{ reason: 'NodeUnreachable' }],
  },
  ...[{ type: 'virtual-kubelet' }, { 'eks.amazonaws.com/compute-type': 'fargate' }].map(
    (labels) => ({
      name: `quiet on a virtual node ${Object.values(labels)[0]}`,
      objects: { Node: [node('False', '2026-01-01T11:00:00Z', { metadata: { labels } })] },
      expect: [],
    }),
  ),
  {
    name: 'quiet on a node without a Ready condition',
    objects: { Node: [{ metadata: { name: 'node-a' }, status: { conditions: [] } }] },
    expect: [],
  },
  {
    name: 'two at once need no five minutes',
    objects: {
      Node: [
        node('False', '2026-01-01T11:57:00Z'),
        node('Unknown', '2026-01-01T11:57:30Z', { metadata: { name: 'node-b' } }),
      ],
    },
    expect: [
      { reason: 'NodeNotReady', object: { name: 'node-a' } },
      { reason: 'NodeUnreachable', object: { name: 'node-b' } },
    ],
  },
  {
    name: 'quiet on one of two that went just now',
    objects: {
      Node: [
        node('False', '2026-01-01T11:57:00Z'),
        node('False', '2026-01-01T11:59:00Z', { metadata: { name: 'node-b' } }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet on a node that joins',
    objects: {
      Node: [
        node('False', '2026-01-01T11:50:00Z', {
          spec: { taints: [{ key: 'node.cloudprovider.kubernetes.io/uninitialized' }] },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'a node that joins for twenty minutes',
    objects: {
      Node: [
        node('False', '2026-01-01T11:40:00Z', {
          spec: { taints: [{ key: 'node.cilium.io/agent-not-ready' }] },
        }),
      ],
    },
    expect: [{ reason: 'NodeNotInitialized', says: ['not taken in'] }],
  },
  {
    name: 'no time in its condition: as old as the node',
    objects: {
      Node: [
        {
          metadata: { name: 'node-a', creationTimestamp: '2026-01-01T11:00:00Z' },
          status: { conditions: [{ type: 'Ready', status: 'False' }] },
        },
      ],
    },
    expect: [
      { since: '2026-01-01T11:00:00Z', proof: { sinceExact: false }, says: ['no reason given'] },
    ],
  },
];
