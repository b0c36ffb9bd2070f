import {
  ago,
  api,
  bare,
  conditions,
  ofJob,
  pod,
  type RawPod,
  status,
  traps,
  vary,
} from './pods.ts';
import type { Case } from './suite.ts';
import { ended, node, notReady, quiet, running } from './unready-pods.ts';

const never = { spec: { restartPolicy: 'Never' } };
/** Two containers of a pod that is never restarted: one died, the other runs. */
const half = (minutes: number, more: object = {}): RawPod =>
  pod({
    metadata: bare,
    spec: { restartPolicy: 'Never', containers: [api, { name: 'log' }] },
    status: {
      containerStatuses: [
        { name: 'api', ready: false, ...ended(3, 'Error', minutes), ...more },
        { name: 'log', ready: true, ...running(90) },
      ],
    },
  });
const bad = half(60);
const failed = (container: object, more: object = {}): RawPod =>
  pod(status(container, { phase: 'Failed', ...notReady(60), ...more }), never, { metadata: bare });

export const cases: readonly Case[] = [
  {
    name: 'one of two, and nobody restarts it',
    objects: { Pod: [bad] },
    expect: [
      {
        reason: 'ContainerExited',
        impact: 'outage',
        since: ago(60),
        says: ['api', 'exit 3', 'Error', 'restartPolicy Never'],
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.terminated',
            text: `Error exit 3 at ${ago(60)}`,
          },
        ],
        proof: { container: 'api', exitCode: 3, sinceExact: true, decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'ended for good',
    objects: { Pod: [failed(ended(3))] },
    expect: [{ reason: 'ContainerExited', impact: 'outage' }],
  },
  {
    name: 'its signal, where the runtime names it',
    objects: {
      Pod: [failed({ state: { terminated: { exitCode: 139, reason: 'Error', signal: 11 } } })],
    },
    expect: [{ says: ['exit 139, signal 11'] }],
  },
  {
    name: 'its last words, and no time of its end',
    objects: {
      Pod: [
        failed({
          state: { terminated: { exitCode: 1, reason: 'Error', message: 'boot\nno space left\n' } },
        }),
      ],
    },
    expect: [{ since: ago(60), says: ['no space left'], proof: { sinceExact: false } }],
  },
  {
    name: "a container with a policy of its own, over the pod's",
    objects: {
      Pod: [
        vary(bad, {
          spec: {
            restartPolicy: 'Always',
            containers: [{ ...api, restartPolicy: 'Never' }, { name: 'log' }],
          },
        }),
      ],
    },
    expect: [{ says: ['restartPolicy Never'] }],
  },
  {
    name: 'the kubelet does not restart it',
    objects: { Pod: [vary(bad, { spec: { restartPolicy: undefined } })] },
    expect: [{ says: ['restartPolicy Always'] }],
  },
  { name: 'quiet: it may be restarted in a moment', objects: { Pod: [half(1.5)] }, expect: [] },
  { name: 'quiet: it ended well', objects: { Pod: [failed(ended(0))] }, expect: [] },
  quiet(
    'runs again after a past exit',
    running(20, {
      restartCount: 1,
      lastState: { terminated: { exitCode: 1, finishedAt: ago(20) } },
    }),
    never,
    { status: { conditions: conditions({ ready: 'True' }) } },
  ),
  ...(
    [
      [137, 'OOMKilled'],
      [127, 'Error'],
      [1, 'StartError'],
      [137, 'ContainerStatusUnknown'],
    ] as const
  ).map(
    ([exitCode, reason]): Case => ({
      name: `quiet: ${reason} ${exitCode} is told elsewhere`,
      objects: { Pod: [failed(ended(exitCode, reason))] },
      expect: [],
    }),
  ),
  ...['Evicted', 'DeadlineExceeded', 'NodeShutdown'].map(
    (reason): Case => ({
      name: `quiet: the pod was ended from outside, which is told elsewhere: ${reason}`,
      objects: { Pod: [failed(ended(137), { reason })] },
      expect: [],
    }),
  ),
  {
    name: 'quiet: a debug container ended',
    objects: {
      Pod: [
        pod(status(running(30, { ready: true })), {
          status: { ephemeralContainerStatuses: [{ name: 'debug', ...ended(1) }] },
        }),
      ],
    },
    expect: [],
  },
  { name: 'quiet: its node is lost', objects: { Pod: [bad], Node: [node('Unknown')] }, expect: [] },
  { name: "quiet: a Job's pod", objects: { Pod: [vary(bad, { metadata: ofJob })] }, expect: [] },
  {
    name: 'quiet: a pod of a ReplicaSet that failed is replaced',
    objects: { Pod: [pod(status(ended(3), { phase: 'Failed' }))] },
    expect: [],
  },
  {
    name: 'quiet: a tombstone',
    objects: { Pod: [failed(ended(3, 'Error', 25 * 60))] },
    expect: [],
  },
  ...traps(bad),
];
