import type { Case } from './suite.ts';
import { member, terminatingShop, unscheduled } from './workload-objects.ts';
import { agentPod, daemonSet, fires, node, quiet } from './workload-scenes.ts';

export const cases: readonly Case[] = [
  quiet('all ready', { DaemonSet: [daemonSet(3)] }),
  quiet('the controller has not seen the newest spec', {
    DaemonSet: [daemonSet(0, { observedGeneration: 1 })],
  }),
  quiet('its namespace is being deleted', {
    DaemonSet: [daemonSet(0)],
    Namespace: [terminatingShop],
  }),
  quiet('it is being deleted', {
    DaemonSet: [daemonSet(0, {}, { deletionTimestamp: '2026-01-01T11:59:00Z' })],
  }),
  quiet('a status without its count', { DaemonSet: [daemonSet(0, { numberReady: undefined })] }),
  fires(
    'an agent that is not ready on a healthy node',
    {
      DaemonSet: [daemonSet(2)],
      Node: [node('node-b', 'True')],
      Pod: [agentPod('agent-b', '2026-01-01T11:50:00Z', 'node-b')],
    },
    {
      reason: 'DaemonSetUnavailable',
      impact: 'degraded',
      since: '2026-01-01T11:50:00Z',
      object: { kind: 'DaemonSet' },
      proof: { node: 'node-b' },
      says: ['DaemonSet shop/agent', '2 of 3'],
    },
  ),
  fires('no agent ready', { DaemonSet: [daemonSet(0)] }, { impact: 'outage' }),
  quiet('no agent there while a rollout replaces it', {
    DaemonSet: [daemonSet(2, { updatedNumberScheduled: 1 })],
  }),
  fires(
    'no agent there, and OnDelete replaces none by itself',
    {
      DaemonSet: [
        {
          ...daemonSet(2, { updatedNumberScheduled: 1 }),
          spec: { updateStrategy: { type: 'OnDelete' } },
        },
      ],
    },
    { says: ['no pod is there for the others'] },
  ),
  quiet('no node to run on', { DaemonSet: [daemonSet(0, { desiredNumberScheduled: 0 })] }),
  quiet('agents on nodes that are down, cordoned, leaving or virtual', {
    DaemonSet: [daemonSet(0, { desiredNumberScheduled: 4 })],
    Node: [
      node('down', 'Unknown'),
      node('cordoned', 'True', { spec: { unschedulable: true } }),
      node('leaving', 'True', { spec: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler' }] } }),
      node('fargate', 'True', {
        metadata: { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
      }),
    ],
    Pod: ['down', 'cordoned', 'leaving', 'fargate'].map((name) =>
      agentPod(`agent-${name}`, '2026-01-01T11:00:00Z', name),
    ),
  }),
  fires(
    'one agent on a node that is down, one on a healthy node',
    {
      DaemonSet: [daemonSet(1)],
      Node: [node('down', 'Unknown'), node('node-b', 'True')],
      Pod: [
        agentPod('agent-a', '2026-01-01T11:00:00Z', 'down'),
        agentPod('agent-b', '2026-01-01T11:50:00Z', 'node-b'),
      ],
    },
    { impact: 'degraded', says: ['1 of 2', 'agent-b'], proof: { node: 'node-b' } },
  ),
  quiet('an agent that waits for room', {
    DaemonSet: [daemonSet(2)],
    Pod: [
      agentPod(
        'agent-b',
        null,
        undefined,
        unscheduled('2026-01-01T11:56:00Z', '0/3 nodes are available: 1 Too many pods.'),
      ),
    ],
  }),
  quiet('an agent that is meant for a virtual node and never gets there', {
    DaemonSet: [daemonSet(2)],
    Node: [
      node('fargate', 'True', {
        metadata: { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
      }),
    ],
    Pod: [
      member('agent-f', { kind: 'DaemonSet', name: 'agent' }, null, {
        spec: {
          nodeName: undefined,
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['fargate'] }] },
                ],
              },
            },
          },
        },
        status: unscheduled('2026-01-01T11:00:00Z', '0/3 nodes are available: 1 Too many pods.'),
      }),
    ],
  }),
];
