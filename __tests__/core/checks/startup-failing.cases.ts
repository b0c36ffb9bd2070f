import { ago, conditions, event, ofJob, pod, staticPod, status, traps, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { ended, node, probed, quiet, running, startup } from './unready-pods.ts';

const slow = probed(startup);
const starting = (minutes: number, more: object = {}) =>
  running(minutes, { started: false, ...more });
const bad = pod(status(starting(12)), slow);
const killed = (exitCode: number, more: object = {}) => ({
  started: false,
  restartCount: 4,
  state: waiting('CrashLoopBackOff', 'back-off 1m20s'),
  lastState: { terminated: { exitCode, reason: 'Error', startedAt: ago(4), finishedAt: ago(1) } },
  ...more,
});
const refused = event('Unhealthy', 'Startup probe failed: connection refused');
const looping = (container: object, events: readonly object[], expect: Case['expect']) => ({
  objects: { Pod: [pod(status(container), slow)], Event: events },
  expect,
});

export const cases: readonly Case[] = [
  {
    name: 'past its startup budget',
    objects: { Pod: [bad], Event: [refused] },
    expect: [
      {
        reason: 'StartupProbeFailing',
        impact: 'outage',
        since: ago(30),
        says: ['container api', 'startup budget', 'connection refused'],
        evidence: [
          { source: 'field', at: 'status.containerStatuses[api].started', text: 'false' },
          { source: 'event', at: 'Unhealthy', text: 'Startup probe failed: connection refused' },
        ],
        proof: { container: 'api' },
      },
    ],
  },
  quiet('within its startup budget, and the tenth that is added', starting(10.9), slow),
  ...[
    { startupProbe: { failureThreshold: 100 } },
    { startupProbe: { initialDelaySeconds: 1100 } },
  ].flatMap((probe): readonly Case[] => [
    {
      name: `past a budget with Kubernetes' own defaults: ${JSON.stringify(probe)}`,
      objects: { Pod: [pod(status(starting(21)), probed(probe))] },
      expect: [{ reason: 'StartupProbeFailing' }],
    },
    quiet(`within it: ${JSON.stringify(probe)}`, starting(18), probed(probe)),
  ]),
  {
    name: 'past the default startup budget and the grace time',
    objects: {
      Pod: [pod(status(starting(6)), probed({ startupProbe: { periodSeconds: 20 } }))],
    },
    expect: [{ reason: 'StartupProbeFailing' }],
  },
  quiet('past the default startup budget, within the grace time', starting(4), {
    ...probed({ startupProbe: {} }),
  }),
  {
    name: 'restarted within its startup budget again and again',
    objects: { Pod: [pod(status(starting(1, { restartCount: 2 })), slow)] },
    expect: [{ reason: 'StartupProbeFailing' }],
  },
  {
    name: 'killed for it in a loop',
    ...looping(
      killed(137),
      [refused],
      [
        {
          reason: 'StartupProbeKilling',
          impact: 'outage',
          since: ago(30),
          says: ['api', 'startup probe', 'CrashLoopBackOff', 'exit 137', 'connection refused'],
          proof: { decidedBy: 'message', container: 'api' },
        },
      ],
    ),
  },
  {
    name: 'killed for it, seen between two kills; the event is one of many alike',
    ...looping(
      killed(143, { state: { running: { startedAt: ago(0.5) } } }),
      [
        event(
          'Unhealthy',
          '(combined from similar events): Startup probe failed: connection refused',
        ),
      ],
      [{ reason: 'StartupProbeKilling' }],
    ),
  },
  { name: 'quiet: it crashes by itself', ...looping(killed(1), [refused], []) },
  {
    name: 'quiet: it loops, and its probe failed long ago',
    ...looping(killed(137), [{ ...refused, lastTimestamp: ago(16) }], []),
  },
  {
    name: 'quiet: it loops, and its liveness probe failed',
    ...looping(killed(137), [event('Unhealthy', 'Liveness probe failed: x')], []),
  },
  {
    name: "quiet: it loops, and another container's probe failed",
    ...looping(
      killed(137),
      [{ ...refused, involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{mesh}' } }],
      [],
    ),
  },
  {
    name: 'quiet: killed for it, within the grace time',
    objects: {
      Pod: [
        pod(status(killed(137)), slow, { status: { conditions: conditions({ since: ago(4) }) } }),
      ],
      Event: [refused],
    },
    expect: [],
  },
  {
    name: 'quiet: killed for it on a lost node',
    objects: { Pod: [pod(status(killed(137)), slow)], Event: [refused], Node: [node('Unknown')] },
    expect: [],
  },
  {
    name: 'a static pod of the control plane with a startup probe',
    objects: {
      Pod: [
        staticPod('kube-apiserver', {
          spec: { containers: [{ name: 'kube-apiserver', ...startup }] },
          status: {
            containerStatuses: [{ name: 'kube-apiserver', ready: false, ...starting(12) }],
          },
        }),
      ],
    },
    expect: [{ object: { name: 'kube-apiserver-node-a' }, proof: { container: 'kube-apiserver' } }],
  },
  quiet('started', running(30), slow),
  quiet('no startup probe', starting(30)),
  quiet('it died', ended(1), slow),
  quiet("a Job's pod", starting(30), slow, { metadata: ofJob }),
  ...traps(bad, {}, { statics: true }),
];
