import { leaving, node, notReady, silent, virtual } from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const tainted = (key: string, more: object = {}) => ({
  spec: { taints: [{ key, effect: 'NoSchedule', ...more }] },
});
const young = (minutes: number) => ({ metadata: { creationTimestamp: ago(minutes) } });
const uninitialized = tainted('node.cloudprovider.kubernetes.io/uninitialized');

export const cases: readonly Case[] = [
  { name: 'quiet when taken in', objects: { Node: [node()] }, expect: [] },
  {
    name: 'quiet on a node that joins',
    objects: { Node: [node({ ...young(10), ...uninitialized, conditions: [notReady(10)] })] },
    expect: [],
  },
  ...[
    'node.cloudprovider.kubernetes.io/uninitialized',
    'node.cluster.x-k8s.io/uninitialized',
    'node.gardener.cloud/critical-components-not-ready',
    'karpenter.sh/unregistered',
    'node.cilium.io/agent-not-ready',
    'ebs.csi.aws.com/agent-not-ready',
  ].map((key) => ({
    name: `taint ${key} is still there after twenty minutes`,
    objects: { Node: [node({ ...young(20), ...tainted(key), conditions: [notReady(20)] })] },
    expect: [
      {
        reason: 'NodeNotInitialized',
        impact: 'degraded' as const,
        since: ago(20),
        object: { name: 'node-a' },
        proof: { node: 'node-a', sinceExact: true },
        says: ['not taken in', key, 'KubeletNotReady: container runtime is down'],
      },
    ],
  })),
  {
    name: 'ready, and the cloud has not taken it in',
    objects: { Node: [node({ ...young(90), ...uninitialized })] },
    expect: [{ since: ago(90), proof: { sinceExact: false, unconfirmed: true } }],
  },
  {
    name: 'the taint says when it was added',
    objects: {
      Node: [
        node(tainted('node.cloudprovider.kubernetes.io/uninitialized', { timeAdded: ago(40) })),
      ],
    },
    expect: [{ since: ago(40), proof: { sinceExact: true } }],
  },
  {
    name: 'never ready since it came',
    objects: { Node: [node({ ...young(60), conditions: [notReady(59.5)] })] },
    expect: [{ says: ['it has never been ready'] }],
  },
  {
    name: 'quiet on one that was ready before: another finding',
    objects: { Node: [node({ ...young(60), conditions: [notReady(50)] })] },
    expect: [],
  },
  {
    name: 'quiet on one that fell silent: another finding',
    objects: { Node: [node({ ...young(60), ...uninitialized, conditions: [silent(58)] })] },
    expect: [],
  },
  ...[...leaving, ...virtual].map(([name, { metadata, spec }]) => ({
    name: `quiet on a node ${name}`,
    objects: {
      Node: [
        node({
          conditions: [notReady(60)],
          metadata: { creationTimestamp: ago(60), ...metadata },
          spec: { ...spec },
        }),
      ],
    },
    expect: [],
  })),
  {
    name: "quiet on the taints of the node's own conditions and of pools",
    objects: {
      Node: [
        node(tainted('node.kubernetes.io/memory-pressure')),
        node({ name: 'node-b', ...tainted('nvidia.com/gpu') }),
      ],
    },
    expect: [],
  },
];
