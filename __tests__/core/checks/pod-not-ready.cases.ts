import {
  ago,
  api,
  bare,
  conditions,
  deployment,
  event,
  init,
  ofJob,
  type Parts,
  pod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case } from './suite.ts';

const running = (minutes: number, more: object = {}) => ({
  started: true,
  restartCount: 0,
  state: { running: { startedAt: ago(minutes) } },
  ...more,
});
const notReady = (minutes: number) => ({ conditions: conditions({ since: ago(minutes) }) });
const bad = pod(status(running(30)));
const probed = (probe: object) => ({ spec: { containers: [{ ...api, ...probe }] } });
const startup = {
  startupProbe: { initialDelaySeconds: 60, periodSeconds: 20, failureThreshold: 30 },
};
const slow = probed(startup);
/** Beside a native sidecar; the app itself is ready. */
const meshed = (sidecar: object, probes: object = {}) =>
  pod(status(running(30, { ready: true })), {
    spec: { initContainers: [{ name: 'mesh', restartPolicy: 'Always', ...probes }] },
    status: { initContainerStatuses: [{ name: 'mesh', ...sidecar }] },
  });
const node = (ready: string) => ({
  metadata: { name: 'node-a' },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});
const creating = (minutes: number) =>
  pod(status({ state: waiting('ContainerCreating') }, { phase: 'Pending', ...notReady(minutes) }));
const sandbox = (message: string, more: object = {}) =>
  event('FailedCreatePodSandBox', message, more);
const gates = (more: readonly object[], containersReady = 'True') =>
  pod(
    { spec: { readinessGates: [{ conditionType: 'lb.example/target' }] } },
    status(running(30, { ready: containersReady === 'True' }), {
      conditions: conditions({
        more: [{ type: 'ContainersReady', status: containersReady }, ...more],
      }),
    }),
  );
const failed = (container: object, more: object = {}) =>
  pod(status(container, { phase: 'Failed', ...notReady(60), ...more }), { metadata: bare });
const ended = (exitCode: number, reason = 'Error') => ({
  state: { terminated: { exitCode, reason, finishedAt: ago(60) } },
});
const quiet = (name: string, container: object, ...parts: readonly Parts[]): Case => ({
  name: `quiet: ${name}`,
  objects: { Pod: [pod(status(container), ...parts)] },
  expect: [],
});

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
    name: 'a native sidecar is not ready',
    objects: { Pod: [meshed(running(30, { ready: false }))] },
    expect: [{ reason: 'ReadinessProbeFailing', proof: { container: 'mesh' } }],
  },
  {
    name: 'a native sidecar is past its startup budget',
    objects: { Pod: [meshed(running(13, { ready: false, started: false }), startup)] },
    expect: [{ reason: 'StartupProbeFailing', proof: { container: 'mesh' } }],
  },
  {
    name: 'quiet: a native sidecar is within its startup budget',
    objects: { Pod: [meshed(running(12, { ready: false, started: false }), startup)] },
    expect: [],
  },
  {
    name: 'quiet: a native sidecar starts slowly by its readiness probe',
    objects: {
      Pod: [
        meshed(running(10, { ready: false, started: false }), {
          readinessProbe: { initialDelaySeconds: 400, periodSeconds: 60 },
        }),
      ],
    },
    expect: [],
  },
  {
    name: 'quiet: a native sidecar is ready, and so is the app, but for its condition',
    objects: { Pod: [meshed(running(30, { ready: true }))] },
    expect: [],
  },
  {
    name: 'past its startup budget',
    objects: { Pod: [pod(status(running(13, { started: false })), slow)] },
    expect: [
      {
        reason: 'StartupProbeFailing',
        says: ['startup budget'],
        evidence: [{ source: 'field', at: 'status.containerStatuses[api].started', text: 'false' }],
      },
    ],
  },
  ...[
    { startupProbe: { failureThreshold: 100 } },
    { startupProbe: { initialDelaySeconds: 1100 } },
  ].flatMap((probe): readonly Case[] => [
    {
      name: `past a budget with Kubernetes' own defaults: ${JSON.stringify(probe)}`,
      objects: { Pod: [pod(status(running(21, { started: false })), probed(probe))] },
      expect: [{ reason: 'StartupProbeFailing' }],
    },
    quiet(`within it: ${JSON.stringify(probe)}`, running(18, { started: false }), probed(probe)),
  ]),
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
  quiet('within its startup budget', running(12, { started: false }), slow),
  {
    name: 'past the default startup budget and the grace time',
    objects: {
      Pod: [
        pod(
          status(running(6, { started: false })),
          probed({ startupProbe: { periodSeconds: 20 } }),
        ),
      ],
    },
    expect: [{ reason: 'StartupProbeFailing' }],
  },
  {
    name: 'restarted within its startup budget again and again',
    objects: { Pod: [pod(status(running(1, { started: false, restartCount: 2 })), slow)] },
    expect: [{ reason: 'StartupProbeFailing' }],
  },
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
  quiet('its image took long, it has just begun', running(4, { started: false })),
  quiet('within the grace time', running(30), { status: notReady(4) }),
  {
    name: 'a readiness gate',
    objects: { Pod: [gates([{ type: 'lb.example/target', status: 'False', reason: 'Initial' }])] },
    expect: [{ reason: 'ReadinessGateBlocked', says: ['lb.example/target', 'Initial'] }],
  },
  {
    name: 'a readiness gate that nobody set',
    objects: { Pod: [gates([])] },
    expect: [{ reason: 'ReadinessGateBlocked', says: ['absent'] }],
  },
  {
    name: 'a readiness gate while the containers are not ready either',
    objects: { Pod: [gates([], 'False')] },
    expect: [{ reason: 'ReadinessProbeFailing' }],
  },
  {
    name: 'quiet: its gates are met, the kubelet has not said so yet',
    objects: { Pod: [gates([{ type: 'lb.example/target', status: 'True' }])] },
    expect: [],
  },
  {
    name: 'its node is lost: not the fault of the app',
    objects: { Pod: [bad], Node: [node('Unknown')] },
    expect: [
      {
        reason: 'NodeLost',
        says: ['node-a'],
        proof: { node: 'node-a', container: undefined },
        evidence: [
          { source: 'field', at: 'status.conditions[Ready]', text: 'False ContainersNotReady' },
        ],
      },
    ],
  },
  {
    name: 'its node is well',
    objects: { Pod: [bad], Node: [node('True')] },
    expect: [{ reason: 'ReadinessProbeFailing' }],
  },
  {
    name: 'quiet: its node was lost just now',
    objects: { Pod: [pod(status(running(30), notReady(4)))], Node: [node('False')] },
    expect: [],
  },
  {
    name: 'its node does not get it made',
    objects: { Pod: [creating(11)] },
    expect: [
      {
        reason: 'ContainerCreatingStuck',
        says: ['ContainerCreating', 'node-a'],
        proof: { decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'events were not read: a mount that fails is told as what is seen',
    objects: { Pod: [creating(11)] },
    gaps: [{ kind: 'Event', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [{ reason: 'ContainerCreatingStuck' }],
  },
  { name: 'quiet: a big image', objects: { Pod: [creating(9)] }, expect: [] },
  {
    name: 'no network',
    objects: {
      Pod: [creating(6)],
      Event: [sandbox('plugin type="calico" failed (add): connection refused')],
    },
    expect: [
      {
        reason: 'FailedCreatePodSandBox',
        says: ['FailedCreatePodSandBox', 'calico'],
        proof: { decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'no address',
    objects: {
      Pod: [creating(6)],
      Event: [sandbox('failed to assign an IP address to container')],
    },
    expect: [{ reason: 'PodIPExhausted', proof: { decidedBy: 'message' } }],
  },
  ...['no available IP', 'no addresses available', 'range is full'].map(
    (text): Case => ({
      name: text,
      objects: { Pod: [creating(6)], Event: [sandbox(text)] },
      expect: [{ reason: 'PodIPExhausted' }],
    }),
  ),
  {
    name: 'quiet: the network failed long ago',
    objects: { Pod: [creating(9)], Event: [sandbox('x', { lastTimestamp: ago(16) })] },
    expect: [],
  },
  {
    name: 'quiet: a volume is told elsewhere',
    objects: { Pod: [creating(30)], Event: [event('FailedMount', 'x')] },
    expect: [],
  },
  {
    name: 'quiet: not scheduled is told elsewhere',
    objects: { Pod: [vary(creating(30), { spec: { nodeName: undefined } })] },
    expect: [],
  },
  {
    name: 'quiet: init containers are told elsewhere',
    objects: { Pod: [pod(init(running(20)))] },
    expect: [],
  },
  {
    name: 'ended for good, and nobody restarts it',
    objects: { Pod: [failed(ended(3))] },
    expect: [
      {
        reason: 'ContainerExited',
        impact: 'outage',
        since: ago(60),
        says: ['api', 'exit 3', 'Error'],
        proof: { container: 'api', exitCode: 3 },
      },
    ],
  },
  {
    name: 'evicted, and nobody replaces it',
    objects: {
      Pod: [failed({}, { reason: 'Evicted', message: 'The node was low on resource: memory.' })],
    },
    expect: [{ reason: 'Evicted', says: ['Evicted', 'low on resource: memory'] }],
  },
  {
    name: 'past its deadline',
    objects: { Pod: [failed({}, { reason: 'DeadlineExceeded' })] },
    expect: [{ reason: 'DeadlineExceeded' }],
  },
  { name: 'quiet: failed, and nobody says how', objects: { Pod: [failed(ended(0))] }, expect: [] },
  {
    name: 'quiet: out of memory is told elsewhere',
    objects: { Pod: [failed(ended(137, 'OOMKilled'))] },
    expect: [],
  },
  {
    name: 'quiet: a start that failed is told elsewhere',
    objects: { Pod: [failed(ended(127))] },
    expect: [],
  },
  {
    name: 'quiet: a tombstone',
    objects: { Pod: [failed(ended(3), notReady(25 * 60))] },
    expect: [],
  },
  quiet('ready', running(30, { ready: true }), {
    status: { conditions: conditions({ ready: 'True' }) },
  }),
  quiet("a Job's pod", running(30), { metadata: ofJob }),
  quiet('a container that waits explains it', { state: waiting('CrashLoopBackOff') }),
  quiet('a container that died explains it', ended(1)),
  quiet('one that ended well is not missed', ended(0)),
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
    name: 'restarted once lately, and not ready for long',
    objects: {
      Pod: [
        pod(
          status(
            running(6, {
              restartCount: 1,
              lastState: { terminated: { exitCode: 1, finishedAt: ago(6) } },
            }),
          ),
        ),
      ],
    },
    expect: [{ reason: 'ReadinessProbeFailing' }],
  },
  ...traps(bad),
];
