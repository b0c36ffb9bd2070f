/** Milliseconds of one core that the pure core takes for 10,000 pods: the first look of a process, and the median of later ones, held against the bound. `node scripts/bench-core.ts [standard|failing|services]` (Node 24); `npm run bench` prints all three. */
import { defaultCatalog } from '../src/core/model/catalog.ts';
import type { KubeObject, Snapshot } from '../src/core/model/snapshot.ts';
import { kindNames } from '../src/core/objects/kinds.ts';
import { trim } from '../src/core/objects/trim.ts';
import { observe } from '../src/core/observe.ts';
import { now, objectsOf, type Shape, shapes } from './bench-clusters.ts';

const looks = 15;
/** What one look over 10,000 pods may take, in ms of one core: the figure that was promised. */
const bound = 100;

/** ms that this thread has computed: what else runs on the machine does not count, nor do V8's own threads. */
function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function snapshotOf(shape: Shape): Snapshot {
  const objects = objectsOf(shape);
  const items = kindNames.flatMap((kind) =>
    (objects[kind] ?? []).flatMap((raw): KubeObject[] => {
      const kept = trim(kind, raw);
      return kept === undefined ? [] : [kept];
    }),
  );
  const takenAt = new Date(now).toISOString();
  return { takenAt, source: 'live', clusterUid: null, items, gaps: [] };
}

const name = process.argv[2] ?? 'standard';
const shape = shapes[name];
if (shape === undefined) throw new Error(`${name} is none of ${Object.keys(shapes).join(', ')}`);
const snapshot = snapshotOf(shape);
const times = Array.from({ length: looks }, () => {
  const started = computed();
  const { incidents, findings } = observe(snapshot, defaultCatalog, now);
  const took = computed() - started;
  return { took, incidents: incidents.length, findings: findings.length };
});
const [first, ...later] = times;
const sorted = later.map(({ took }) => took).sort((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
const verdict = (took = 0): string =>
  `${took.toFixed(0)} ms (${took <= bound ? 'within' : 'over'} ${bound} ms)`;
console.log(
  `core, ${shape.title}: first look ${verdict(first?.took)}, later ones median ${verdict(median)}; ${first?.findings} findings, ${first?.incidents} incidents`,
);
