import { ago, conditions, init, ofJob, pod, type RawPod, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';
import { node } from './unready-pods.ts';

const runs = (minutes: number, more: object = {}): RawPod =>
  pod(init({ state: { running: { startedAt: ago(minutes) } }, ...more }));
const bad = runs(16);
const one = (name: string, raw: object, expect: Case['expect'] = []): Case => ({
  name: expect.length === 0 ? `quiet: ${name}` : name,
  objects: { Pod: [raw] },
  expect,
});

export const cases: readonly Case[] = [
  one('runs for very long', bad, [
    {
      reason: 'InitContainerStuck',
      impact: 'outage',
      since: ago(16),
      says: ['migrate', '16 min', 'PodInitializing'],
      evidence: [
        {
          source: 'field',
          at: 'status.initContainerStatuses[migrate].state.running.startedAt',
          text: ago(16),
        },
      ],
      proof: { container: 'migrate', sinceExact: true },
    },
  ]),
  one('runs', runs(14)),
  one(
    'one that failed before is told elsewhere',
    runs(16, { restartCount: 1, lastState: { terminated: { exitCode: 1 } } }),
  ),
  one('the pod has been initialized since', vary(bad, { status: { conditions: conditions() } })),
  one(
    'a native sidecar runs, that is what it is for',
    vary(bad, { spec: { initContainers: [{ name: 'migrate', restartPolicy: 'Always' }] } }),
  ),
  one("a Job's pod", vary(bad, { metadata: ofJob })),
  { name: 'quiet: its node is lost', objects: { Pod: [bad], Node: [node('Unknown')] }, expect: [] },
  ...traps(bad),
];
