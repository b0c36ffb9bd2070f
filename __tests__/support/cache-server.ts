import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FaultyServer, faultyServer } from './faulty-server.ts';

interface Entry {
  readonly key: string;
  readonly version: string;
  readonly ref: string;
  readonly number: number;
  text: string;
  finished: boolean;
}

/** GitHub's cache service (version 2), its blob store and GitHub's list of caches, for `acme/ops` on loopback, behind a fault proxy. */
export interface CacheServer {
  readonly proxy: FaultyServer;
  /** Whole entries, the oldest first. */
  keys(): string[];
  /** As if it had been evicted, or nothing had ever been there. */
  forget(key?: string): void;
  reset(): void;
  close(): Promise<void>;
}

/** The runtime token of a run on `ref`; the real one has its scopes inside, too. */
export function runtimeToken(ref: string): string {
  return Buffer.from(ref).toString('base64url');
}

const service = '/twirp/github.actions.results.api.v1.CacheService/';
const mainRef = 'refs/heads/main';

export async function cacheServer(): Promise<CacheServer> {
  const entries: Entry[] = [];

  function answerTo(request: IncomingMessage, body: string): [number, unknown] {
    const url = new URL(request.url ?? '', 'http://server');
    if (url.pathname.startsWith(service)) {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) return [401, { code: 'unauthenticated', msg: 'no token' }];
      const ref = Buffer.from(token, 'base64url').toString();
      return serve(url.pathname.slice(service.length), JSON.parse(body), ref);
    }
    if (url.pathname === '/repos/acme/ops') return [200, { default_branch: 'main' }];
    if (url.pathname === '/repos/acme/ops/actions/caches') return [200, list(url.searchParams)];
    const entry = entries[Number(url.pathname.replace('/blob/', ''))];
    if (entry === undefined) return [404, 'BlobNotFound'];
    if (request.method === 'GET') return [200, entry.text];
    if (request.headers['x-ms-blob-type'] !== 'BlockBlob') return [400, 'MissingRequiredHeader'];
    entry.text = body;
    return [201, ''];
  }

  function serve(method: string, asked: Asked, ref: string): [number, unknown] {
    const { key, version } = asked;
    const same = (entry: Entry): boolean => entry.key === key && entry.version === version;
    if (method === 'GetCacheEntryDownloadURL') {
      const found = look([key, ...(asked.restore_keys ?? [])], version, ref);
      if (found === undefined) return [200, { ok: false }];
      const signed_download_url = `${proxy.url}/blob/${found.number}?sig=x`;
      return [200, { ok: true, matched_key: found.key, signed_download_url }];
    }
    if (method === 'CreateCacheEntry') {
      if (entries.some((entry) => same(entry) && entry.ref === ref))
        return [409, { code: 'already_exists', msg: 'cache entry already exists' }];
      const number = entries.length;
      entries.push({ key, version, ref, number, text: '', finished: false });
      return [200, { ok: true, signed_upload_url: `${proxy.url}/blob/${number}?sig=x` }];
    }
    const entry = entries.find((each) => same(each) && each.ref === ref);
    if (entry === undefined || Number(asked.size_bytes) !== Buffer.byteLength(entry.text))
      return [400, { code: 'invalid_argument', msg: 'size does not match' }];
    entry.finished = true;
    return [200, { ok: true, entry_id: `${entry.number}` }];
  }

  /** Own ref, then the default branch; of each key the exact one, then the newest that begins with it. */
  function look(keys: readonly string[], version: string, ref: string): Entry | undefined {
    const whole = entries.filter((entry) => entry.finished && entry.version === version).reverse();
    for (const at of [ref, mainRef])
      for (const key of keys) {
        const there = whole.filter((entry) => entry.ref === at);
        const found =
          there.find((entry) => entry.key === key) ??
          there.find((entry) => entry.key.startsWith(key));
        if (found !== undefined) return found;
      }
    return undefined;
  }

  function list(query: URLSearchParams): unknown {
    const found = entries.filter(
      ({ key, ref, finished }) =>
        finished && ref === query.get('ref') && key.startsWith(query.get('key') ?? ''),
    );
    const size = Number(query.get('per_page') ?? 30);
    const from = (Number(query.get('page') ?? 1) - 1) * size;
    // As GitHub lists them: the one that was used last comes first.
    const page = found.toReversed().slice(from, from + size);
    const actions_caches = page.map(({ key, version, ref, number }) => ({
      id: number,
      key,
      version,
      ref,
      created_at: new Date(number * 1000).toISOString(),
    }));
    return { total_count: found.length, actions_caches };
  }

  const server = createServer((request, response) => {
    bodyOf(request).then(
      (body) => write(response, ...answerTo(request, body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await faultyServer(`http://127.0.0.1:${port}`);
  return {
    proxy,
    keys: () => entries.filter(({ finished }) => finished).map(({ key }) => key),
    forget(key) {
      for (const entry of entries)
        if (key === undefined || entry.key === key) entry.finished = false;
    },
    reset() {
      entries.length = 0;
      proxy.clear();
    },
    async close() {
      await proxy.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Asked {
  readonly key: string;
  readonly version: string;
  readonly restore_keys?: readonly string[];
  readonly size_bytes?: string;
}

function write(response: ServerResponse, status: number, body: unknown): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
  response.end(isText ? body : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
