/** Milliseconds that the pure core takes for 10,000 pods, 2 % of them failing: the first look of a process, and the median of later ones. `node scripts/bench-core.ts` (Node 24). */
import type { Condition } from '../src/adapters/demo/pods.ts';
import { appObjects, nodeObject, together } from '../src/adapters/demo/workloads.ts';
import { defaultCatalog } from '../src/core/model/catalog.ts';
import type { KubeObject, Snapshot } from '../src/core/model/snapshot.ts';
import { kindNames } from '../src/core/objects/kinds.ts';
import { trim } from '../src/core/objects/trim.ts';
import { observe } from '../src/core/observe.ts';

const now = Date.parse('2026-03-10T03:00:00Z');
const since = now - 3_600_000;
const failures: readonly Condition[] = [
  { is: 'crashing', reason: 'Error', exitCode: 1, restarts: 9, since },
  {
    is: 'waiting',
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image: not found',
    since,
  },
];

function snapshotOfPods(apps: number, podsOfEach: number): Snapshot {
  const nodes = Array.from({ length: podsOfEach }, (_, index) => `node-${index}`);
  const parts = Array.from({ length: apps }, (_, index) => {
    const failure = failures[index % 2];
    const pods =
      index % 25 === 0 && failure !== undefined ? Array(podsOfEach / 2).fill(failure) : [];
    return appObjects({
      namespace: `team-${index % 20}`,
      name: `app-${index}`,
      kind: 'Deployment',
      image: 'registry.example/app:1',
      revision: 1,
      nodes,
      pods,
      started: now - 9e7,
    });
  });
  const objects = together([...parts, { Node: nodes.map((name) => nodeObject(name, null)) }]);
  const items = kindNames.flatMap((kind) =>
    (objects[kind] ?? []).flatMap((raw): KubeObject[] => {
      const kept = trim(kind, raw);
      return kept === undefined ? [] : [kept];
    }),
  );
  return {
    takenAt: new Date(now).toISOString(),
    source: 'live',
    clusterUid: null,
    items,
    gaps: [],
  };
}

const snapshot = snapshotOfPods(500, 20);
const times = Array.from({ length: 15 }, () => {
  const started = performance.now();
  const { incidents, findings } = observe(snapshot, defaultCatalog, now);
  return {
    took: performance.now() - started,
    incidents: incidents.length,
    findings: findings.length,
  };
});
const [first, ...later] = times;
const sorted = later.map(({ took }) => took).sort((a, b) => a - b);
console.log(
  `core, 10,000 pods: first look ${first?.took.toFixed(0)} ms, later ones median ${sorted[7]?.toFixed(0)} ms; ${first?.findings} findings, ${first?.incidents} incidents`,
);
