import { deployment, ofJob, pod, type RawPod, status, traps, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';

/** The cases' pod, whose one container waits with this word of the kubelet. */
export const waitingPod = (reason: string, message?: string, more: object = {}): RawPod =>
  pod(status({ state: waiting(reason, message) }, { phase: 'Pending', ...more }));

/** What holds of a container that waits, whatever for; `bad` fires. */
export const waits = (bad: RawPod): readonly Case[] => [
  {
    name: "a Job's pod waits for ever",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [{ impact: 'degraded' }],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: "quiet: a failed Job's pod waits for nothing any more",
    objects: { Pod: [vary(bad, { metadata: ofJob, status: { phase: 'Failed' } })] },
    expect: [],
  },
  ...traps(bad),
];
