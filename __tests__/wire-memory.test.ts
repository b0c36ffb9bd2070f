import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { readInputs } from '../src/adapters/config/inputs.ts';
import { github } from '../src/adapters/github/octokit.ts';
import type { DocumentKind } from '../src/adapters/store/document-kind.ts';
import { documentOn } from '../src/adapters/store/memory.ts';
import { limits } from '../src/core/model/limits.ts';
import { memoryFor, shelfFor } from '../src/wire/memory.ts';
import { endpointsOf, readRun } from '../src/wire/run.ts';
import { type CacheServer, cacheServer, runtimeToken } from './support/cache-server.ts';
import { type GithubServer, githubServer } from './support/github-server.ts';
import { keptLog } from './support/log.ts';

let server: CacheServer;

beforeAll(async () => {
  server = await cacheServer();
});
afterAll(() => server.close());

const environment = (more: object = {}) => ({
  GITHUB_REPOSITORY: 'acme/ops',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_REF: 'refs/heads/main',
  ACTIONS_RESULTS_URL: `${server.proxy.url}/`,
  ACTIONS_RUNTIME_TOKEN: runtimeToken('refs/heads/main'),
  ...more,
});

function memory(more: object = {}) {
  const run = readRun(environment(more));
  const inputs = readInputs({ 'INPUT_STATE-STORE': 'cache' });
  const api = github({ ...run, token: 't', apiUrl: server.proxy.url, limits });
  return memoryFor(inputs, run, 'prod', api, limits, keptLog());
}

test('state-store: cache keeps the memory under the run and its attempt', async () => {
  await memory().state.update((state) => ({ state: { ...state, cycleCount: 3 } }));
  expect(server.keys()).toEqual(['kube-vigil-state-prod-7-2-1']);
  expect((await memory({ GITHUB_RUN_ID: '8' }).state.load()).state.cycleCount).toBe(3);
});

test.each([
  ['cache-mode', { ACTIONS_CACHE_MODE: ' Read ' }, 'for "read" only'],
  ['no service', { ACTIONS_RESULTS_URL: '' }, 'There is no cache service'],
  ['no token', { ACTIONS_RUNTIME_TOKEN: '' }, 'There is no cache service'],
])('%s is trouble that is told', async (_name, more, says) => {
  const { trouble } = await memory(more).state.load();
  expect(trouble).toMatchObject({ message: expect.stringContaining(says) });
});

test.each([
  ['state', 'kube-vigil-state-prod-7-2-1'],
  ['ledger', 'kube-vigil-ledger-prod-7-2-1'],
])('in the cache the document %s is %s', async (document, key) => {
  server.reset();
  const run = readRun(environment());
  const inputs = readInputs({ 'INPUT_STATE-STORE': 'cache' });
  const api = github({ ...run, token: 't', apiUrl: server.proxy.url, limits });
  await shelfFor(document, inputs, run, 'prod', api, limits).write('{}', null, 'note');
  expect(server.keys()).toEqual([key]);
});

test.each([
  ['state', 'monitor.json'],
  ['ledger', 'monitor.ledger.json'],
])('on disk the document %s is %s', async (document, name) => {
  const folder = await mkdtemp(join(tmpdir(), 'kube-vigil-memory-'));
  const file = join(folder, 'monitor.json');
  const inputs = readInputs({ 'INPUT_STATE-STORE': 'file', 'INPUT_STATE-FILE': file });
  const run = readRun(environment());
  const api = github({ ...run, token: 't', limits });
  await shelfFor(document, inputs, run, 'prod', api, limits).write('{}', null, 'note');
  expect(await readdir(folder)).toEqual([name]);
});

test.each([
  ['state', '/contents/state/prod.json'],
  ['ledger', '/contents/state/prod.ledger.json'],
])('on the branch the document %s is %s', async (document, path) => {
  server.proxy.clear();
  const run = readRun(environment());
  const api = github({ ...run, token: 't', apiUrl: server.proxy.url, limits });
  await shelfFor(document, readInputs({}), run, 'prod', api, limits)
    .read()
    .catch(() => null);
  expect(server.proxy.seen[0]?.path).toContain(`${path}?`);
});

interface Ledger {
  readonly names: readonly string[];
}
const ledger: DocumentKind<Ledger> = {
  name: 'ledger',
  fresh: { names: [] },
  shape: z.looseObject({ names: z.array(z.string()) }),
  schema: 1,
  migrations: {},
};

/** Both documents of one run, on a store of their own kind. */
function documentsOf(number: number, given: object, apiUrl: string | null, token = 't') {
  const inputs = readInputs({ ...given });
  const run = readRun(environment({ GITHUB_RUN_ID: `${number}` }));
  const api = github({ ...run, token, apiUrl, limits });
  const options = { run: `${number}.1`, log: keptLog(), backoff: 50 };
  return {
    state: memoryFor(inputs, run, 'prod', api, limits, keptLog()).state,
    ledger: documentOn(ledger, shelfFor('ledger', inputs, run, 'prod', api, limits), options),
  };
}

/** Counts in one document and adds a name to the other, at the same moment. */
const write = (number: number, { state, ledger: other }: ReturnType<typeof documentsOf>) =>
  Promise.all([
    state.update((old) => ({ state: { ...old, cycleCount: old.cycleCount + 1 } })),
    other.update(({ names }) => ({ state: { names: [...names, `run-${number}`] } })),
  ]);

describe('two documents of one cluster: no write of one loses a write of the other', () => {
  const runs = [1, 2, 3, 4];
  async function expectAll(of: (number: number) => ReturnType<typeof documentsOf>) {
    const { state, ledger: other } = of(9);
    const counted = await state.load();
    expect(counted).toMatchObject({ mended: null, state: { cycleCount: runs.length } });
    const listed = await other.load();
    expect(listed.mended).toBeNull();
    const { names } = listed.state;
    expect(names.toSorted()).toEqual(runs.map((number) => `run-${number}`));
  }

  test('on one branch, runs side by side', async () => {
    const hub: GithubServer = await githubServer();
    try {
      const of = (number: number) => documentsOf(number, {}, hub.proxy.url, hub.token);
      await Promise.all(runs.map((number) => write(number, of(number))));
      await expectAll(of);
    } finally {
      await hub.close();
    }
  });

  test('in one folder, runs side by side', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'kube-vigil-memory-')), 'state.json');
    const given = { 'INPUT_STATE-STORE': 'file', 'INPUT_STATE-FILE': file };
    const of = (number: number) => documentsOf(number, given, null);
    await Promise.all(runs.map((number) => write(number, of(number))));
    await expectAll(of);
  });

  test('in one cache, which takes one run at a time', async () => {
    server.reset();
    const of = (number: number) =>
      documentsOf(number, { 'INPUT_STATE-STORE': 'cache' }, server.proxy.url);
    for (const number of runs) await write(number, of(number));
    await expectAll(of);
  });
});

test('the cache service is one of the places that must be on loopback for a scaled clock', () => {
  const run = readRun(environment());
  const inputs = readInputs({ 'INPUT_STATE-STORE': 'cache' });
  expect(endpointsOf(inputs, run, null)).toContain(`${server.proxy.url}/`);
  expect(endpointsOf(readInputs({}), run, null)).not.toContain(`${server.proxy.url}/`);
});
