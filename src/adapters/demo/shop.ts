import type { RawByKind } from './api-server.ts';
import { type App, type Condition, warning } from './pods.ts';
import { appObjects, nodeObject, together } from './workloads.ts';

const minute = 60_000;
/** The demo's clock: a Tuesday night. The second cycle looks two hours later. */
export const firstLook = Date.parse('2026-03-10T03:00:00Z');
export const secondLook = firstLook + 120 * minute;

/** The demo's catalog, as a user would write it. */
export const shopCatalog = `services:
  - {name: storefront, priority: P0, namespaces: [shop], selector: {app: storefront}}
  - {name: checkout, priority: P0, namespaces: [shop], selector: {app: checkout}}
  - {name: payments, priority: P0, namespaces: [payments], selector: {app: payments-api}}
  - {name: orders, priority: P1, namespaces: [shop], selector: {app: orders}}
  - {name: notifications, priority: P1, namespaces: [shop], selector: {app: notifications}}
  - {name: search, priority: P2, namespaces: [shop], selector: {app: search}}
  - name: recommendations
    priority: P2
    namespaces: [shop]
    selector: {app: recommendations}
    knownIssues:
      - {note: 'OPS-12: the model takes up to 40 min to load', name: recommendations*, for: 40m}
`;

const nodes = ['node-a', 'node-b', 'node-c', 'node-d'] as const;
const [a, b, c, d] = nodes;
const longAgo = Date.parse('2026-03-02T09:00:00Z');

function app(namespace: string, name: string, on: readonly string[], more: Partial<App> = {}): App {
  const image = `ghcr.io/example-shop/${name}:v1.${name.length}.0`;
  return {
    namespace,
    name,
    kind: 'Deployment',
    image,
    revision: 7,
    nodes: on,
    started: longAgo,
    ...more,
  };
}

/** Well at both looks. */
const steady: readonly App[] = [
  app('shop', 'storefront', [a, b, d]),
  app('shop', 'checkout', [a, b, d]),
  app('shop', 'orders', [a, b]),
  app('shop', 'orders-db', [a, b, d], { kind: 'StatefulSet' }),
  app('shop', 'catalogue', [b, d]),
  app('shop', 'accounts', [a, d]),
  app('payments', 'payments-worker', [a, b]),
  app('payments', 'ledger-db', [a, b, d], { kind: 'StatefulSet' }),
  app('ingress-nginx', 'ingress-nginx-controller', [a, b]),
  app('kube-system', 'coredns', [a, b]),
];

/** The shop as its cluster holds it at a moment. */
export function shopObjects(at: number): RawByKind {
  const later = at >= firstLook + 60 * minute;
  const lost = later ? secondLook - 25 * minute : null;
  const troubled = [
    payments(),
    notifications(later),
    search(later),
    recommendations(later),
    ...onNodeC(lost),
  ];
  return together([
    ...steady.map(appObjects),
    ...troubled.map(appObjects),
    {
      Node: nodes.map((name) => nodeObject(name, name === c ? lost : null)),
      Namespace: ['shop', 'payments', 'ingress-nginx', 'monitoring', 'kube-system'].map((name) => ({
        metadata: {
          name,
          uid: `demo-namespace-${name}`,
          creationTimestamp: '2026-01-05T08:00:00Z',
        },
        status: { phase: 'Active' },
      })),
      Event: later ? [] : warningsAtFirst(),
    },
  ]);
}

const badImage = 'ghcr.io/example-shop/payments-api:v2.41';

/** A release whose image was never pushed; the old pods are gone. Goes on. */
function payments(): App {
  const message = `Back-off pulling image "${badImage}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${badImage}": ${badImage}: not found`;
  const pod: Condition = {
    is: 'waiting',
    reason: 'ImagePullBackOff',
    message,
    since: firstLook - 22 * minute,
  };
  return app('payments', 'payments-api', [a, b, d], {
    image: badImage,
    revision: 41,
    pods: [pod, pod, pod],
    started: firstLook - 22 * minute,
  });
}

/** Waits for a Secret that nobody created; somebody does before the second look. */
function notifications(later: boolean): App {
  const pod: Condition = {
    is: 'waiting',
    reason: 'CreateContainerConfigError',
    message: 'secret "smtp-credentials" not found',
    since: firstLook - 27 * minute,
  };
  return app(
    'shop',
    'notifications',
    [b, d],
    later
      ? { started: firstLook + 20 * minute }
      : { pods: [pod, pod], started: firstLook - 27 * minute },
  );
}

/** One of three pods runs out of memory again and again. */
function search(later: boolean): App {
  const since = (later ? secondLook : firstLook) - 6 * minute;
  const pod: Condition = {
    is: 'crashing',
    reason: 'OOMKilled',
    exitCode: 137,
    restarts: later ? 31 : 6,
    since,
  };
  return app('shop', 'search', [a, b, d], { pods: [{ is: 'ready' }, pod] });
}

/** Slow to start, as everybody knows: the catalog says so, and nobody is told. */
function recommendations(later: boolean): App {
  const pod: Condition = { is: 'starting', since: firstLook - 18 * minute };
  return app('shop', 'recommendations', [d], {
    started: firstLook - 18 * minute,
    ...(later ? {} : { pods: [pod] }),
  });
}

/** What runs on the node that is lost at the second look. */
function onNodeC(lost: number | null): readonly App[] {
  const pods: readonly Condition[] =
    lost === null ? [] : [{ is: 'ready' }, { is: 'ready' }, { is: 'lost', since: lost }];
  return [
    app('shop', 'cart', [a, b, c], { pods }),
    app('shop', 'images', [b, d, c], { pods }),
    app('monitoring', 'node-exporter', [a, b, c, d], { kind: 'DaemonSet', pods }),
  ];
}

function warningsAtFirst(): readonly object[] {
  return [
    warning(
      payments(),
      'Failed',
      `Failed to pull image "${badImage}": ${badImage}: not found`,
      firstLook - minute,
      18,
    ),
    warning(
      notifications(false),
      'Failed',
      'Error: secret "smtp-credentials" not found',
      firstLook - minute,
      61,
    ),
    warning(
      search(false),
      'BackOff',
      'Back-off restarting failed container search',
      firstLook - 2 * minute,
      23,
    ),
  ];
}
