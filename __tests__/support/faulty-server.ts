import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Limits, limits } from '../../src/core/model/limits.ts';

/** One request as the server saw it. */
export interface Seen {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** How many other requests were under way when it came. */
  readonly beside: number;
}

/** What goes wrong with the requests that match. Where it gives no `status`, the upstream's own answer goes back. */
export interface Fault {
  readonly method?: string;
  /** A part of the path, or a pattern over path and query; nothing: every path. */
  readonly path?: string | RegExp;
  /** A pattern over the body; nothing: every body. */
  readonly holds?: RegExp;
  /** Which of the matching requests, from 1; nothing: all of them. */
  readonly nth?: number | readonly number[];
  /** The upstream does it all the same; only its answer is replaced or lost. */
  readonly afterForward?: boolean;
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  /** As it is where it is text, else as JSON. */
  readonly body?: unknown;
  /** No answer, ever. */
  readonly hang?: boolean;
  /** The connection breaks without an answer. */
  readonly reset?: boolean;
  /** Half of the body, then `stall`: nothing more; `drip`: a blank now and then, for ever; `cut`: the connection breaks. */
  readonly half?: 'stall' | 'drip' | 'cut';
  readonly delayMs?: number;
}

export interface FaultyServer {
  readonly url: string;
  /** Every request so far. */
  readonly seen: Seen[];
  /** The faults in force, in order: the first that matches is taken. */
  faults: readonly Fault[];
  /** How many requests so far match. */
  count(method: string, path: string | RegExp): number;
  /** Forgets requests, faults and their counts. */
  clear(): void;
  close(): Promise<void>;
}

const quick: Limits = {
  ...limits,
  githubCall: 300,
  githubAll: 800,
  slackCall: 300,
  slackAll: 800,
  hearAll: 800,
  upload: 1000,
};

/** Short limits where a fault never ends by itself; else the real ones, which a slow machine keeps too. */
export function limitsFor(...faults: readonly Fault[]): Limits {
  const hangs = faults.some(({ hang, half }) => hang === true || (half ?? 'cut') !== 'cut');
  return hangs ? quick : limits;
}

interface Reply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

/** A stateful server's front on loopback: passes requests on, but for its faults, which a test may change at any time. `upstream` null: what no fault answers is 404. With `tls` it speaks https. */
export async function faultyServer(
  upstream: string | null,
  tls: ServerOptions | null = null,
): Promise<FaultyServer> {
  const counts = new Map<Fault, number>();
  const seen: Seen[] = [];
  const underWay = new Set<ServerResponse>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const beside = underWay.size;
    underWay.add(response);
    response.on('close', () => underWay.delete(response));
    const asked = { ...(await readRequest(request)), beside };
    seen.push(asked);
    const due = proxy.faults.filter((candidate) => isDue(candidate, asked, counts));
    const fault = due[0] ?? {};
    if (fault.delayMs !== undefined) await sleep(fault.delayMs);
    const own = ownReply(fault);
    const fails = own !== null || fault.hang === true || fault.reset === true;
    const reply = fails && fault.afterForward !== true ? notFound : await forward(upstream, asked);
    if (fault.hang === true) return;
    // Over before the answer is whole: the next request can only come after it.
    underWay.delete(response);
    if (fault.reset === true) request.socket.resetAndDestroy();
    else answer(response, own ?? reply, fault.half);
  }

  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => response.destroy());
  };
  const server = tls === null ? createServer(listen) : createTlsServer(tls, listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyServer = {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}`,
    seen,
    faults: [],
    count: (method, path) => seen.filter((asked) => matches({ method, path }, asked)).length,
    clear() {
      seen.length = 0;
      counts.clear();
      proxy.faults = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

const notFound: Reply = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"message":"Not Found"}'),
};

function ownReply(fault: Fault): Reply | null {
  if (fault.status === undefined) return null;
  const isText = typeof fault.body === 'string';
  return {
    status: fault.status,
    headers: { 'content-type': isText ? 'text/html' : 'application/json', ...fault.headers },
    body: Buffer.from(isText ? String(fault.body) : (JSON.stringify(fault.body) ?? '')),
  };
}

function isDue(fault: Fault, asked: Seen, counts: Map<Fault, number>): boolean {
  if (!matches(fault, asked)) return false;
  const number = (counts.get(fault) ?? 0) + 1;
  counts.set(fault, number);
  return fault.nth === undefined || [fault.nth].flat().includes(number);
}

function matches(fault: Pick<Fault, 'method' | 'path' | 'holds'>, asked: Seen): boolean {
  if (fault.method !== undefined && fault.method !== asked.method) return false;
  const { path, holds } = fault;
  if (holds?.test(asked.body) === false) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? asked.path.includes(path) : path.test(asked.path);
}

async function readRequest(request: IncomingMessage): Promise<Omit<Seen, 'beside'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString() };
}

const hopByHop = new Set([
  'host',
  'connection',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'keep-alive',
]);

async function forward(upstream: string | null, asked: Seen): Promise<Reply> {
  if (upstream === null) return notFound;
  const headers = new Headers();
  for (const [name, value] of Object.entries(asked.headers))
    if (typeof value === 'string' && !hopByHop.has(name)) headers.set(name, value);
  const response = await fetch(`${upstream}${asked.path}`, {
    method: asked.method,
    headers,
    redirect: 'manual',
    ...(asked.body === '' ? {} : { body: asked.body }),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const kept = [...response.headers].filter(([name]) => !hopByHop.has(name));
  return { status: response.status, headers: Object.fromEntries(kept), body };
}

function answer(response: ServerResponse, reply: Reply, half: Fault['half']): void {
  const { status, headers, body } = reply;
  const length = half === 'drip' ? {} : { 'content-length': body.length };
  response.writeHead(status, { ...headers, ...length });
  if (half === undefined) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    if (half === 'cut') response.destroy();
  });
  if (half !== 'drip') return;
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
