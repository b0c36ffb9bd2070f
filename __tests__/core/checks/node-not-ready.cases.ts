import {
  leaving,
  node,
  notReady,
  ofDaemonSet,
  podOn,
  silent,
  since,
  virtual,
} from './node-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const parked = {
  spec: { taints: [{ key: 'node.cloudprovider.kubernetes.io/shutdown', effect: 'NoSchedule' }] },
};

export const cases: readonly Case[] = [
  { name: 'quiet when ready', objects: { Node: [node()] }, expect: [] },
  {
    name: 'quiet where nobody can read whether it is ready',
    objects: { Node: [node({ conditions: [{ ...notReady(30), status: 'ready' }] })] },
    expect: [],
  },
  {
    name: 'quiet within the grace time',
    objects: { Node: [node({ conditions: [notReady(4)] })] },
    expect: [],
  },
  {
    name: 'not ready past the grace time',
    objects: { Node: [node({ conditions: [notReady(6)] })] },
    expect: [
      {
        reason: 'NodeNotReady',
        impact: 'outage',
        since: ago(6),
        object: { kind: 'Node', name: 'node-a', namespace: null },
        proof: { node: 'node-a', sinceExact: true, decidedBy: 'field' },
        says: ['Node node-a is not ready', 'KubeletNotReady', 'container runtime is down'],
      },
    ],
  },
  {
    name: 'unreachable',
    objects: { Node: [node({ conditions: [silent(60)] })] },
    expect: [
      { reason: 'NodeUnreachable', says: ['NodeStatusUnknown', 'node-a', 'does not report'] },
    ],
  },
  ...['control-plane', 'master', 'controlplane'].map((role) => ({
    name: `a node with role ${role} says that it is the control plane's`,
    objects: {
      Node: [
        node({
          conditions: [silent(60)],
          metadata: { labels: { [`node-role.kubernetes.io/${role}`]: '' } },
        }),
      ],
    },
    expect: [{ says: ['Control-plane node node-a'] }],
  })),
  {
    name: 'what else the node says is told with it',
    objects: {
      Node: [
        node({
          conditions: [
            notReady(60),
            since('DiskPressure', 'True', 70),
            since('NetworkUnavailable', 'True', 70),
            since('KernelDeadlock', 'True', 70),
          ],
        }),
      ],
    },
    expect: [{ says: ['KubeletNotReady, DiskPressure, NetworkUnavailable, KernelDeadlock'] }],
  },
  ...[...leaving, ...virtual].map(([name, parts]) => ({
    name: `quiet on a node ${name}`,
    objects: { Node: [node({ conditions: [silent(60)], ...parts })] },
    expect: [],
  })),
  {
    name: 'the taints of the node controller itself excuse nothing',
    objects: {
      Node: [
        node({
          conditions: [silent(60)],
          spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] },
        }),
      ],
    },
    expect: [{ reason: 'NodeUnreachable' }],
  },
  {
    name: "a spot pool's own taint excuses nothing",
    objects: {
      Node: [
        node({
          conditions: [silent(60)],
          spec: { taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot' }] },
        }),
      ],
    },
    expect: [{ reason: 'NodeUnreachable' }],
  },
  {
    name: 'quiet on a machine that its cloud has stopped, with nothing but agents on it',
    objects: {
      Node: [node({ conditions: [silent(600)], ...parked })],
      Pod: [
        podOn('node-a', 'agent-x', ofDaemonSet('agent')),
        podOn('node-a', 'done', { status: { phase: 'Failed' } }),
        podOn('node-b', 'api'),
      ],
    },
    expect: [],
  },
  {
    name: 'a stopped machine with pods on it',
    objects: {
      Node: [node({ conditions: [silent(600)], ...parked })],
      Pod: [podOn('node-a', 'api')],
    },
    expect: [{ reason: 'NodeUnreachable', says: ['its cloud says that the machine is shut down'] }],
  },
  {
    name: 'a stopped machine, and the pods were not read',
    objects: { Node: [node({ conditions: [silent(600)], ...parked })] },
    gaps: [{ kind: 'Pod', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [{ reason: 'NodeUnreachable' }],
  },
  {
    name: 'quiet on a node without a Ready condition',
    objects: { Node: [{ metadata: { name: 'node-a' }, status: { conditions: [] } }] },
    expect: [],
  },
  {
    name: 'two at once need no five minutes',
    objects: {
      Node: [
        node({ conditions: [notReady(3)] }),
        node({ name: 'node-b', conditions: [silent(2.5)] }),
      ],
    },
    expect: [
      { reason: 'NodeNotReady', object: { name: 'node-a' } },
      { reason: 'NodeUnreachable', object: { name: 'node-b' } },
    ],
  },
  {
    name: 'quiet on one of two that went just now',
    objects: {
      Node: [
        node({ conditions: [notReady(3)] }),
        node({ name: 'node-b', conditions: [notReady(1)] }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet on a node that has never been ready: another finding',
    objects: {
      Node: [node({ metadata: { creationTimestamp: ago(60) }, conditions: [notReady(60)] })],
    },
    expect: [],
  },
  {
    name: 'a node that joined and then fell silent',
    objects: {
      Node: [
        node({
          conditions: [silent(60)],
          spec: { taints: [{ key: 'node.cloudprovider.kubernetes.io/uninitialized' }] },
        }),
      ],
    },
    expect: [{ reason: 'NodeUnreachable' }],
  },
  {
    name: 'no time in its condition: as old as the node',
    objects: { Node: [node({ conditions: [{ type: 'Ready', status: 'False' }] })] },
    expect: [{ since: ago(14_400), proof: { sinceExact: false }, says: ['no reason given'] }],
  },
  {
    name: 'a clock that runs behind: nothing is older than now',
    objects: { Node: [node({ conditions: [notReady(-30)] })] },
    expect: [],
  },
];
