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
      'unused   catalog: no --catalog is given: defaults hold ▶ where you have one: --catalog .github/kube-vigil.yml',
      expect.stringMatching(/^ok {7}API server: answers at 127\.0\.0\.1:\d+/),
      'ok       list pods: allowed',
      expect.stringMatching(/^unknown {2}read logs: no pod could be listed to read one of ▶ /),
      expect.stringMatching(/^unused {3}Slack: SLACK_BOT_TOKEN and SLACK_CHANNEL are not set/),
      expect.stringMatching(/^unused {3}further ways out: /),
      expect.stringMatching(/^unused {3}heartbeat: /),
      'ok       output folder: may be written',
      expect.stringMatching(/^unused {3}Claude: ANTHROPIC_API_KEY is not set: rules alone decide/),
      'ok       state file: not there yet: the first cycle makes it',
      expect.stringMatching(/^unused {3}GitHub: GITHUB_TOKEN and GITHUB_REPOSITORY are not set/),
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

const wayOut = (path: string) => `${slack.url}${path}`;
const everyWay = () => ({
  SLACK_WEBHOOK_URL: wayOut('/services/Secret'),
  WEBHOOK_URL: wayOut('/hook?key=Secret'),
  WEBHOOK_SECRET: 'Secret',
  PAGERDUTY_ROUTING_KEY: 'Secret'.padEnd(32, 'x'),
  KUBE_VIGIL_PAGERDUTY_URL: wayOut('/v2/enqueue'),
  HEARTBEAT_URL: wayOut('/Secret-uuid'),
});

test('of what would send, the host alone is asked; nothing of a URL or key is said', async () => {
  const { code, stdout } = await doctor(['--kubeconfig', kubeconfig], everyWay());
  expect(code).toBe(0);
  for (const what of ['Slack webhook', 'webhook', 'PagerDuty', 'heartbeat'])
    expect(stdout).toMatch(
      new RegExp(
        `^unknown {2}${what}: its host answers; not tried further: it would send ▶ .`,
        'm',
      ),
    );
  expect(slack.seen.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual(
    Array(4).fill('HEAD /'),
  );
  expect(stdout).not.toContain('Secret');
});

const none = path.join(folder, 'none');
const fragments = path.join(folder, 'kubeconfig', 'state.json');
/** Each is broken where all the others work, and is one line; what is wrong is said first, then how to mend it. */
test.each<[string, readonly string[], () => { readonly [name: string]: string }, RegExp]>([
  [
    'a kubeconfig that is not there',
    ['--kubeconfig', none],
    () => ({}),
    /^MISSING {2}kubeconfig: The kubeconfig \S+ does not exist ▶ Give the kubeconfig as text/,
  ],
  [
    'a context that is not there',
    ['--context', 'x'],
    () => ({}),
    /^MISSING {2}kubeconfig: The kubeconfig has no context x ▶ It has: demo/,
  ],
  [
    'a dump that is not there',
    ['--dump', none],
    () => ({}),
    /^MISSING {2}dump: --dump \S+ does not exist ▶ Give files or folders/,
  ],
  [
    'a catalog that is not there',
    ['--catalog', none],
    () => ({}),
    /^MISSING {2}catalog: \S+ the catalog cannot be read \(ENOENT\).* ▶ ./,
  ],
  [
    'a state file below a file',
    ['--state-file', fragments],
    () => ({}),
    /^MISSING {2}state file: Could not read \S+ \(ENOTDIR\) ▶ A part of its path is a file/,
  ],
  [
    'an output folder that is a file',
    ['--output-dir', kubeconfig],
    () => ({}),
    /^MISSING {2}output folder: \S+ is a file, not a folder ▶ choose another place/,
  ],
  [
    'half a Slack',
    [],
    () => ({ SLACK_BOT_TOKEN: 'xoxb-1' }),
    /^MISSING {2}Slack: SLACK_CHANNEL: is missing, but SLACK_BOT_TOKEN is set.* ▶ ./,
  ],
  [
    'a key for Claude with a blank',
    [],
    () => ({ ANTHROPIC_API_KEY: 'a b' }),
    /^MISSING {2}Claude: The key for Claude holds a blank.* ▶ Paste the key again/,
  ],
  [
    'a Slack webhook that is no URL',
    [],
    () => ({ SLACK_WEBHOOK_URL: 'Secret' }),
    /^MISSING {2}Slack webhook: SLACK_WEBHOOK_URL is no https URL ▶ copy/,
  ],
  [
    'a webhook without encryption',
    [],
    () => ({ WEBHOOK_URL: 'http://hooks.example.com/Secret' }),
    /^MISSING {2}webhook: WEBHOOK_URL is no https URL ▶ copy/,
  ],
  [
    'a webhook without its secret',
    [],
    () => ({ WEBHOOK_SECRET: '' }),
    /^MISSING {2}webhook signature: WEBHOOK_SECRET is missing, but WEBHOOK_URL is set ▶ /,
  ],
  [
    'a secret without its webhook',
    [],
    () => ({ WEBHOOK_URL: '' }),
    /^MISSING {2}webhook signature: WEBHOOK_URL is missing, but WEBHOOK_SECRET is set ▶ /,
  ],
  [
    'half a key of PagerDuty',
    [],
    () => ({ PAGERDUTY_ROUTING_KEY: 'Secret' }),
    /^MISSING {2}PagerDuty: PAGERDUTY_ROUTING_KEY has not the 32 characters .* ▶ copy it again/,
  ],
  [
    'a heartbeat that nobody answers',
    [],
    () => ({ HEARTBEAT_URL: 'https://127.0.0.1:2/Secret' }),
    /^MISSING {2}heartbeat: no answer from its host \(ECONNREFUSED\) ▶ the runner must reach it/,
  ],
  [
    'a GitHub that nobody answers',
    [],
    () => ({
      GITHUB_TOKEN: 'ghs_1',
      GITHUB_REPOSITORY: 'acme/ops',
      GITHUB_API_URL: 'http://127.0.0.1:2',
    }),
    /^MISSING {2}repository acme\/ops: GitHub gave no answer .* ▶ the runner must reach it/,
  ],
])('%s stops none of the others: exit 1', async (_name, args, env, expected) => {
  const source =
    args[0] === '--dump' || args[0] === '--kubeconfig' ? [] : ['--kubeconfig', kubeconfig];
  const { code, stdout, stderr } = await doctor([...source, ...args], { ...everyWay(), ...env() });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const lines = stdout.split('\n').filter((line) => line.startsWith('MISSING'));
  expect(lines).toEqual([expect.stringMatching(expected)]);
  const probed = stdout.split('\n\n')[0]?.split('\n') ?? [];
  for (const line of probed) expect(line.includes(' ▶ ')).toBe(!line.startsWith('ok '));
  for (const what of [
    'catalog',
    'Slack',
    'webhook',
    'heartbeat',
    'Claude',
    'state file',
    'output folder',
  ])
    expect(stdout).toMatch(new RegExp(`^\\w+ +${what}`, 'm'));
  expect(stdout).not.toMatch(/Secret|xoxb-1|ghs_1/);
});

test('a corrupt state file is said, and left as it is', async () => {
  const state = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-doctor-')), 'state.json');
  writeFileSync(state, '{');
  const args = ['--kubeconfig', kubeconfig, '--state-file', state];
  const { code, stdout } = await doctor(args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^limited {2}state file: The memory is corrupt \(it is not JSON\).* ▶ ./m);
  expect(readdirSync(path.dirname(state))).toEqual(['state.json']);
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
  ['a moment that is none', ['--kubeconfig', kubeconfig, '--now', 'soon'], {}],
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
