import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readRepositoryFile } from '../../../src/adapters/github/contents.ts';
import { github } from '../../../src/adapters/github/octokit.ts';
import { isPublicRepository } from '../../../src/adapters/github/repository.ts';
import { type Fault, limitsFor } from '../../support/faulty-server.ts';
import { type GithubServer, githubServer } from '../../support/github-server.ts';

let server: GithubServer;

beforeAll(async () => {
  server = await githubServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const api = (repo = 'ops') =>
  github({
    token: server.token,
    apiUrl: server.proxy.url,
    owner: 'acme',
    repo,
    limits: limitsFor(...server.proxy.faults),
  });

test('a file at a commit', async () => {
  const content = Buffer.from('services: [] # ü').toString('base64');
  await server.ask('PUT', '/contents/.github/kube-vigil.yml', { message: 'm', content });
  expect(await readRepositoryFile(api(), '.github/kube-vigil.yml', 'main')).toBe(
    'services: [] # ü',
  );
  expect(await readRepositoryFile(api(), '.github/else.yml', 'main')).toBeNull();
});

test('each part of a name is encoded', async () => {
  expect(await readRepositoryFile(api(), 'a{b}/?c#d', 'main')).toBeNull();
  expect(server.proxy.seen[0]?.path).toContain('/contents/a%7Bb%7D/%3Fc%23d?ref=main');
});

test('a file that GitHub does not give is a clear error', async () => {
  server.proxy.faults = [{ status: 403, body: { message: 'Resource not accessible' } }];
  await expect(readRepositoryFile(api(), 'a.yml', 'main')).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: 'Could not read a.yml of acme/ops: GitHub answered 403 Resource not accessible',
    hint: expect.stringContaining('contents: read'),
  });
});

test('the request carries token and user agent', async () => {
  await isPublicRepository(api());
  expect(server.proxy.seen[0]?.headers).toMatchObject({
    authorization: `token ${server.token}`,
    'user-agent': expect.stringMatching(/^kube-vigil /),
  });
});

test('without an address, the one of the environment at that time', async () => {
  Object.assign(process.env, { GITHUB_API_URL: server.proxy.url });
  const late = github({
    token: server.token,
    apiUrl: null,
    owner: 'acme',
    repo: 'ops',
    limits: limitsFor(...server.proxy.faults),
  });
  expect(await isPublicRepository(late)).toBe(false);
  Reflect.deleteProperty(process.env, 'GITHUB_API_URL');
});

test.each<[string, boolean | null, Fault]>([
  ['private', false, {}],
  ['visibility public', true, { status: 200, body: { visibility: 'public', private: false } }],
  ['visibility internal', false, { status: 200, body: { visibility: 'internal', private: true } }],
  ['private false', true, { status: 200, body: { private: false } }],
  ['no word', null, { status: 200, body: {} }],
  ['a page', null, { status: 200, body: '<html>' }],
  ['403', null, { status: 403, body: { message: 'no', private: true } }],
  ['no answer', null, { hang: true }],
  ['moved', null, { status: 301, body: { private: false } }],
])('a repository that says %s: public is %p', async (_name, expected, fault) => {
  server.proxy.faults = [fault];
  expect(await isPublicRepository(api())).toBe(expected);
});
