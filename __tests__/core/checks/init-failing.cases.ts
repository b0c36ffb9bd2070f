import { ago, bare, conditions, deployment, init, ofJob, pod, traps, waiting } from './pods.ts';
import type { Case, Expected } from './suite.ts';

const died = (exitCode: number, more: object = {}) => ({
  terminated: { exitCode, reason: 'Error', startedAt: ago(2), finishedAt: ago(2), ...more },
});
const looping = {
  restartCount: 3,
  state: waiting('CrashLoopBackOff', 'back-off 40s'),
  lastState: died(1),
};
const bad = pod(init(looping));
const notReady = (minutes: number) => ({
  conditions: conditions({ since: ago(minutes), initialized: 'False' }),
});
const one = (name: string, container: object, expected: Expected, more: object = {}): Case => ({
  name,
  objects: { Pod: [pod(init(container, more))] },
  expect: [expected],
});
const quiet = (name: string, container: object, more: object = {}): Case => ({
  name: `quiet: ${name}`,
  objects: { Pod: [pod(init(container, more))] },
  expect: [],
});

export const cases: readonly Case[] = [
  one('in a crash loop', looping, {
    object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
    reason: 'InitContainerFailed',
    impact: 'outage',
    since: ago(30),
    says: ['migrate fails again and again', 'CrashLoopBackOff', 'exit 1', '3 restarts'],
    proof: {
      decidedBy: 'field',
      sinceExact: true,
      container: 'migrate',
      image: 'registry.example/shop/migrate:1',
      exitCode: 1,
    },
    evidence: [
      {
        source: 'field',
        at: 'status.initContainerStatuses[migrate].state',
        text: 'CrashLoopBackOff back-off 40s',
      },
    ],
  }),
  one(
    'just died, with last words',
    { restartCount: 0, state: died(1, { message: 'x\nrelation "users" exists\n' }) },
    {
      reason: 'InitContainerFailed',
      says: ['fails', 'relation "users" exists'],
      evidence: [
        {
          source: 'field',
          at: 'status.initContainerStatuses[migrate].state',
          text: 'terminated x\nrelation "users" exists',
        },
      ],
    },
  ),
  one(
    'runs again after its death',
    { restartCount: 2, state: { running: { startedAt: ago(1) } }, lastState: died(1) },
    {
      reason: 'InitContainerFailed',
    },
  ),
  one(
    'backs off, and nobody says how it ended',
    { restartCount: 3, state: waiting('CrashLoopBackOff') },
    {
      reason: 'InitContainerFailed',
      says: ['exit code unknown'],
    },
  ),
  one(
    'the second restart is enough within the grace time',
    { ...looping, restartCount: 2 },
    {},
    notReady(1),
  ),
  one(
    'its command is not there',
    {
      restartCount: 1,
      state: waiting('RunContainerError', 'exec: "wge": executable file not found in $PATH'),
      lastState: died(127, { reason: 'ContainerCannotRun' }),
    },
    {
      reason: 'InitStartError',
      says: ['migrate cannot start', '"wge"', 'RunContainerError'],
      proof: { decidedBy: 'message', exitCode: 127 },
    },
  ),
  one(
    'cannot start, for the first time',
    { restartCount: 0, state: waiting('RunContainerError', 'no space left') },
    {
      reason: 'InitStartError',
      says: ['no space left'],
      proof: { decidedBy: 'field' },
    },
  ),
  one(
    'out of memory',
    { ...looping, lastState: died(137, { reason: 'OOMKilled' }) },
    {
      reason: 'InitOOMKilled',
      says: ['migrate', 'out of memory', 'OOMKilled'],
      proof: { exitCode: 137 },
    },
  ),
  quiet('out of memory, and "succeeded", is told elsewhere', {
    state: died(0, { reason: 'OOMKilled' }),
  }),
  quiet('runs for very long, which is told elsewhere', {
    state: { running: { startedAt: ago(29) } },
  }),
  quiet('ended well', { state: died(0, { reason: 'Completed' }) }),
  one('died once, past the grace time', { restartCount: 1, state: died(1) }, {}, notReady(3)),
  quiet('died once, within the grace time', { restartCount: 1, state: died(1) }, notReady(1)),
  quiet('waits for its image', { state: waiting('ImagePullBackOff') }),
  quiet('the pod has been initialized since', looping, { conditions: conditions() }),
  {
    name: 'a bare pod that nobody restarts',
    objects: { Pod: [pod(init({ state: died(1) }, { phase: 'Failed' }), { metadata: bare })] },
    expect: [{ reason: 'InitContainerFailed', impact: 'outage' }],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  {
    name: 'quiet: a native sidecar runs, that is what it is for',
    objects: {
      Pod: [
        pod(init({ state: { running: { startedAt: ago(29) } } }), {
          spec: { initContainers: [{ name: 'migrate', restartPolicy: 'Always' }] },
        }),
      ],
    },
    expect: [],
  },
  {
    name: "quiet: a Job's pod",
    objects: { Pod: [pod(init(looping), { metadata: ofJob })] },
    expect: [],
  },
  {
    name: 'out of memory, with its limit',
    objects: {
      Pod: [
        pod(init({ ...looping, lastState: died(137, { reason: 'OOMKilled' }) }), {
          spec: {
            initContainers: [{ name: 'migrate', resources: { limits: { memory: '64Mi' } } }],
          },
        }),
      ],
    },
    expect: [{ reason: 'InitOOMKilled', says: ['64Mi'] }],
  },
  one(
    'its signal, where the runtime names it',
    { restartCount: 0, state: died(139, { signal: 11 }) },
    { says: ['exit 139, signal 11'] },
  ),
  one(
    'the signal of the time before',
    { ...looping, lastState: died(139, { signal: 11 }) },
    { says: ['exit 139, signal 11'] },
  ),
  one(
    'the last words of the time before',
    { ...looping, lastState: died(1, { message: 'no such table' }) },
    { says: ['no such table'] },
  ),
  ...traps(bad),
];
