import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ApiServer, startApiServer } from '../../../src/adapters/demo/api-server.ts';

const then = Date.parse('2026-11-24T10:15:00Z');
let now = then;
let server: ApiServer;

const pod = (namespace: string, name: string, phase = 'Running') => ({
  metadata: { namespace, name },
  status: { phase },
});

beforeAll(async () => {
  server = await startApiServer({
    now: () => now,
    token: 'right',
    objects: (at) => ({
      Pod: [pod('b', '2'), pod('a', '1'), pod('a', '3', 'Succeeded'), pod('b', '4')].concat(
        at > then ? [pod('a', '0')] : [],
      ),
      Namespace: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }],
    }),
  });
});
afterAll(() => server.close());

interface List {
  readonly kind: string;
  readonly apiVersion: string;
  readonly message?: string;
  readonly metadata: { readonly continue?: string; readonly remainingItemCount?: number };
  readonly items: readonly {
    readonly kind?: string;
    readonly metadata: { readonly name: string };
  }[];
}

async function get(path: string, token = 'right', method = 'GET') {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${server.url}${path}`, { headers, method });
  const body = (await response.json()) as List;
  return { code: response.status, headers: response.headers, body };
}

const names = ({ body }: { readonly body: List }) => body.items.map((item) => item.metadata.name);

test('pages of one moment, in the order of keys, items without kind', async () => {
  const first = await get('/api/v1/pods?limit=3');
  expect(names(first)).toEqual(['1', '3', '2']);
  expect(first.body).toMatchObject({
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: { remainingItemCount: 1 },
  });
  expect(first.body.items[0]?.kind).toBeUndefined();
  expect(first.headers.get('date')).toBe(new Date(then).toUTCString());
  now = then + 1;
  const second = await get(`/api/v1/pods?limit=3&continue=${first.body.metadata.continue}`);
  expect(names(second)).toEqual(['4']);
  expect(second.body.metadata.continue).toBeUndefined();
  expect(names(await get('/api/v1/pods'))).toEqual(['0', '1', '3', '2', '4']);
  now = then;
});

test('namespaces, selectors, single objects', async () => {
  expect(names(await get('/api/v1/namespaces/b/pods'))).toEqual(['2', '4']);
  const selected = await get('/api/v1/pods?limit=1&fieldSelector=status.phase!%3DSucceeded');
  expect(names(selected)).toEqual(['1']);
  expect(selected.body.metadata.remainingItemCount).toBeUndefined();
  expect(names(await get('/api/v1/pods?fieldSelector=status.phase%3DSucceeded'))).toEqual(['3']);
  expect((await get('/api/v1/namespaces/a')).body).toMatchObject({
    kind: 'Namespace',
    metadata: { name: 'a' },
  });
  expect((await get('/api/v1/namespaces/b/pods/4')).body.kind).toBe('Pod');
  expect(names(await get('/apis/apps/v1/deployments'))).toEqual([]);
});

test.each([
  ['an unknown resource', '/api/v1/secrets', 'right', 'GET', 404],
  ['an unknown group', '/apis/example.com/v1/things', 'right', 'GET', 404],
  ['an unknown name', '/api/v1/namespaces/zzz', 'right', 'GET', 404],
  ['a name where there is none', '/api/v1/pods/1', 'right', 'GET', 404],
  ['a bad continue token', '/api/v1/pods?continue=xx', 'right', 'GET', 400],
  ['a malformed path', '/api/v1/namespaces/%zz/pods/1', 'right', 'GET', 404],
  ['another method', '/api/v1/namespaces/a', 'right', 'DELETE', 405],
  ['a wrong token', '/api/v1/pods', 'wrong', 'GET', 401],
])('%s is a Status', async (_name, path, token, method, code) => {
  const answer = await get(path, token, method);
  expect(answer.code).toBe(code);
  expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code });
});
