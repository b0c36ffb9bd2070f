import { leaving, node, virtual } from './node-objects.ts';
import type { Case } from './suite.ts';

const at = (name: string, kubeletVersion: string, parts: object = {}): object =>
  node({ name, ...parts, status: { nodeInfo: { kubeletVersion } } });
const quiet = (name: string, ...Node: readonly object[]): Case => ({
  name: `quiet: ${name}`,
  objects: { Node },
  expect: [],
});

export const cases: readonly Case[] = [
  quiet('all the same', at('node-a', 'v1.33.4'), at('node-b', 'v1.33.4')),
  quiet(
    'other patches and builds',
    at('node-a', 'v1.33.4-gke.1035000'),
    at('node-b', 'v1.33.1+k3s1'),
  ),
  quiet('one apart: a rolling upgrade', at('node-a', 'v1.32.9'), at('node-b', 'v1.33.1')),
  {
    name: 'two apart',
    objects: { Node: [at('node-b', 'v1.31.2'), at('node-a', 'v1.33.1'), at('node-c', 'v1.31.2')] },
    expect: [
      {
        reason: 'NodeVersionSkew',
        impact: 'info',
        since: null,
        object: { name: 'node-b' },
        proof: { node: 'node-b', unconfirmed: true },
        says: ['node-b runs kubelet v1.31.2', 'node-a v1.33.1', '2 minor versions apart'],
      },
    ],
  },
  {
    name: 'four apart, over the turn to two digits',
    objects: { Node: [at('node-a', 'v1.9.11'), at('node-b', 'v1.13.0')] },
    expect: [{ impact: 'at-risk', says: ['4 minor versions apart', 'more than the three'] }],
  },
  quiet(
    'versions that are none',
    at('node-a', ''),
    at('node-b', 'latest'),
    at('node-c', 'v1.33.1'),
  ),
  ...[...leaving, ...virtual].map(([name, parts]) =>
    quiet(`a node ${name}`, at('node-a', 'v1.28.1', parts), at('node-b', 'v1.33.1')),
  ),
];
