import {
  ago,
  conditions,
  deployment,
  event,
  init,
  ofJob,
  pod,
  staticPod,
  status,
  traps,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';
import {
  creating,
  ended,
  meshed,
  node,
  notReady,
  probed,
  quiet,
  running,
  startup,
} from './unready-pods.ts';

const bad = pod(status(running(30)));

export const cases: readonly Case[] = [
  {
    name: 'its readiness probe fails',
    objects: {
      Pod: [bad],
      Event: [
        event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
        event('Unhealthy', 'Liveness probe failed: x', { lastTimestamp: ago(1) }),
      ],
    },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
        reason: 'ReadinessProbeFailing',
        impact: 'outage',
        since: ago(30),
        says: ['api-7d9f-x', '30 min', 'container api', 'statuscode: 503'],
        evidence: [
          { source: 'field', at: 'status.containerStatuses[api].ready', text: 'false' },
          {
            source: 'event',
            at: 'Unhealthy',
            text: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
          },
        ],
        proof: { decidedBy: 'field', sinceExact: true, container: 'api', node: 'node-a' },
      },
    ],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'past the budget of a slow readiness probe',
    objects: {
      Pod: [
        pod(
          status(running(30), notReady(11)),
          probed({ readinessProbe: { initialDelaySeconds: 600 } }),
        ),
      ],
    },
    expect: [{ reason: 'ReadinessProbeFailing' }],
  },
  {
    name: 'since its start, where the condition has no time of its own',
    objects: {
      Pod: [
        pod(status(running(30)), {
          status: {
            startTime: ago(20),
            conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: null }],
          },
        }),
      ],
    },
    expect: [{ since: ago(20), proof: { sinceExact: false } }],
  },
  {
    name: 'since it was made, where not even a start is told',
    objects: {
      Pod: [
        pod(status({ ready: false, state: { running: { startedAt: 'soon' } } }), {
          status: { startTime: 'soon', conditions: [{ type: 'Ready', status: 'False' }] },
        }),
      ],
    },
    expect: [{ since: ago(30), proof: { sinceExact: false } }],
  },
  {
    name: 'its readiness gate is closed, but the containers are not ready either',
    objects: {
      Pod: [
        pod(
          { spec: { readinessGates: [{ conditionType: 'lb.example/target' }] } },
          status(running(30), {
            conditions: conditions({ more: [{ type: 'ContainersReady', status: 'False' }] }),
          }),
        ),
      ],
    },
    expect: [{ reason: 'ReadinessProbeFailing' }],
  },
  {
    name: 'its node is well',
    objects: { Pod: [bad], Node: [node('True')] },
    expect: [{ reason: 'ReadinessProbeFailing' }],
  },
  {
    name: 'restarted once lately, and not ready for long',
    objects: {
      Pod: [
        pod(
          status(
            running(1, {
              restartCount: 1,
              lastState: { terminated: { exitCode: 1, finishedAt: ago(1) } },
            }),
          ),
        ),
      ],
    },
    expect: [{ reason: 'ReadinessProbeFailing', since: ago(30) }],
  },
  {
    name: 'the app beside a sidecar that is ready',
    objects: { Pod: [meshed(running(30, { ready: true }), running(30, { ready: false }))] },
    expect: [{ proof: { container: 'api' } }],
  },
  {
    name: 'a static pod of the control plane, one of two',
    objects: {
      Pod: [
        staticPod('kube-apiserver', status(running(30))),
        staticPod('kube-apiserver', status(running(30, { ready: true })), {
          metadata: { name: 'kube-apiserver-node-b', uid: 'uid-2' },
          spec: { nodeName: 'node-b' },
          status: { conditions: conditions({ ready: 'True' }) },
        }),
      ],
    },
    expect: [
      {
        object: { kind: 'Pod', namespace: 'kube-system', name: 'kube-apiserver-node-a' },
        impact: 'degraded',
      },
    ],
  },
  {
    name: 'the only static pod of its kind',
    objects: { Pod: [staticPod('etcd', status(running(30)))] },
    expect: [{ impact: 'outage' }],
  },
  quiet('a static pod that is ready', running(30, { ready: true }), {
    metadata: { annotations: { 'kubernetes.io/config.mirror': 'abc' } },
    status: { conditions: conditions({ ready: 'True' }) },
  }),
  quiet(
    'a slow start by its readiness probe',
    running(30),
    probed({ readinessProbe: { initialDelaySeconds: 600, periodSeconds: 10 } }),
    { status: notReady(10) },
  ),
  quiet(
    'a readiness probe that asks seldom',
    running(30),
    probed({ readinessProbe: { periodSeconds: 300 } }),
    { status: notReady(20) },
  ),
  quiet('its image took long, it has just begun', running(4)),
  quiet('within the grace time', running(30), { status: notReady(4) }),
  quiet("the clock that wrote it is ahead of the API server's", running(30), {
    status: notReady(-10),
  }),
  quiet('its startup probe is told elsewhere', running(30, { started: false }), probed(startup)),
  {
    name: 'quiet: its node is lost',
    objects: { Pod: [bad], Node: [node('Unknown')] },
    expect: [],
  },
  { name: 'quiet: being created is told elsewhere', objects: { Pod: [creating(30)] }, expect: [] },
  quiet('ready', running(30, { ready: true }), {
    status: { conditions: conditions({ ready: 'True' }) },
  }),
  {
    name: 'quiet: ready again, whatever its events say',
    objects: {
      Pod: [
        pod(status(running(30, { ready: true })), {
          status: { conditions: conditions({ ready: 'True', since: ago(6) }) },
        }),
      ],
      Event: [event('Unhealthy', 'Readiness probe failed: x')],
    },
    expect: [],
  },
  quiet("a Job's pod", running(30), { metadata: ofJob }),
  quiet('a container that waits explains it', { state: waiting('CrashLoopBackOff') }),
  quiet('a container that died explains it', ended(1)),
  quiet('one that ended well is not missed', ended(0)),
  quiet('its containers are ready, but for the condition', running(30, { ready: true })),
  {
    name: 'quiet: init containers are told elsewhere',
    objects: { Pod: [pod(init(running(20)))] },
    expect: [],
  },
  {
    name: 'quiet: one container waits, the other is not ready',
    objects: {
      Pod: [
        pod({
          status: {
            containerStatuses: [
              { name: 'api', ready: false, ...running(30) },
              { name: 'mesh', ready: false, state: waiting('ImagePullBackOff') },
            ],
          },
        }),
      ],
    },
    expect: [],
  },
  quiet(
    'a loop between two deaths explains it',
    running(1, {
      restartCount: 3,
      lastState: { terminated: { exitCode: 1, startedAt: ago(3), finishedAt: ago(2) } },
    }),
  ),
  {
    name: 'quiet: an ephemeral container that died',
    objects: {
      Pod: [
        pod(status(running(30, { ready: true })), {
          status: {
            conditions: conditions({ ready: 'True' }),
            ephemeralContainerStatuses: [{ name: 'debug', ...ended(1) }],
          },
        }),
      ],
    },
    expect: [],
  },
  ...traps(bad, {}, { statics: true }),
];
