import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { cacheShelf } from '../../../src/adapters/github/cache-shelf.ts';
import { github } from '../../../src/adapters/github/octokit.ts';
import { monitorState } from '../../../src/adapters/store/document-kind.ts';
import { documentOn } from '../../../src/adapters/store/memory.ts';
import type { MonitorState } from '../../../src/core/model/state.ts';
import { type CacheServer, cacheServer, runtimeToken } from '../../support/cache-server.ts';
import { type Fault, limitsFor } from '../../support/faulty-server.ts';
import { keptLog } from '../../support/log.ts';

let server: CacheServer;

beforeAll(async () => {
  server = await cacheServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

const main = 'refs/heads/main';

function shelf({ run = '7-1', ref = main, cluster = 'prod', mode = '', offered = true } = {}) {
  const limits = limitsFor(...server.proxy.faults);
  const { url } = server.proxy;
  const api = github({ token: 'ghs_test', apiUrl: url, owner: 'acme', repo: 'ops', limits });
  const prefix = `kube-vigil-state-${cluster}-`;
  const access = offered ? { url, token: runtimeToken(ref) } : null;
  return cacheShelf({ github: api, access, mode, prefix, run, ref, limits });
}

const memory = (run: number) =>
  documentOn(monitorState, shelf({ run: `${run}-1` }), {
    run: `${run}.1`,
    log: keptLog(),
    backoff: 1,
  });
const countOne = (state: MonitorState) => ({
  state: { ...state, cycleCount: state.cycleCount + 1 },
});

function fail(...faults: readonly Fault[]): void {
  server.proxy.clear();
  server.proxy.faults = faults;
}

const finds: Fault = { path: '/GetCacheEntryDownloadURL' };
const loads: Fault = { method: 'GET', path: '/blob/' };
const lists: Fault = { path: '/actions/caches' };
const reserves: Fault = { path: '/CreateCacheEntry' };
const uploads: Fault = { method: 'PUT', path: '/blob/' };
const finishes: Fault = { path: '/FinalizeCacheEntryUpload' };

test('nothing is there, then what was written, also for the next run', async () => {
  const on = shelf();
  expect(await on.read()).toBeNull();
  expect(await on.write('{"über":"🔴"}', null, 'note')).toBe('written');
  const key = 'kube-vigil-state-prod-7-1-1';
  expect(await on.read()).toEqual({ text: '{"über":"🔴"}', tag: key });
  expect(await shelf({ run: '8-1' }).read()).toEqual({ text: '{"über":"🔴"}', tag: key });
});

test('each write is a new entry, and the newest counts', async () => {
  for (const run of [1, 2, 3]) {
    const on = memory(run);
    await on.update(countOne);
    await on.update(countOne);
  }
  expect(server.keys()).toEqual(
    ['1-1-1', '1-1-2', '2-1-1', '2-1-2', '3-1-1', '3-1-2'].map(
      (end) => `kube-vigil-state-prod-${end}`,
    ),
  );
  expect((await memory(4).load()).state.cycleCount).toBe(6);
});

test('a later step of the same run goes on behind the keys that are taken', async () => {
  await memory(1).update(countOne);
  await memory(1).update(countOne);
  expect(server.keys()).toEqual(['kube-vigil-state-prod-1-1-1', 'kube-vigil-state-prod-1-1-2']);
});

test('a tag that is not the newest is a conflict, and nothing is written', async () => {
  await shelf().write('one', null, 'note');
  const other = shelf({ run: '8-1' });
  const tag = (await other.read())?.tag ?? '';
  expect(await other.write('two', null, 'note')).toBe('conflict');
  expect(await other.write('two', tag, 'note')).toBe('written');
  expect(await shelf({ run: '9-1' }).write('three', tag, 'note')).toBe('conflict');
  expect(server.keys()).toHaveLength(2);
});

test('a cluster whose name begins with the same words has its own memory', async () => {
  await shelf({ cluster: 'prod-eu' }).write('eu', null, 'note');
  expect(await shelf({ cluster: 'prod' }).read()).toBeNull();
});

test('a branch reads what the default branch wrote, and not the other way about', async () => {
  const feature = 'refs/heads/feature';
  await shelf({ ref: feature }).write('feature', null, 'note');
  expect(await shelf().read()).toBeNull();
  await shelf({ run: '8-1' }).write('main', null, 'note');
  expect((await shelf({ ref: 'refs/heads/other' }).read())?.text).toBe('main');
  expect((await shelf({ ref: feature }).read())?.text).toBe('feature');
});

test('evicted, and the list says so too: a first run', async () => {
  await shelf().write('one', null, 'note');
  server.forget();
  expect(await shelf({ run: '8-1' }).read()).toBeNull();
});

test('the service gives nothing, and the list has something: not reachable, no first run, no write', async () => {
  await memory(1).update(countOne);
  fail({ ...finds, status: 200, body: { ok: false } });
  const on = memory(2);
  expect(await on.load()).toMatchObject({
    first: false,
    trouble: {
      code: 'STATE_UNREACHABLE',
      message:
        'Could not read the cache kube-vigil-state-prod-* of acme/ops: GitHub lists kube-vigil-state-prod-1-1-1, and its cache service did not give it',
    },
  });
  await expect(on.update(countOne)).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
  expect(server.keys()).toHaveLength(1);
});

test('the entries of a cluster whose name begins with the same words do not hide that this is no first run', async () => {
  await memory(1).update(countOne);
  const other = shelf({ cluster: 'prod-eu' });
  for (let number = 1; number <= 110; number++)
    await shelf({ cluster: 'prod-eu', run: `${number}-1` }).write(
      `${number}`,
      (await other.read())?.tag ?? null,
      'note',
    );
  fail({ ...finds, status: 200, body: { ok: false } });
  await expect(shelf({ run: '8-1' }).read()).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
});

test('a run on a branch is no first run while the default branch has a memory that is not given', async () => {
  await shelf().write('one', null, 'note');
  fail({ ...finds, status: 200, body: {} });
  await expect(shelf({ ref: 'refs/heads/other' }).read()).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
  });
});

test.each<[string, Fault, string]>([
  ['may not be asked for', { status: 403, body: { message: 'no' } }, 'actions: read'],
  ['is down', { status: 500, body: {} }, ''],
  ['is a page', { status: 200, body: '<html>' }, ''],
])(
  'the list of caches %s: it cannot be told that this is a first run',
  async (_name, fault, hint) => {
    fail({ ...lists, ...fault });
    await expect(shelf().read()).rejects.toMatchObject({
      code: 'STATE_UNREACHABLE',
      message: expect.stringContaining('Could not tell whether the cache kube-vigil-state-prod-*'),
      hint: expect.stringContaining(hint),
    });
  },
);

test.each(['read', 'none', 'write-only'])(
  'cache-mode %s is a clear error, before anything is asked',
  async (mode) => {
    await expect(shelf({ mode }).read()).rejects.toMatchObject({
      code: 'STATE_UNREACHABLE',
      message: `The workflow lets its jobs use the cache for "${mode}" only, and the cache kube-vigil-state-prod-* of acme/ops must be read and written`,
      hint: 'Set `cache-mode: write` for the job, or set state-store to branch',
    });
    expect(server.proxy.seen).toHaveLength(0);
  },
);

test.each(['', 'write', 'something-new'])('cache-mode %j is fine', async (mode) => {
  expect(await shelf({ mode }).write('one', null, 'note')).toBe('written');
});

test('a runner without the service is a clear error', async () => {
  const error = { code: 'STATE_UNREACHABLE', hint: expect.stringContaining('branch or file') };
  await expect(shelf({ offered: false }).read()).rejects.toMatchObject(error);
  await expect(shelf({ offered: false }).write('one', null, '')).rejects.toMatchObject(error);
});

type Row = readonly [string, Fault, string];
const troubles: readonly Row[] = [
  ['500', { status: 500, body: { msg: 'internal' } }, 'answered 500 internal'],
  ['a reset', { reset: true }, 'gave no answer'],
  ['nothing', { hang: true }, 'gave no answer'],
  ['429', { status: 429, body: { msg: 'slow down' } }, 'answered 429 slow down'],
  ['a refusal', { status: 403, body: { msg: 'cache read denied: no' } }, 'answered 403'],
];
/** The upstream has done it by then. */
const half: Row = ['half an answer', { half: 'cut' }, 'gave no answer'];
const page: Row = ['a page with 200', { status: 200, body: '<html>' }, 'gave no answer'];
const rows = (call: string, at: Fault, list: readonly Row[]): readonly Row[] =>
  list.map(([name, fault, says]) => [`${call} with ${name}`, { ...at, ...fault }, says]);

test.each([
  ...rows('a search', finds, [...troubles, half, page]),
  ...rows('a download', loads, [...troubles, half]),
])('%s: not reachable, and no first run', async (_name, fault, says) => {
  await shelf().write('one', null, 'note');
  fail(fault);
  await expect(shelf({ run: '8-1' }).read()).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: expect.stringContaining(
      `Could not read the cache kube-vigil-state-prod-* of acme/ops: GitHub's cache service ${says}`,
    ),
  });
});

test.each([
  ...rows('a key', reserves, [...troubles, half, page]),
  ...rows('an upload', uploads, troubles),
  ...rows('an end', finishes, [...troubles, page]),
])('%s: not written, and nothing is found', async (_name, fault, says) => {
  fail(fault);
  await expect(shelf().write('one', null, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: expect.stringContaining(says),
  });
  server.proxy.clear();
  expect(await shelf({ run: '8-1' }).read()).toBeNull();
});

test.each<[string, Fault]>([
  ['a key', { ...reserves, status: 502, body: {} }],
  ['an upload', { ...uploads, status: 503, body: '' }],
  ['an end', { ...finishes, status: 502, body: {} }],
  ['a key, the answer lost', { ...reserves, reset: true, afterForward: true }],
  ['an end, half its answer lost', { ...finishes, half: 'cut' }],
  ['an end, the answer lost', { ...finishes, status: 502, body: {}, afterForward: true }],
])('trouble with %s that passes is not noticed', async (_name, fault) => {
  await shelf().write('one', null, 'note');
  const on = shelf({ run: '8-1' });
  const tag = (await on.read())?.tag ?? '';
  fail({ ...fault, nth: 1 });
  expect(await on.write('two', tag, 'note')).toBe('written');
  expect((await shelf({ run: '9-1' }).read())?.text).toBe('two');
});

test('a cycle is counted once though the end of its save is answered with 502', async () => {
  await memory(1).update(countOne);
  fail({ ...finishes, status: 502, body: {}, afterForward: true });
  expect((await memory(2).update(countOne)).state.cycleCount).toBe(2);
  server.proxy.clear();
  expect((await memory(3).load()).state.cycleCount).toBe(2);
});

test('the service takes no key: refused, or taken for ever', async () => {
  fail({ ...reserves, status: 200, body: { ok: false, message: 'cache write denied: fork' } });
  await expect(shelf().write('one', null, 'note')).rejects.toMatchObject({
    message: expect.stringContaining('cache write denied: fork'),
    hint: expect.stringContaining('state-store to branch'),
  });
  expect(server.proxy.count('POST', '/CreateCacheEntry')).toBe(1);
  fail({ ...reserves, status: 200, body: { ok: false } });
  await expect(shelf().write('one', null, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
  });
  expect(server.proxy.count('POST', '/CreateCacheEntry')).toBe(20);
});

test('either spelling of a field is understood', async () => {
  const { url } = server.proxy;
  const signedUploadUrl = `${url}/blob/0`;
  fail({ ...reserves, status: 200, body: { ok: true, signedUploadUrl }, afterForward: true });
  expect(await shelf().write('one', null, 'note')).toBe('written');
  const body = { ok: true, matchedKey: 'k', signedDownloadUrl: `${url}/blob/0` };
  fail({ ...finds, status: 200, body });
  expect(await shelf().read()).toEqual({ text: 'one', tag: 'k' });
});

test('a server without the service is a clear error', async () => {
  fail({ ...finds, status: 404, body: '404 page not found' });
  await expect(shelf().read()).rejects.toMatchObject({
    hint: expect.stringContaining('branch or file'),
  });
});

test('a search that lags behind writes of the same run is seen through', async () => {
  await shelf().write('old', null, 'note');
  const on = shelf({ run: '8-1' });
  const stale = (key: string): Fault => ({
    ...finds,
    status: 200,
    body: { ok: true, matched_key: key, signed_download_url: `${server.proxy.url}/blob/0` },
  });
  const [old, one] = ['kube-vigil-state-prod-7-1-1', 'kube-vigil-state-prod-8-1-1'];
  expect(await on.write('one', old, 'note')).toBe('written');
  fail(stale(old));
  expect(await on.read()).toEqual({ text: 'one', tag: one });
  expect(await on.write('two', old, 'note')).toBe('conflict');
  expect(await on.write('two', one, 'note')).toBe('written');
  for (const key of [old, one]) {
    fail(stale(key));
    expect((await on.read())?.text).toBe('two');
  }
  server.proxy.clear();
  expect((await shelf({ run: '9-1' }).read())?.text).toBe('two');
});

test('corrupt: the newest whole entry is gone on from, and the corrupt one is named', async () => {
  await memory(1).update(countOne);
  await memory(2).update(countOne);
  const on = shelf({ run: '3-1' });
  await on.write('not JSON', (await on.read())?.tag ?? null, 'note');
  const log = keptLog();
  const mended = documentOn(monitorState, shelf({ run: '4-1' }), { run: '4.1', log });
  expect(await mended.load()).toMatchObject({ trouble: null, state: { cycleCount: 2 } });
  expect((await mended.update(countOne)).state.cycleCount).toBe(3);
  expect(log.lines).toEqual([
    expect.stringContaining('it is kept as the cache entry kube-vigil-state-prod-3-1-1'),
  ]);
});

test.each<[string, Fault]>([
  ['a page', { status: 200, body: '<html>Sign in</html>' }],
  ['other JSON', { status: 200, body: { ok: true } }],
  ['another entry', { status: 200, body: `${'0'.repeat(64)}\n{}` }],
])('%s in place of the entry is no answer, and no corrupt memory', async (_name, fault) => {
  await memory(1).update(countOne);
  fail({ ...loads, ...fault });
  const on = memory(2);
  expect(await on.load()).toMatchObject({
    mended: null,
    trouble: {
      code: 'STATE_UNREACHABLE',
      message: expect.stringContaining('gave no answer (what is not the entry)'),
    },
  });
  await expect(on.update(countOne)).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
  server.proxy.clear();
  expect((await memory(3).load()).state.cycleCount).toBe(1);
});

test('an entry that is listed and gone is passed over', async () => {
  await shelf().write('one', null, 'note');
  expect(await shelf().history?.read('kube-vigil-state-prod-7-1')).toBeNull();
  expect(await shelf().history?.read('kube-vigil-state-prod-7-1-1')).toBe('one');
});

test('a signal ends a call', async () => {
  fail({ ...finds, hang: true });
  await expect(shelf().read(AbortSignal.timeout(20))).rejects.toMatchObject({
    message: expect.stringContaining('the time for GitHub was used up'),
  });
});
