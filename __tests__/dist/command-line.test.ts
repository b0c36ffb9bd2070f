/** The built program as a person runs it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { reportSchema } from '../../scripts/report-schema.ts';
import { type ApiServer, startApiServer } from '../../src/adapters/demo/api-server.ts';
import { firstLook, shopObjects } from '../../src/adapters/demo/shop.ts';
import { registry } from '../../src/core/checks/registry.ts';
import { type FaultyServer, faultyServer } from '../support/faulty-server.ts';
import { dist, type Ended, runNode } from '../support/runner.ts';

jest.setTimeout(60_000);

const readme = readFileSync(path.resolve(dist, '../README.md'), 'utf8');
const folder = (): string => mkdtempSync(path.join(tmpdir(), 'kube-vigil-cli-'));
const kubeVigil = (
  args: readonly string[],
  options: { readonly env?: { readonly [name: string]: string }; readonly cwd?: string } = {},
): Promise<Ended> => runNode([path.join(dist, 'cli.js'), ...args], options);

let cluster: ApiServer;
let slack: FaultyServer;
const at = firstLook;

beforeAll(async () => {
  cluster = await startApiServer({ objects: shopObjects, now: () => at });
  slack = await faultyServer(null);
});
afterAll(() => Promise.all([cluster.close(), slack.close()]));

describe('demo', () => {
  test('prints what the README shows, names who is hit, and sends nothing', async () => {
    const cwd = folder();
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-real',
      SLACK_CHANNEL: 'C1',
      SLACK_API_URL: `${slack.url}/api/`,
    };
    const { code, stdout, stderr } = await kubeVigil(['demo'], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const shown = /```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? 'nothing';
    // The README leaves lines out.
    for (const line of shown.split('\n')) expect(stdout).toContain(line.trimEnd());
    const [first = '', second = ''] = stdout.split('Second cycle');
    for (const service of ['payments', 'notifications', 'search']) expect(first).toContain(service);
    for (const service of ['payments', 'search', 'cart', 'images', 'node-c'])
      expect(second).toContain(service);
    expect(second).toContain('Resolved: notifications');
    expect(stdout).not.toContain('recommendations');
    expect(slack.seen).toEqual([]);
    const reports = readdirSync(path.join(cwd, 'logs')).filter((file) => file.startsWith('cycle_'));
    expect(reports).toHaveLength(2);
    for (const file of reports)
      reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'logs', file), 'utf8')));
  });
});

describe('cycle', () => {
  const kubeconfig = (text = cluster.kubeconfig): string => {
    const file = path.join(folder(), 'kubeconfig');
    writeFileSync(file, text);
    return file;
  };

  test("the demo's cluster without its catalog gives one alert at 3 a.m. on a Sunday, and names the dead Deployment", async () => {
    const posted: string[] = [];
    slack.clear();
    slack.faults = [
      { path: 'chat.postMessage', status: 200, body: { ok: true, ts: '1.2', channel: 'C1' } },
    ];
    const sunday = '2026-03-15T03:00:00Z';
    const { code, stdout } = await kubeVigil(
      [
        'cycle',
        '--kubeconfig',
        kubeconfig(),
        '--output-dir',
        folder(),
        '--now',
        sunday,
        '--format',
        'json',
      ],
      {
        env: {
          SLACK_BOT_TOKEN: 'xoxb-test',
          SLACK_CHANNEL: 'C1',
          SLACK_API_URL: `${slack.url}/api/`,
        },
      },
    );
    posted.push(...slack.seen.map(({ body }) => new URLSearchParams(body).get('blocks') ?? ''));
    expect(code).toBe(0);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toContain('payments-api');
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(
      report.incidents.some(
        ({ root }) => root.kind === 'Deployment' && root.name === 'payments-api',
      ),
    ).toBe(true);
  });

  test('json: only the report on stdout, whatever is logged', async () => {
    const state = path.join(folder(), 'state.json');
    const { code, stdout, stderr } = await kubeVigil([
      'cycle',
      '--kubeconfig',
      kubeconfig('{}'),
      '--state-file',
      state,
      '--format',
      'json',
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    const gone = cluster.kubeconfig.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9');
    const out = folder();
    const failed = await kubeVigil([
      'cycle',
      '--kubeconfig',
      kubeconfig(gone),
      '--output-dir',
      out,
      '--state-file',
      state,
      '--format',
      'json',
    ]);
    expect(failed.code).toBe(1);
    const report = reportSchema.parse(JSON.parse(failed.stdout));
    expect(report).toMatchObject({ status: 'failed', phase: 'k8s-analyzer', state_saved: true });
    // The trace is logged as it is: nothing before the blanks and `at `.
    expect(failed.stderr).toMatch(/^ {4}at /m);
    expect(report.traceback).toMatch(/\n {4}at /);
    expect(existsSync(path.join(out, 'logs', `cycle_${report.cycle_id}.json`))).toBe(true);
  });

  test('status: flat, fresh without a file, and counted', async () => {
    const state = path.join(folder(), 'state.json');
    const fresh = await kubeVigil(['status', '--state-file', state, '--format', 'json']);
    expect(JSON.parse(fresh.stdout)).toEqual({
      cycle_count: 0,
      failed_cycles: 0,
      last_successful_cycle: null,
      last_cycle_status: null,
      health: 'healthy',
    });
    await kubeVigil([
      'cycle',
      '--kubeconfig',
      kubeconfig(),
      '--state-file',
      state,
      '--output-dir',
      folder(),
    ]);
    const { stdout } = await kubeVigil(['status', '--state-file', state, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      cycle_count: 1,
      failed_cycles: 0,
      last_cycle_status: 'completed',
    });
  });

  test.each(['text', 'json'])(
    '%s: a hostile name cannot start a workflow command',
    async (format) => {
      const dump = path.join(folder(), 'pods.json');
      const name = '##[add-mask]x\n::set-output name=a::b';
      const pod = {
        metadata: { name, namespace: 'shop', creationTimestamp: '2026-03-10T01:00:00Z' },
      };
      const status = { phase: 'Pending', conditions: [] };
      writeFileSync(
        dump,
        JSON.stringify({ kind: 'PodList', apiVersion: 'v1', items: [{ ...pod, status }] }),
      );
      const args = ['cycle', '--dump', dump, '--output-dir', folder(), '--format', format];
      const { stdout, stderr } = await kubeVigil([...args, '--now', '2026-03-10T03:00:00Z']);
      expect(stdout).toContain('add-mask');
      for (const line of `${stdout}\n${stderr}`.split('\n')) {
        expect(line.trim().startsWith('::')).toBe(false);
        expect(line).not.toContain('##[');
      }
    },
  );

  test('text: status, alert, findings, gaps, in this order', async () => {
    const dump = path.join(folder(), 'pods.json');
    const { Pod } = shopObjects(firstLook);
    writeFileSync(dump, JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: Pod }));
    const { code, stdout } = await kubeVigil([
      'cycle',
      '--dump',
      dump,
      '--output-dir',
      folder(),
      '--now',
      '2026-03-10T03:00:00Z',
    ]);
    expect(code).toBe(0);
    const order = ['dump: cycle', 'SEV-', 'Findings (', 'Not read ('].map((words) =>
      stdout.indexOf(words),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});

test('checks: every check, with id and title', async () => {
  const { code, stdout } = await kubeVigil(['checks', '--format', 'json']);
  expect(code).toBe(0);
  const { checks } = JSON.parse(stdout) as {
    readonly checks: readonly { readonly id: string; readonly title: string }[];
  };
  expect(checks.map(({ id, title }) => [id, title])).toEqual(
    registry.map(({ meta }) => [meta.id, meta.title]),
  );
});

const broken = path.join(folder(), 'catalog.yml');
writeFileSync(broken, 'services:\n  - name: shop\n    priority: P9\n');
const nothing = path.join(folder(), 'empty.json');
writeFileSync(nothing, '{"apiVersion":"v1","kind":"List","items":[]}');

test.each<[string, readonly string[], RegExp]>([
  ['no command', [], /no command is given.*--help/],
  ['an unknown option', ['cycle', '--colour'], /--colour.*--help/],
  ['no cluster', ['cycle'], /no cluster is given.*--kubeconfig FILE/],
  [
    'a kubeconfig and a dump',
    ['cycle', '--kubeconfig', 'a', '--dump', 'b'],
    /--kubeconfig.*--dump|--dump.*--kubeconfig/,
  ],
  [
    'a kubeconfig that is not there',
    ['cycle', '--kubeconfig', '/no/such/file'],
    /\/no\/such\/file/,
  ],
  ['a dump that is not there', ['cycle', '--dump', '/no/such/dump'], /\/no\/such\/dump/],
  [
    'a dump without one object',
    ['cycle', '--dump', nothing],
    /holds no Kubernetes object.*kubectl get/,
  ],
  [
    'a moment that is none',
    ['cycle', '--dump', nothing, '--now', 'yesterday'],
    /--now.*2026-11-24T10:15:00Z/,
  ],
  [
    'a broken catalog',
    ['cycle', '--dump', nothing, '--catalog', broken],
    /catalog\.yml:3.*priority.*P0, P1, P2 or P3.*P9/,
  ],
  ['no state file for status', ['status'], /--state-file/],
])('bad usage, %s: exit 2 and one line that says how to mend it', async (_, args, says) => {
  const { code, stdout, stderr } = await kubeVigil(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(says);
});

test.each([['--help'], ['--version'], ['cycle', '--help']])('%s %s', async (...args) => {
  const { code, stdout, stderr } = await kubeVigil(args.filter((each) => each !== undefined));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(args.includes('--version') ? /^\d+\.\d+\.\d+\n$/ : /Usage: kube-vigil/);
});
