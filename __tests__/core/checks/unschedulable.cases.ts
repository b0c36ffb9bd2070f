import { ago, deployment, ofJob, pod, traps, vary } from './pods.ts';
import type { Case, Expected } from './suite.ts';

const refused = (message: string | undefined, since = ago(10), more: object = {}) =>
  pod({
    spec: { nodeName: undefined },
    status: {
      phase: 'Pending',
      startTime: undefined,
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
          lastTransitionTime: since,
          ...more,
        },
      ],
    },
  });
const of = (nodes: number, clauses: string) =>
  `0/${nodes} nodes are available: ${clauses}. preemption: 0/${nodes} nodes are available: ${nodes} No preemption victims found for incoming pod.`;
const one = (name: string, message: string, expected: Expected): Case => ({
  name,
  objects: { Pod: [refused(message)] },
  expect: [{ ...expected, says: ['Unschedulable', ...(expected.says ?? [])] }],
});
const bad = refused(of(3, '3 Insufficient cpu'));
const data = {
  spec: {
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }, { name: 'tmp' }],
  },
};
const selector = of(2, "2 node(s) didn't match Pod's node affinity/selector");
const node = (name: string, labels: object) => ({ metadata: { name, labels } });
const untold = pod({
  spec: { nodeName: undefined },
  status: { phase: 'Pending', startTime: undefined, conditions: [] },
});

export const cases: readonly Case[] = [
  {
    name: 'resources',
    objects: { Pod: [refused(of(1, '1 Insufficient nvidia.com/gpu'))] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'UnschedulableResources',
        impact: 'outage',
        since: ago(10),
        says: ['Unschedulable', 'Insufficient nvidia.com/gpu'],
        proof: {
          decidedBy: 'message',
          sinceExact: true,
          clause: 'Insufficient nvidia.com/gpu',
          templateHash: '7d9f',
          node: undefined,
          claims: undefined,
        },
      },
    ],
  },
  one('all short resources are named', of(3, '1 Insufficient cpu, 3 Insufficient memory'), {
    reason: 'UnschedulableResources',
    says: ['Insufficient cpu', 'Insufficient memory'],
    proof: { clause: 'Insufficient memory' },
  }),
  one('node selector', selector, {
    reason: 'UnschedulableNodeSelector',
    proof: { clause: "node(s) didn't match Pod's node affinity/selector" },
  }),
  one('taint', of(2, '2 node(s) had untolerated taint {dedicated: gpu}'), {
    reason: 'UnschedulableTaint',
    says: ['{dedicated: gpu}'],
  }),
  one(
    'taint, as older schedulers say it',
    of(1, "1 node(s) had taint {node-role.kubernetes.io/master: }, that the pod didn't tolerate"),
    {
      reason: 'UnschedulableTaint',
    },
  ),
  one('another node by name', of(2, "2 node(s) didn't match the requested node name"), {
    reason: 'UnschedulableNodeSelector',
  }),
  ...['1 node(s) had no available volume zone', '1 node(s) did not have enough free storage'].map(
    (text) => one(text, of(1, text), { reason: 'UnschedulableVolume' }),
  ),
  one('cordoned', of(2, '2 node(s) were unschedulable'), { reason: 'UnschedulableTaint' }),
  one(
    'anti-affinity',
    of(
      4,
      "3 node(s) didn't match pod anti-affinity rules, 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }",
    ),
    {
      reason: 'UnschedulableAffinity',
      proof: { clause: "node(s) didn't match pod anti-affinity rules" },
    },
  ),
  one('spread', of(2, "2 node(s) didn't match pod topology spread constraints"), {
    reason: 'UnschedulableAffinity',
  }),
  one(
    "another pod's anti-affinity",
    of(2, "2 node(s) didn't satisfy existing pods anti-affinity rules"),
    { reason: 'UnschedulableAffinity' },
  ),
  one('pod slots', of(2, '2 Too many pods'), { reason: 'UnschedulablePodSlots' }),
  one('host ports', of(2, "2 node(s) didn't have free ports for the requested pod ports"), {
    reason: 'UnschedulablePodSlots',
  }),
  one(
    'the nodes that pass the selector decide',
    of(5, "4 node(s) didn't match Pod's node affinity/selector, 1 Insufficient memory"),
    {
      reason: 'UnschedulableResources',
    },
  ),
  one(
    'a selector before the taints of other nodes',
    of(
      5,
      "4 node(s) had untolerated taint {a: b}, 1 node(s) didn't match Pod's node affinity/selector",
    ),
    {
      reason: 'UnschedulableNodeSelector',
    },
  ),
  one(
    'what holds most nodes, of two of a rank',
    of(5, "1 node(s) didn't match pod anti-affinity rules, 4 Insufficient cpu"),
    {
      reason: 'UnschedulableResources',
    },
  ),
  {
    name: 'volume in another zone, with the claims of the pod',
    objects: {
      Pod: [
        vary(
          refused(of(3, '2 Insufficient cpu, 1 node(s) had volume node affinity conflict')),
          data,
        ),
      ],
    },
    expect: [{ reason: 'UnschedulableVolume', proof: { claims: ['data-0'], missing: undefined } }],
  },
  one('volumes per node', of(3, '3 node(s) exceed max volume count'), {
    reason: 'UnschedulableVolume',
    proof: { claims: [] },
  }),
  one('no volume to bind', of(3, "3 node(s) didn't find available persistent volumes to bind"), {
    reason: 'UnschedulableVolume',
  }),
  {
    name: 'claims that are not bound',
    objects: {
      Pod: [vary(refused(of(3, 'pod has unbound immediate PersistentVolumeClaims')), data)],
    },
    expect: [
      {
        reason: 'UnschedulablePVC',
        proof: { clause: 'pod has unbound immediate PersistentVolumeClaims', claims: ['data-0'] },
      },
    ],
  },
  {
    name: 'a claim that does not exist',
    objects: { Pod: [vary(refused(of(3, 'persistentvolumeclaim "data-9" not found')), data)] },
    expect: [
      {
        reason: 'UnschedulablePVC',
        proof: {
          claims: ['data-9'],
          missing: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-9' },
        },
      },
    ],
  },
  {
    name: 'a claim whose volume does not exist is itself there',
    objects: {
      Pod: [
        refused('persistentvolumeclaim "data-9" bound to non-existent persistentvolume "pv-1"'),
      ],
    },
    expect: [{ reason: 'UnschedulablePVC', proof: { claims: ['data-9'], missing: undefined } }],
  },
  {
    name: 'the label that no node carries',
    objects: {
      Pod: [
        vary(refused(selector), {
          spec: { nodeName: undefined, nodeSelector: { disk: 'ssd', zone: 'a' } },
        }),
      ],
      Node: [node('node-a', { zone: 'a' }), node('node-b', { disk: 'hdd' })],
    },
    expect: [{ says: ['no node has disk=ssd'] }],
  },
  {
    name: 'nodes were not read: no label is blamed',
    objects: {
      Pod: [
        vary(refused(selector), { spec: { nodeName: undefined, nodeSelector: { disk: 'ssd' } } }),
      ],
    },
    expect: [
      {
        message:
          "No node takes the pod (Unschedulable): 2 node(s) didn't match Pod's node affinity/selector",
      } as Expected,
    ],
  },
  one('a clause that nobody knows', of(3, '3 node(s) are on holiday'), {
    reason: 'Unschedulable',
    says: ['on holiday'],
    proof: { decidedBy: 'field', clause: undefined },
  }),
  {
    name: 'no message and no time',
    objects: {
      Pod: [
        refused(undefined, undefined, { lastTransitionTime: undefined, reason: 'SchedulerError' }),
      ],
    },
    expect: [
      {
        reason: 'Unschedulable',
        since: ago(30),
        says: ['SchedulerError'],
        proof: { sinceExact: false },
      },
    ],
  },
  {
    name: 'no scheduler',
    objects: { Pod: [untold] },
    expect: [
      { reason: 'NoScheduler', since: ago(30), says: ['scheduler'], proof: { decidedBy: 'field' } },
    ],
  },
  {
    name: 'no scheduler for four minutes',
    objects: { Pod: [vary(untold, { metadata: { creationTimestamp: ago(4) } })] },
    expect: [{ reason: 'NoScheduler', proof: { sinceExact: false } }],
  },
  {
    name: 'quiet: the scheduler may still come',
    objects: { Pod: [vary(untold, { metadata: { creationTimestamp: ago(2) } })] },
    expect: [],
  },
  {
    name: "a Job's pod waits for ever",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [{ impact: 'degraded' }],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(2, 2)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'quiet: capacity may still come',
    objects: { Pod: [refused(of(3, '3 Insufficient cpu'), ago(4))] },
    expect: [],
  },
  {
    name: 'quiet: scheduled',
    objects: {
      Pod: [
        vary(bad, {
          status: {
            conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: ago(10) }],
          },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: bound to a node by hand',
    objects: { Pod: [vary(untold, { spec: { nodeName: 'node-a' } })] },
    expect: [],
  },
  {
    name: 'quiet: runs',
    objects: { Pod: [vary(bad, { status: { phase: 'Running' } })] },
    expect: [],
  },
  ...traps(bad),
];
