import { leaving, node, silent, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const lease = (name: string, minutes: number, more: object = {}) => ({
  metadata: { name, namespace: 'kube-node-lease' },
  spec: { renewTime: ago(minutes), leaseDurationSeconds: 40, ...more },
});
const others = [node({ name: 'node-b' }), node({ name: 'node-c' })];
const fresh = [lease('node-b', 0), lease('node-c', 0.1)];

export const cases: readonly Case[] = [
  {
    name: 'quiet when all renew',
    objects: { Node: [node(), ...others], Lease: [lease('node-a', 0.1), ...fresh] },
    expect: [],
  },
  {
    name: 'two minutes behind the others, and still Ready',
    objects: { Node: [node(), ...others], Lease: [lease('node-a', 2), ...fresh] },
    expect: [
      {
        reason: 'NodeLeaseStale',
        impact: 'at-risk',
        since: ago(2),
        object: { name: 'node-a' },
        proof: { node: 'node-a', sinceExact: true },
        says: ['node-a', 'Ready', ago(2), '2 min before the others'],
      },
    ],
  },
  {
    name: 'quiet: a kubelet that is told to renew seldom',
    objects: {
      Node: [node(), ...others],
      Lease: [lease('node-a', 2, { leaseDurationSeconds: 300 }), ...fresh],
    },
    expect: [],
  },
  {
    name: 'quiet: all are as old: a dump, or another clock',
    objects: { Node: [node(), ...others], Lease: [lease('node-a', 60), lease('node-b', 60)] },
    expect: [],
  },
  {
    name: 'quiet: one lease ahead of the clock makes no other stale',
    objects: { Node: [node(), ...others], Lease: [lease('node-a', 0.1), lease('node-b', -30)] },
    expect: [],
  },
  {
    name: 'quiet: the only node',
    objects: { Node: [node()], Lease: [lease('node-a', 5)] },
    expect: [],
  },
  {
    name: 'quiet: the node is known to be lost',
    objects: {
      Node: [node({ conditions: [silent(1)] }), ...others],
      Lease: [lease('node-a', 2), ...fresh],
    },
    expect: [],
  },
  {
    name: 'quiet: no lease, or one without a time',
    objects: {
      Node: [node(), ...others],
      Lease: [{ metadata: { name: 'node-a', namespace: 'kube-node-lease' } }, ...fresh],
    },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node(parts), ...others], Lease: [lease('node-a', 5), ...fresh] },
    expect: [],
  })),
];
