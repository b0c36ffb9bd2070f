import { ago, conditions, pod, setAside, status, vary } from './pods.ts';
import type { Case } from './suite.ts';

const going = pod(status({ ready: true, state: { running: { startedAt: ago(60) } } }), {
  metadata: { deletionTimestamp: ago(6) },
  status: { conditions: conditions({ ready: 'True' }) },
});
const node = (ready: string | undefined) => ({
  metadata: { name: 'node-a' },
  status: { conditions: ready === undefined ? [] : [{ type: 'Ready', status: ready }] },
});
const ofSet = vary(going, {
  metadata: {
    name: 'db-0',
    ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }],
  },
});
const set = (readyReplicas: number, replicas = 1) => ({
  metadata: { namespace: 'shop', name: 'db' },
  spec: { replicas },
  status: { readyReplicas },
});
const held = { metadata: { finalizers: ['example.com/backup'] } };

export const cases: readonly Case[] = [
  {
    name: 'past its grace',
    objects: { Pod: [going] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'StuckTerminating',
        impact: 'at-risk',
        since: ago(6),
        says: ['api-7d9f-x', 'Terminating', '6 min', 'node-a'],
        proof: { decidedBy: 'field', sinceExact: true, node: 'node-a', templateHash: '7d9f' },
      },
    ],
  },
  {
    name: 'a finalizer',
    objects: { Pod: [vary(going, held)] },
    expect: [{ reason: 'PodFinalizerStuck', says: ['example.com/backup'] }],
  },
  {
    name: 'its node is lost, whatever else holds it',
    objects: { Pod: [vary(going, held)], Node: [node('Unknown')] },
    expect: [{ reason: 'NodeLost', says: ['node-a'] }],
  },
  ...[node('True'), node(undefined)].map(
    (each): Case => ({
      name: 'its node is there',
      objects: { Pod: [going], Node: [each] },
      expect: [{ reason: 'StuckTerminating' }],
    }),
  ),
  {
    name: 'nobody knows of it any more',
    objects: { Pod: [vary(going, { status: { phase: 'Unknown' } })] },
    expect: [{ reason: 'NodeLost' }],
  },
  {
    name: 'its status says that the node is lost',
    objects: { Pod: [vary(going, { status: { reason: 'NodeLost' } })] },
    expect: [{ reason: 'NodeLost' }],
  },
  {
    name: 'never bound to a node',
    objects: { Pod: [vary(going, { spec: { nodeName: undefined } })] },
    expect: [{ reason: 'StuckTerminating', says: ['its kubelet'] }],
  },
  {
    name: 'a StatefulSet waits for its name',
    objects: { Pod: [ofSet], StatefulSet: [set(0)] },
    expect: [{ impact: 'outage', object: { name: 'db-0' } }],
  },
  {
    name: 'a StatefulSet that wants no pods waits for none',
    objects: { Pod: [ofSet], StatefulSet: [set(0, 0)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'quiet: within five minutes past its grace',
    objects: { Pod: [vary(going, { metadata: { deletionTimestamp: ago(4) } })] },
    expect: [],
  },
  {
    name: 'quiet: its grace is not over',
    objects: { Pod: [vary(going, { metadata: { deletionTimestamp: '2026-01-01T12:01:00Z' } })] },
    expect: [],
  },
  {
    name: 'quiet: nobody deletes it',
    objects: { Pod: [vary(going, { metadata: { deletionTimestamp: undefined } })] },
    expect: [],
  },
  {
    name: 'quiet: completed',
    objects: { Pod: [vary(going, { status: { phase: 'Succeeded' } })] },
    expect: [],
  },
  ...setAside(going),
];
