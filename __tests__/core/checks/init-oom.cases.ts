import { ago, conditions, init, ofJob, pod, traps, vary, waiting } from './pods.ts';
import type { Case } from './suite.ts';

const killed = (exitCode: number) => ({
  terminated: { reason: 'OOMKilled', exitCode, startedAt: ago(30), finishedAt: ago(29) },
});
const bad = pod(init({ state: killed(0) }));
const notReady = (minutes: number) => ({
  status: { conditions: conditions({ since: ago(minutes), initialized: 'False' }) },
});
const one = (name: string, raw: object, expect: Case['expect'] = []): Case => ({
  name: expect.length === 0 ? `quiet: ${name}` : name,
  objects: { Pod: [raw] },
  expect,
});

export const cases: readonly Case[] = [
  one('out of memory, and "succeeded"', bad, [
    {
      reason: 'InitOOMKilledExit0',
      impact: 'outage',
      since: ago(30),
      says: ['migrate', 'out of memory', 'exit 0', 'OOMKilled'],
      evidence: [
        {
          source: 'field',
          at: 'status.initContainerStatuses[migrate].state.terminated',
          text: 'OOMKilled exit 0',
        },
      ],
      proof: { container: 'migrate', exitCode: 0, sinceExact: true },
    },
  ]),
  one(
    'run again and again, with its limit',
    pod(init({ restartCount: 3, state: waiting('CrashLoopBackOff'), lastState: killed(0) }), {
      spec: { initContainers: [{ name: 'migrate', resources: { limits: { memory: '64Mi' } } }] },
    }),
    [{ says: ['64Mi', 'CrashLoopBackOff'] }],
  ),
  one('within the grace time', vary(bad, notReady(4))),
  one('killed itself is told elsewhere', pod(init({ state: killed(137) }))),
  one(
    'ended well',
    pod(init({ state: { terminated: { reason: 'Completed', exitCode: 0, finishedAt: ago(29) } } })),
  ),
  one('the pod has been initialized since', vary(bad, { status: { conditions: conditions() } })),
  one('no init container is asked for', vary(bad, { spec: { initContainers: undefined } })),
  one("a Job's pod", vary(bad, { metadata: ofJob })),
  ...traps(bad),
];
