import { ago, bare, ofJob, pod, type RawPod, staticPod, status, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';
import { ended, notReady } from './unready-pods.ts';

const failed = (container: object, more: object = {}): RawPod =>
  pod(status(container, { phase: 'Failed', ...notReady(61), ...more }), { metadata: bare });
const bad = failed(ended(3));
const one = (name: string, raw: object, expect: Case['expect']): Case => ({
  name,
  objects: { Pod: [raw] },
  expect,
});

export const cases: readonly Case[] = [
  one('it ended with an error', bad, [
    {
      reason: 'UnmanagedPodFailed',
      impact: 'outage',
      since: ago(60),
      says: ['api-7d9f-x', 'container api', 'exit 3', 'Error'],
      evidence: [{ source: 'field', at: 'status.phase', text: 'Failed' }],
      proof: { container: 'api', exitCode: 3, sinceExact: true },
    },
  ]),
  one('out of memory', failed(ended(137, 'OOMKilled')), [{ says: ['OOMKilled'] }]),
  one('only the pod says how', failed({}, { message: 'Pod was active too long' }), [
    { says: ['active too long'], since: ago(61), proof: { sinceExact: false } },
  ]),
  one('nobody says how', failed(ended(0)), [{ says: ['no container says how'] }]),
  one('since its start, where nothing else is told', failed({}, { conditions: [] }), [
    { since: ago(30) },
  ]),
  ...['Evicted', 'OutOfcpu', 'DeadlineExceeded'].map((reason) =>
    one(`quiet: ${reason} is told elsewhere`, failed(ended(137), { reason }), []),
  ),
  one('quiet: it runs', vary(bad, { status: { phase: 'Running' } }), []),
  one('quiet: a static pod is of its node', staticPod('etcd', { status: { phase: 'Failed' } }), []),
  one(
    'quiet: a static pod without an owner',
    vary(staticPod('etcd', { status: { phase: 'Failed' } }), { metadata: { ownerReferences: [] } }),
    [],
  ),
  one('quiet: its controller makes another', pod(status(ended(3), { phase: 'Failed' })), []),
  one("quiet: a Job's pod", vary(bad, { metadata: ofJob }), []),
  ...['kubernetes_executor', 'kubernetes_pod_operator'].map((label) =>
    one(
      `quiet: a try of Airflow's task (${label})`,
      vary(bad, { metadata: { labels: { [label]: 'True' } } }),
      [],
    ),
  ),
  one('a label that says no', vary(bad, { metadata: { labels: { kubernetes_executor: 'no' } } }), [
    { reason: 'UnmanagedPodFailed' },
  ]),
  one('quiet: a tombstone', failed(ended(3, 'Error', 25 * 60)), []),
  one('quiet: a tombstone by its condition', failed({}, notReady(25 * 60)), []),
  ...traps(bad).filter(({ name }) => name !== 'quiet: evicted and replaced'),
  one('quiet: evicted', vary(bad, { status: { reason: 'Evicted' } }), []),
];
