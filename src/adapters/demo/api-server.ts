import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { selects } from '../../core/objects/field-selector.ts';
import { apiVersionOf, type Kind, kindNames, kinds } from '../../core/objects/kinds.ts';

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

interface Cluster {
  readonly objects: RawByKind | ((at: number) => RawByKind);
  readonly now: () => number;
  readonly token: string | null;
}

/**
 * A small read-only API server on 127.0.0.1: paged lists (`limit`, `continue`, `fieldSelector`) and single objects of every kind that is read.
 * `now` (ms) is its clock: the `Date` header, and what `objects` is asked with. With a `token` every request must bear it.
 */
export async function startApiServer(options: {
  readonly objects: RawByKind | ((at: number) => RawByKind);
  readonly now?: () => number;
  readonly token?: string;
}): Promise<ApiServer> {
  const cluster = {
    objects: options.objects,
    now: options.now ?? Date.now,
    token: options.token ?? null,
  };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { code, body } = answer(cluster, request);
    send(response, code, body, cluster.now());
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

function send(response: ServerResponse, code: number, body: object, now: number): void {
  const text = JSON.stringify(body);
  response.writeHead(code, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    Date: new Date(now).toUTCString(),
  });
  response.end(text);
}

interface Answer {
  readonly code: number;
  readonly body: object;
}

function answer(cluster: Cluster, request: IncomingMessage): Answer {
  const url = new URL(request.url ?? '/', 'http://cluster');
  if (request.method !== 'GET') return refuse(405, 'MethodNotAllowed', 'only GET is served here');
  if (cluster.token !== null && request.headers.authorization !== `Bearer ${cluster.token}`)
    return refuse(401, 'Unauthorized', 'Unauthorized');
  if (url.pathname === '/version') return { code: 200, body: { major: '1', minor: '34' } };
  const asked = parsePath(url.pathname);
  if (asked === null)
    return refuse(404, 'NotFound', 'the server could not find the requested resource');
  return asked.name === null
    ? listPage(cluster, asked, url.searchParams)
    : single(cluster, asked, asked.name);
}

function refuse(code: number, reason: string, message: string): Answer {
  const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code };
  return { code, body };
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

interface Raw {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
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

/** Where the next page begins, and the moment of the first one: all pages of a list show one state. */
interface Token {
  readonly at: number;
  readonly start: number;
}

function listPage(cluster: Cluster, { kind, namespace }: Asked, query: URLSearchParams): Answer {
  const token = readToken(query.get('continue'), cluster.now());
  if (token === null) return refuse(400, 'BadRequest', 'continue key is not valid');
  const selector = query.get('fieldSelector') ?? '';
  const all = objectsAt(cluster, kind, token.at)
    .filter((item) => namespace === null || item.metadata?.namespace === namespace)
    .filter((item) => selects(selector, item))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const limit = Number(query.get('limit') ?? 0);
  const end = limit > 0 ? token.start + limit : all.length;
  const left = Math.max(0, all.length - end);
  const metadata = {
    resourceVersion: String(token.at),
    ...(left === 0 ? {} : { continue: writeToken({ at: token.at, start: end }) }),
    // As the real one: no count beside a selector.
    ...(left === 0 || selector !== '' ? {} : { remainingItemCount: left }),
  };
  const items = all.slice(token.start, end);
  return {
    code: 200,
    body: { kind: `${kind}List`, apiVersion: apiVersionOf(kind), metadata, items },
  };
}

/** The order of etcd's keys. */
function keyOf({ metadata }: Raw): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string | null, now: number): Token | null {
  if (text === null || text === '') return { at: now, start: 0 };
  try {
    const { at, start } = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Number.isFinite(at) && Number.isInteger(start) ? { at, start } : null;
  } catch {
    return null;
  }
}
