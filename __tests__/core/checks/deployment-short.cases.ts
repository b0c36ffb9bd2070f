import type { Case } from './suite.ts';
import { starting, terminatingShop, unscheduled, waiting } from './workload-objects.ts';
import {
  availableEnough,
  deployment,
  exceeded,
  fires,
  apiPod as pod,
  progressing,
  quiet,
  unavailable,
} from './workload-scenes.ts';

export const cases: readonly Case[] = [
  quiet('all there', { Deployment: [deployment(3, [availableEnough])] }),
  fires(
    'none available past two minutes',
    { Deployment: [deployment(0, [unavailable('2026-01-01T11:58:00Z')])] },
    {
      reason: 'DeploymentUnavailable',
      impact: 'outage',
      since: '2026-01-01T11:58:00Z',
      object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
      proof: { decidedBy: 'field', sinceExact: true },
      says: ['shop/api', '0 of 3', 'MinimumReplicasUnavailable'],
    },
  ),
  fires(
    'one replica by default',
    {
      Deployment: [
        deployment(0, [unavailable('2026-01-01T11:50:00Z')], { spec: { replicas: undefined } }),
      ],
    },
    { impact: 'outage', says: ['0 of 1'] },
  ),
  fires(
    'a status that lacks its counts, and no condition: as old as itself',
    {
      Deployment: [
        deployment(0, [], { status: { readyReplicas: undefined, availableReplicas: undefined } }),
      ],
    },
    { impact: 'outage', since: '2026-01-01T00:00:00Z', proof: { sinceExact: false } },
  ),
  quiet('none available for a minute', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:59:00Z')])],
  }),
  quiet('none available for a minute, one of them for longer', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:59:00Z')])],
    Pod: [
      pod('api-6d4-a', '2026-01-01T11:50:00Z', { status: waiting('CrashLoopBackOff') }),
      pod('api-6d4-b', '2026-01-01T11:59:00Z', { status: waiting('CrashLoopBackOff') }),
    ],
  }),
  fires(
    'names what its pods are at, and their revision',
    {
      Deployment: [deployment(0, [unavailable('2026-01-01T11:50:00Z')])],
      Pod: [
        pod('api-6d4-a', '2026-01-01T11:50:00Z', { status: waiting('ImagePullBackOff') }),
        pod('api-6d4-b', '2026-01-01T11:50:00Z', { status: waiting('ImagePullBackOff') }),
        pod('api-6d4-c', '2026-01-01T11:50:00Z', {
          status: unscheduled('2026-01-01T11:50:00Z', '0/3 nodes are available'),
        }),
      ],
    },
    { says: ['2 pods: ImagePullBackOff, 1 pod: Unschedulable'], proof: { templateHash: '6d4' } },
  ),
  fires(
    'ready but not yet available serves',
    {
      Deployment: [
        deployment(0, [unavailable('2026-01-01T11:30:00Z')], { status: { readyReplicas: 2 } }),
      ],
    },
    { impact: 'degraded' },
  ),
  fires(
    'some available, for a quarter of an hour',
    { Deployment: [deployment(2, [unavailable('2026-01-01T11:45:00Z')])] },
    {
      reason: 'DeploymentReplicasMismatch',
      impact: 'degraded',
      since: '2026-01-01T11:45:00Z',
      says: ['2 of 3'],
    },
  ),
  quiet('some available, for ten minutes', {
    Deployment: [deployment(2, [unavailable('2026-01-01T11:50:00Z')])],
  }),
  fires(
    "within maxUnavailable: the first pod's own time",
    {
      Deployment: [deployment(2, [availableEnough])],
      Pod: [
        pod('api-6d4-a', '2026-01-01T11:40:00Z'),
        pod('api-6d4-b', null),
        pod('api-6d4-c', '2026-01-01T11:44:00Z'),
      ],
    },
    {
      impact: 'degraded',
      since: '2026-01-01T11:40:00Z',
      proof: { sinceExact: true },
      says: ['2 pods: ContainersNotReady'],
    },
  ),
  quiet('within maxUnavailable, and a pod is about to come', {
    Deployment: [deployment(2, [availableEnough])],
  }),
  quiet('scaled to zero', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:00:00Z')], { spec: { replicas: 0 } })],
  }),
  quiet('paused', {
    Deployment: [
      deployment(0, [unavailable('2026-01-01T11:00:00Z'), exceeded], { spec: { paused: true } }),
    ],
  }),
  quiet('the controller has not seen the newest spec', {
    Deployment: [
      deployment(0, [unavailable('2026-01-01T11:00:00Z')], { metadata: { generation: 4 } }),
    ],
  }),
  quiet('it is being deleted', {
    Deployment: [
      deployment(0, [unavailable('2026-01-01T11:00:00Z')], {
        metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' },
      }),
    ],
  }),
  quiet('its namespace is being deleted', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:00:00Z')])],
    Namespace: [terminatingShop],
  }),
  quiet('a rollout moves and keeps what it promises', {
    Deployment: [
      deployment(
        3,
        [
          unavailable('2026-01-01T11:40:00Z'),
          progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z'),
        ],
        { spec: { replicas: 4 } },
      ),
    ],
  }),
  quiet('Recreate moves', {
    Deployment: [
      deployment(
        0,
        [
          unavailable('2026-01-01T11:55:00Z'),
          progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z'),
        ],
        { spec: { strategy: { type: 'Recreate' } } },
      ),
    ],
  }),
  quiet('a rollout of two pods at a time by maxUnavailable moves', {
    Deployment: [
      deployment(
        1,
        [
          unavailable('2026-01-01T11:40:00Z'),
          progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z'),
        ],
        { spec: { strategy: { rollingUpdate: { maxUnavailable: 2, maxSurge: 0 } } } },
      ),
    ],
  }),
  quiet('a rollout moves for which both limits round to nothing', {
    Deployment: [
      deployment(
        2,
        [
          unavailable('2026-01-01T11:40:00Z'),
          progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z'),
        ],
        { spec: { strategy: { rollingUpdate: { maxUnavailable: '10%', maxSurge: 0 } } } },
      ),
    ],
  }),
  fires(
    'a rollout that surges keeps all: one less is too few',
    {
      Deployment: [
        deployment(
          2,
          [
            unavailable('2026-01-01T11:40:00Z'),
            progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z'),
          ],
          { spec: { strategy: { rollingUpdate: { maxUnavailable: '10%', maxSurge: 1 } } } },
        ),
      ],
    },
    { impact: 'degraded' },
  ),
  fires(
    'a rollout moves, and nothing serves any more',
    {
      Deployment: [
        deployment(0, [
          unavailable('2026-01-01T11:55:00Z'),
          progressing('ReplicaSetUpdated', '2026-01-01T11:56:00Z'),
        ]),
      ],
    },
    { impact: 'outage' },
  ),
  fires(
    'a rollout that has not moved within its own deadline',
    {
      Deployment: [
        deployment(
          3,
          [
            unavailable('2026-01-01T11:40:00Z'),
            progressing('ReplicaSetUpdated', '2026-01-01T11:55:00Z'),
          ],
          { spec: { replicas: 4, progressDeadlineSeconds: 60 } },
        ),
      ],
    },
    { impact: 'degraded' },
  ),
  fires(
    'the last rollout is complete and a pod is missing',
    {
      Deployment: [
        deployment(
          3,
          [
            unavailable('2026-01-01T11:40:00Z'),
            progressing('NewReplicaSetAvailable', '2026-01-01T11:55:00Z'),
          ],
          { spec: { replicas: 4 } },
        ),
      ],
    },
    { impact: 'degraded' },
  ),
  quiet('a slow starter within its startup budget', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:52:00Z')], { spec: { replicas: 1 } })],
    Pod: [
      pod('api-6d4-a', '2026-01-01T11:52:00Z', {
        spec: {
          containers: [{ name: 'app', startupProbe: { periodSeconds: 10, failureThreshold: 60 } }],
        },
        status: starting('2026-01-01T11:52:30Z'),
      }),
    ],
  }),
  fires(
    'a slow starter past its startup budget',
    {
      Deployment: [deployment(0, [unavailable('2026-01-01T11:46:00Z')], { spec: { replicas: 1 } })],
      Pod: [
        pod('api-6d4-a', '2026-01-01T11:46:00Z', {
          spec: {
            containers: [
              { name: 'app', startupProbe: { periodSeconds: 10, failureThreshold: 60 } },
            ],
          },
          status: starting('2026-01-01T11:46:30Z'),
        }),
      ],
    },
    { impact: 'outage' },
  ),
  quiet('an init container that still works', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:52:00Z')])],
    Pod: [
      pod('api-6d4-a', '2026-01-01T11:52:00Z', {
        spec: { initContainers: [{ name: 'migrate' }] },
        status: {
          phase: 'Pending',
          initContainerStatuses: [
            {
              name: 'migrate',
              restartCount: 0,
              state: { running: { startedAt: '2026-01-01T11:53:00Z' } },
            },
          ],
          ...waiting('PodInitializing'),
        },
      }),
    ],
  }),
  quiet('its pod waits for a node that is being made', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:56:00Z')])],
    Pod: [
      pod('api-6d4-a', '2026-01-01T11:56:00Z', {
        status: unscheduled('2026-01-01T11:56:00Z', '0/3 nodes are available: 3 Insufficient cpu.'),
      }),
    ],
  }),
  quiet('its old pods are still on their way out', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:56:00Z')])],
    Pod: [
      pod('api-6d4-a', '2026-01-01T11:56:00Z', {
        metadata: { deletionTimestamp: '2026-01-01T11:58:00Z' },
      }),
    ],
  }),
  fires(
    'a status cut by hand, which says not of which spec it is',
    {
      Deployment: [
        deployment(0, [unavailable('2026-01-01T11:50:00Z')], {
          status: { observedGeneration: undefined },
        }),
      ],
    },
    { impact: 'outage' },
  ),
  quiet('a status that nobody has written yet', {
    Deployment: [
      {
        ...deployment(0, []),
        status: { conditions: [], replicas: 0 },
      },
    ],
  }),
  fires(
    'made by an operator',
    {
      Deployment: [
        deployment(0, [unavailable('2026-01-01T11:50:00Z')], {
          metadata: { ownerReferences: [{ kind: 'Kafka', name: 'bus', controller: true }] },
        }),
      ],
    },
    { object: { kind: 'Deployment', name: 'api' } },
  ),
  quiet('placeholders, there to be preempted', {
    Deployment: [deployment(0, [unavailable('2026-01-01T11:00:00Z')])],
    Pod: [
      pod('api-6d4-a', '2026-01-01T11:00:00Z', {
        spec: { priority: -10 },
        status: unscheduled('2026-01-01T11:00:00Z', '0/3 nodes are available: 3 Insufficient cpu.'),
      }),
    ],
  }),
];
