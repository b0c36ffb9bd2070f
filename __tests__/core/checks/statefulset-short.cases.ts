import type { Case } from './suite.ts';
import { starting, terminatingShop, waiting } from './workload-objects.ts';
import { dbPod, fires, quiet, statefulSet } from './workload-scenes.ts';

export const cases: readonly Case[] = [
  quiet('all members ready', { StatefulSet: [statefulSet(3)] }),
  fires(
    'a member that is not ready for five minutes',
    {
      StatefulSet: [statefulSet(2)],
      Pod: [
        dbPod('db-0', null),
        dbPod('db-1', null),
        dbPod('db-2', '2026-01-01T11:55:00Z', {
          metadata: { labels: { 'controller-revision-hash': 'db-1' } },
          status: waiting('CrashLoopBackOff'),
        }),
      ],
    },
    {
      reason: 'StatefulSetReplicasMismatch',
      impact: 'degraded',
      since: '2026-01-01T11:55:00Z',
      object: { kind: 'StatefulSet', namespace: 'shop', name: 'db' },
      proof: { sinceExact: true, templateHash: 'db-1', node: 'node-a' },
      says: ['StatefulSet shop/db', '2 of 3', '1 pod: CrashLoopBackOff', 'db-2'],
    },
  ),
  quiet('all members ready, though the status does not say so', {
    StatefulSet: [statefulSet(3, { status: { readyReplicas: [] } })],
    Pod: [dbPod('db-0', null), dbPod('db-1', null), dbPod('db-2', null)],
  }),
  quiet('a member that is not ready for four minutes', {
    StatefulSet: [statefulSet(2)],
    Pod: [dbPod('db-2', '2026-01-01T11:56:00Z')],
  }),
  fires(
    'none ready for two minutes',
    {
      StatefulSet: [statefulSet(0)],
      Pod: [dbPod('db-0', '2026-01-01T11:56:00Z'), dbPod('db-1', '2026-01-01T11:57:00Z')],
    },
    {
      impact: 'outage',
      since: '2026-01-01T11:56:00Z',
      says: ['2 pods: ContainersNotReady', 'db-0, db-1'],
    },
  ),
  quiet('none ready, the last for a minute', {
    StatefulSet: [statefulSet(0)],
    Pod: [dbPod('db-0', '2026-01-01T11:56:00Z'), dbPod('db-1', '2026-01-01T11:59:00Z')],
  }),
  fires(
    'a pod that does not say since when, by its start',
    { StatefulSet: [statefulSet(2)], Pod: [dbPod('db-2', null, { status: { conditions: [] } })] },
    { since: '2026-01-01T09:00:00Z', proof: { sinceExact: false } },
  ),
  fires(
    'no pod at all: as old as itself',
    { StatefulSet: [statefulSet(0, { spec: { replicas: undefined } })] },
    {
      impact: 'outage',
      since: '2026-01-01T00:00:00Z',
      proof: { sinceExact: false },
      says: ['0 of 1', 'no pod is there'],
    },
  ),
  quiet('no pod yet', {
    StatefulSet: [statefulSet(0, { metadata: { creationTimestamp: '2026-01-01T11:59:00Z' } })],
  }),
  quiet('between two pods of a rollout', {
    StatefulSet: [statefulSet(2, { status: { updateRevision: 'db-2' } })],
  }),
  fires(
    'a rollout that a member holds up',
    {
      StatefulSet: [statefulSet(2, { status: { updateRevision: 'db-2' } })],
      Pod: [dbPod('db-2', '2026-01-01T11:40:00Z')],
    },
    { impact: 'degraded' },
  ),
  quiet('a partition keeps the old revision ready', {
    StatefulSet: [
      statefulSet(3, {
        spec: { updateStrategy: { rollingUpdate: { partition: 2 } } },
        status: { updateRevision: 'db-2' },
      }),
    ],
  }),
  quiet('scaled to zero', { StatefulSet: [statefulSet(0, { spec: { replicas: 0 } })] }),
  quiet('the controller has not seen the newest spec', {
    StatefulSet: [statefulSet(0, { status: { observedGeneration: 1 } })],
  }),
  quiet('its namespace is being deleted', {
    StatefulSet: [statefulSet(0)],
    Namespace: [terminatingShop],
  }),
  quiet('it is being deleted', {
    StatefulSet: [statefulSet(0, { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } })],
  }),
  quiet('a member that is a slow starter', {
    StatefulSet: [statefulSet(2)],
    Pod: [
      dbPod('db-2', '2026-01-01T11:50:00Z', {
        spec: { containers: [{ name: 'app', readinessProbe: { initialDelaySeconds: 900 } }] },
        status: starting('2026-01-01T11:50:00Z'),
      }),
    ],
  }),
  fires(
    'a member that does not leave',
    {
      StatefulSet: [statefulSet(2)],
      Pod: [
        dbPod('db-2', '2026-01-01T11:40:00Z', {
          metadata: { deletionTimestamp: '2026-01-01T11:50:00Z' },
        }),
      ],
    },
    { since: '2026-01-01T11:50:00Z', says: ['Terminating'] },
  ),
  quiet('a member on its way out', {
    StatefulSet: [statefulSet(2)],
    Pod: [
      dbPod('db-2', '2026-01-01T11:40:00Z', {
        metadata: { deletionTimestamp: '2026-01-01T11:58:00Z' },
      }),
    ],
  }),
  fires(
    'a status cut by hand, which says not of which spec it is',
    {
      StatefulSet: [statefulSet(2, { status: { observedGeneration: undefined } })],
      Pod: [dbPod('db-2', '2026-01-01T11:50:00Z')],
    },
    { impact: 'degraded' },
  ),
  quiet('a status that holds only the zeros of the API server', {
    StatefulSet: [{ ...statefulSet(0), status: { replicas: 0, availableReplicas: 0 } }],
  }),
];
