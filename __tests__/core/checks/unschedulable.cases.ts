import { node as nodeObject } from './node-objects.ts';
import { ago, conditions, deployment, event, ofJob, ownedBy, pod, traps, vary } from './pods.ts';
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

const required = (...terms: readonly (readonly object[])[]) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
    },
  },
});
const ofAgent = { ...ownedBy('DaemonSet', 'agent'), labels: {} };
const ofDaemon = (target: string | undefined) =>
  vary(bad, {
    metadata: ofAgent,
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchFields:
                  target === undefined
                    ? []
                    : [{ key: 'metadata.name', operator: 'In', values: [target] }],
              },
            ],
          },
        },
      },
    },
  });
const ready = { status: { conditions: conditions({ ready: 'True' }) } };
const promise = (reason: string, minutes: number) =>
  event(reason, 'pod triggered scale-up: [{asg 1->2 (max: 5)}]', {
    type: 'Normal',
    lastTimestamp: ago(minutes),
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
    proof: { clause: 'Insufficient cpu, Insufficient memory' },
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
      proof: {
        clause:
          "node(s) didn't match pod anti-affinity rules, node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }",
      },
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
  one(
    'what the scheduler tried in vain says nothing of the cause',
    "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    {
      reason: 'UnschedulableNodeSelector',
      proof: {
        clause:
          "node(s) didn't match Pod's node affinity/selector, node(s) had untolerated taint(s)",
      },
    },
  ),
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
    name: 'a node is chosen, and the volumes for it do not come',
    objects: {
      Pod: [
        vary(
          refused(
            'running PreBind plugin "VolumeBinding": binding volumes: timed out waiting for the condition',
            ago(10),
            { reason: 'SchedulerError' },
          ),
          data,
        ),
      ],
    },
    expect: [
      { reason: 'UnschedulablePVC', proof: { claims: ['data-0'] }, says: ['SchedulerError'] },
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
  one(
    'the same clauses in another order and number are the same clause set',
    of(6, '4 Insufficient memory, 2 Insufficient cpu'),
    { proof: { clause: 'Insufficient cpu, Insufficient memory' } },
  ),
  {
    name: 'how much it asks for, of what is short',
    objects: {
      Pod: [
        vary(refused(of(3, '3 Insufficient nvidia.com/gpu, 3 Insufficient cpu')), {
          spec: {
            nodeName: undefined,
            containers: [
              { name: 'api', resources: { requests: { cpu: '4', 'nvidia.com/gpu': '1' } } },
              { name: 'mesh', resources: { requests: { cpu: '100m', memory: '1Gi' } } },
            ],
          },
        }),
      ],
    },
    expect: [{ says: ['; it asks for nvidia.com/gpu 1, cpu 4+100m'] }],
  },
  ...(
    [
      ['UnschedulableResources', '3 cannot allocate all claims'],
      ['UnschedulableResources', '1 Insufficient hugepages-2Mi'],
      ['UnschedulablePVC', 'persistentvolumeclaim "data-0" is being deleted'],
      ['UnschedulableVolume', "1 node(s) didn't match PersistentVolume's node affinity"],
      [
        'UnschedulableVolume',
        '1 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
      ],
      [
        'UnschedulableVolume',
        '1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
      ],
      [
        'UnschedulableAffinity',
        "1 node(s) didn't match pod topology spread constraints (missing required label)",
      ],
      ['UnschedulableAffinity', "1 node(s) didn't match pod affinity rules"],
      ['UnschedulableTaint', '1 node(s) had untolerated taint(s)'],
    ] as const
  ).map(([reason, text]) => one(text, of(3, text), { reason })),
  one('an empty cluster', 'no nodes available to schedule pods', {
    reason: 'Unschedulable',
    says: ['no nodes available'],
  }),
  {
    name: 'the labels that its required affinity asks for and no node carries',
    objects: {
      Pod: [
        vary(refused(selector), {
          spec: {
            nodeName: undefined,
            affinity: required(
              [
                { key: 'disk', operator: 'In', values: ['ssd', 'nvme'] },
                { key: 'zone', operator: 'In', values: ['a', 'b'] },
                { key: 'fast', operator: 'Exists' },
                { key: 'zone', operator: 'NotIn', values: ['a'] },
              ],
              [{ key: 'pool', operator: 'In', values: ['x'] }],
            ),
          },
        }),
      ],
      Node: [node('node-a', { zone: 'a' })],
    },
    expect: [{ says: ['no node has disk in (ssd, nvme), fast'] }],
  },
  {
    name: 'of two terms one could hold: no label is blamed',
    objects: {
      Pod: [
        vary(refused(selector), {
          spec: {
            nodeName: undefined,
            affinity: required(
              [{ key: 'disk', operator: 'In', values: ['ssd'] }],
              [{ key: 'zone', operator: 'In', values: ['a'] }],
            ),
          },
        }),
      ],
      Node: [node('node-a', { zone: 'a' })],
    },
    expect: [
      {
        message:
          "No node takes the pod (Unschedulable): 2 node(s) didn't match Pod's node affinity/selector",
      } as Expected,
    ],
  },
  {
    name: 'the taints, where the scheduler does not name them',
    objects: {
      Pod: [refused(of(2, '2 node(s) had untolerated taint(s)'))],
      Node: [
        {
          metadata: { name: 'node-a' },
          spec: {
            taints: [
              { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
              { key: 'soft', effect: 'PreferNoSchedule' },
              { key: 'maintenance', effect: 'NoExecute' },
            ],
          },
        },
      ],
    },
    expect: [{ says: ['nodes carry dedicated=gpu, maintenance'] }],
  },
  {
    name: "a DaemonSet's pod names its node",
    objects: { Pod: [ofDaemon('node-a')], Node: [node('node-a', {})] },
    expect: [{ says: ['Node node-a does not take its pod', 'Insufficient cpu'] }],
  },
  {
    name: "quiet: a DaemonSet's pod for Fargate's node",
    objects: {
      Pod: [ofDaemon('fargate-1')],
      Node: [node('fargate-1', { 'eks.amazonaws.com/compute-type': 'fargate' })],
    },
    expect: [],
  },
  {
    name: "quiet: a DaemonSet's pod for a virtual kubelet",
    objects: {
      Pod: [ofDaemon('virtual-1')],
      Node: [node('virtual-1', { type: 'virtual-kubelet' })],
    },
    expect: [],
  },
  {
    name: "quiet: a DaemonSet's pod for a cordoned node",
    objects: {
      Pod: [ofDaemon('node-a')],
      Node: [{ metadata: { name: 'node-a' }, spec: { unschedulable: true } }],
    },
    expect: [],
  },
  {
    name: "quiet: a DaemonSet's pod for a node that is gone",
    objects: { Pod: [ofDaemon('node-z')], Node: [node('node-a', {})] },
    expect: [],
  },
  {
    name: 'quiet: every node but a virtual one has its pod of the DaemonSet',
    objects: {
      Pod: [
        ofDaemon(undefined),
        pod({ metadata: { ...ofAgent, name: 'agent-b', uid: 'uid-2' } }, ready),
      ],
      Node: [node('node-a', {}), node('virtual-1', { type: 'virtual-kubelet' })],
    },
    expect: [],
  },
  {
    name: 'a node that is not virtual lacks its pod of the DaemonSet',
    objects: {
      Pod: [ofDaemon(undefined)],
      Node: [node('node-a', {}), node('virtual-1', { type: 'virtual-kubelet' })],
    },
    expect: [{ reason: 'UnschedulableResources' }],
  },
  {
    name: 'the nodes were not read: a DaemonSet is judged like others',
    objects: { Pod: [ofDaemon('node-a')] },
    expect: [{ reason: 'UnschedulableResources' }],
  },
  {
    name: 'a scheduler that writes events and no condition',
    objects: {
      Pod: [untold],
      Event: [
        event('FailedScheduling', 'Pod provisioning timed out (will retry)', {
          firstTimestamp: ago(20),
        }),
      ],
    },
    expect: [
      {
        reason: 'Unschedulable',
        since: ago(20),
        says: ['FailedScheduling', 'timed out'],
        evidence: [
          {
            source: 'event',
            at: 'FailedScheduling',
            text: 'Pod provisioning timed out (will retry)',
          },
        ],
        proof: { sinceExact: false, decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'quiet: no condition, and its event is old',
    objects: {
      Pod: [untold],
      Event: [event('FailedScheduling', 'timed out', { lastTimestamp: ago(20) })],
    },
    expect: [],
  },
  ...['TriggeredScaleUp', 'Nominated'].map(
    (reason): Case => ({
      name: `quiet: ${reason} a moment ago`,
      objects: { Pod: [bad], Event: [promise(reason, 9)] },
      expect: [],
    }),
  ),
  {
    name: 'the promised node has not come',
    objects: { Pod: [bad], Event: [promise('TriggeredScaleUp', 11)] },
    expect: [{ reason: 'UnschedulableResources' }],
  },
  {
    name: 'quiet: promised again after a failure',
    objects: {
      Pod: [bad],
      Event: [
        promise('TriggeredScaleUp', 3),
        event('FailedScaleUp', 'GCE out of resources', { lastTimestamp: ago(8) }),
      ],
    },
    expect: [],
  },
  {
    name: 'the autoscaler has taken it back',
    objects: {
      Pod: [bad],
      Event: [
        promise('TriggeredScaleUp', 8),
        event('FailedScaleUp', 'GCE out of resources', { lastTimestamp: ago(3) }),
      ],
    },
    expect: [{ reason: 'UnschedulableResources' }],
  },
  {
    name: 'quiet: no scheduler has looked, which is told elsewhere',
    objects: { Pod: [untold] },
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
  {
    name: 'a node has the device that is short, and does not offer it',
    objects: {
      Pod: [refused(of(2, '1 Insufficient cpu, 2 Insufficient nvidia.com/gpu'))],
      Node: [
        nodeObject({
          name: 'gpu-1',
          status: {
            capacity: { 'nvidia.com/gpu': '8' },
            allocatable: { 'nvidia.com/gpu': '0' },
          },
        }),
        nodeObject(),
      ],
    },
    expect: [{ proof: { dependsOn: [{ kind: 'Node', namespace: null, name: 'gpu-1' }] } }],
  },
];
