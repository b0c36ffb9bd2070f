import { ago, ofJob, ownedBy, pod, type RawPod, traps, vary } from './pods.ts';
import type { Case } from './suite.ts';
import { ended, node, running } from './unready-pods.ts';

/** A Job's pod: its work ended so many minutes ago, and another container runs. */
const jobPod = (minutes: number, other: string, exitCode = 0): RawPod =>
  pod({
    metadata: { ...ofJob, labels: {} },
    spec: { containers: [{ name: 'import' }, { name: other }] },
    status: {
      containerStatuses: [
        { name: 'import', ready: false, ...ended(exitCode, 'Completed', minutes) },
        { name: other, ready: true, ...running(300) },
      ],
    },
  });
const bad = jobPod(16, 'cloud-sql-proxy');
const also = (raw: RawPod, status: object): RawPod =>
  vary(raw, {
    status: { containerStatuses: [...(raw.status['containerStatuses'] as object[]), status] },
  });
const one = (name: string, raw: object, expect: Case['expect'] = []): Case => ({
  name: expect.length === 0 ? `quiet: ${name}` : name,
  objects: { Pod: [raw] },
  expect,
});

export const cases: readonly Case[] = [
  one('a proxy runs on', bad, [
    {
      object: { kind: 'Pod' },
      reason: 'JobPodStuckOnSidecar',
      impact: 'at-risk',
      since: ago(16),
      says: ['import', 'cloud-sql-proxy', '16 min', 'Completed'],
      evidence: [
        {
          source: 'field',
          at: 'status.containerStatuses[import].state.terminated.finishedAt',
          text: ago(16),
        },
        {
          source: 'field',
          at: 'status.containerStatuses[cloud-sql-proxy].state.running.startedAt',
          text: ago(300),
        },
      ],
      proof: { container: 'cloud-sql-proxy', sinceExact: true },
    },
  ]),
  one(
    'by its image',
    vary(jobPod(16, 'side'), {
      spec: { containers: [{ name: 'import' }, { name: 'side', image: 'istio/proxyv2:1' }] },
    }),
    [{}],
  ),
  one('two proxies run on', also(bad, { name: 'vault-agent', ...running(300) }), [{}]),
  one('a second worker hangs', jobPod(241, 'worker'), [{ says: ['worker'] }]),
  one('a proxy may take its time', jobPod(14, 'cloud-sql-proxy')),
  one('a second worker has more to do', jobPod(16, 'worker')),
  one('beside the proxy a worker still works', also(bad, { name: 'worker', ...running(300) })),
  one('beside the proxy a worker failed', also(bad, { name: 'worker', ...ended(1) })),
  one('the work failed', jobPod(16, 'cloud-sql-proxy', 1)),
  one(
    'a native sidecar is ended by the kubelet',
    vary(bad, {
      spec: {
        containers: [{ name: 'import' }],
        initContainers: [{ name: 'cloud-sql-proxy', restartPolicy: 'Always' }],
      },
      status: {
        containerStatuses: [{ name: 'import', ...ended(0, 'Completed', 16) }],
        initContainerStatuses: [{ name: 'cloud-sql-proxy', ...running(300) }],
      },
    }),
  ),
  one('no pod of a Job', vary(bad, { metadata: ownedBy('Workflow', 'etl') })),
  { name: 'quiet: its node is lost', objects: { Pod: [bad], Node: [node('Unknown')] }, expect: [] },
  ...traps(bad),
];
