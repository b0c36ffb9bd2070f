import {
  ago,
  conditions,
  deployment,
  event,
  ofJob,
  pod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';

const failing = (reason: string, message?: string, more: object = {}) =>
  pod(status({ restartCount: 4, state: waiting(reason, message) }, more));
const bad = failing('PostStartHookError', 'PostStartHook failed');
const looping = failing('CrashLoopBackOff', 'back-off 40s restarting failed container');
const told = event('FailedPostStartHook', 'PostStartHook failed', {
  involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{api}' },
});

export const cases: readonly Case[] = [
  {
    name: 'postStart',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'PostStartHookError',
        impact: 'outage',
        since: ago(30),
        says: ['postStart hook of container api', 'PostStartHookError', 'PostStartHook failed'],
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.waiting',
            text: 'PostStartHookError PostStartHook failed',
          },
        ],
        proof: { decidedBy: 'field', sinceExact: true, container: 'api', node: 'node-a' },
      },
    ],
  },
  ...(['PreCreateHookError', 'PreStartHookError'] as const).map(
    (reason): Case => ({
      name: reason,
      objects: { Pod: [failing(reason)] },
      expect: [{ reason, says: [reason.startsWith('PreC') ? 'preCreate' : 'preStart'] }],
    }),
  ),
  {
    name: 'between two tries only the event tells',
    objects: { Pod: [looping], Event: [told] },
    expect: [
      {
        reason: 'PostStartHookError',
        evidence: [{ source: 'event', at: 'FailedPostStartHook', text: 'PostStartHook failed' }],
        proof: { decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'killed a moment ago',
    objects: {
      Pod: [pod(status({ state: { terminated: { exitCode: 0, reason: 'Completed' } } }))],
      Event: [told],
    },
    expect: [{ reason: 'PostStartHookError' }],
  },
  {
    name: "the event's words, where the state has none",
    objects: { Pod: [failing('PostStartHookError')], Event: [told] },
    expect: [{ says: ['PostStartHook failed'] }],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'quiet: a crash loop without a hook',
    objects: { Pod: [looping], Event: [event('BackOff', 'restarting')] },
    expect: [],
  },
  {
    name: "quiet: another container's hook",
    objects: {
      Pod: [looping],
      Event: [
        event('FailedPostStartHook', 'failed', {
          involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{mesh}' },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: the event is old',
    objects: {
      Pod: [looping],
      Event: [event('FailedPostStartHook', 'failed', { lastTimestamp: ago(20) })],
    },
    expect: [],
  },
  {
    name: 'quiet: recovered, with its old event',
    objects: {
      Pod: [pod(status({ ready: true, state: { running: { startedAt: ago(5) } } }))],
      Event: [told],
    },
    expect: [],
  },
  {
    name: 'quiet within the grace time',
    objects: {
      Pod: [failing('PostStartHookError', 'x', { conditions: conditions({ since: ago(1.5) }) })],
    },
    expect: [],
  },
  {
    name: "quiet: how a Job's pod fails is its Job's matter",
    objects: { Pod: [vary(bad, { metadata: ofJob })] },
    expect: [],
  },
  ...traps(bad),
];
