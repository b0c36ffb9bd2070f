import { leaving, node, nodeEvent, silent, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const fell = (count: number, more: Parameters<typeof nodeEvent>[2] = {}): object =>
  nodeEvent('NodeNotReady', 'Node node-a status is now: NodeNotReady', {
    type: 'Normal',
    count,
    firstTimestamp: ago(50),
    lastTimestamp: ago(5),
    ...more,
  });
const fires = (name: string, Event: readonly object[], times = '4 times'): Case => ({
  name,
  objects: { Node: [node()], Event },
  expect: [
    {
      reason: 'NodeReadinessFlapping',
      impact: 'degraded',
      object: { name: 'node-a' },
      proof: { node: 'node-a' },
      says: ['NodeNotReady', times],
    },
  ],
});
const quiet = (name: string, Event: readonly object[]): Case => ({
  name: `quiet: ${name}`,
  objects: { Node: [node()], Event },
  expect: [],
});

export const cases: readonly Case[] = [
  fires('four times in an hour, says the kubelet', [fell(4)]),
  fires('four times in an hour, says the node controller', [fell(4, { by: 'controller' })]),
  fires('both tell of the same four times', [fell(4), fell(3, { by: 'controller' })]),
  fires(
    'three events of one each',
    [5, 20, 40].map((minutes) =>
      fell(1, { firstTimestamp: ago(minutes), lastTimestamp: ago(minutes) }),
    ),
    '3 times',
  ),
  fires('counted as a series', [
    fell(0, {
      count: undefined,
      lastTimestamp: undefined,
      series: { count: 4, lastObservedTime: ago(5) },
    }),
  ]),
  fires('five times an hour for ten hours', [fell(52, { firstTimestamp: ago(605) })], '5 times'),
  quiet('twice in an hour', [fell(2)]),
  quiet('seldom, for days', [fell(12, { firstTimestamp: ago(3000) })]),
  quiet('long ago', [fell(9, { firstTimestamp: ago(200), lastTimestamp: ago(100) })]),
  quiet('another reason', [fell(9, { reason: 'NodeReady' })]),
  quiet("a pod's", [fell(9, { involvedObject: { kind: 'Pod', name: 'node-a', uid: 'node-a' } })]),
  quiet("another node's", [
    fell(9, { involvedObject: { kind: 'Node', name: 'node-b', uid: 'node-b' } }),
  ]),
  {
    name: 'just now it is not ready',
    objects: { Node: [node({ conditions: [silent(2)] })], Event: [fell(4)] },
    expect: [{ since: ago(50) }],
  },
  {
    name: 'quiet: it is down for long, which is another finding',
    objects: { Node: [node({ conditions: [silent(10)] })], Event: [fell(4)] },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node(parts)], Event: [fell(4)] },
    expect: [],
  })),
];
