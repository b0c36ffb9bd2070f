import type { RawObjects } from '../../support/objects.ts';
import { ago, conditions, ofJob, pod, status, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';
import { node, notReady, running } from './unready-pods.ts';

const bad = pod(status(running(30)));
const lost = { Node: [node('Unknown')] };
/** The kubelet is gone, and said last that its containers are ready. */
const givenUp = vary(bad, {
  status: { conditions: conditions({ more: [{ type: 'ContainersReady', status: 'True' }] }) },
});

/** Its node has been lost for half an hour; the kubelet said so long ago that its containers are not ready. */
const failed = (minutes: number): RawObjects => ({
  Pod: [
    vary(bad, {
      status: {
        conditions: conditions({
          more: [{ type: 'ContainersReady', status: 'False', lastTransitionTime: ago(minutes) }],
        }),
      },
    }),
  ],
  Node: [
    {
      metadata: { name: 'node-a' },
      status: {
        conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: ago(30) }],
      },
    },
  ],
});

export const cases: readonly Case[] = [
  {
    name: 'its node does not report',
    objects: { Pod: [bad], ...lost },
    expect: [
      {
        reason: 'NodeLost',
        impact: 'outage',
        since: ago(30),
        says: ['node-a', 'not been ready for 30 min'],
        proof: { node: 'node-a', container: undefined, sinceExact: true },
        evidence: [
          { source: 'field', at: 'status.conditions[Ready]', text: 'False ContainersNotReady' },
        ],
      },
    ],
  },
  {
    name: 'its node is not ready',
    objects: { Pod: [bad], Node: [node('False')] },
    expect: [{ reason: 'NodeLost' }],
  },
  ...[{ phase: 'Unknown' }, { reason: 'NodeLost' }].map(
    (more): Case => ({
      name: `nodes were not read: ${JSON.stringify(more)}`,
      objects: { Pod: [vary(bad, { status: more })] },
      expect: [{ reason: 'NodeLost' }],
    }),
  ),
  {
    name: 'nodes were not read, and the node controller gave the pod up: the node is the root',
    objects: { Pod: [givenUp] },
    gaps: [{ kind: 'Node', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [
      {
        reason: 'NodeLost',
        proof: {
          blockedBy: { kind: 'Node', namespace: null, name: 'node-a', reason: 'NodeNotReady' },
        },
      },
    ],
  },
  {
    name: 'its node is gone',
    objects: {
      Pod: [givenUp],
      Node: [{ ...node('True'), metadata: { name: 'b' } }],
    },
    expect: [{ reason: 'NodeLost', proof: { blockedBy: undefined } }],
  },
  {
    name: 'its containers failed a moment before its node',
    objects: failed(32),
    expect: [{ reason: 'NodeLost' }],
  },
  { name: 'quiet: its containers failed before its node', objects: failed(33), expect: [] },
  {
    name: 'quiet: a gate of its own keeps it',
    objects: { Pod: [vary(givenUp, { spec: { readinessGates: [{ conditionType: 'lb' }] } })] },
    expect: [],
  },
  {
    name: 'quiet: its node was lost just now',
    objects: { Pod: [vary(bad, { status: notReady(4) })], ...lost },
    expect: [],
  },
  {
    name: 'quiet: the pod is still said to be ready',
    objects: {
      Pod: [vary(bad, { status: { conditions: conditions({ ready: 'True' }) } })],
      ...lost,
    },
    expect: [],
  },
  { name: 'quiet: its node is well', objects: { Pod: [bad], Node: [node('True')] }, expect: [] },
  {
    name: 'quiet: its node says nothing',
    objects: { Pod: [bad], Node: [{ metadata: { name: 'node-a' } }] },
    expect: [],
  },
  {
    name: "quiet: a Job's pod",
    objects: { Pod: [vary(bad, { metadata: ofJob })], ...lost },
    expect: [],
  },
  ...traps(bad, lost),
];
