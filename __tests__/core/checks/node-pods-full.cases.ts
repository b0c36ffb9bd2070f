import { leaving, node, notReady, podOn, virtual } from './node-objects.ts';
import type { Case } from './suite.ts';

const small = { status: { allocatable: { pods: '29' } } };
const pods = (count: number, nodeName = 'node-a', more: Parameters<typeof podOn>[2] = {}) =>
  Array.from({ length: count }, (_, at) => podOn(nodeName, `${nodeName}-${at}`, more));

export const cases: readonly Case[] = [
  {
    name: 'the only node is full',
    objects: { Node: [node(small)], Pod: pods(29) },
    expect: [
      {
        reason: 'NodePodSlotsFull',
        impact: 'at-risk',
        since: null,
        proof: { node: 'node-a', unconfirmed: true },
        says: ['29 of the 29 pods', 'Too many pods', 'no other node has room'],
      },
    ],
  },
  {
    name: 'one of two is full',
    objects: { Node: [node(small), node({ name: 'node-b', ...small })], Pod: pods(28) },
    expect: [{ impact: 'info', says: ['28 of the 29', 'other nodes have room'] }],
  },
  { name: 'quiet at 93 percent', objects: { Node: [node(small)], Pod: pods(27) }, expect: [] },
  {
    name: 'quiet: the rest have ended, or are not bound',
    objects: {
      Node: [node(small)],
      Pod: [
        ...pods(20),
        ...pods(9, 'node-a', { metadata: { namespace: 'jobs' }, status: { phase: 'Failed' } }),
        podOn(undefined, 'waits'),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: it does not say how many it takes',
    objects: { Node: [node({ status: { allocatable: {} } })], Pod: pods(200) },
    expect: [],
  },
  {
    name: 'quiet: the node is down, which is another finding',
    objects: { Node: [node({ conditions: [notReady(9)] })], Pod: pods(200) },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node({ ...small, ...parts })], Pod: pods(29) },
    expect: [],
  })),
];
