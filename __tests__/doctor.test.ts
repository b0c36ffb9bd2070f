/** `kube-vigil doctor` as a person runs it. */
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { type ApiServer, startApiServer } from '../src/adapters/demo/api-server.ts';
import { doctorText } from '../src/core/render/doctor.ts';
import { type FaultyServer, faultyServer } from './support/faulty-server.ts';
import { runNode } from './support/runner.ts';

jest.setTimeout(60_000);

const program = path.resolve(import.meta.dirname, '../src/cli.ts');
const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-doctor-'));
const kubeconfig = path.join(folder, 'kubeconfig');
let cluster: ApiServer;
let api: FaultyServer;
let slack: FaultyServer;
beforeAll(async () => {
  cluster = await startApiServer({ objects: {} });
  api = await faultyServer(cluster.url);
  slack = await faultyServer(null);
  writeFileSync(kubeconfig, cluster.kubeconfig.replaceAll(cluster.url, api.url));
});
beforeEach(() => {
  for (const server of [api, slack]) server.clear();
});
afterAll(() => Promise.all([cluster.close(), api.close(), slack.close()]));

const doctor = (args: readonly string[], env: { readonly [name: string]: string } = {}) =>
  runNode([program, 'doctor', ...args], { env, cwd: folder });

test('all that a cycle needs: exit 0, one line each, and nothing is written', async () => {
  const state = path.join(folder, 'state.json');
  const { code, stdout, stderr } = await doctor([
    ...['--kubeconfig', kubeconfig, '--state-file', state],
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'unused   catalog: no --catalog is given: defaults hold',
      expect.stringMatching(/^ok {7}API server: answers at 127\.0\.0\.1:\d+/),
      'ok       list pods: allowed',
      'unknown  read logs: there is no pod to read one of',
      'unused   Slack: SLACK_BOT_TOKEN and SLACK_CHANNEL are not set: nothing would be sent',
      'unused   Claude: ANTHROPIC_API_KEY is not set: rules alone decide',
      'ok       state file: not there yet: the first cycle makes it',
      'unused   GitHub: GITHUB_TOKEN and GITHUB_REPOSITORY are not set: only the action needs it',
    ]),
  );
  expect(lines.at(-1)).toBe('A cycle has everything that it needs.');
  expect(existsSync(state)).toBe(false);
  expect(readdirSync(folder)).toEqual(['kubeconfig']);
});

test('something is missing: exit 1, and how to mend it', async () => {
  api.faults = [{ path: '/persistentvolumes?', status: 403, body: { message: 'forbidden' } }];
  slack.faults = [{ status: 200, body: { ok: false, error: 'invalid_auth' } }];
  const { code, stdout } = await doctor(['--kubeconfig', kubeconfig], {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_CHANNEL: 'C0123',
    SLACK_API_URL: `${slack.url}/api/`,
  });
  expect(code).toBe(1);
  expect(stdout).toContain(
    'MISSING  list persistentvolumes: 403: forbidden ▶ the role must allow get and list on persistentvolumes of apiGroup "": kubectl apply -f deploy/rbac.yaml\n',
  );
  expect(stdout).toContain('MISSING  Slack token: Slack refused the bot token (invalid_auth)');
  expect(stdout).toContain('\nA cycle lacks 2 things that it needs.');
});

test('as JSON', async () => {
  const { code, stdout } = await doctor(['--kubeconfig', kubeconfig, '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).probes).toContainEqual({
    what: 'list pods',
    state: 'ok',
    said: 'allowed',
    mend: '',
  });
});

test.each<[string, readonly string[], { readonly [name: string]: string }]>([
  ['no cluster', [], {}],
  ['half a Slack', ['--kubeconfig', kubeconfig], { SLACK_BOT_TOKEN: 'xoxb-1' }],
  ['no such kubeconfig', ['--kubeconfig', path.join(folder, 'none')], {}],
  ['no such catalog', ['--kubeconfig', kubeconfig, '--catalog', path.join(folder, 'none')], {}],
])('%s: exit 2, and one line', async (_name, args, env) => {
  const { code, stdout, stderr } = await doctor(args, env);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^kube-vigil: [^\n]+\n$/);
});

test('what a server says adds no line and is no command for a runner', () => {
  const hostile = '::error::x\n##[group]y\u001b[2J\u202e';
  const text = doctorText([
    { what: hostile, state: 'missing', said: hostile, mend: hostile },
    { what: hostile, state: 'ok', said: hostile, mend: '' },
  ]);
  const lines = text.split('\n');
  expect(lines).toHaveLength(4);
  for (const part of ['##[', '\u001b', '\u202e']) expect(text).not.toContain(part);
  for (const line of lines) expect(line).not.toMatch(/^\s*::/);
});
