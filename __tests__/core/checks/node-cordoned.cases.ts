import { node, silent, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const cordoned = (timeAdded: string | undefined, unschedulable = true) => ({
  spec: {
    unschedulable,
    taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule', timeAdded }],
  },
});
const days = (count: number): string => ago(count * 24 * 60);

export const cases: readonly Case[] = [
  { name: 'quiet when schedulable', objects: { Node: [node()] }, expect: [] },
  {
    name: 'cordoned for two days',
    objects: { Node: [node(cordoned(days(2)))] },
    expect: [
      {
        reason: 'NodeCordonedLong',
        impact: 'info',
        since: days(2),
        object: { name: 'node-a' },
        proof: { sinceExact: true, node: 'node-a' },
        says: ['node-a has been cordoned since', 'SchedulingDisabled'],
      },
    ],
  },
  {
    name: 'and down',
    objects: { Node: [node({ ...cordoned(days(2)), conditions: [silent(600)] })] },
    expect: [{ says: ['is not ready (NodeStatusUnknown)'] }],
  },
  { name: 'quiet: a drain of today', objects: { Node: [node(cordoned(ago(600)))] }, expect: [] },
  {
    name: 'quiet: nobody says since when',
    objects: {
      Node: [node(cordoned(undefined)), node({ name: 'node-b', spec: { unschedulable: true } })],
    },
    expect: [],
  },
  {
    name: 'quiet: uncordoned a moment ago, with the taint still there',
    objects: { Node: [node(cordoned(days(2), false))] },
    expect: [],
  },
  {
    name: 'quiet: another taint is old',
    objects: {
      Node: [
        node({ spec: { unschedulable: true, taints: [{ key: 'dedicated', timeAdded: days(9) }] } }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: being deleted',
    objects: { Node: [node({ ...cordoned(days(2)), metadata: { deletionTimestamp: ago(1) } })] },
    expect: [],
  },
  ...virtual.map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node({ ...cordoned(days(2)), ...parts })] },
    expect: [],
  })),
];
