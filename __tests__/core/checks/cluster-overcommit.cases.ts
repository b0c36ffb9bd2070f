import { leaving, node, notReady, ofDaemonSet, podOn, virtual } from './node-objects.ts';
import type { Case } from './suite.ts';

const names = ['node-a', 'node-b', 'node-c'];
const three = names.map((name) => node({ name }));
const each = (requests: object, prefix = 'api'): readonly object[] =>
  names.map((name) => podOn(name, `${prefix}-${name}`, { requests }));
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'three nodes of four processors, nine asked for',
    objects: { Node: three, Pod: each({ cpu: '3', memory: '1Gi' }) },
    expect: [
      {
        reason: 'CPUOvercommit',
        impact: 'info',
        since: null,
        object: { kind: 'Node', name: 'node-a' },
        proof: { node: 'node-a', unconfirmed: true },
        says: ['9 CPU', '8 CPU', 'node-a'],
      },
    ],
  },
  {
    name: 'memory, in any notation',
    objects: { Node: three, Pod: each({ cpu: '100m', memory: 11_811_160_064 }) },
    expect: [{ reason: 'MemoryOvercommit', says: ['33 GiB', '32 GiB'] }],
  },
  {
    name: 'the largest node is the one to lose',
    objects: {
      Node: [
        ...three,
        node({ name: 'node-x', status: { allocatable: { cpu: '32', memory: '64Gi' } } }),
      ],
      Pod: [podOn('node-x', 'big', { requests: { cpu: '13' } })],
    },
    expect: [{ object: { name: 'node-x' }, says: ['13 CPU', '12 CPU'] }],
  },
  {
    name: 'pods that do not serve count too, by their hungriest init container',
    objects: {
      Node: three,
      Pod: names.map((name) =>
        podOn(name, `api-${name}`, {
          requests: { cpu: '1' },
          spec: {
            containers: [{ name: 'app', resources: { requests: { cpu: '1' } } }],
            initContainers: [
              { name: 'mesh', restartPolicy: 'Always', resources: { requests: { cpu: '1' } } },
              { name: 'migrate', resources: { requests: { cpu: '3' } } },
            ],
          },
          status: { phase: 'Pending', containerStatuses: [] },
        }),
      ),
    },
    expect: [{ reason: 'CPUOvercommit', says: ['9 CPU'] }],
  },
  {
    name: 'what a pod asks for as a whole counts, not its containers',
    objects: {
      Node: three,
      Pod: names.map((name) =>
        podOn(name, `api-${name}`, {
          spec: {
            resources: { requests: { cpu: '3' } },
            containers: [{ name: 'app', resources: { requests: { cpu: '1' } } }],
          },
        }),
      ),
    },
    expect: [{ says: ['9 CPU'] }],
  },
  quiet('it fits', { Node: three, Pod: each({ cpu: '2', memory: '8Gi' }) }),
  quiet('nobody asks for anything', { Node: three, Pod: each({}) }),
  quiet('ended, and waiting for a node', {
    Node: three,
    Pod: [
      ...each({ cpu: '2' }),
      podOn('node-a', 'done', { requests: { cpu: '9' }, status: { phase: 'Failed' } }),
      podOn(undefined, 'waits', { requests: { cpu: '9' } }),
    ],
  }),
  quiet('what goes with the node: its own agents', {
    Node: three,
    Pod: names.map((name) =>
      podOn(name, `agent-${name}`, { requests: { cpu: '3' }, ...ofDaemonSet('agent') }),
    ),
  }),
  quiet('one node', { Node: [node()], Pod: [podOn('node-a', 'api', { requests: { cpu: '4' } })] }),
  quiet('two nodes', {
    Node: three.slice(0, 2),
    Pod: each({ cpu: '3' }).slice(0, 2),
  }),
  quiet('an autoscaler brings another', {
    Node: three,
    Pod: each({ cpu: '3' }),
    Deployment: [{ metadata: { name: 'aws-cluster-autoscaler', namespace: 'kube-system' } }],
  }),
  quiet('Karpenter brings another', {
    Node: [
      ...three.slice(1),
      node({ metadata: { labels: { 'karpenter.sh/nodepool': 'default' } } }),
    ],
    Pod: each({ cpu: '3' }),
  }),
  quiet('a node does not say what it offers', {
    Node: [...three, node({ name: 'node-d', status: { allocatable: {} } })],
    Pod: each({ cpu: '4' }),
  }),
  quiet('one of the three is down', {
    Node: [...three.slice(0, 2), node({ name: 'node-c', conditions: [notReady(9)] })],
    Pod: each({ cpu: '3' }),
  }),
  ...['NoSchedule', 'NoExecute'].map((effect) =>
    quiet(`the third is reserved by ${effect}`, {
      Node: [
        ...three.slice(0, 2),
        node({ name: 'node-c', spec: { taints: [{ key: 'gpu', effect }] } }),
      ],
      Pod: each({ cpu: '4' }),
    }),
  ),
  ...[...leaving, ...virtual].map(([name, parts]) =>
    quiet(`the third is ${name}`, {
      Node: [...three.slice(0, 2), node({ name: 'node-c', ...parts })],
      Pod: each({ cpu: '4' }),
    }),
  ),
];
