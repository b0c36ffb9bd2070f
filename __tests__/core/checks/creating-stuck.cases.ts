import { ago, conditions, event, init, ofJob, pod, status, traps, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { creating, ended, node, notReady, running } from './unready-pods.ts';

const bad = creating(11);
/** Of two containers the second is still to be made. */
const half = (minutes: number, first: object = {}) =>
  pod({
    status: {
      phase: 'Pending',
      ...notReady(30),
      containerStatuses: [
        { name: 'mesh', ready: true, ...running(minutes), ...first },
        { name: 'api', ready: false, state: waiting('ContainerCreating') },
      ],
    },
  });
/** Its init container is done, its own is still to be made. */
const initialized = (minutes: number, exitCode = 0, reason = 'Completed') =>
  pod(
    init(ended(exitCode, reason, minutes), {
      startTime: ago(60),
      conditions: conditions({ since: ago(60) }),
    }),
  );
const one = (name: string, raw: object, expect: Case['expect']): Case => ({
  name,
  objects: { Pod: [raw] },
  expect,
});

export const cases: readonly Case[] = [
  one('its node does not get it made', bad, [
    {
      reason: 'ContainerCreatingStuck',
      impact: 'outage',
      since: ago(11),
      says: ['ContainerCreating', 'container api', 'node-a'],
      proof: { decidedBy: 'field', node: 'node-a' },
    },
  ]),
  one(
    'the kubelet has not even written of its containers',
    vary(bad, { status: { containerStatuses: [] } }),
    [{ says: ['still creating it'] }],
  ),
  one('the second container does not come', half(11), [
    { says: ['container api'], since: ago(30) },
  ]),
  one('quiet: the first has just been made', half(9), []),
  one('quiet: the first has not started', half(11, { started: false }), []),
  one('quiet: the first died, which is told elsewhere', half(11, ended(1)), []),
  one('its own container does not come after the init container', initialized(11), [
    { says: ['container api', 'PodInitializing'] },
  ]),
  one('quiet: the init container has just ended', initialized(9), []),
  one('quiet: the init container failed, which is told elsewhere', initialized(11, 1, 'Error'), []),
  one('quiet: out of memory, which is told elsewhere', initialized(11, 0, 'OOMKilled'), []),
  {
    name: 'events were not read: a mount that fails is told as what is seen',
    objects: { Pod: [bad] },
    gaps: [{ kind: 'Event', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [{ reason: 'ContainerCreatingStuck' }],
  },
  one("a Job's pod waits for ever, too", vary(bad, { metadata: ofJob }), [{ impact: 'degraded' }]),
  one('quiet: a big image', creating(9), []),
  {
    name: 'quiet: its network is told elsewhere',
    objects: { Pod: [bad], Event: [event('FailedCreatePodSandBox', 'x')] },
    expect: [],
  },
  {
    name: 'quiet: a volume is told elsewhere',
    objects: { Pod: [creating(30)], Event: [event('FailedMount', 'x')] },
    expect: [],
  },
  one(
    'quiet: not scheduled is told elsewhere',
    vary(creating(30), { spec: { nodeName: undefined } }),
    [],
  ),
  one('quiet: an init container runs, which is told elsewhere', pod(init(running(20))), []),
  one('quiet: it waits for its image', pod(status({ state: waiting('ErrImagePull') })), []),
  one('quiet: it runs', pod(status(running(30))), []),
  {
    name: 'quiet: its node is lost',
    objects: { Pod: [bad], Node: [node('Unknown')] },
    expect: [],
  },
  ...traps(bad),
];
