import { ago, bare, conditions, deployment, event, ofJob, pod, setAside, vary } from './pods.ts';
import type { Case } from './suite.ts';

const low =
  'The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. Container api was using 1Gi, request is 0, has larger consumption of memory.';
const limit = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.';
const disrupted = (minutes: number) => ({
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'TerminationByKubelet',
  lastTransitionTime: ago(minutes),
});
const evicted = (minutes = 20, message = low) =>
  pod({
    metadata: { creationTimestamp: ago(6000) },
    status: {
      phase: 'Failed',
      reason: 'Evicted',
      message,
      startTime: ago(6000),
      conditions: conditions({ since: ago(minutes), more: [disrupted(minutes)] }),
    },
  });
const bad = evicted();
const several = (of: typeof bad, nodes = ['node-a', 'node-a', 'node-a']) =>
  nodes.map((nodeName, at) =>
    vary(of, { metadata: { name: `api-7d9f-${at}`, uid: `uid-${at}` }, spec: { nodeName } }),
  );

const kafka = [{ kind: 'Kafka', name: 'kafka', controller: true }];

export const cases: readonly Case[] = [
  {
    name: 'its Deployment is short',
    objects: { Pod: [bad], Deployment: [deployment(2, 1)] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'Evicted',
        impact: 'degraded',
        since: ago(20),
        says: ['api-7d9f-x', 'node-a', 'Evicted', 'low on resource: memory'],
        proof: { decidedBy: 'field', sinceExact: true, node: 'node-a', templateHash: '7d9f' },
      },
    ],
  },
  {
    name: 'nothing replaces a bare pod, for a day',
    objects: { Pod: [vary(evicted(600), { metadata: bare })] },
    expect: [{ impact: 'outage', object: { name: 'api-7d9f-x' } }],
  },
  {
    name: "quiet: a bare pod's tombstone",
    objects: { Pod: [vary(evicted(1500), { metadata: bare })] },
    expect: [],
  },
  {
    name: "the pod's own limit",
    objects: { Pod: [evicted(20, limit)], Deployment: [deployment(1, 0)] },
    expect: [
      {
        reason: 'StorageLimitExceeded',
        says: ['exceeds the total limit'],
        proof: { decidedBy: 'message' },
      },
    ],
  },
  ...[
    'Usage of EmptyDir volume "cache" exceeds the limit "1Gi".',
    'Container api exceeded its local ephemeral storage limit "1Gi".',
  ].map(
    (text): Case => ({
      name: text,
      objects: { Pod: [evicted(20, text)], Deployment: [deployment(1, 0)] },
      expect: [{ reason: 'StorageLimitExceeded' }],
    }),
  ),
  {
    name: 'an old kubelet writes no condition: the event tells',
    objects: {
      Pod: [vary(bad, { status: { conditions: [] } })],
      Event: [event('Evicted', low, { lastTimestamp: ago(20) })],
      Deployment: [deployment(1, 0)],
    },
    expect: [{ since: ago(20) }],
  },
  {
    name: 'quiet: nothing tells that it was within the hour',
    objects: {
      Pod: [vary(bad, { status: { conditions: [] } })],
      Deployment: [deployment(1, 0)],
    },
    expect: [],
  },
  {
    name: 'three of one node within an hour, though each was replaced',
    objects: { Pod: several(bad), Deployment: [deployment(3, 3)] },
    expect: [
      {
        object: { kind: 'Node', namespace: null, name: 'node-a' },
        reason: 'Evicted',
        impact: 'at-risk',
        since: ago(20),
        says: ['Node node-a evicted 3 pods', 'shop/api-7d9f-0', 'low on resource: memory'],
        proof: { decidedBy: 'field', sinceExact: true, node: 'node-a' },
      },
    ],
  },
  {
    name: 'four of one node: three are named, none in part',
    objects: {
      Pod: several(bad, ['node-a', 'node-a', 'node-a', 'node-a']),
      Deployment: [deployment(4, 4)],
    },
    expect: [
      { says: ['(Evicted): shop/api-7d9f-0, shop/api-7d9f-1, shop/api-7d9f-2 and 1 more: '] },
    ],
  },
  {
    name: 'three of one node that are missed',
    objects: { Pod: several(bad), Deployment: [deployment(3, 0)] },
    expect: [{ object: { kind: 'Node' }, impact: 'outage' }],
  },
  {
    name: 'a workload that breaks its own limit again and again',
    objects: { Pod: several(evicted(20, limit), ['a', 'b', 'c']), Deployment: [deployment(1, 1)] },
    expect: [
      {
        object: { kind: 'Pod', name: 'api-7d9f-0' },
        reason: 'StorageLimitExceeded',
        impact: 'at-risk',
        says: ['Deployment shop/api lost 3 pods within an hour', 'exceeds the total limit'],
      },
    ],
  },
  {
    name: 'an unknown controller has a pod that is not ready',
    objects: {
      Pod: [
        vary(bad, { metadata: { labels: {}, ownerReferences: kafka } }),
        pod({ metadata: { name: 'kafka-1', uid: 'uid-2', labels: {}, ownerReferences: kafka } }),
      ],
    },
    expect: [{ reason: 'Evicted' }],
  },
  {
    name: 'quiet: an unknown controller, and all its pods serve',
    objects: {
      Pod: [
        vary(bad, { metadata: { labels: {}, ownerReferences: kafka } }),
        pod({
          metadata: { name: 'kafka-1', uid: 'uid-2', labels: {}, ownerReferences: kafka },
          status: { conditions: conditions({ ready: 'True' }) },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'Deployments were not read: its other pods tell',
    objects: { Pod: [bad, pod({ metadata: { name: 'api-7d9f-y', uid: 'uid-2' } })] },
    gaps: [{ kind: 'Deployment', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [{ reason: 'Evicted' }],
  },
  {
    name: 'quiet: Deployments were not read, and nothing else is there to tell',
    objects: { Pod: [bad] },
    gaps: [{ kind: 'Deployment', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [],
  },
  {
    name: 'quiet: replaced',
    objects: { Pod: [bad], Deployment: [deployment(2, 2)] },
    expect: [],
  },
  {
    name: 'quiet: three pods, each of a node',
    objects: { Pod: several(bad, ['a', 'b', 'c']), Deployment: [deployment(3, 3)] },
    expect: [],
  },
  {
    name: 'quiet: more than an hour ago',
    objects: { Pod: several(evicted(70)), Deployment: [deployment(3, 0)] },
    expect: [],
  },
  {
    name: 'quiet: its replacement may still come',
    objects: { Pod: [evicted(3)], Deployment: [deployment(1, 0)] },
    expect: [],
  },
  {
    name: "quiet: a Job's pod is tried again",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [],
  },
  {
    name: 'quiet: on its way out',
    objects: {
      Pod: [vary(bad, { metadata: { deletionTimestamp: ago(1) } })],
      Deployment: [deployment(2, 1)],
    },
    expect: [],
  },
  {
    name: 'quiet: failed for another reason',
    objects: {
      Pod: [vary(bad, { status: { reason: 'NodeLost' } })],
      Deployment: [deployment(2, 1)],
    },
    expect: [],
  },
  ...setAside(bad, { Deployment: [deployment(2, 1)] }),
];
