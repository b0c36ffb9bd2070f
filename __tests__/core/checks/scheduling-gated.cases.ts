import { ago, bare, deployment, ofJob, pod, setAside, vary } from './pods.ts';
import type { Case } from './suite.ts';

const gated = (minutes: number) =>
  pod({
    metadata: { creationTimestamp: ago(minutes + 1) },
    spec: { nodeName: undefined, schedulingGates: [{ name: 'example.com/hold' }] },
    status: {
      phase: 'Pending',
      startTime: undefined,
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'SchedulingGated',
          lastTransitionTime: ago(minutes),
        },
      ],
    },
  });
const bad = gated(70);
const quiet = (name: string, parts: Parameters<typeof vary>[1]): Case => ({
  name: `quiet: ${name}`,
  objects: { Pod: [vary(bad, parts)] },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'for more than an hour',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'SchedulingGated',
        impact: 'outage',
        since: ago(70),
        says: ['SchedulingGated', 'example.com/hold'],
        proof: { decidedBy: 'field', sinceExact: true },
      },
    ],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'work in a queue',
    objects: {
      Pod: [vary(bad, { metadata: ofJob }), vary(bad, { metadata: { ...bare, name: 'run' } })],
    },
    expect: [{ impact: 'info' }, { impact: 'info' }],
  },
  {
    name: "Kueue's queue, whosoever the pod is",
    objects: {
      Pod: [vary(bad, { spec: { schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }] } })],
    },
    expect: [{ impact: 'info', says: ['kueue.x-k8s.io/admission'] }],
  },
  {
    name: 'by its condition alone',
    objects: { Pod: [vary(bad, { spec: { schedulingGates: [] } })] },
    expect: [{ says: ['unknown'] }],
  },
  {
    name: 'no condition: since it was made',
    objects: { Pod: [vary(bad, { status: { conditions: [] } })] },
    expect: [{ since: ago(71), proof: { sinceExact: false } }],
  },
  { name: 'quiet: an hour in a queue is usual', objects: { Pod: [gated(50)] }, expect: [] },
  quiet('no gate is left', { spec: { schedulingGates: [] }, status: { conditions: [] } }),
  quiet('on its way out', { metadata: { deletionTimestamp: ago(1) } }),
  quiet('bound', { spec: { nodeName: 'node-a' } }),
  quiet('completed', { status: { phase: 'Succeeded' } }),
  ...setAside(bad),
];
