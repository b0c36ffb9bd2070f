import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LogRef } from '../../core/model/snapshot.ts';
import { apiVersionOf, type Kind, kindNames, kinds } from '../../core/objects/kinds.ts';
import { type Custom, customListOf, discoveryOf } from './api-discovery.ts';
import { pageOf, type Raw } from './api-pages.ts';

/** Objects as a cluster holds them, by kind; a kind that is left out is served as an empty list. */
export type RawByKind = { readonly [K in Kind]?: readonly object[] };

export interface ApiServer {
  readonly url: string;
  /** Kubeconfig text for this server. */
  readonly kubeconfig: string;
  /** What was asked, in order: `GET /api/v1/pods?limit=500`. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** What a container wrote; null: that run is not there. */
export type LogOf = (asked: LogRef) => string | null;

interface Cluster {
  readonly custom: readonly Custom[];
  readonly discovery: (path: string, accept: string) => object | null;
  readonly objects: RawByKind | ((at: number) => RawByKind);
  readonly logs: LogOf;
  readonly now: () => number;
  readonly token: string | null;
}

/**
 * A small read-only API server on 127.0.0.1: paged lists (`limit`, `continue`, `fieldSelector`) and single objects of every kind that is read, pods' logs, and `custom` resources (with apiVersion and kind), which it tells of in discovery: of all groups at once, or (`oldDiscovery`) group by group.
 * `now` (ms) is its clock: the `Date` header, and what `objects` is asked with. With a `token` every request must bear it.
 */
export async function startApiServer(options: {
  readonly objects: RawByKind | ((at: number) => RawByKind);
  readonly logs?: LogOf;
  readonly custom?: readonly Custom[];
  readonly oldDiscovery?: boolean;
  readonly now?: () => number;
  readonly token?: string;
}): Promise<ApiServer> {
  const cluster = {
    objects: options.objects,
    logs: options.logs ?? (() => ''),
    custom: options.custom ?? [],
    discovery: discoveryOf(options.custom ?? [], options.oldDiscovery ?? false),
    now: options.now ?? Date.now,
    token: options.token ?? null,
  };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    send(response, answer(cluster, request), cluster.now());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  return {
    url,
    kubeconfig: kubeconfigFor(url, options.token ?? 'demo'),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A kubeconfig with one context, `demo`. */
export function kubeconfigFor(url: string, token: string): string {
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'demo',
      clusters: [{ name: 'demo', cluster: { server: url } }],
      users: [{ name: 'demo', user: { token } }],
      contexts: [{ name: 'demo', context: { cluster: 'demo', user: 'demo' } }],
    },
    null,
    2,
  )}\n`;
}

function send(response: ServerResponse, { code, body }: Answer, now: number): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(code, {
    'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json',
    'Content-Length': Buffer.byteLength(text),
    Date: new Date(now).toUTCString(),
  });
  response.end(text);
}

interface Answer {
  readonly code: number;
  /** Text: a log. */
  readonly body: object | string;
}

function answer(cluster: Cluster, request: IncomingMessage): Answer {
  const url = new URL(request.url ?? '/', 'http://cluster');
  if (request.method !== 'GET') return refuse(405, 'MethodNotAllowed', 'only GET is served here');
  if (cluster.token !== null && request.headers.authorization !== `Bearer ${cluster.token}`)
    return refuse(401, 'Unauthorized', 'Unauthorized');
  if (url.pathname === '/version') return { code: 200, body: { major: '1', minor: '34' } };
  const pod = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(url.pathname);
  if (pod !== null) return logOf(cluster, pod[1] ?? '', pod[2] ?? '', url.searchParams);
  const asked = parsePath(url.pathname);
  if (asked === null)
    return (
      customAnswer(cluster, url, request.headers.accept ?? '') ??
      refuse(404, 'NotFound', 'the server could not find the requested resource')
    );
  return asked.name === null
    ? listPage(cluster, asked, url.searchParams)
    : single(cluster, asked, asked.name);
}

function refuse(code: number, reason: string, message: string): Answer {
  const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code };
  return { code, body };
}

/** As the kubelet: the last `tailLines`, of them the first `limitBytes`. */
function logOf(cluster: Cluster, namespace: string, name: string, query: URLSearchParams): Answer {
  const pod = single(cluster, { kind: 'Pod', namespace, name }, name);
  if (pod.code !== 200) return pod;
  const container = query.get('container') ?? '';
  const previous = query.get('previous') === 'true';
  const text = cluster.logs({ namespace, pod: name, container, previous });
  if (text === null) {
    const run = previous
      ? `previous terminated container "${container}"`
      : `container "${container}"`;
    return refuse(400, 'BadRequest', `${run} in pod "${name}" not found`);
  }
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .slice(-Number(query.get('tailLines') ?? 20));
  const limit = Number(query.get('limitBytes') ?? text.length);
  return {
    code: 200,
    body: Buffer.from(`${lines.join('\n')}\n`)
      .subarray(0, limit)
      .toString(),
  };
}

interface Asked {
  readonly kind: Kind;
  readonly namespace: string | null;
  readonly name: string | null;
}

/** `/api/v1/pods`, `/apis/apps/v1/namespaces/shop/deployments/api`; null for what is not served. */
function parsePath(path: string): Asked | null {
  for (const kind of kindNames) {
    const { group, version, plural, namespaced } = kinds[kind];
    const root = group === '' ? `/api/${version}/` : `/apis/${group}/${version}/`;
    if (!path.startsWith(root)) continue;
    const parts = path.slice(root.length).split('/');
    const scoped = namespaced && parts[0] === 'namespaces' ? (parts[1] ?? null) : null;
    const [collection, name = null, ...more] = scoped === null ? parts : parts.slice(2);
    if (
      collection === plural &&
      more.length === 0 &&
      (name === null || scoped !== null || !namespaced)
    )
      return { kind, namespace: scoped, name };
  }
  return null;
}

function objectsAt(cluster: Cluster, kind: Kind, at: number): readonly Raw[] {
  const objects = typeof cluster.objects === 'function' ? cluster.objects(at) : cluster.objects;
  return objects[kind] ?? [];
}

function single(cluster: Cluster, { kind, namespace }: Asked, name: string): Answer {
  const found = objectsAt(cluster, kind, cluster.now()).find(
    ({ metadata }) =>
      metadata?.name === name && (namespace === null || metadata.namespace === namespace),
  );
  if (found === undefined)
    return refuse(404, 'NotFound', `${kinds[kind].plural} "${name}" not found`);
  return { code: 200, body: { kind, apiVersion: apiVersionOf(kind), ...found } };
}

function listPage(cluster: Cluster, { kind, namespace }: Asked, query: URLSearchParams): Answer {
  const itemsAt = (at: number) => objectsAt(cluster, kind, at);
  const apiVersion = apiVersionOf(kind);
  const body = pageOf(itemsAt, { kind, apiVersion, namespace }, query, cluster.now());
  return body === null
    ? refuse(400, 'BadRequest', 'continue key is not valid')
    : { code: 200, body };
}

/** Discovery, and the lists of custom resources; null: it is about neither. */
function customAnswer(cluster: Cluster, url: URL, accept: string): Answer | null {
  const found = cluster.discovery(url.pathname, accept);
  if (found !== null) return { code: 200, body: found };
  const listed = customListOf(cluster.custom, url.pathname);
  if (listed === null) return null;
  const body = pageOf(() => listed.items, listed, url.searchParams, cluster.now());
  return body === null
    ? refuse(400, 'BadRequest', 'continue key is not valid')
    : { code: 200, body };
}
