import {
  ago,
  api,
  bare,
  conditions,
  deployment,
  initElsewhere,
  ofJob,
  ownedBy,
  type Parts,
  pod,
  staticPod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';

const kill = (minutes: number, more: object = {}) => ({
  terminated: {
    reason: 'OOMKilled',
    exitCode: 137,
    startedAt: ago(minutes + 1),
    finishedAt: ago(minutes),
    ...more,
  },
});
const limited = { spec: { containers: [{ ...api, resources: { limits: { memory: '128Mi' } } }] } };
const looping = {
  restartCount: 5,
  state: waiting('CrashLoopBackOff', 'back-off 10s restarting'),
  lastState: kill(2),
};
const bad = pod(status(looping), limited);
const running = (minutes: number) => ({ running: { startedAt: ago(minutes) } });
const well = { conditions: conditions({ ready: 'True', since: ago(20) }) };
/** Killed for good: nobody restarts it. */
const lying = (minutes: number, ...parts: readonly Parts[]) =>
  pod(
    status(
      { state: kill(minutes) },
      { phase: 'Failed', conditions: conditions({ since: ago(minutes) }) },
    ),
    ...parts,
  );
const job = (more: { readonly metadata?: object; readonly status?: object }) => ({
  metadata: { namespace: 'shop', name: 'import-1', ...more.metadata },
  status: { startTime: ago(30), ...more.status },
});
const gaveUp = { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] };
const nightly = { ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }] };
const cron = (lastSuccessfulTime: string) => ({
  metadata: { namespace: 'shop', name: 'nightly' },
  status: { lastSuccessfulTime },
});

export const cases: readonly Case[] = [
  {
    name: 'in a loop',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { name: 'api-7d9f-x' },
        reason: 'OOMKilled',
        impact: 'outage',
        since: ago(30),
        says: ['api', 'OOMKilled', 'CrashLoopBackOff', '5 restarts', '128Mi'],
        proof: {
          decidedBy: 'field',
          sinceExact: false,
          container: 'api',
          image: api.image,
          exitCode: 137,
        },
      },
    ],
  },
  {
    name: 'in a loop, seen between two kills',
    objects: {
      Pod: [
        pod(
          status(
            { ready: true, restartCount: 3, state: running(1), lastState: kill(2) },
            { conditions: conditions({ ready: 'True', since: ago(1) }) },
          ),
        ),
      ],
    },
    expect: [{ impact: 'degraded', since: ago(2) }],
  },
  {
    name: 'one kill of a pod that serves again',
    objects: {
      Pod: [
        pod(
          status({ ready: true, restartCount: 1, state: running(20), lastState: kill(21) }, well),
        ),
      ],
    },
    expect: [{ impact: 'at-risk', since: ago(21), proof: { sinceExact: true } }],
  },
  {
    name: 'one kill of a pod that does not serve yet',
    objects: {
      Pod: [pod(status({ restartCount: 1, state: running(20), lastState: kill(21) }))],
      Deployment: [deployment(2, 1)],
    },
    expect: [{ impact: 'degraded' }],
  },
  {
    name: 'a bare pod that nobody restarts, also after the look-back',
    objects: { Pod: [lying(120, { metadata: bare })] },
    expect: [
      {
        impact: 'outage',
        since: ago(120),
        proof: { sinceExact: true },
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.terminated',
            text: `OOMKilled exit 137 at ${ago(120)}`,
          },
        ],
      },
    ],
  },
  {
    name: 'a pod of a Job that was not read',
    objects: { Pod: [lying(10, { metadata: ofJob })] },
    expect: [{ reason: 'OOMKilled', impact: 'degraded' }],
  },
  {
    name: 'a pod of a Job that gave up',
    objects: { Pod: [lying(10, { metadata: ofJob })], Job: [job({ status: gaveUp })] },
    expect: [{ reason: 'OOMKilled' }],
  },
  {
    name: 'a run that gave up after the last good one',
    objects: {
      Pod: [lying(10, { metadata: ofJob })],
      Job: [job({ metadata: nightly, status: gaveUp })],
      CronJob: [cron(ago(1500))],
    },
    expect: [{ reason: 'OOMKilled' }],
  },
  {
    name: 'quiet: a later run went well',
    objects: {
      Pod: [lying(10, { metadata: ofJob })],
      Job: [job({ metadata: nightly, status: gaveUp })],
      CronJob: [cron(ago(5))],
    },
    expect: [],
  },
  {
    name: 'quiet: its Job tries again',
    objects: { Pod: [lying(10, { metadata: ofJob })], Job: [job({})] },
    expect: [],
  },
  {
    name: 'quiet: its Job completed all the same',
    objects: {
      Pod: [lying(10, { metadata: ofJob })],
      Job: [
        job({
          status: {
            conditions: [
              { type: 'Complete', status: 'True' },
              { type: 'Failed', status: 'False' },
            ],
          },
        }),
      ],
    },
    expect: [],
  },
  ...['Workflow', 'TaskRun', 'EphemeralRunner'].map(
    (kind): Case => ({
      name: `quiet: a pod of a ${kind}`,
      objects: { Pod: [lying(10, { metadata: ownedBy(kind, 'etl') })] },
      expect: [],
    }),
  ),
  {
    name: 'a pod of some other kind, a minute and a half old',
    objects: {
      Pod: [vary(bad, { metadata: { ...ownedBy('Cluster', 'pg'), creationTimestamp: ago(1.5) } })],
    },
    expect: [{ reason: 'OOMKilled' }],
  },
  {
    name: 'a native sidecar that nobody restarts',
    objects: {
      Pod: [
        pod(
          {
            metadata: bare,
            spec: { initContainers: [{ name: 'mesh', restartPolicy: 'Always' }] },
          },
          {
            status: { phase: 'Failed', initContainerStatuses: [{ name: 'mesh', state: kill(10) }] },
          },
        ),
      ],
    },
    expect: [{ since: ago(10), proof: { container: 'mesh' } }],
  },
  {
    name: 'quiet: a tombstone',
    objects: { Pod: [lying(25 * 60, { metadata: bare })] },
    expect: [],
  },
  {
    name: 'quiet: killed before the look-back, and runs',
    objects: {
      Pod: [
        pod(
          status({ ready: true, restartCount: 1, state: running(60), lastState: kill(61) }, well),
        ),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: killed nobody knows when, and runs',
    objects: {
      Pod: [
        pod(
          status(
            { ready: true, state: running(60), lastState: kill(1, { finishedAt: undefined }) },
            well,
          ),
        ),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: died of something else',
    objects: { Pod: [pod(status({ ...looping, lastState: kill(2, { reason: 'Error' }) }))] },
    expect: [],
  },
  initElsewhere({ state: kill(2) }),
  {
    name: 'a static pod of the control plane',
    objects: { Pod: [staticPod('etcd', status(looping))] },
    expect: [{ object: { name: 'etcd-node-a' }, impact: 'outage' }],
  },
  ...traps(vary(bad, {}), {}, { statics: true }),
];
