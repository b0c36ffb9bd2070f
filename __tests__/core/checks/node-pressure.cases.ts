import { leaving, node, notReady, since, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const disk = since('DiskPressure', 'True', 6, {
  reason: 'KubeletHasDiskPressure',
  message: 'kubelet has disk pressure',
});

export const cases: readonly Case[] = [
  { name: 'quiet without', objects: { Node: [node()] }, expect: [] },
  {
    name: 'disk pressure for six minutes',
    objects: { Node: [node({ conditions: [disk] })] },
    expect: [
      {
        reason: 'DiskPressure',
        impact: 'at-risk',
        since: ago(6),
        object: { kind: 'Node', name: 'node-a' },
        proof: { node: 'node-a', sinceExact: true },
        says: ['node-a', 'DiskPressure', 'KubeletHasDiskPressure', 'evicts'],
      },
    ],
  },
  ...['MemoryPressure', 'PIDPressure'].flatMap((type): readonly Case[] => [
    {
      name: `${type} for eleven minutes`,
      objects: { Node: [node({ conditions: [since(type, 'True', 11)] })] },
      expect: [{ reason: type }],
    },
    {
      name: `quiet: ${type} for six minutes`,
      objects: { Node: [node({ conditions: [since(type, 'True', 6)] })] },
      expect: [],
    },
    {
      name: `quiet: ${type} unknown`,
      objects: { Node: [node({ conditions: [since(type, 'Unknown', 60)] })] },
      expect: [],
    },
  ]),
  {
    name: 'quiet: disk pressure for four minutes',
    objects: { Node: [node({ conditions: [since('DiskPressure', 'True', 4)] })] },
    expect: [],
  },
  {
    name: 'two at once are two findings',
    objects: { Node: [node({ conditions: [disk, since('MemoryPressure', 'True', 30)] })] },
    expect: [{ reason: 'MemoryPressure' }, { reason: 'DiskPressure' }],
  },
  {
    name: 'quiet: the node is down, which tells of it',
    objects: { Node: [node({ conditions: [disk, notReady(60)] })] },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node({ conditions: [disk], ...parts })] },
    expect: [],
  })),
];
