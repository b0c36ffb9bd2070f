import {
  ago,
  conditions,
  deployment,
  event,
  ofJob,
  pod,
  type RawPod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';
import { meshed, node, running } from './unready-pods.ts';

const well: RawPod = pod(status(running(30, { ready: true })), {
  status: { conditions: conditions({ ready: 'True' }) },
});
/** So many failures between the first and the last, in minutes ago. */
const failures = (count: number, first: number, last: number, more: object = {}) =>
  event('Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 404', {
    count,
    firstTimestamp: ago(first),
    lastTimestamp: ago(last),
    ...more,
  });
const many = failures(20, 20, 1);
const fallen = (exitCode: number, more: object = {}): RawPod =>
  pod(
    status({
      restartCount: 3,
      state: waiting('CrashLoopBackOff'),
      lastState: {
        terminated: { exitCode, reason: 'Error', startedAt: ago(3), finishedAt: ago(2) },
      },
      ...more,
    }),
  );
const one = (
  name: string,
  events: readonly object[],
  expect: Case['expect'] = [],
  raw = well,
): Case => ({
  name: expect.length === 0 ? `quiet: ${name}` : name,
  objects: { Pod: [raw], Event: events },
  expect,
});

export const cases: readonly Case[] = [
  one(
    'it fails, and the pod stays ready: its threshold is large',
    [many],
    [
      {
        reason: 'LivenessProbeFailing',
        impact: 'at-risk',
        since: ago(20),
        says: ['api', 'liveness probe', '19 min', 'statuscode: 404'],
        evidence: [
          {
            source: 'event',
            at: 'Unhealthy',
            text: 'Liveness probe failed: HTTP probe failed with statuscode: 404',
          },
        ],
        proof: { decidedBy: 'message', sinceExact: false, container: 'api' },
      },
    ],
  ),
  ...[137, 143, 0].map((exitCode) =>
    one(
      `the container is killed for it: ${exitCode}`,
      [many],
      [
        {
          reason: 'LivenessProbeKilling',
          impact: 'outage',
          says: ['killed', `exit ${exitCode}`, '3 restarts'],
          proof: { exitCode },
        },
      ],
      fallen(exitCode),
    ),
  ),
  {
    name: 'killed for it, and ready for the moment beside enough others',
    objects: {
      Pod: [
        vary(fallen(137, { ready: true, state: { running: { startedAt: ago(1) } } }), {
          status: { conditions: conditions({ ready: 'True' }) },
        }),
      ],
      Event: [many],
      Deployment: [deployment(2, 3)],
    },
    expect: [{ reason: 'LivenessProbeKilling', impact: 'at-risk' }],
  },
  one(
    'it fails, and the pod is not ready either',
    [many],
    [{ impact: 'outage' }],
    pod(status(running(30))),
  ),
  one('counted by its series', [failures(1, 20, 1, { count: 0, series: { count: 20 } })], [{}]),
  one(
    'of many events, one each',
    [0, 1, 2, 3, 4].map((index) => failures(1, 10 - index * 2, 10 - index * 2)),
    [{ since: ago(10) }],
  ),
  one(
    'many that differ are one event',
    [{ ...many, message: '(combined from similar events): Liveness probe failed: got 7' }],
    [{ says: ['Liveness probe failed: got 7'] }],
  ),
  one('it cannot even be asked', [{ ...many, message: 'Liveness probe errored: rpc error' }], [{}]),
  one(
    "a sidecar's",
    [
      failures(20, 20, 1, {
        involvedObject: { uid: 'uid-1', fieldPath: 'spec.initContainers{mesh}' },
      }),
    ],
    [{ proof: { container: 'mesh' } }],
    meshed(running(30, { ready: true }), running(30, { ready: true })),
  ),
  one('too few failures', [failures(2, 8, 1)]),
  one('a slow start: less than five minutes', [failures(20, 5.5, 1)]),
  one('now and then: less than once in five minutes', [failures(9, 50, 1)]),
  one('it is over: nothing for ten minutes', [failures(20, 30, 11)]),
  one('it crashes by itself, and the probe finds nobody', [many], [], fallen(1)),
  one(
    'out of memory is told elsewhere',
    [many],
    [],
    fallen(137, {
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: ago(2) } },
    }),
  ),
  one("its readiness probe's failures", [{ ...many, message: 'Readiness probe failed: x' }]),
  one('a warning of the probe', [{ ...many, reason: 'ProbeWarning' }]),
  one('of the pod that had its name before', [{ ...many, involvedObject: { uid: 'uid-0' } }]),
  one("another container's", [
    failures(20, 20, 1, { involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{mesh}' } }),
  ]),
  one("a Job's pod", [many], [], vary(well, { metadata: ofJob })),
  {
    name: 'quiet: its node is lost',
    objects: { Pod: [well], Event: [many], Node: [node('Unknown')] },
    expect: [],
  },
  ...traps(well, { Event: [many] }),
];
