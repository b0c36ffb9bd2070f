import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { agentPod, daemonSet, deployment, fires, quiet, statefulSet } from './workload-scenes.ts';

const writtenAt = (...times: readonly string[]) => ({
  generation: 4,
  managedFields: [
    ...times.map((time) => ({ manager: 'kubectl', time })),
    { manager: 'kube-controller-manager', subresource: 'status', time: '2026-01-01T11:59:00Z' },
  ],
});

export const cases: readonly Case[] = [
  fires(
    'written a quarter of an hour ago',
    {
      Deployment: [
        deployment(3, [], { metadata: writtenAt('2026-01-01T11:45:00Z', '2025-12-01T00:00:00Z') }),
      ],
    },
    {
      reason: 'GenerationMismatch',
      impact: 'at-risk',
      since: '2026-01-01T11:45:00Z',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      proof: { sinceExact: false, unconfirmed: undefined },
      says: ['shop/api', 'generation 4', 'observedGeneration 3'],
    },
  ),
  fires(
    'when it was written is not told: a second look confirms it',
    { StatefulSet: [statefulSet(3, { metadata: { generation: 3 } })] },
    { object: { kind: 'StatefulSet' }, since: null, proof: { unconfirmed: true } },
  ),
  fires(
    'never seen at all',
    { DaemonSet: [{ ...daemonSet(3), status: { numberReady: 0 } }] },
    { object: { kind: 'DaemonSet' }, says: ['observedGeneration none'] },
  ),
  quiet('its pods are there: somebody has seen it, and its status was cut off', {
    DaemonSet: [{ ...daemonSet(3), status: {} }],
    Pod: [agentPod('agent-a', null)],
  }),
  quiet('written ten minutes ago', {
    Deployment: [
      deployment(3, [], { metadata: writtenAt('2026-01-01T11:50:00Z', '2025-12-01T00:00:00Z') }),
    ],
  }),
  quiet('made a moment ago', {
    DaemonSet: [
      {
        ...daemonSet(0, {}, { creationTimestamp: '2026-01-01T11:59:58Z' }),
        status: { numberReady: 0 },
      },
    ],
  }),
  quiet('seen', {
    Deployment: [deployment(3, [])],
    StatefulSet: [statefulSet(3)],
    DaemonSet: [daemonSet(3)],
  }),
  quiet('a status that does not say of which spec it is', {
    StatefulSet: [statefulSet(3, { status: { observedGeneration: undefined } })],
  }),
  quiet('its namespace is being deleted', {
    StatefulSet: [statefulSet(3, { metadata: { generation: 3 } })],
    Namespace: [terminatingShop],
  }),
  quiet('it is being deleted', {
    StatefulSet: [
      statefulSet(3, { metadata: { generation: 3, deletionTimestamp: '2026-01-01T11:00:00Z' } }),
    ],
  }),
];
