import {
  ago,
  bare,
  conditions,
  deployment,
  event,
  initElsewhere,
  ofJob,
  ownedBy,
  pod,
  staticPod,
  status,
  traps,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';

const died = (exitCode: number, more: object = {}) => ({
  terminated: {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt: ago(2),
    finishedAt: ago(1),
    ...more,
  },
});
const backOff = waiting('CrashLoopBackOff', 'back-off 1m20s restarting failed container=api');
const looping = { restartCount: 4, state: backOff, lastState: died(1) };
const bad = pod(status(looping));
const running = { running: { startedAt: ago(1) } };
/** Between two deaths, and ready for that moment. */
const hidden = { ready: true, restartCount: 4, state: running, lastState: died(1) };
const readyNow = { conditions: conditions({ ready: 'True', since: ago(1) }) };
const sidecar = (container: object) =>
  pod({
    spec: { initContainers: [{ name: 'mesh', image: 'mesh:1', restartPolicy: 'Always' }] },
    status: { initContainerStatuses: [{ name: 'mesh', ...container }] },
  });
const quiet = (name: string, container: object, more: object = {}): Case => ({
  name: `quiet: ${name}`,
  objects: { Pod: [pod(status(container, more))] },
  expect: [],
});

export const cases: readonly Case[] = [
  {
    name: 'backs off',
    objects: { Pod: [bad] },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'CrashLoopBackOff',
        impact: 'outage',
        since: ago(30),
        says: ['api', 'exit 1', 'CrashLoopBackOff', '4 restarts'],
        proof: {
          decidedBy: 'field',
          sinceExact: false,
          container: 'api',
          image: 'registry.example/shop/api:1',
          exitCode: 1,
          node: 'node-a',
          templateHash: '7d9f',
        },
      },
    ],
  },
  {
    name: 'how it ended is not told',
    objects: {
      Pod: [
        pod(status({ ...looping, lastState: {} })),
        pod(
          status({
            restartCount: 4,
            state: waiting('CrashLoopBackOff'),
            lastState: { terminated: { exitCode: 1 } },
          }),
          { metadata: { name: 'b' } },
        ),
        pod(status({ restartCount: 4, state: waiting('CrashLoopBackOff') }), {
          metadata: { name: 'c' },
        }),
      ],
    },
    expect: [
      {
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.waiting',
            text: 'back-off 1m20s restarting failed container=api',
          },
        ],
      },
      {
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].lastState.terminated',
            text: 'exit 1',
          },
        ],
      },
      {
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.waiting',
            text: 'CrashLoopBackOff',
          },
        ],
      },
    ],
  },
  {
    name: 'git ends with 128',
    objects: {
      Pod: [pod(status({ ...looping, lastState: died(128, { message: 'fatal: no such ref' }) }))],
    },
    expect: [{ reason: 'CrashLoopBackOff', says: ['exit 128', 'fatal: no such ref'] }],
  },
  {
    name: 'its signal, where the runtime names it',
    objects: { Pod: [pod(status({ ...looping, lastState: died(139, { signal: 11 }) }))] },
    expect: [{ says: ['exit 139, signal 11'] }],
  },
  {
    name: 'its last words',
    objects: {
      Pod: [
        pod(status({ ...looping, lastState: died(1, { message: 'boot\nno DATABASE_URL\n' }) })),
      ],
    },
    expect: [{ says: ['no DATABASE_URL'] }],
  },
  {
    name: 'of a StatefulSet, by its revision',
    objects: {
      Pod: [pod(status(looping), { metadata: { labels: { 'controller-revision-hash': 'db-5' } } })],
    },
    expect: [{ proof: { templateHash: 'db-5' } }],
  },
  {
    name: 'fewer restarts, but five minutes after its start',
    objects: { Pod: [pod(status({ ...looping, restartCount: 1 }, { startTime: ago(6) }))] },
    expect: [{ reason: 'CrashLoopBackOff' }],
  },
  quiet('fewer restarts, and just started', { ...looping, restartCount: 2 }, { startTime: ago(4) }),
  {
    name: 'exit 0 of what should run for ever',
    objects: { Pod: [pod(status({ ...looping, lastState: died(0) }))] },
    expect: [{ reason: 'CrashLoopExit0', says: ['CrashLoopBackOff', 'exit 0'] }],
  },
  {
    name: 'no word of how it ended',
    objects: { Pod: [pod(status({ restartCount: 4, state: backOff }))] },
    expect: [{ reason: 'CrashLoopBackOff', says: ['exit code unknown'] }],
  },
  {
    name: 'between two deaths it serves too little at best',
    objects: { Pod: [pod(status(hidden, readyNow))], Deployment: [deployment(1, 1)] },
    expect: [{ reason: 'CrashLoopHidden', impact: 'degraded', since: ago(1) }],
  },
  {
    name: 'dead again, and not yet waiting',
    objects: { Pod: [pod(status({ restartCount: 4, state: died(1), lastState: died(1) }))] },
    expect: [
      {
        reason: 'CrashLoopHidden',
        impact: 'outage',
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.terminated',
            text: `exit 1, Error, started ${ago(2)}, finished ${ago(1)}`,
          },
        ],
      },
    ],
  },
  quiet('dead again after a long run', {
    restartCount: 4,
    state: died(1, { startedAt: ago(30) }),
    lastState: died(1, { startedAt: ago(32), finishedAt: ago(31) }),
  }),
  {
    name: 'quiet: done at last, and not to be run on',
    objects: {
      Pod: [
        pod({
          ...status({ restartCount: 4, state: died(0), lastState: died(1) }),
          spec: { restartPolicy: 'OnFailure' },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'between two deaths beside enough others',
    objects: { Pod: [pod(status(hidden, readyNow))], Deployment: [deployment(2, 3)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'backs off beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(2, 2)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'a bare pod is a workload of one',
    objects: { Pod: [pod(status(looping), { metadata: bare })] },
    expect: [{ impact: 'outage', proof: { templateHash: undefined } }],
  },
  {
    name: 'a native sidecar',
    objects: { Pod: [sidecar(looping)] },
    expect: [
      {
        proof: { container: 'mesh', image: 'mesh:1' },
        evidence: [
          {
            source: 'field',
            at: 'status.initContainerStatuses[mesh].lastState.terminated',
            text: `exit 1, Error, started ${ago(2)}, finished ${ago(1)}`,
          },
        ],
      },
    ],
  },
  {
    name: 'a native sidecar between two deaths',
    objects: { Pod: [sidecar(hidden)] },
    expect: [{ proof: { container: 'mesh' } }],
  },
  {
    name: 'a native sidecar, dead again',
    objects: { Pod: [sidecar({ restartCount: 4, state: died(1), lastState: died(1) })] },
    expect: [{ proof: { container: 'mesh' } }],
  },
  {
    name: 'quiet: a native sidecar that died once after days of service',
    objects: { Pod: [sidecar({ ...hidden, lastState: died(1, { startedAt: ago(9000) }) })] },
    expect: [],
  },
  {
    name: 'exit 0 between two deaths',
    objects: { Pod: [pod(status({ ...hidden, lastState: died(0) }))] },
    expect: [{ reason: 'CrashLoopExit0' }],
  },
  {
    name: 'exit 0 of a container with a policy of its own',
    objects: {
      Pod: [
        pod(status({ ...looping, lastState: died(0) }), {
          spec: {
            restartPolicy: 'Always',
            containers: [{ name: 'api', restartPolicy: 'OnFailure' }],
          },
        }),
      ],
    },
    expect: [{ reason: 'CrashLoopBackOff', says: ['exit 0'] }],
  },
  {
    name: 'exit 0 where the policy of the pod is not Always',
    objects: {
      Pod: [
        pod(status({ ...looping, lastState: died(0) }), { spec: { restartPolicy: 'OnFailure' } }),
      ],
    },
    expect: [{ reason: 'CrashLoopBackOff' }],
  },
  {
    name: 'killed for its liveness probe, and ends well on that',
    objects: {
      Pod: [pod(status({ ...looping, lastState: died(0) }))],
      Event: [event('Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 404')],
    },
    expect: [
      {
        reason: 'CrashLoopBackOff',
        proof: { decidedBy: 'message' },
        says: ['killed after its liveness probe failed', 'statuscode: 404'],
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].lastState.terminated',
            text: `exit 0, Completed, started ${ago(2)}, finished ${ago(1)}`,
          },
          {
            source: 'event',
            at: 'Unhealthy',
            text: 'Liveness probe failed: HTTP probe failed with statuscode: 404',
          },
        ],
      },
    ],
  },
  {
    name: 'killed for its startup probe, as the event of this container says',
    objects: {
      Pod: [pod(status({ ...looping, lastState: died(137) }))],
      Event: [
        event('Unhealthy', 'Startup probe failed: connection refused', {
          involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{api}' },
        }),
      ],
    },
    expect: [{ reason: 'CrashLoopBackOff', says: ['startup probe failed: connection refused'] }],
  },
  {
    name: 'its liveness probe fails because it crashes by itself',
    objects: {
      Pod: [pod(status({ ...looping, lastState: died(1, { message: 'no DATABASE_URL' }) }))],
      Event: [event('Unhealthy', 'Liveness probe failed: connection refused')],
    },
    expect: [{ says: ['no DATABASE_URL'], proof: { decidedBy: 'field' } }],
  },
  {
    name: 'a static pod of the control plane',
    objects: {
      Pod: [staticPod('kube-scheduler', status(looping))],
    },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'kube-system', name: 'kube-scheduler-node-a' },
        impact: 'outage',
      },
    ],
  },
  {
    name: "another container's probe, an old one, one of another pod, and a readiness probe prove nothing",
    objects: {
      Pod: [pod(status({ ...looping, lastState: died(137) }))],
      Event: [
        event('Unhealthy', 'Liveness probe failed: x', {
          involvedObject: { uid: 'uid-1', fieldPath: 'spec.containers{mesh}' },
        }),
        event('Unhealthy', 'Liveness probe failed: x', { lastTimestamp: ago(16) }),
        event('Unhealthy', 'Liveness probe failed: x', { involvedObject: { uid: 'uid-0' } }),
        event('Unhealthy', 'Readiness probe failed: x'),
        event('Killing', 'Liveness probe failed: x'),
      ],
    },
    expect: [{ reason: 'CrashLoopBackOff' }],
  },
  {
    name: 'since the first back-off event, where readiness flips',
    objects: {
      Pod: [pod(status(looping, { conditions: conditions({ since: ago(1) }) }))],
      Event: [
        event('BackOff', 'Back-off restarting failed container', { firstTimestamp: ago(20) }),
        event('BackOff', 'Back-off pulling image "x"', { firstTimestamp: ago(25) }),
      ],
    },
    expect: [{ since: ago(20), proof: { sinceExact: false } }],
  },
  {
    name: 'since the back-offs that lie behind it, where no event says more',
    objects: { Pod: [pod(status(looping, { conditions: conditions({ since: ago(1) }) }))] },
    // Died a minute ago; waits of 10, 20 and 40 s lie behind the one of 80 s.
    expect: [{ since: '2026-01-01T11:57:50Z' }],
  },
  {
    name: 'since its start, where no condition and no end is told',
    objects: {
      Pod: [
        pod(
          status(
            { restartCount: 4, state: waiting('CrashLoopBackOff') },
            { conditions: [], startTime: ago(29) },
          ),
        ),
      ],
    },
    expect: [{ since: ago(29) }],
  },
  {
    name: 'since it was made, where not even a start is told',
    objects: {
      Pod: [
        pod(
          status(
            { restartCount: 4, state: waiting('CrashLoopBackOff') },
            { conditions: [], startTime: undefined },
          ),
        ),
      ],
    },
    expect: [{ since: ago(30) }],
  },
  quiet('runs well', { ready: true, restartCount: 0, state: running }, readyNow),
  quiet(
    'old restarts of a ready pod',
    {
      ...hidden,
      restartCount: 40,
      lastState: died(1, { startedAt: ago(3000), finishedAt: ago(2999) }),
    },
    readyNow,
  ),
  quiet(
    'runs stably again after its restarts',
    { ...hidden, state: { running: { startedAt: ago(11) } } },
    readyNow,
  ),
  quiet(
    'died long before it was started again',
    { ...hidden, lastState: died(1, { startedAt: ago(13), finishedAt: ago(11) }) },
    readyNow,
  ),
  quiet(
    'one death after days of service',
    { ...hidden, lastState: died(1, { startedAt: ago(9000) }) },
    readyNow,
  ),
  quiet('too few restarts for a loop', { ...hidden, restartCount: 2 }, readyNow),
  quiet('out of memory is told elsewhere', {
    ...looping,
    lastState: died(137, { reason: 'OOMKilled' }),
  }),
  quiet('a command that is not there is told elsewhere', { ...looping, lastState: died(127) }),
  quiet('a start that failed is told elsewhere', {
    ...looping,
    lastState: died(1, { reason: 'StartError' }),
  }),
  quiet('waits for something else', { ...looping, state: waiting('ImagePullBackOff') }),
  {
    name: 'quiet: an ephemeral container died',
    objects: {
      Pod: [
        pod(
          status(
            { ready: true, state: running },
            { ephemeralContainerStatuses: [{ name: 'debug', ...looping }] },
          ),
        ),
      ],
    },
    expect: [],
  },
  initElsewhere(looping),
  {
    name: "quiet: a Job's pod",
    objects: { Pod: [pod(status(looping), { metadata: ofJob })] },
    expect: [],
  },
  {
    name: "quiet: a Workflow's pod",
    objects: { Pod: [pod(status(looping), { metadata: ownedBy('Workflow', 'etl') })] },
    expect: [],
  },
  ...traps(bad, {}, { statics: true }),
];
