import { ago, conditions, ofJob, pod, type RawPod, status, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';
import { node, running } from './unready-pods.ts';

const gates = (more: readonly object[], containersReady = 'True', since = ago(30)): RawPod =>
  pod(
    { spec: { readinessGates: [{ conditionType: 'lb.example/target' }] } },
    status(running(30, { ready: containersReady === 'True' }), {
      conditions: conditions({
        since,
        more: [{ type: 'ContainersReady', status: containersReady }, ...more],
      }),
    }),
  );
const closed = { type: 'lb.example/target', status: 'False', reason: 'Target.Timeout' };
const bad = gates([closed]);

export const cases: readonly Case[] = [
  {
    name: 'a readiness gate',
    objects: { Pod: [bad] },
    expect: [
      {
        reason: 'ReadinessGateBlocked',
        impact: 'outage',
        since: ago(30),
        says: ['lb.example/target', 'Target.Timeout'],
        evidence: [
          { source: 'field', at: 'status.conditions[Ready]', text: 'False ContainersNotReady' },
        ],
        proof: { decidedBy: 'field', container: undefined },
      },
    ],
  },
  {
    name: 'a readiness gate that nobody set',
    objects: { Pod: [gates([])] },
    expect: [{ reason: 'ReadinessGateBlocked', says: ['absent'], proof: { saysWhy: true } }],
  },
  {
    name: 'a readiness gate without a reason',
    objects: { Pod: [gates([{ type: 'lb.example/target', status: 'Unknown' }])] },
    expect: [{ says: ['Unknown'] }],
  },
  {
    name: 'quiet: within the grace time',
    objects: { Pod: [gates([closed], 'True', ago(4))] },
    expect: [],
  },
  {
    name: 'quiet: the containers are not ready either',
    objects: { Pod: [gates([closed], 'False')] },
    expect: [],
  },
  {
    name: 'quiet: its gates are met, the kubelet has not said so yet',
    objects: { Pod: [gates([{ type: 'lb.example/target', status: 'True' }])] },
    expect: [],
  },
  {
    name: 'quiet: no gates',
    objects: { Pod: [vary(bad, { spec: { readinessGates: [] } })] },
    expect: [],
  },
  {
    name: 'quiet: its node is lost',
    objects: { Pod: [bad], Node: [node('Unknown')] },
    expect: [],
  },
  {
    name: "quiet: a Job's pod",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [],
  },
  ...traps(bad),
];
