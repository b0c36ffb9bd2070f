import type { Case, Expected } from './suite.ts';
import {
  member,
  type Parts,
  refusals,
  starting,
  terminatingShop,
  unscheduled,
  waiting,
} from './workload-objects.ts';

const deployment = (
  available: number,
  conditions: readonly object[],
  parts: Parts = {},
): object => ({
  metadata: {
    name: 'api',
    namespace: 'shop',
    generation: 3,
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...parts.metadata,
  },
  spec: { replicas: 3, ...parts.spec },
  status: {
    observedGeneration: 3,
    readyReplicas: available,
    availableReplicas: available,
    conditions,
    ...parts.status,
  },
});
const unavailable = (since: string): object => ({
  type: 'Available',
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
  lastTransitionTime: since,
});
const availableEnough = {
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  lastTransitionTime: '2026-01-01T01:00:00Z',
};
const progressing = (reason: string, lastUpdateTime: string, status = 'True'): object => ({
  type: 'Progressing',
  status,
  reason,
  message: 'ReplicaSet "api-6d4" has timed out progressing.',
  lastTransitionTime: status === 'True' ? '2026-01-01T01:00:00Z' : lastUpdateTime,
  lastUpdateTime,
});
const exceeded = progressing('ProgressDeadlineExceeded', '2026-01-01T11:59:00Z', 'False');
const owner = { kind: 'ReplicaSet', name: 'api-6d4' };
const pod = (name: string, since: string | null, parts: Parts = {}): object =>
  member(name, owner, since, {
    ...parts,
    metadata: { labels: { 'pod-template-hash': '6d4' }, ...parts.metadata },
  });
const failure = (message: string, since = '2026-01-01T11:57:00Z'): object => ({
  type: 'ReplicaFailure',
  status: 'True',
  reason: 'FailedCreate',
  message,
  lastTransitionTime: since,
});

const fires = (name: string, objects: Case['objects'], expected: Expected): Case => ({
  name,
  objects,
  expect: [expected],
});
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});

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
    'stalled, and the old revision serves in full',
    {
      Deployment: [deployment(3, [availableEnough, exceeded])],
      Pod: [pod('api-6d4-a', '2026-01-01T11:45:00Z', { status: waiting('ErrImagePull') })],
    },
    {
      reason: 'ProgressDeadlineExceeded',
      impact: 'at-risk',
      since: '2026-01-01T11:59:00Z',
      proof: { decidedBy: 'field', sinceExact: true, templateHash: '6d4' },
      says: [
        'ProgressDeadlineExceeded',
        'shop/api',
        '1 pod: ErrImagePull',
        'the old revision still serves in full',
      ],
    },
  ),
  fires(
    'stalled and short',
    { Deployment: [deployment(2, [exceeded])] },
    { reason: 'ProgressDeadlineExceeded', impact: 'degraded' },
  ),
  fires(
    'stalled and dead',
    { Deployment: [deployment(0, [exceeded, unavailable('2026-01-01T11:59:00Z')])] },
    { reason: 'ProgressDeadlineExceeded', impact: 'outage' },
  ),
  ...refusals.map(([message, reason, ...says]) =>
    fires(
      `pods refused: ${reason}`,
      {
        Deployment: [
          deployment(0, [failure(message), unavailable('2026-01-01T11:57:00Z'), exceeded]),
        ],
      },
      {
        reason,
        impact: 'outage',
        since: '2026-01-01T11:57:00Z',
        says: ['FailedCreate', 'shop/api', ...says],
      },
    ),
  ),
  fires(
    'pods refused: the service account is the missing object',
    {
      Deployment: [
        deployment(3, [
          failure('error looking up service account shop/api: serviceaccount "api" not found'),
        ]),
      ],
    },
    {
      impact: 'at-risk',
      proof: {
        decidedBy: 'message',
        missing: { kind: 'ServiceAccount', namespace: 'shop', name: 'api' },
      },
    },
  ),
  quiet('pods refused just now', {
    Deployment: [
      deployment(3, [
        failure('exceeded quota: compute, requested: pods=1', '2026-01-01T11:59:00Z'),
      ]),
    ],
  }),
  quiet('pods refused in the past', {
    Deployment: [deployment(3, [{ ...failure('exceeded quota'), status: 'False' }])],
  }),
];
