import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { issueTracker } from '../../../src/adapters/github/issue.ts';
import { github } from '../../../src/adapters/github/octokit.ts';
import type { HealthIssue } from '../../../src/core/model/health-issue.ts';
import { type Fault, limitsFor } from '../../support/faulty-server.ts';
import { type GithubServer, githubServer } from '../../support/github-server.ts';
import { keptLog } from '../../support/log.ts';

const marker = '<!-- kube-vigil:health cluster=prod -->';
let server: GithubServer;
let log = keptLog();

beforeAll(async () => {
  server = await githubServer();
});
beforeEach(() => {
  server.reset();
  log = keptLog();
});
afterAll(() => server.close());

function tracker() {
  const limits = limitsFor(...server.proxy.faults);
  const address = { apiUrl: server.proxy.url, owner: 'acme', repo: 'ops' };
  return issueTracker({ github: github({ token: server.token, ...address, limits }), limits, log });
}

const ill = (more: Partial<HealthIssue> = {}): HealthIssue => ({
  cluster: 'prod',
  title: 'Kube Vigil cannot watch prod',
  body: 'Three cycles failed.',
  closing: 'It works again.',
  worse: { than: [], comment: 'It got worse.' },
  again: null,
  ...more,
});
const well = ill({ body: null });

const issueShape = z.array(
  z.looseObject({ number: z.number(), state: z.string(), body: z.string().nullable() }),
);

/** All issues, as the server has them. */
async function issues() {
  return issueShape.parse((await server.ask('GET', '/issues?state=all')).body);
}

const commentShape = z.array(z.looseObject({ body: z.string() }));

async function comments(number: number) {
  return commentShape.parse((await server.ask('GET', `/issues/${number}/comments`)).body);
}

function fail(...faults: readonly Fault[]): void {
  server.proxy.clear();
  server.proxy.faults = faults;
}

/** The open issue. */
async function opened() {
  const open = await tracker().settle(ill(), null);
  server.proxy.clear();
  if (open === null) throw new Error('It was not opened');
  return open;
}

test('it is opened once, with label and marker, and stays the same', async () => {
  const open = await tracker().settle(ill(), null);
  expect(open).toEqual({ number: 1, url: expect.stringContaining('/acme/ops/issues/1') });
  expect(await issues()).toMatchObject([
    { state: 'open', body: `Three cycles failed.\n\n${marker}`, labels: [{ name: 'kube-vigil' }] },
  ]);
  expect(await tracker().settle(ill(), null)).toEqual(open);
  expect(await tracker().settle(ill(), open)).toEqual(open);
  expect(await issues()).toHaveLength(1);
});

test('in the steady state it costs one call', async () => {
  const open = await opened();
  await tracker().settle(ill(), open);
  expect(server.proxy.seen.map((seen) => `${seen.method} ${seen.path}`)).toEqual([
    'GET /repos/acme/ops/issues/1',
  ]);
});

test('one PATCH only when the body changed, and no comment while it is open', async () => {
  const open = await opened();
  for (const body of ['Four cycles failed.', 'Four cycles failed.', 'Five cycles failed.'])
    expect(await tracker().settle(ill({ body }), open)).toEqual(open);
  expect(server.proxy.count('PATCH', '/issues/1')).toBe(2);
  expect(await issues()).toMatchObject([{ body: `Five cycles failed.\n\n${marker}` }]);
  expect(await comments(1)).toEqual([]);
});

test('it is closed once, as completed, with one comment', async () => {
  const open = await opened();
  expect(await tracker().settle(well, open)).toBeNull();
  expect(await tracker().settle(well, open)).toBeNull();
  expect(await tracker().settle(well, null)).toBeNull();
  expect(await issues()).toMatchObject([{ state: 'closed', state_reason: 'completed' }]);
  expect(await comments(1)).toMatchObject([{ body: 'It works again.' }]);
});

test('one that is found by its marker is closed too', async () => {
  await opened();
  expect(await tracker().settle(well, null)).toBeNull();
  expect(await issues()).toMatchObject([{ state: 'closed' }]);
});

test.each<[string, Fault]>([
  ['502', { status: 502, body: '<html>' }],
  ['no answer', { hang: true }],
  ['a reset', { reset: true }],
  ['half an answer', { half: 'cut' }],
  ['a page with 200', { status: 200, body: '<html>' }],
])('opened once though the answer is %s', async (_name, fault) => {
  fail({ method: 'POST', path: '/issues', ...fault, afterForward: true });
  expect(await tracker().settle(ill(), null)).toMatchObject({ number: 1 });
  expect(server.proxy.count('POST', '/issues')).toBe(1);
  expect(await issues()).toHaveLength(1);
});

test('the list that is late with a new issue is asked again', async () => {
  const list = { method: 'GET', path: '/issues?', status: 200, body: [], nth: [1, 2] };
  fail({ method: 'POST', path: '/issues', status: 502, body: {}, afterForward: true }, list);
  expect(await tracker().settle(ill(), null)).toMatchObject({ number: 1 });
});

test('one that was not opened is told, and the POST is not repeated', async () => {
  fail({ method: 'POST', path: '/issues', status: 502, body: {} });
  await expect(tracker().settle(ill(), null)).rejects.toMatchObject({ code: 'GITHUB_REFUSED' });
  expect(server.proxy.count('POST', '/issues')).toBe(1);
});

test('an issue of another cluster, a pull request and a plain issue with our label are not ours', async () => {
  const others = ['<!-- kube-vigil:health cluster=prod-eu -->', 'no marker'];
  for (const body of others)
    await server.ask('POST', '/issues', { title: 't', body, labels: ['kube-vigil'] });
  const own = await opened();
  expect(own.number).toBe(3);
  const [first] = issueShape.parse((await server.ask('GET', '/issues?state=open')).body);
  const pull = { ...first, number: 7, body: marker, pull_request: {} };
  fail({ method: 'GET', path: '/issues?', status: 200, body: [pull], nth: 1 });
  expect((await tracker().settle(ill(), null))?.number).not.toBe(7);
});

test('an error text with the marker of another cluster does not make the issue its own', async () => {
  const parts = ['<!-- kube-vigil:', 'health cluster=staging -->'] as const;
  for (const text of [parts.join(''), parts.join(`${parts[0]}${marker}`), parts.join(marker)])
    await tracker().settle(ill({ body: `No answer: ${text}` }), null);
  const staging = ill({ cluster: 'staging' });
  expect(await tracker().settle(staging, null)).toMatchObject({ number: 2 });
  expect(await tracker().settle({ ...staging, body: null }, null)).toBeNull();
  expect(await issues()).toMatchObject([
    { number: 2, state: 'closed' },
    { number: 1, state: 'open' },
  ]);
});

test('of several with our marker the oldest is kept', async () => {
  for (const title of ['a', 'b'])
    await server.ask('POST', '/issues', { title, body: marker, labels: ['kube-vigil'] });
  expect(await tracker().settle(ill(), null)).toMatchObject({ number: 1 });
  expect(await issues()).toMatchObject([
    { number: 2, state: 'closed', state_reason: 'not_planned' },
    { number: 1, state: 'open' },
  ]);
  expect(await comments(2)).toMatchObject([{ body: 'The same as #1.' }]);
});

test.each([
  ['the known one', { number: 2, url: 'x' }, { 1: 'The same as #2.', 2: 'It works again.' }],
  ['no known one', null, { 1: 'It works again.', 2: 'The same as #1.' }],
])('at the end all with our marker are closed: %s', async (_name, known, said) => {
  for (const title of ['a', 'b'])
    await server.ask('POST', '/issues', { title, body: marker, labels: ['kube-vigil'] });
  expect(await tracker().settle(well, known)).toBeNull();
  expect((await issues()).map(({ state }) => state)).toEqual(['closed', 'closed']);
  for (const number of [1, 2] as const)
    expect(await comments(number)).toMatchObject([{ body: said[number] }]);
});

test('one comment where it got worse, and none where it got better', async () => {
  const open = await opened();
  const worse = ill({
    title: 'Kube Vigil cannot watch prod, nor deliver',
    worse: { than: ['Kube Vigil cannot watch prod'], comment: 'It got worse.' },
  });
  for (const each of [worse, worse, ill(), ill()]) await tracker().settle(each, open);
  expect(await comments(1)).toMatchObject([{ body: 'It got worse.' }]);
  expect(await issues()).toMatchObject([{ title: 'Kube Vigil cannot watch prod' }]);
});

test('one of an outbreak shortly before is opened again, with one comment', async () => {
  const open = await opened();
  await tracker().settle(well, open);
  const again = ill({ body: 'Again.', again: { number: 1, comment: 'It happened again.' } });
  expect(await tracker().settle(again, null)).toEqual(open);
  expect(await tracker().settle(again, open)).toEqual(open);
  expect(await issues()).toMatchObject([{ state: 'open', body: `Again.\n\n${marker}` }]);
  expect(await comments(1)).toMatchObject([
    { body: 'It works again.' },
    { body: 'It happened again.' },
  ]);
});

test.each([404, 410, 301])(
  'one of before that is gone (%d) is followed by another',
  async (status) => {
    fail({ method: 'GET', path: '/issues/99', status, body: { message: 'gone' } });
    const again = ill({ again: { number: 99, comment: 'It happened again.' } });
    expect(await tracker().settle(again, null)).toMatchObject({ number: 1 });
    expect(await comments(1)).toEqual([]);
  },
);

test('one that a person closed while health is bad stays closed, and is still the known one', async () => {
  const open = await opened();
  await server.ask('PATCH', '/issues/1', { state: 'closed' });
  expect(await tracker().settle(ill({ body: 'More failed.' }), open)).toEqual(open);
  expect(await issues()).toMatchObject([{ state: 'closed' }]);
  expect(await tracker().settle(well, open)).toBeNull();
  expect(await comments(1)).toEqual([]);
});

test('one that a person closed is opened again once where it got worse', async () => {
  const open = await opened();
  const worse = ill({
    title: 'Kube Vigil cannot watch prod, nor deliver',
    worse: { than: ['Kube Vigil cannot watch prod'], comment: 'It got worse.' },
  });
  for (let times = 0; times < 2; times++) {
    await server.ask('PATCH', '/issues/1', { state: 'closed' });
    for (const each of [ill(), worse, worse])
      expect(await tracker().settle(each, open)).toEqual(open);
    expect(await issues()).toMatchObject([
      { state: times === 0 ? 'open' : 'closed', title: worse.title },
    ]);
  }
  expect(await comments(1)).toMatchObject([{ body: 'It got worse.' }]);
});

test.each([404, 410, 301])(
  'one that is gone (%d) is looked for, and opened anew',
  async (status) => {
    const gone = { number: 99, url: 'x' };
    fail({ method: 'GET', path: '/issues/99', status, body: { message: 'gone' } });
    expect(await tracker().settle(ill(), gone)).toMatchObject({ number: 1 });
    expect(await tracker().settle(ill(), gone)).toMatchObject({ number: 1 });
    expect(await tracker().settle(well, gone)).toBeNull();
    expect(await issues()).toMatchObject([{ number: 1, state: 'closed' }]);
  },
);

test.each<[number, string, string]>([
  [403, 'Resource not accessible by integration', 'permissions: issues: write'],
  [404, 'Not Found', 'permissions: issues: write'],
  [410, 'Issues are disabled for this repo', 'Switch on issues'],
  [401, 'Bad credentials', 'github-token'],
  [403, 'Repository was archived so is read-only.', 'unarchive'],
])('%d %s: one clear sentence', async (status, message, hint) => {
  const failure = {
    code: 'GITHUB_REFUSED',
    message: expect.stringContaining(`GitHub answered ${status} ${message}`),
    hint: expect.stringContaining(hint),
  };
  fail({ path: '/issues', status, body: { message } });
  await expect(tracker().settle(ill(), null)).rejects.toMatchObject(failure);
  fail({ method: 'POST', path: '/issues', status, body: { message } });
  await expect(tracker().settle(ill(), null)).rejects.toMatchObject(failure);
  server.proxy.clear();
  const open = await opened();
  fail({ method: 'PATCH', status, body: { message } });
  await expect(tracker().settle(ill({ body: 'new' }), open)).rejects.toMatchObject(failure);
  await expect(tracker().settle(well, open)).rejects.toMatchObject(failure);
});

test('a PATCH may be repeated', async () => {
  const open = await opened();
  fail({ method: 'PATCH', status: 502, body: {}, nth: 1 });
  expect(await tracker().settle(well, open)).toBeNull();
  expect(await issues()).toMatchObject([{ state: 'closed' }]);
});

test.each<[string, Fault]>([
  ['a page', { status: 200, body: '<html>' }],
  ['no JSON', { status: 200, body: '{"number":', headers: { 'content-type': 'application/json' } }],
])('%s with 200 has closed nothing: said, and closed by the next cycle', async (_name, fault) => {
  const open = await opened();
  fail({ method: 'PATCH', path: '/issues/1', ...fault });
  await expect(tracker().settle(well, open)).rejects.toMatchObject({ code: 'GITHUB_REFUSED' });
  server.proxy.clear();
  expect(await tracker().settle(well, open)).toBeNull();
  expect(await issues()).toMatchObject([{ state: 'closed' }]);
});

test('closed without a comment is closed, and said', async () => {
  const open = await opened();
  fail({ method: 'POST', path: '/comments', status: 502, body: {} });
  expect(await tracker().settle(well, open)).toBeNull();
  expect(server.proxy.count('POST', '/comments')).toBe(1);
  expect(log.lines).toEqual([expect.stringContaining('changed without a comment')]);
});

test('a body of any length fits, and keeps its marker', async () => {
  await tracker().settle(ill({ body: '🔴'.repeat(70_000) }), null);
  const body = (await issues())[0]?.body ?? '';
  expect(body.length).toBeLessThan(65_536);
  expect(body.endsWith(marker)).toBe(true);
});

test('a server that hangs is given up', async () => {
  fail({ hang: true });
  await expect(tracker().settle(ill(), { number: 1, url: 'x' })).rejects.toMatchObject({
    code: 'GITHUB_REFUSED',
    message: expect.stringMatching(/: GitHub gave no answer \((the time for|no whole answer)/),
  });
});
