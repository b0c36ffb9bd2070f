/**
 * Milliseconds that the pure core takes for 10,000 pods: the first look of a process, the median of later ones, and the memory at the peak.
 * `node scripts/bench-core.ts [shape]` (Node 24); `npm run bench` prints all shapes, each from a process of its own.
 */
import type { Condition } from '../src/adapters/demo/pods.ts';
import { appObjects, nodeObject, together } from '../src/adapters/demo/workloads.ts';
import { defaultCatalog } from '../src/core/model/catalog.ts';
import type { KubeObject, Snapshot } from '../src/core/model/snapshot.ts';
import { kindNames } from '../src/core/objects/kinds.ts';
import { trim } from '../src/core/objects/trim.ts';
import { observe } from '../src/core/observe.ts';

interface Shape {
  readonly title: string;
  readonly apps: number;
  /** Of each app in turn; it has as many failing pods as the app's place says. */
  readonly podsOf: (app: number) => number;
  readonly failingOf: (app: number) => number;
  /** Whether an Ingress leads to each Service. */
  readonly ingresses: boolean;
}

const shapes: { readonly [name: string]: Shape } = {
  standard: {
    title: '10,000 pods, 2 % failing',
    apps: 500,
    podsOf: () => 20,
    failingOf: (app) => (app % 25 === 0 ? 10 : 0),
    ingresses: false,
  },
  failing: {
    title: '10,000 pods of 1,000 workloads, 20 % failing',
    apps: 1000,
    podsOf: () => 10,
    failingOf: () => 2,
    ingresses: false,
  },
  services: {
    title: '10,000 pods, 3,000 workloads, Services and Ingresses, 2 % failing',
    apps: 3000,
    podsOf: (app) => (app % 3 === 0 ? 4 : 3),
    failingOf: (app) => (app % 30 === 0 ? 2 : 0),
    ingresses: true,
  },
};

const now = Date.parse('2026-03-10T03:00:00Z');
const since = now - 3_600_000;
const looks = 15;
const failures: readonly Condition[] = [
  { is: 'crashing', reason: 'Error', exitCode: 1, restarts: 9, since },
  {
    is: 'waiting',
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image: not found',
    since,
  },
];

function ingress(namespace: string, name: string): object {
  const backend = { service: { name, port: { number: 80 } } };
  return {
    metadata: { name, namespace, creationTimestamp: '2026-01-05T08:00:00Z' },
    spec: { rules: [{ host: `${name}.example`, http: { paths: [{ path: '/', backend }] } }] },
    status: { loadBalancer: { ingress: [{ ip: '192.0.2.10' }] } },
  };
}

function appOf(shape: Shape, index: number) {
  const [namespace, name] = [`team-${index % 20}`, `app-${index}`];
  const failure = failures[index % 2];
  const objects = appObjects({
    namespace,
    name,
    kind: 'Deployment',
    image: 'registry.example/app:1',
    revision: 1,
    nodes: Array.from({ length: shape.podsOf(index) }, (_, at) => `node-${(index + at) % 20}`),
    pods: failure === undefined ? [] : Array(shape.failingOf(index)).fill(failure),
    started: now - 9e7,
  });
  return shape.ingresses ? { ...objects, Ingress: [ingress(namespace, name)] } : objects;
}

function snapshotOf(shape: Shape): Snapshot {
  const apps = Array.from({ length: shape.apps }, (_, index) => appOf(shape, index));
  const nodes = Array.from({ length: 20 }, (_, index) => nodeObject(`node-${index}`, null));
  const objects = together([...apps, { Node: nodes }]);
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
const median = sorted[Math.floor(sorted.length / 2)];
console.log(
  `core, ${shape.title}: first look ${first?.took.toFixed(0)} ms, later ones median ${median?.toFixed(0)} ms; ${first?.findings} findings, ${first?.incidents} incidents; peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
