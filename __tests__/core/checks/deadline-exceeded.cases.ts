import { ago, bare, conditions, ofJob, pod, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';

const bad = pod({
  metadata: bare,
  spec: { activeDeadlineSeconds: 600 },
  status: {
    phase: 'Failed',
    reason: 'DeadlineExceeded',
    message: 'Pod was active on the node longer than the specified deadline',
    conditions: conditions({ since: ago(20) }),
  },
});

export const cases: readonly Case[] = [
  {
    name: 'a bare pod',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'DeadlineExceeded',
        impact: 'outage',
        since: ago(20),
        says: ['api-7d9f-x', 'activeDeadlineSeconds', '10 min', 'DeadlineExceeded'],
        evidence: [
          {
            source: 'field',
            at: 'status.reason',
            text: 'DeadlineExceeded Pod was active on the node longer than the specified deadline',
          },
        ],
        proof: { decidedBy: 'field', node: 'node-a' },
      },
    ],
  },
  {
    name: 'a deadline that the spec does not tell',
    objects: { Pod: [vary(bad, { spec: { activeDeadlineSeconds: undefined } })] },
    expect: [{ says: ['at its activeDeadlineSeconds (DeadlineExceeded)'] }],
  },
  {
    name: "quiet: how a Job's pod ends is its Job's matter",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [],
  },
  {
    name: 'quiet: a controller makes the next',
    objects: {
      Pod: [
        vary(bad, {
          metadata: { ownerReferences: [{ kind: 'Spark', name: 'x', controller: true }] },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: a tombstone',
    objects: {
      Pod: [
        vary(bad, {
          metadata: { creationTimestamp: ago(3000) },
          status: { startTime: ago(3000), conditions: conditions({ since: ago(1500) }) },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: failed for another reason',
    objects: { Pod: [vary(bad, { status: { reason: 'Error' } })] },
    expect: [],
  },
  {
    name: 'quiet: still runs',
    objects: { Pod: [vary(bad, { status: { phase: 'Running' } })] },
    expect: [],
  },
  ...traps(bad),
];
