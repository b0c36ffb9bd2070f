import { ago, deployment, event, ownedBy, pod, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';

const bad = pod({
  spec: { nodeName: undefined },
  status: { phase: 'Pending', startTime: undefined, conditions: [] },
});
const named = (schedulerName: string, minutes = 30) =>
  vary(bad, { spec: { schedulerName }, metadata: { creationTimestamp: ago(minutes) } });
const web = vary(bad, {
  metadata: {
    name: 'web-7d9f-x',
    uid: 'uid-2',
    ...ownedBy('ReplicaSet', 'web-7d9f'),
  },
});
const agent = { metadata: { ...ownedBy('DaemonSet', 'agent'), labels: {} } };

export const cases: readonly Case[] = [
  {
    name: 'the scheduler is down',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'NoScheduler',
        impact: 'outage',
        since: ago(30),
        says: ['Pending', 'no PodScheduled condition', 'the default scheduler is down'],
        proof: {
          decidedBy: 'field',
          sinceExact: false,
          templateHash: '7d9f',
          blockedBy: undefined,
        },
      },
    ],
  },
  {
    name: 'a scheduler of another name',
    objects: { Pod: [named('volcano')] },
    expect: [{ says: ['schedulerName is volcano'] }],
  },
  {
    name: 'several workloads wait for one scheduler',
    objects: { Pod: [bad, web] },
    expect: ['api-7d9f-x', 'web-7d9f-x'].map((name) => ({
      object: { name },
      proof: {
        blockedBy: {
          kind: 'Scheduler',
          namespace: null,
          name: 'default-scheduler',
          reason: 'NoScheduler',
        },
      },
    })),
  },
  {
    name: 'several workloads wait for a scheduler each',
    objects: { Pod: [bad, vary(web, { spec: { schedulerName: 'volcano' } })] },
    expect: [{ proof: { blockedBy: undefined } }, { proof: { blockedBy: undefined } }],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  { name: 'for four minutes', objects: { Pod: [named('default-scheduler', 4)] }, expect: [{}] },
  {
    name: 'quiet: the scheduler may still come',
    objects: { Pod: [named('default-scheduler', 2)] },
    expect: [],
  },
  {
    name: 'quiet: Fargate makes a node first',
    objects: { Pod: [named('fargate-scheduler', 9)] },
    expect: [],
  },
  {
    name: 'Fargate has not made a node',
    objects: { Pod: [named('fargate-scheduler', 11)] },
    expect: [{ says: ['fargate-scheduler'] }],
  },
  {
    name: 'quiet: a scheduler has looked',
    objects: {
      Pod: [bad],
      Event: [event('FailedScheduling', 'nothing fits', { lastTimestamp: ago(20) })],
    },
    expect: [],
  },
  {
    name: 'quiet: a scheduler has said why',
    objects: {
      Pod: [
        vary(bad, {
          status: {
            conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
          },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: bound to a node by hand',
    objects: { Pod: [vary(bad, { spec: { nodeName: 'node-a' } })] },
    expect: [],
  },
  {
    name: 'quiet: runs',
    objects: { Pod: [vary(bad, { status: { phase: 'Running' } })] },
    expect: [],
  },
  {
    name: "quiet: a DaemonSet's pod for a virtual node",
    objects: {
      Pod: [vary(bad, agent)],
      Node: [{ metadata: { name: 'virtual-1', labels: { type: 'virtual-kubelet' } } }],
    },
    expect: [],
  },
  ...traps(bad),
];
