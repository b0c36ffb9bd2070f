import type { Case, Expected } from './suite.ts';
import {
  member,
  type Parts,
  refusals,
  starting,
  terminatingShop,
  unscheduled,
  waiting,
  warning,
} from './workload-objects.ts';

const metadata = { namespace: 'shop', generation: 2, creationTimestamp: '2026-01-01T00:00:00Z' };
const statefulSet = (ready: number, parts: Parts = {}): object => ({
  metadata: { name: 'db', uid: 'sts-1', ...metadata, ...parts.metadata },
  spec: { replicas: 3, ...parts.spec },
  status: {
    observedGeneration: 2,
    readyReplicas: ready,
    currentRevision: 'db-1',
    updateRevision: 'db-1',
    ...parts.status,
  },
});
const daemonSet = (ready: number, status: object = {}): object => ({
  metadata: { name: 'agent', uid: 'ds-1', ...metadata },
  status: {
    observedGeneration: 2,
    desiredNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberReady: ready,
    ...status,
  },
});
const dbOwner = { kind: 'StatefulSet', name: 'db' };
const db = (name: string, since: string | null, parts: Parts = {}): object =>
  member(name, dbOwner, since, parts);
const agent = (name: string, since: string | null, nodeName?: string, status?: object): object =>
  member(name, { kind: 'DaemonSet', name: 'agent' }, since, {
    spec: { nodeName, containers: [{ name: 'app' }] },
    ...(status === undefined ? {} : { status }),
  });
const node = (name: string, ready: string, parts: Parts = {}): object => ({
  metadata: { name, ...parts.metadata },
  spec: parts.spec ?? {},
  status: {
    conditions: [{ type: 'Ready', status: ready, lastTransitionTime: '2026-01-01T00:00:00Z' }],
  },
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
  quiet('all members ready', { StatefulSet: [statefulSet(3)], DaemonSet: [daemonSet(3)] }),
  fires(
    'a member that is not ready for five minutes',
    {
      StatefulSet: [statefulSet(2)],
      Pod: [
        db('db-0', null),
        db('db-1', null),
        db('db-2', '2026-01-01T11:55:00Z', {
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
  quiet('a member that is not ready for four minutes', {
    StatefulSet: [statefulSet(2)],
    Pod: [db('db-2', '2026-01-01T11:56:00Z')],
  }),
  fires(
    'none ready for two minutes',
    {
      StatefulSet: [statefulSet(0)],
      Pod: [db('db-0', '2026-01-01T11:56:00Z'), db('db-1', '2026-01-01T11:57:00Z')],
    },
    {
      impact: 'outage',
      since: '2026-01-01T11:56:00Z',
      says: ['2 pods: ContainersNotReady', 'db-0, db-1'],
    },
  ),
  quiet('none ready, the last for a minute', {
    StatefulSet: [statefulSet(0)],
    Pod: [db('db-0', '2026-01-01T11:56:00Z'), db('db-1', '2026-01-01T11:59:00Z')],
  }),
  fires(
    'a pod that does not say since when, by its start',
    { StatefulSet: [statefulSet(2)], Pod: [db('db-2', null, { status: { conditions: [] } })] },
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
      Pod: [db('db-2', '2026-01-01T11:40:00Z')],
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
    DaemonSet: [daemonSet(0, { observedGeneration: 1 })],
  }),
  quiet('its namespace is being deleted', {
    StatefulSet: [statefulSet(0)],
    DaemonSet: [daemonSet(0)],
    Namespace: [terminatingShop],
  }),
  quiet('it is being deleted', {
    StatefulSet: [statefulSet(0, { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } })],
  }),
  quiet('a member that is a slow starter', {
    StatefulSet: [statefulSet(2)],
    Pod: [
      db('db-2', '2026-01-01T11:50:00Z', {
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
        db('db-2', '2026-01-01T11:40:00Z', {
          metadata: { deletionTimestamp: '2026-01-01T11:50:00Z' },
        }),
      ],
    },
    { since: '2026-01-01T11:50:00Z', says: ['Terminating'] },
  ),
  quiet('a member on its way out', {
    StatefulSet: [statefulSet(2)],
    Pod: [
      db('db-2', '2026-01-01T11:40:00Z', {
        metadata: { deletionTimestamp: '2026-01-01T11:58:00Z' },
      }),
    ],
  }),
  ...refusals.slice(0, 1).map(([message, reason, ...says]) =>
    fires(
      `pods refused: ${reason}`,
      { StatefulSet: [statefulSet(2)], Event: [warning('sts-1', 'FailedCreate', message)] },
      {
        reason,
        impact: 'degraded',
        since: '2026-01-01T11:50:00Z',
        proof: { decidedBy: 'message', sinceExact: false },
        says: ['shop/db', 'FailedCreate', ...says],
      },
    ),
  ),
  fires(
    'pods of a DaemonSet refused, by an event without counts',
    {
      DaemonSet: [daemonSet(0)],
      Event: [
        warning('ds-1', 'FailedCreate', 'serviceaccount "agent" not found', {
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: '2026-01-01T11:55:00Z',
        }),
      ],
    },
    {
      reason: 'ServiceAccountMissing',
      impact: 'outage',
      proof: { missing: { kind: 'ServiceAccount', namespace: 'shop', name: 'agent' } },
    },
  ),
  fires(
    'pods refused an hour ago, and still none there',
    {
      StatefulSet: [statefulSet(0)],
      Event: [
        warning('sts-1', 'FailedCreate', 'exceeded quota', {
          lastTimestamp: '2026-01-01T11:00:00Z',
        }),
      ],
    },
    { reason: 'StatefulSetReplicasMismatch' },
  ),
  quiet('pods refused just now', {
    StatefulSet: [statefulSet(0, { metadata: { creationTimestamp: '2026-01-01T11:59:00Z' } })],
    Event: [
      warning('sts-1', 'FailedCreate', 'exceeded quota', {
        firstTimestamp: '2026-01-01T11:59:00Z',
      }),
    ],
  }),
  quiet('pods refused, and all there now', {
    StatefulSet: [statefulSet(3)],
    Event: [warning('sts-1', 'FailedCreate', 'exceeded quota')],
  }),
  fires(
    'an agent that is not ready on a healthy node',
    {
      DaemonSet: [daemonSet(2)],
      Node: [node('node-b', 'True')],
      Pod: [agent('agent-b', '2026-01-01T11:50:00Z', 'node-b')],
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
      agent(`agent-${name}`, '2026-01-01T11:00:00Z', name),
    ),
  }),
  fires(
    'one agent on a node that is down, one on a healthy node',
    {
      DaemonSet: [daemonSet(1)],
      Node: [node('down', 'Unknown'), node('node-b', 'True')],
      Pod: [
        agent('agent-a', '2026-01-01T11:00:00Z', 'down'),
        agent('agent-b', '2026-01-01T11:50:00Z', 'node-b'),
      ],
    },
    { impact: 'degraded', says: ['1 of 2', 'agent-b'], proof: { node: 'node-b' } },
  ),
  quiet('an agent that waits for room', {
    DaemonSet: [daemonSet(2)],
    Pod: [
      agent(
        'agent-b',
        null,
        undefined,
        unscheduled('2026-01-01T11:56:00Z', '0/3 nodes are available: 1 Too many pods.'),
      ),
    ],
  }),
];
