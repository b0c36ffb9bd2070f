import { ago, bare, conditions, ofJob, pod, status, traps, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';
import { node, notReady, quiet, running } from './unready-pods.ts';

const lost = {
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
  },
};
const bad = pod(status({ state: lost }));

export const cases: readonly Case[] = [
  {
    name: 'lies in it',
    objects: { Pod: [bad] },
    expect: [
      {
        reason: 'ContainerStatusUnknown',
        impact: 'outage',
        since: ago(30),
        says: ['api', 'node-a', 'ContainerStatusUnknown', 'exit 137'],
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].state.terminated',
            text: 'The container could not be located when the pod was terminated',
          },
        ],
        proof: { container: 'api', node: 'node-a', sinceExact: true, decidedBy: 'field' },
      },
    ],
  },
  {
    name: 'waits since then',
    objects: { Pod: [pod(status({ state: waiting('ContainerCreating'), lastState: lost }))] },
    expect: [
      {
        evidence: [
          {
            source: 'field',
            at: 'status.containerStatuses[api].lastState.terminated',
            text: 'The container could not be located when the pod was terminated',
          },
        ],
      },
    ],
  },
  {
    name: 'a bare pod that failed with it',
    objects: { Pod: [vary(bad, { metadata: bare, status: { phase: 'Failed' } })] },
    expect: [{ impact: 'outage' }],
  },
  quiet('within the grace time', { state: lost }, { status: notReady(4) }),
  quiet(
    'ready all the same',
    { state: lost },
    {
      status: { conditions: conditions({ ready: 'True' }) },
    },
  ),
  quiet('it runs again', running(20, { lastState: lost })),
  quiet('it has crashed since', { state: waiting('CrashLoopBackOff'), lastState: lost }),
  quiet('it ended otherwise', { state: { terminated: { exitCode: 137, reason: 'Error' } } }),
  quiet('evicted is told elsewhere', { state: lost }, { status: { reason: 'Evicted' } }),
  { name: 'quiet: its node is lost', objects: { Pod: [bad], Node: [node('Unknown')] }, expect: [] },
  { name: "quiet: a Job's pod", objects: { Pod: [vary(bad, { metadata: ofJob })] }, expect: [] },
  ...traps(bad),
];
