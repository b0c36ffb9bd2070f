import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inspectGithub } from '../../../src/adapters/github/inspect.ts';
import { github } from '../../../src/adapters/github/octokit.ts';
import { limits } from '../../../src/core/model/limits.ts';
import { type Fault, type FaultyServer, faultyServer } from '../../support/faulty-server.ts';

let server: FaultyServer;
beforeAll(async () => {
  server = await faultyServer(null);
});
beforeEach(() => server.clear());
afterAll(() => server.close());

const json = (path: string | RegExp, status: number, body: unknown): Fault => ({
  path,
  status,
  body,
});
const own = { private: true, archived: false, has_issues: true, permissions: { push: true } };
const repository = (more: object = {}) => json(/^\/repos\/acme\/ops$/, 200, { ...own, ...more });
const branch = (body: unknown, status = 200) =>
  json(/\/ops\/branches\/kube-vigil-state/, status, body);
const rules = (body: unknown, status = 200) => json('/rules/branches/', status, body);
const issues = (status: number, body: unknown = []) => json('/issues?', status, body);
const caches = (status: number) => json('/actions/caches', status, { actions_caches: [] });
const workflows = (status: number, ...states: readonly string[]) =>
  json('/actions/workflows', status, {
    workflows: states.map((state, at) => ({ path: `.github/workflows/${at}.yml`, state })),
  });
const fine = [
  branch({ protected: false }),
  rules([]),
  issues(200),
  caches(200),
  workflows(200, 'active'),
];

function inspect(faults: readonly Fault[]) {
  server.faults = faults;
  const address = { apiUrl: server.url, owner: 'acme', repo: 'ops', token: 'ghs_1', limits };
  return inspectGithub(github(address), 'kube-vigil-state', AbortSignal.timeout(5000));
}

test('all is there, by GET alone', async () => {
  const probes = await inspect([repository(), ...fine]);
  expect(probes.map(({ state }) => state)).toEqual([
    ...['ok', 'ok', 'unknown', 'ok', 'ok', 'unknown'],
  ]);
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(['GET']));
});

const state = 'state branch kube-vigil-state';
const name = 'repository acme/ops';
test.each<[string, readonly Fault[], string, string, RegExp]>([
  [
    'a wrong token',
    [json('', 401, { message: 'Bad credentials' })],
    name,
    'missing',
    /401 Bad credentials.*github-token/,
  ],
  [
    'not visible',
    [json('', 404, { message: 'Not Found' })],
    name,
    'missing',
    /404.*contents: write/,
  ],
  ['archived', [repository({ archived: true })], name, 'missing', /archived/],
  ['public', [repository({ private: false })], name, 'limited', /allow-public-repository/],
  ['no branch yet', [repository(), branch({}, 404)], state, 'ok', /the first cycle makes it/],
  [
    'a protected branch',
    [repository(), branch({ protected: true })],
    state,
    'missing',
    /it is protected.*exempt/,
  ],
  [
    'a ruleset over a branch that is not there yet',
    [repository(), branch({}, 404), rules([{ type: 'creation' }])],
    state,
    'missing',
    /a ruleset covers it \(creation\)/,
  ],
  [
    'a ruleset against deletion alone',
    [repository(), rules([{ type: 'deletion' }])],
    state,
    'ok',
    /not protected/,
  ],
  ['rules that may not be read', [repository(), rules({}, 403)], state, 'ok', /not protected/],
  [
    'a token that may read only',
    [repository({ permissions: { push: false } })],
    state,
    'missing',
    /contents: write/,
  ],
  [
    'a token that tells nothing',
    [repository({ permissions: undefined })],
    state,
    'unknown',
    /first cycle/,
  ],
  [
    'GitHub in trouble',
    [repository(), branch({ message: 'oops' }, 500)],
    state,
    'missing',
    /answered 500 oops run doctor again/,
  ],
  [
    'issues are switched off',
    [repository({ has_issues: false })],
    'issues',
    'limited',
    /switched off/,
  ],
  [
    'issues may not be read',
    [repository(), issues(403, { message: 'Resource not accessible by integration' })],
    'issues',
    'missing',
    /issues: write/,
  ],
  [
    'caches may not be read',
    [repository(), caches(403)],
    'cache (for state-store cache)',
    'limited',
    /actions: read/,
  ],
  [
    'opening an issue is not tried',
    [repository()],
    'issues',
    'unknown',
    /not tried further.*issues: write/,
  ],
  ['no answer', [{ reset: true }], name, 'missing', /no answer.*firewall/],
  [
    'a schedule that is switched off',
    [repository(), workflows(200, 'active', 'disabled_inactivity')],
    'schedule',
    'limited',
    /^switched off: \.github\/workflows\/1\.yml \(disabled_inactivity\) .*gh workflow enable/,
  ],
  [
    'workflows may not be read',
    [repository(), workflows(403)],
    'schedule',
    'unknown',
    /403.*actions: read/,
  ],
])('%s', async (_name, faults, what, expected, said) => {
  const probes = await inspect([...faults, ...fine]);
  const probe = probes.find((each) => each.what === what);
  expect(probe?.state).toBe(expected);
  expect(`${probe?.said} ${probe?.mend}`).toMatch(said);
  for (const each of probes) expect(each.mend === '').toBe(each.state === 'ok');
});
