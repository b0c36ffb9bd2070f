/** Clusters of 10,000 pods that the benchmarks look at. */
import type { RawByKind } from '../src/adapters/demo/api-server.ts';
import type { Condition } from '../src/adapters/demo/pods.ts';
import { appObjects, nodeObject, together } from '../src/adapters/demo/workloads.ts';

export interface Shape {
  readonly title: string;
  readonly apps: number;
  /** Pods of an app, and how many of them fail; apps are numbered from 0. */
  readonly podsOf: (app: number) => number;
  readonly failingOf: (app: number) => number;
  /** Whether an Ingress leads to each Service. */
  readonly ingresses: boolean;
}

export const shapes: { readonly [name: string]: Shape } = {
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

export const now = Date.parse('2026-03-10T03:00:00Z');
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

/** What the API server would list. */
export function objectsOf(shape: Shape): RawByKind {
  const apps = Array.from({ length: shape.apps }, (_, index) => appOf(shape, index));
  const nodes = Array.from({ length: 20 }, (_, index) => nodeObject(`node-${index}`, null));
  return together([...apps, { Node: nodes }]);
}
