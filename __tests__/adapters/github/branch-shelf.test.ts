import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { branchShelf } from '../../../src/adapters/github/branch-shelf.ts';
import { github } from '../../../src/adapters/github/octokit.ts';
import { monitorState } from '../../../src/adapters/store/document-kind.ts';
import { documentOn } from '../../../src/adapters/store/memory.ts';
import { limits } from '../../../src/core/model/limits.ts';
import type { MonitorState } from '../../../src/core/model/state.ts';
import { type Fault, limitsFor } from '../../support/faulty-server.ts';
import { type GithubServer, githubServer } from '../../support/github-server.ts';
import { keptLog } from '../../support/log.ts';

const branch = 'kube-vigil-state';
const path = 'state/prod.json';
const contents = `/contents/${path}`;
let server: GithubServer;

beforeAll(async () => {
  server = await githubServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

function shelf(at = path) {
  const limits = limitsFor(...server.proxy.faults);
  const address = { apiUrl: server.proxy.url, owner: 'acme', repo: 'ops' };
  const api = github({ token: server.token, ...address, limits });
  return branchShelf({ github: api, branch, path: at, limits });
}

const memory = (run = '1.1', on = shelf()) =>
  documentOn(monitorState, on, { run, log: keptLog(), backoff: 100 });
const countOne = (state: MonitorState) => ({
  state: { ...state, cycleCount: state.cycleCount + 1 },
});

/** The shelf with one text on it, and its tag. */
async function held(text = 'one') {
  const on = shelf();
  await on.write(text, null, 'note');
  return { on, tag: (await on.read())?.tag ?? '' };
}

/** Faults of one request, from the next on. */
function fail(...faults: readonly Fault[]): void {
  server.proxy.clear();
  server.proxy.faults = faults;
}

const put: Fault = { method: 'PUT', path: contents };
const get: Fault = { method: 'GET', path: contents };

test('nothing is there; the first write makes a branch without a parent', async () => {
  const on = shelf();
  expect(await on.read()).toBeNull();
  expect(await on.write('{"über":"🔴"}', null, 'state: revision 1')).toBe('written');
  expect((await shelf().read())?.text).toBe('{"über":"🔴"}');
  const { body } = await server.ask('GET', `/commits?sha=${branch}`);
  expect(body).toMatchObject([{ parents: [], commit: { message: 'state: revision 1 [skip ci]' } }]);
  const main = await server.ask('GET', contents);
  expect(main.status).toBe(404);
});

test('a read asks past every cache', async () => {
  await shelf().read();
  const seen = server.proxy.seen[0];
  expect(seen?.headers['cache-control']).toBe('no-cache');
  expect(seen?.path).toMatch(/\?ref=kube-vigil-state&_=\w+$/);
});

test('a second file goes onto the branch that is there, with one call', async () => {
  await held();
  const other = shelf('state/other.json');
  expect(await other.read()).toBeNull();
  server.proxy.clear();
  expect(await other.write('two', null, 'note')).toBe('written');
  expect(server.proxy.seen).toHaveLength(1);
});

test('a stale tag, no tag where one is due: conflicts', async () => {
  const { on, tag } = await held();
  expect(await on.write('two', tag, 'note')).toBe('written');
  expect(await shelf().write('three', tag, 'note')).toBe('conflict');
  expect(await shelf().write('three', null, 'note')).toBe('conflict');
  expect((await shelf().read())?.text).toBe('two');
});

test('two first writes at once: one branch, one conflict', async () => {
  const answers = await Promise.all([
    shelf().write('one', null, 'note'),
    shelf().write('two', null, 'note'),
  ]);
  expect(answers.toSorted()).toEqual(['conflict', 'written']);
});

test('twelve updates at once lose nothing', async () => {
  const runs = Array.from({ length: 12 }, (_, run) => memory(`${run}.1`).update(countOne));
  await Promise.all(runs);
  expect((await memory().load()).state.cycleCount).toBe(12);
});

test.each<[string, Fault]>([
  ['502', { status: 502, body: '<html>' }],
  ['no answer', { hang: true }],
  ['a reset', { reset: true }],
  ['half an answer, then nothing', { half: 'stall' }],
  ['half an answer, then a reset', { half: 'cut' }],
  ['a page with 200', { status: 200, body: '<html>' }],
])('a write that landed and is answered with %s counts once', async (_name, fault) => {
  const { tag } = await held();
  fail({ ...put, ...fault, afterForward: true });
  expect(await shelf().write('two', tag, 'note')).toBe('written');
  expect(server.proxy.count('PUT', contents)).toBe(1);
  expect((await shelf().read())?.text).toBe('two');
});

test('a first write that landed and is answered with 502 counts once', async () => {
  fail({ method: 'POST', path: '/git/refs', status: 502, body: {}, afterForward: true });
  expect(await shelf().write('one', null, 'note')).toBe('written');
  expect(server.proxy.count('POST', '/git/refs')).toBe(1);
});

test('two clusters that make the branch at once both keep their memory', async () => {
  const clusters = ['state/a.json', 'state/b.json', 'state/c.json'];
  await Promise.all(clusters.map((at) => memory('1.1', shelf(at)).update(countOne)));
  for (const at of clusters)
    expect((await memory('2.1', shelf(at)).load()).state.cycleCount).toBe(1);
});

test('a cycle is counted once though its save is answered with 502', async () => {
  await memory().update(countOne);
  fail({ ...put, status: 502, body: {}, afterForward: true, nth: 1 });
  expect((await memory().update(countOne)).state.cycleCount).toBe(2);
  expect((await memory().load()).state.cycleCount).toBe(2);
});

test('a write that did not land is tried again', async () => {
  const { on, tag } = await held();
  fail({ ...put, status: 502, body: {}, nth: 1 });
  expect(await on.write('two', tag, 'note')).toBe('written');
  expect(server.proxy.count('PUT', contents)).toBe(2);
});

test('a write that never lands is not reachable', async () => {
  const { on, tag } = await held();
  fail({ ...put, status: 502, body: {} });
  await expect(on.write('two', tag, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: `Could not write ${path} on branch ${branch} of acme/ops: GitHub answered 502`,
  });
  expect(server.proxy.count('PUT', contents)).toBe(3);
});

test('a write that hangs until the time is used up is a write that failed, not a read', async () => {
  const { tag } = await held();
  fail({ ...put, hang: true });
  await expect(shelf().write('two', tag, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: expect.stringMatching(/^Could not write .*: GitHub gave no answer \(/),
  });
});

test.each<[string, Fault, string]>([
  ['401', { status: 401, body: { message: 'Bad credentials' } }, 'github-token'],
  [
    '403',
    { status: 403, body: { message: 'Resource not accessible by integration' } },
    'permissions: contents: write',
  ],
  ['an archive', { status: 403, body: { message: 'Repository was archived' } }, 'unarchive'],
  ['422', { status: 422, body: { message: 'path is malformed' } }, ''],
])('a write refused with %s is told at once, with its hint', async (_name, fault, hint) => {
  const { on, tag } = await held();
  fail({ ...put, ...fault });
  await expect(on.write('two', tag, 'note')).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    hint: expect.stringContaining(hint),
  });
  expect(server.proxy.count('PUT', contents)).toBe(1);
});

test.each<[string, number, string]>([
  ['a ruleset', 409, 'Repository rule violations found\n\nCannot update this protected ref.'],
  ['a ruleset, short', 422, 'GH013: no'],
  ['required reviews', 409, 'Could not update file: At least 1 approving review is required'],
  ['pull requests', 409, 'Could not update file: Changes must be made through a pull request.'],
  ['status checks', 409, 'Could not update file: Required status check "build" is expected.'],
  ['restricted creation', 422, 'Cannot create ref due to creations being restricted.'],
  ['required signatures', 409, 'Commits must have verified signatures.'],
  [
    'restricted pushes',
    409,
    "Could not update file: You're not authorized to push to this branch.",
  ],
  ['a lock', 409, 'Could not create file: Cannot change this locked branch'],
  ['a merge queue', 409, 'Could not update file: Changes must be made through the merge queue'],
  ['protection', 403, 'Protected branch update failed for refs/heads/kube-vigil-state.'],
])(
  'a branch under %s is one clear error: which branch, what to change',
  async (_name, status, message) => {
    const { on, tag } = await held();
    fail({ ...put, status, body: { message } });
    await expect(on.write('two', tag, 'note')).rejects.toMatchObject({
      code: 'STATE_UNREACHABLE',
      message: `Could not write ${path} on branch ${branch} of acme/ops: GitHub answered ${status} ${message.replace(/\s+/g, ' ')}`,
      hint: `A ruleset or protection covers the branch ${branch}: under Settings, Rules and Branches, leave that branch out or let this workflow bypass it; or set state-store: cache`,
    });
    expect(server.proxy.count('PUT', contents)).toBe(1);
  },
);

test('a branch that may not be made is the same error', async () => {
  const message = 'Repository rule violations found Cannot create ref due to creations being';
  fail({ method: 'POST', path: '/git/refs', status: 422, body: { message } });
  await expect(shelf().write('one', null, 'note')).rejects.toMatchObject({
    hint: expect.stringContaining(`leave that branch out`),
  });
});

test.each<[string, Fault, 'written' | 'conflict']>([
  [
    'that name both commits',
    { body: { message: `is at ${'a'.repeat(40)} but expected b` } },
    'conflict',
  ],
  [
    'that name both commits, for another file was written, then done',
    { body: { message: `is at ${'a'.repeat(40)} but expected b` }, nth: [1, 2] },
    'written',
  ],
  ['that we do not know, then done', { body: { message: 'Busy' }, nth: 1 }, 'written'],
  [
    'that we do not know, and it landed',
    { body: { message: 'Busy' }, afterForward: true },
    'written',
  ],
])('409 with words %s', async (_name, fault, answer) => {
  const { on, tag } = await held();
  fail({ ...put, status: 409, ...fault });
  expect(await on.write('two', tag, 'note')).toBe(answer);
});

test('409 that is no conflict, for ever, is not reachable', async () => {
  const { on, tag } = await held();
  fail({ ...put, status: 409, body: { message: 'Busy' } });
  await expect(on.write('two', tag, 'note')).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
});

test('another run writes while a 409 is looked up: a conflict', async () => {
  const { on, tag } = await held();
  await shelf().write('theirs', tag, 'note');
  fail({ ...put, status: 409, body: { message: 'Busy' } });
  expect(await on.write('two', tag, 'note')).toBe('conflict');
});

test('a repository without a commit is told so', async () => {
  fail({
    method: 'POST',
    path: '/git/blobs',
    status: 409,
    body: { message: 'Git Repository is empty.' },
  });
  await expect(shelf().write('one', null, 'note')).rejects.toMatchObject({
    hint: 'Push a first commit to the repository',
  });
  expect(server.proxy.count('POST', '/git/blobs')).toBe(1);
});

test.each<[string, Fault]>([
  ['403', { status: 403, body: { message: 'Forbidden' } }],
  ['500 for ever', { status: 500, body: {} }],
  ['no answer', { hang: true }],
  ['a reset', { reset: true }],
  ['half an answer', { half: 'stall' }],
  ['a page with 200', { status: 200, body: '<html>' }],
  ['a folder', { status: 200, body: [] }],
  ['429 that is too long', { status: 429, headers: { 'retry-after': '60' }, body: {} }],
])('a read answered with %s is not reachable, and no first run', async (_name, fault) => {
  await held();
  fail({ ...get, ...fault });
  const says = fault.status === undefined ? 'gave no answer (' : `answered ${fault.status}`;
  await expect(shelf().read()).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: expect.stringContaining(`: GitHub ${says}`),
  });
});

test('trouble that passes is not noticed', async () => {
  await held();
  fail({ ...get, status: 502, body: {}, nth: [1, 2] });
  expect((await shelf().read())?.text).toBe('one');
  fail({ ...get, status: 429, headers: { 'retry-after': '0' }, body: {}, nth: 1 });
  expect((await shelf().read())?.text).toBe('one');
});

test.each<[string, readonly Fault[]]>([
  ['the repository', [{ status: 404, body: { message: 'Not Found' } }]],
  ['the branch', [{ path: '/git/ref/', status: 500, body: {} }]],
  [
    'what is behind it',
    [
      { path: '/git/ref/', status: 404 },
      { path: /ops$/, status: 502 },
    ],
  ],
])(
  '404 for a token that may not see %s is not reachable, and no first run',
  async (_name, faults) => {
    fail(...faults);
    await expect(shelf().read()).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
  },
);

test('a read that lags behind a write of the same run is seen through', async () => {
  const { on, tag } = await held();
  const old = (await server.ask('GET', `${contents}?ref=${branch}`)).body;
  await on.write('two', tag, 'note');
  fail({ ...get, status: 200, body: old });
  expect((await on.read())?.text).toBe('two');
  expect((await shelf().read())?.text).toBe('one');
});

test('a file of more than 1 MB comes as a blob', async () => {
  const { tag } = await held();
  fail({ ...get, status: 200, body: { sha: tag, content: '', size: 2_000_000 } });
  expect(await shelf().read()).toEqual({ text: 'one', tag });
});

test('a signal ends a call', async () => {
  await held();
  const on = shelf();
  fail({ ...get, hang: true });
  await expect(on.read(AbortSignal.timeout(20))).rejects.toMatchObject({
    code: 'STATE_UNREACHABLE',
    message: expect.stringContaining('the time for GitHub was used up'),
  });
  expect(server.proxy.count('GET', contents)).toBe(1);
});

test('corrupt: put aside on the branch, once, and gone on from', async () => {
  await held('not JSON');
  const { state } = await memory().update(countOne);
  expect(state.cycleCount).toBe(1);
  const { body } = await server.ask('GET', `/contents/${path}.corrupt-unknown?ref=${branch}`);
  expect(body).toMatchObject({ content: expect.stringContaining(btoa('not JSON')) });
  expect(await shelf().putAside('not JSON', 'unknown')).toBe(`${path}.corrupt-unknown`);
  expect(await shelf().putAside('other', 'unknown')).toBe(`${path}.corrupt-unknown-2`);
});

test.each([true, false])(
  'a copy that is answered with 502 is made once (it landed: %s)',
  async (afterForward) => {
    await held('not JSON');
    fail({ method: 'PUT', path: 'corrupt', nth: 1, status: 502, body: {}, afterForward });
    expect(await shelf().putAside('not JSON', '7')).toBe(`${path}.corrupt-7`);
    const { body } = await server.ask('GET', `/contents/state?ref=${branch}`);
    expect(body).toMatchObject([{ path }, { path: `${path}.corrupt-7` }]);
  },
);

/** Three whole revisions, then what somebody else wrote. */
async function spoilt(text: string) {
  for (let run = 1; run <= 3; run++) await memory(`${run}.1`).update(countOne);
  const on = shelf();
  await on.write(text, (await on.read())?.tag ?? null, 'edited by hand');
}

test('corrupt: the newest whole revision is gone on from', async () => {
  await spoilt('not JSON');
  const loaded = await memory().load();
  expect(loaded).toMatchObject({ first: false, trouble: null, state: { cycleCount: 3 } });
  expect(loaded.mended).toBe(
    'The memory is corrupt (it is not JSON): revision 3 is used, and what was saved after it is lost: an alert may be told again',
  );
  expect((await memory().update(countOne)).state.cycleCount).toBe(4);
  expect((await memory().load()).mended).toBeNull();
  const aside = await server.ask('GET', `/contents/${path}.corrupt-unknown?ref=${branch}`);
  expect(aside.status).toBe(200);
});

test('corrupt several times over: the ones between are passed', async () => {
  await spoilt('one');
  const on = shelf();
  await on.write('two', (await on.read())?.tag ?? null, 'note');
  expect((await memory().load()).state.cycleCount).toBe(3);
});

test.each<[string, Fault]>([
  ['the list of revisions', { path: '/commits?' }],
  ['an earlier revision', { path: /prod\.json\?ref=[0-9a-f]{40}/ }],
])(
  'corrupt, and %s cannot be read: not reachable, and nothing is written',
  async (_name, fault) => {
    await spoilt('not JSON');
    fail({ ...fault, status: 500, body: {} });
    const on = memory();
    expect((await on.load()).trouble).toMatchObject({ code: 'STATE_UNREACHABLE' });
    await expect(on.update(countOne)).rejects.toMatchObject({ code: 'STATE_UNREACHABLE' });
    expect((await shelf().read())?.text).toBe('not JSON');
  },
);

test('a file that was not there at a commit is passed over', async () => {
  await held();
  const { body } = await server.ask('GET', '/commits');
  const first = (body as { sha: string }[])[0]?.sha ?? '';
  expect(await shelf().history?.read(first)).toBeNull();
});

test('an update that changes nothing is no commit', async () => {
  await memory().update(countOne);
  server.proxy.clear();
  const { state } = await memory().update((now) => ({ state: { ...now } }));
  expect(state.cycleCount).toBe(1);
  expect(server.proxy.seen.every(({ method }) => method === 'GET')).toBe(true);
});

const commits = async () =>
  (await server.ask('GET', `/commits?sha=${branch}`)).body as readonly {
    readonly parents: unknown[];
  }[];

test('compacted: one commit without a parent, with every file as it was, and its tag', async () => {
  const { on, tag } = await held();
  await shelf('state/other.json').write('other', null, 'note');
  expect(await commits()).toHaveLength(2);
  await on.compact?.();
  expect(await commits()).toMatchObject([{ parents: [] }]);
  expect(await shelf().read()).toEqual({ text: 'one', tag });
  expect((await shelf('state/other.json').read())?.text).toBe('other');
  expect(await on.write('two', tag, 'note')).toBe('written');
  expect(await commits()).toHaveLength(2);
});

test('what is compact is left alone', async () => {
  const { on } = await held();
  fail();
  await on.compact?.();
  expect(server.proxy.seen.every(({ method }) => method === 'GET')).toBe(true);
});

test('a branch that holds other files too, such as main, keeps its history', async () => {
  await server.ask('PUT', '/contents/src/app.ts', { message: 'app', content: btoa('1') });
  const before = (await server.ask('GET', '/commits?sha=main')).body as unknown[];
  const address = { apiUrl: server.proxy.url, owner: 'acme', repo: 'ops' };
  const api = github({ token: server.token, ...address, limits });
  const on = branchShelf({ github: api, branch: 'main', path, limits });
  expect(await on.write('one', null, 'note')).toBe('written');
  await expect(on.compact?.()).rejects.toMatchObject({
    message:
      'Could not compact branch main: GitHub answered 200 that it holds more than state/, so its history stays',
  });
  const { body } = await server.ask('GET', '/commits?sha=main');
  expect(body).toHaveLength(before.length + 1);
});

test('a write while it is compacted is not lost: the branch stays, and is compacted from there', async () => {
  const { on, tag } = await held();
  await shelf('state/other.json').write('other', null, 'note');
  fail({ path: '/graphql', delayMs: 200, nth: 1 });
  const compacted = on.compact?.();
  while (server.proxy.count('POST', '/graphql') === 0) await new Promise(setImmediate);
  expect(await shelf().write('two', tag, 'note')).toBe('written');
  await compacted;
  expect(server.proxy.count('POST', '/graphql')).toBe(2);
  expect((await shelf().read())?.text).toBe('two');
  expect(await commits()).toHaveLength(1);
});

test('twelve updates at once and compactions between them lose nothing', async () => {
  await memory().update(countOne);
  const runs = Array.from({ length: 12 }, async (_, run) => {
    const often = { run: `${run}.1`, log: keptLog(), backoff: 100, compactEvery: 3 };
    await documentOn(monitorState, shelf(), often).update(countOne);
  });
  await Promise.all(runs);
  expect((await memory().load()).state.cycleCount).toBe(13);
  expect(server.proxy.count('POST', '/graphql')).toBeGreaterThan(0);
  expect((await commits()).length).toBeLessThan(13);
}, 30_000);

test.each<[string, Fault]>([
  ['GraphQL refuses', { path: '/graphql', status: 200, body: { errors: [{ message: 'no' }] } }],
  ['GraphQL is a page', { path: '/graphql', status: 200, body: '<html>' }],
  ['the token may not', { path: '/graphql', status: 403, body: {} }],
  ['the ref cannot be read', { path: '/git/ref/', status: 500, body: {} }],
  ['the commit cannot be read', { path: '/git/commits/', status: 500, body: {} }],
  ['the files cannot be listed', { path: '/git/trees/', status: 500, body: {} }],
  ['no commit can be made', { method: 'POST', path: /git.commits$/, status: 422, body: {} }],
  ['the repository cannot be read', { path: /ops$/, status: 200, body: '<html>' }],
  ['nothing answers', { path: '/graphql', hang: true }],
])(
  '%s: not compacted, said, and what was saved is saved',
  async (_name, fault) => {
    await memory().update(countOne);
    fail(fault);
    const log = keptLog();
    await documentOn(monitorState, shelf(), { run: '1.1', log, compactEvery: 2 }).update(countOne);
    expect((await memory().load()).state.cycleCount).toBe(2);
    expect(log.lines).toEqual([
      expect.stringContaining(
        `The memory's history could not be cut: Could not compact branch ${branch}: GitHub `,
      ),
    ]);
    expect(await commits()).toHaveLength(2);
  },
  30_000,
);

test('the history is cut at every so many revisions, and at no other', async () => {
  const often = (run: number) =>
    documentOn(monitorState, shelf(), { run: `${run}.1`, log: keptLog(), compactEvery: 3 }).update(
      countOne,
    );
  const lengths: number[] = [];
  for (let run = 1; run <= 7; run++) {
    await often(run);
    lengths.push((await commits()).length);
  }
  expect(lengths).toEqual([1, 2, 1, 2, 3, 1, 2]);
});

test.each([
  ['', '/graphql'],
  ['/api/v3', '/api/graphql'],
  ['/api/v3/', '/api/graphql'],
])('GraphQL of an API at %j is at %s', async (base, at) => {
  const apiUrl = `${server.proxy.url}${base}`;
  const api = github({ token: server.token, apiUrl, owner: 'acme', repo: 'ops', limits });
  fail({ status: 200, body: { data: {} } });
  expect(await api.graphql('query { viewer }', {})).toMatchObject({ status: 200, message: '' });
  expect(server.proxy.seen.map(({ path: asked }) => asked)).toEqual([at]);
});
