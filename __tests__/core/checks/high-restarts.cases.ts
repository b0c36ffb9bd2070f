import {
  ago,
  conditions,
  deployment,
  ofJob,
  pod,
  type RawPod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';
import { node } from './unready-pods.ts';

/** Since `startMinutes` it fell so often, the last time so many minutes ago, after a run of half an hour. */
const fallen = (
  restartCount: number,
  startMinutes: number,
  lastMinutes: number,
  more: object = {},
): RawPod =>
  pod(
    { metadata: { creationTimestamp: ago(startMinutes) } },
    status(
      {
        ready: true,
        restartCount,
        state: { running: { startedAt: ago(lastMinutes) } },
        lastState: {
          terminated: {
            exitCode: 1,
            reason: 'Error',
            startedAt: ago(lastMinutes + 30),
            finishedAt: ago(lastMinutes),
          },
        },
        ...more,
      },
      {
        startTime: ago(startMinutes),
        conditions: conditions({ ready: 'True', since: ago(lastMinutes) }),
      },
    ),
  );
const bad = fallen(10, 400, 20);
const one = (name: string, raw: object, expect: Case['expect'] = []): Case => ({
  name: expect.length === 0 ? `quiet: ${name}` : name,
  objects: { Pod: [raw] },
  expect,
});

export const cases: readonly Case[] = [
  one('every 40 minutes', bad, [
    {
      reason: 'HighRestartRate',
      impact: 'at-risk',
      since: ago(400),
      says: ['api', 'every 40 min', 'exit 1', '10 restarts'],
      evidence: [
        { source: 'field', at: 'status.containerStatuses[api].restartCount', text: '10' },
        {
          source: 'field',
          at: 'status.containerStatuses[api].lastState.terminated.finishedAt',
          text: ago(20),
        },
      ],
      proof: { container: 'api', exitCode: 1, decidedBy: 'field' },
    },
  ]),
  {
    name: 'not ready at the moment, beside too few others',
    objects: {
      Pod: [vary(bad, { status: { conditions: conditions({ since: ago(2) }) } })],
      Deployment: [deployment(2, 1)],
    },
    expect: [{ impact: 'degraded' }],
  },
  one('once an hour', fallen(10, 600, 20), [{}]),
  one('less than once an hour', fallen(10, 605, 20)),
  one('too few restarts', fallen(2, 70, 20)),
  one('three restarts', fallen(3, 70, 20), [{}]),
  one('for less than an hour', fallen(3, 55, 20)),
  one('it has settled: its troubles were those of its start', fallen(4, 180, 91)),
  one('it has not: within twice the usual time', fallen(4, 180, 89), [{}]),
  one('many restarts long ago', fallen(4000, 60 * 24 * 30, 60 * 25)),
  one('it never says when it fell', fallen(10, 400, 20, { lastState: undefined })),
  one(
    'a loop is told elsewhere',
    fallen(10, 400, 1, {
      lastState: { terminated: { exitCode: 1, startedAt: ago(4), finishedAt: ago(2) } },
    }),
  ),
  one(
    'backs off, which is told elsewhere',
    fallen(10, 400, 20, { state: waiting('CrashLoopBackOff') }),
  ),
  one(
    'backs off, whatever it says of running',
    fallen(10, 400, 20, { state: waiting('ImagePullBackOff') }),
  ),
  one("a Job's pod", vary(bad, { metadata: ofJob })),
  { name: 'quiet: its node is lost', objects: { Pod: [bad], Node: [node('Unknown')] }, expect: [] },
  ...traps(bad),
];
