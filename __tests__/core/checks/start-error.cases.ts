import {
  ago,
  bare,
  conditions,
  deployment,
  initElsewhere,
  ofJob,
  type Parts,
  pod,
  staticPod,
  status,
  traps,
  vary,
  waiting,
} from './pods.ts';
import type { Case, Expected } from './suite.ts';

const runc = (text: string) =>
  `failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${text}: unknown`;
const noCommand = runc('exec: "wge": executable file not found in $PATH');
const ended = (exitCode: number, reason: string, message?: string) => ({
  terminated: { exitCode, reason, message, startedAt: ago(2), finishedAt: ago(2) },
});
const looping = {
  restartCount: 4,
  state: waiting('CrashLoopBackOff', 'back-off 1m20s restarting failed container=api'),
  lastState: ended(127, 'ContainerCannotRun', noCommand),
};
const bad = pod(status(looping));
const one = (name: string, container: object, expected: Expected): Case => ({
  name,
  objects: { Pod: [pod(status(container))] },
  expect: [expected],
});
const quiet = (name: string, container: object, ...parts: readonly Parts[]): Case => ({
  name: `quiet: ${name}`,
  objects: { Pod: [pod(status(container), ...parts)] },
  expect: [],
});

export const cases: readonly Case[] = [
  one('the command is not there', looping, {
    object: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x' },
    reason: 'CommandNotFound',
    impact: 'outage',
    since: ago(30),
    says: [
      'api',
      '"wge"',
      'executable file not found',
      'CrashLoopBackOff',
      'ContainerCannotRun',
      'exit 127',
      '4 restarts',
    ],
    proof: {
      decidedBy: 'message',
      sinceExact: false,
      container: 'api',
      exitCode: 127,
      node: 'node-a',
    },
  }),
  one(
    'while the kubelet tries',
    {
      restartCount: 1,
      state: waiting('RunContainerError', `failed to start container "b2": ${noCommand}`),
    },
    {
      reason: 'CommandNotFound',
      says: ['"wge"', 'RunContainerError', '1 restart'],
      evidence: [
        {
          source: 'field',
          at: 'status.containerStatuses[api].state.waiting.message',
          text: `failed to start container "b2": ${noCommand}`,
        },
      ],
    },
  ),
  one(
    'a path that is not there',
    {
      ...looping,
      lastState: ended(
        128,
        'StartError',
        runc('exec: "/app/run": stat /app/run: no such file or directory'),
      ),
    },
    {
      reason: 'CommandNotFound',
      says: ['"/app/run"', 'StartError'],
    },
  ),
  one(
    'not executable',
    {
      ...looping,
      lastState: ended(126, 'ContainerCannotRun', runc('exec: "/app/run": permission denied')),
    },
    {
      reason: 'CommandNotExecutable',
      says: ['"/app/run"', 'permission denied'],
    },
  ),
  one(
    'for another processor',
    { ...looping, lastState: ended(128, 'StartError', 'exec /app/run: exec format error') },
    {
      reason: 'WrongArchitecture',
      says: ['"/app/run"', 'exec format error'],
    },
  ),
  one(
    'for another processor, the command not named',
    { ...looping, lastState: ended(128, 'StartError', 'exec format error') },
    {
      reason: 'WrongArchitecture',
      says: ['its command'],
    },
  ),
  one(
    'for another processor, said by the program itself with a code of its own',
    { ...looping, lastState: ended(255, 'Error', 'exec /app/run: exec format error') },
    { reason: 'WrongArchitecture', says: ['"/app/run"', 'exit 255'] },
  ),
  one(
    "a script whose interpreter is not there, in an older runtime's words",
    {
      ...looping,
      lastState: ended(
        1,
        'Error',
        'standard_init_linux.go:228: exec user process caused: no such file or directory',
      ),
    },
    { reason: 'CommandNotFound', says: ['exit 1'], proof: { decidedBy: 'message' } },
  ),
  one(
    'a mount that the runtime refuses',
    {
      ...looping,
      lastState: ended(128, 'StartError', runc('error mounting "/a" to rootfs: not a directory')),
    },
    {
      reason: 'StartError',
      says: ['not a directory'],
      proof: { decidedBy: 'field' },
    },
  ),
  one(
    "the shell's 127",
    { ...looping, lastState: ended(127, 'Error') },
    {
      reason: 'CommandNotFound',
      proof: { decidedBy: 'field', exitCode: 127 },
      evidence: [
        {
          source: 'field',
          at: 'status.containerStatuses[api].lastState.terminated',
          text: 'Error exit 127',
        },
      ],
    },
  ),
  one(
    "the shell's 126",
    { ...looping, lastState: ended(126, 'Error') },
    { reason: 'CommandNotExecutable' },
  ),
  one(
    'no text at all',
    { ...looping, lastState: ended(128, 'StartError') },
    { reason: 'StartError', says: ['StartError exit 128'] },
  ),
  one(
    'the runtime says it under another word',
    {
      ...looping,
      lastState: ended(128, 'Error', runc('error mounting "/a" to rootfs: not a directory')),
    },
    { reason: 'StartError', says: ['error mounting "/a"'] },
  ),
  {
    name: 'a bare pod that nobody restarts',
    objects: {
      Pod: [
        pod(status({ state: ended(127, 'StartError', noCommand) }, { phase: 'Failed' }), {
          metadata: bare,
        }),
      ],
    },
    expect: [
      {
        reason: 'CommandNotFound',
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.terminated',
            text: noCommand,
          },
        ],
      },
    ],
  },
  {
    name: 'between two deaths',
    objects: {
      Pod: [
        pod(
          status(
            {
              ready: true,
              restartCount: 3,
              state: { running: { startedAt: ago(1) } },
              lastState: ended(127, 'Error'),
            },
            { conditions: conditions({ ready: 'True', since: ago(1) }) },
          ),
        ),
      ],
    },
    expect: [{ reason: 'CommandNotFound', impact: 'degraded' }],
  },
  {
    name: 'beside enough others',
    objects: { Pod: [bad], Deployment: [deployment(1, 1)] },
    expect: [{ impact: 'at-risk' }],
  },
  one(
    'an error without a word for it',
    { state: waiting('RunContainerError', 'no space left on device') },
    { reason: 'StartError', says: ['no space left'] },
  ),
  one(
    'the runtime says so, whatever the code',
    { ...looping, lastState: ended(1, 'ContainerCannotRun', 'x') },
    { reason: 'StartError' },
  ),
  {
    name: 'past the grace time',
    objects: { Pod: [pod(status(looping), { status: { startTime: ago(1.5) } })] },
    expect: [{ reason: 'CommandNotFound' }],
  },
  quiet('within the grace time', looping, { status: { startTime: ago(0.5) } }),
  quiet("a Job's pod that failed is its Job's matter", looping, { metadata: ofJob }),
  quiet(
    "a Job's pod that tries to start",
    { state: waiting('RunContainerError') },
    { metadata: ofJob },
  ),
  ...['CreateContainerError', 'PreCreateHookError', 'PostStartHookError'].map((reason) =>
    quiet(`${reason} is told elsewhere`, { state: waiting(reason, 'x') }),
  ),
  quiet('a crash is told elsewhere', { ...looping, lastState: ended(1, 'Error') }),
  quiet('a program that ends with 128 itself, as git does', {
    ...looping,
    lastState: ended(128, 'Error', "fatal: unable to access 'https://git.example.com/x.git/': 403"),
  }),
  quiet('out of memory is told elsewhere', { ...looping, lastState: ended(128, 'OOMKilled') }),
  quiet('ran since then', {
    ready: true,
    restartCount: 4,
    state: { running: { startedAt: ago(11) } },
    lastState: ended(127, 'Error'),
  }),
  quiet('waits for something else', { ...looping, state: waiting('ImagePullBackOff') }),
  initElsewhere(looping),
  {
    name: 'a static pod of the control plane',
    objects: { Pod: [staticPod('kube-scheduler', status(looping))] },
    expect: [{ object: { name: 'kube-scheduler-node-a' }, reason: 'CommandNotFound' }],
  },
  quiet('it ended well, whatever it wrote', {
    ...looping,
    lastState: ended(0, 'Completed', 'exec format error'),
  }),
  ...traps(vary(bad, {}), {}, { statics: true }),
];
