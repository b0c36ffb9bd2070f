import { ago, deployment, event, ownedBy, pod, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';

const pending = (minutes: number) =>
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
          message: '0/3 nodes are available: 3 Insufficient cpu.',
          lastTransitionTime: ago(minutes),
        },
      ],
    },
  });
const bad = pending(12);
const no = (message: string, more: object = {}) =>
  event('NotTriggerScaleUp', message, { type: 'Normal', ...more });
const full = no("pod didn't trigger scale-up: 3 max node group size reached");
const karpenter =
  'Failed to schedule pod, incompatible with nodepool "default", daemonset overhead={"cpu":"180m"}, no instance type satisfied resources {"cpu":"96"} and requirements kubernetes.io/arch In [amd64] (no instance type has enough resources)';
const told = (name: string, events: readonly object[], reason: string): Case => ({
  name,
  objects: { Pod: [bad], Event: events },
  expect: [{ reason: 'ScaleUpImpossible', says: [reason] }],
});

export const cases: readonly Case[] = [
  {
    name: 'all node groups are full',
    objects: { Pod: [bad], Event: [full] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'ScaleUpImpossible',
        impact: 'outage',
        since: ago(12),
        says: ['NotTriggerScaleUp', 'max node group size reached'],
        evidence: [
          {
            source: 'event',
            at: 'NotTriggerScaleUp',
            text: "pod didn't trigger scale-up: 3 max node group size reached",
          },
        ],
        proof: { decidedBy: 'field', sinceExact: true, clause: 'Insufficient cpu' },
      },
    ],
  },
  told(
    'the cloud has no machine',
    [event('FailedScaleUp', 'GCE out of resources')],
    'out of resources',
  ),
  {
    name: 'Karpenter has no such machine',
    objects: { Pod: [bad], Event: [event('FailedScheduling', karpenter)] },
    expect: [{ says: ['incompatible with nodepool'], proof: { decidedBy: 'message' } }],
  },
  told(
    "Karpenter's NodePool is at its limits",
    [event('FailedScheduling', 'all available instance types exceed limits for nodepool: "gpu"')],
    'exceed limits',
  ),
  told(
    'the newest word',
    [full, no('2 Insufficient cpu', { lastTimestamp: ago(1) })],
    '2 Insufficient',
  ),
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Event: [full], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'quiet: the word is old',
    objects: { Pod: [bad], Event: [no('full', { lastTimestamp: ago(16) })] },
    expect: [],
  },
  {
    name: 'quiet: not for long enough',
    objects: { Pod: [pending(9)], Event: [full] },
    expect: [],
  },
  {
    name: 'quiet: another group of nodes comes',
    objects: {
      Pod: [bad],
      Event: [full, event('TriggeredScaleUp', 'pod triggered scale-up', { type: 'Normal' })],
    },
    expect: [],
  },
  {
    name: "quiet: only kube-scheduler's own words",
    objects: {
      Pod: [bad],
      Event: [event('FailedScheduling', '0/3 nodes are available: 3 Insufficient cpu.')],
    },
    expect: [],
  },
  {
    name: "quiet: another pod's event",
    objects: { Pod: [bad], Event: [no('full', { involvedObject: { uid: 'uid-0' } })] },
    expect: [],
  },
  {
    name: 'quiet: scheduled since',
    objects: { Pod: [vary(bad, { spec: { nodeName: 'node-a' } })], Event: [full] },
    expect: [],
  },
  {
    name: "quiet: a DaemonSet's pod for a virtual node",
    objects: {
      Pod: [vary(bad, { metadata: { ...ownedBy('DaemonSet', 'agent'), labels: {} } })],
      Event: [full],
      Node: [{ metadata: { name: 'virtual-1', labels: { type: 'virtual-kubelet' } } }],
    },
    expect: [],
  },
  ...traps(bad, { Event: [full] }),
];
