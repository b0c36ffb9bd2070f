/** The whole built action, main and post, as the runner starts it, against servers on loopback; state goes from run to run. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createEmulator, type Emulator } from 'emulate';
import { reportSchema } from '../../scripts/report-schema.ts';
import { type ApiServer, startApiServer } from '../../src/adapters/demo/api-server.ts';
import { firstLook, secondLook, shopCatalog, shopObjects } from '../../src/adapters/demo/shop.ts';
import { appObjects, nodeObject, together } from '../../src/adapters/demo/workloads.ts';
import { claudeServer, good } from '../support/claude-server.ts';
import { type FaultyServer, faultyServer } from '../support/faulty-server.ts';
import { type GithubServer, githubServer } from '../support/github-server.ts';
import { type ResultsService, startResultsService } from '../support/results-service.ts';
import { dist, runNode, type Step, step } from '../support/runner.ts';

jest.setTimeout(60_000);

let github: GithubServer;
let slack: Emulator;
let slackProxy: FaultyServer;
let results: ResultsService;
let cluster: ApiServer;
let at = firstLook;
let number = 0;

const well = together([
  appObjects({
    namespace: 'shop',
    name: 'web',
    kind: 'Deployment',
    image: 'web:1',
    revision: 1,
    nodes: ['node-a'],
    started: firstLook - 9e7,
  }),
  {
    Node: [nodeObject('node-a', null)],
    Namespace: [{ metadata: { name: 'kube-system', uid: 'demo-namespace-kube-system' } }],
  },
]);
let objects = shopObjects;

beforeAll(async () => {
  github = await githubServer();
  slack = await createEmulator({ service: 'slack', port: 0 });
  slackProxy = await faultyServer(slack.url);
  results = await startResultsService();
  cluster = await startApiServer({ objects: (moment) => objects(moment), now: () => at });
});
afterAll(async () => {
  await Promise.all([
    github.close(),
    slackProxy.close(),
    slack.close(),
    results.close(),
    cluster.close(),
  ]);
});
beforeEach(() => {
  github.reset();
  slack.reset();
  slackProxy.clear();
  at = firstLook;
  objects = shopObjects;
});

function job(
  inputs: { readonly [name: string]: string } = {},
  env: { readonly [name: string]: string } = {},
): Step {
  number += 1;
  const made = step(
    {
      kubeconfig: cluster.kubeconfig,
      'cluster-name': 'shop',
      'github-token': github.token,
      'slack-bot-token': 'xoxb-test-token',
      'slack-channel': 'general',
      catalog: 'kube-vigil.yml',
      ...inputs,
    },
    {
      ...results.env,
      GITHUB_API_URL: github.proxy.url,
      SLACK_API_URL: `${slackProxy.url}/api/`,
      KUBE_VIGIL_TIME_SCALE: '20',
      ...env,
    },
    { id: String(1000 + number) },
  );
  writeFileSync(path.join(made.temp, 'kube-vigil.yml'), shopCatalog);
  return made;
}

const posts = (): number => slackProxy.count('POST', 'chat.postMessage');

/** Messages that start a thread. */
const roots = (): number =>
  slackProxy.seen.filter(
    ({ path: asked, body }) => asked.includes('chat.postMessage') && !body.includes('thread_ts'),
  ).length;

describe('a job', () => {
  test('SEV-1: one alert, state on its branch, artifact, outputs, summary; then nothing is told twice', async () => {
    const first = job();
    const ended = await first.main();
    expect(ended).toMatchObject({ code: 0 });
    expect(reportSchema.parse(first.report())).toMatchObject({
      status: 'completed',
      cycle_number: 1,
      state_saved: true,
      notifications_sent: 1,
      escalation_decision: { severity: 'SEV-1', by: 'policy' },
    });
    expect(first.outputs()).toMatchObject({
      severity: 'SEV-1',
      notified: 'true',
      status: 'completed',
      'state-saved': 'true',
      'cycle-number': '1',
    });
    expect(first.outputs()['artifact-url']).toContain('/acme/ops/');
    expect(results.finalized).toContain(`kube-vigil-shop-${1000 + number}-1`);
    expect(first.summary()).toContain('SEV-1');
    expect(posts()).toBe(1);
    expect((await first.post()).code).toBe(0);
    expect(posts()).toBe(1);

    at = firstLook + 5 * 60_000;
    const second = job();
    expect((await second.main()).code).toBe(0);
    expect(second.report()).toMatchObject({ cycle_number: 2, notification_result: null });
    expect(posts()).toBe(1);
  });

  test('the snapshot of a run, as a dump on a laptop, gives the same findings and incidents', async () => {
    const it = job();
    expect((await it.main()).code).toBe(0);
    const snapshot = path.join(it.temp, 'kube-vigil/snapshot.json');
    const args = ['cycle', '--dump', snapshot, '--catalog', path.join(it.temp, 'kube-vigil.yml')];
    const laptop = await runNode([
      path.join(dist, 'cli.js'),
      ...args,
      ...['--output-dir', it.temp, '--format', 'json'],
    ]);
    expect(laptop.code).toBe(0);
    const { findings, incidents, gaps } = reportSchema.parse(JSON.parse(laptop.stdout));
    const told = reportSchema.parse(it.report());
    expect(findings).toEqual(told.findings);
    expect(gaps).toEqual(told.gaps);
    expect(incidents.map(({ fingerprint, severity }) => [fingerprint, severity])).toEqual(
      told.incidents.map(({ fingerprint, severity }) => [fingerprint, severity]),
    );
  });

  test('healthy: quiet, and saved once', async () => {
    objects = () => well;
    expect((await job().main()).code).toBe(0);
    github.proxy.seen.length = 0;
    at += 30 * 60_000;
    const it = job();
    expect((await it.main()).code).toBe(0);
    expect(it.report()).toMatchObject({
      status: 'healthy',
      findings: [],
      notification_result: null,
      state_saved: true,
    });
    expect(posts()).toBe(0);
    expect(github.proxy.seen.filter(({ method }) => method !== 'GET')).toHaveLength(1);
  });

  test('three cycles against an API server that is not there: degraded, one issue; then a well one closes it', async () => {
    const gone = { kubeconfig: cluster.kubeconfig.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9') };
    const seen: unknown[] = [];
    for (const _ of [1, 2, 3, 4]) {
      const it = job(gone);
      expect((await it.main()).code).toBe(1);
      const { status, phase, failed_cycles, health } = reportSchema.parse(it.report());
      seen.push([status, phase, failed_cycles, health, it.outputs()['health-issue-url'] !== '']);
    }
    expect(seen).toEqual([
      ['failed', 'k8s-analyzer', 1, 'healthy', false],
      ['failed', 'k8s-analyzer', 2, 'healthy', false],
      ['failed', 'k8s-analyzer', 3, 'degraded', true],
      ['failed', 'k8s-analyzer', 4, 'degraded', true],
    ]);
    objects = () => well;
    const it = job();
    expect((await it.main()).code).toBe(0);
    expect(it.report()).toMatchObject({
      status: 'healthy',
      failed_cycles: 0,
      health: 'healthy',
      cycle_number: 5,
    });
    const issues = (await github.ask('GET', '/issues?state=all')).body as readonly {
      readonly state: string;
      readonly comments: number;
    }[];
    expect(issues.map(({ state, comments }) => ({ state, comments }))).toEqual([
      { state: 'closed', comments: 1 },
    ]);
  });

  test('Slack down: backup and outbox, an error annotation, the summary says it first; the next run delivers', async () => {
    slackProxy.faults = [{ path: 'chat.postMessage', status: 503, body: { ok: false } }];
    const down = job();
    const ended = await down.main();
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('::error');
    expect(down.summary().split('\n')[0]).toContain('did not reach Slack');
    expect(down.report()).toMatchObject({
      notifications_sent: 0,
      notification_result: { success: false, backed_up: true },
    });
    expect(readdirSync(path.join(down.temp, 'kube-vigil/logs/incidents'))).toHaveLength(1);
    slackProxy.clear();
    at = firstLook + 20 * 60_000;
    const up = job();
    expect((await up.main()).code).toBe(0);
    expect(up.report()).toMatchObject({ notifications_sent: 1 });
    expect(posts()).toBeGreaterThanOrEqual(1);
  });

  test('two hours later: one incident goes on, one ends in its thread, one is new', async () => {
    expect((await job().main()).code).toBe(0);
    at = secondLook;
    const later = job();
    expect((await later.main()).code).toBe(0);
    const { incidents } = reportSchema.parse(later.report());
    const states = incidents.map(({ state }) => state);
    expect(states).toContain('new');
    expect(states).toContain('open');
    expect(states).toContain('resolved');
    const replies = slackProxy.seen.filter(
      ({ path: asked, body }) => asked.includes('chat.postMessage') && body.includes('thread_ts'),
    );
    expect(replies.some(({ body }) => decodeURIComponent(body).includes('RESOLVED'))).toBe(true);
  });

  test('with a key: Claude is asked once, about redacted findings, and may only be louder', async () => {
    const claude = await claudeServer([good]);
    const it = job({ 'anthropic-api-key': 'sk-ant-test' }, { ANTHROPIC_BASE_URL: claude.url });
    expect((await it.main()).code).toBe(0);
    expect(it.report()).toMatchObject({ escalation_decision: { severity: 'SEV-1', by: 'claude' } });
    expect(claude.requests).toHaveLength(1);
    at = firstLook + 5 * 60_000;
    const quiet = job({ 'anthropic-api-key': 'sk-ant-test' }, { ANTHROPIC_BASE_URL: claude.url });
    expect((await quiet.main()).code).toBe(0);
    expect(claude.requests).toHaveLength(1);
    await claude.close();
  });

  test('dry-run: decides, sends nothing, saves nothing, opens nothing', async () => {
    const it = job({ 'dry-run': 'true' });
    expect((await it.main()).code).toBe(0);
    expect(it.report()).toMatchObject({
      state_saved: false,
      notifications_sent: 0,
      escalation_decision: { severity: 'SEV-1' },
    });
    expect(posts()).toBe(0);
    expect(github.proxy.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(it.outputs()['artifact-url']).not.toBe('');
  });

  test('test-alert: one message marked as a test, no state, no look at the cluster', async () => {
    const before = cluster.requests.length;
    const it = job({ 'test-alert': 'true' });
    expect((await it.main()).code).toBe(0);
    expect(posts()).toBe(1);
    expect(decodeURIComponent(slackProxy.seen.at(-1)?.body ?? '').toLowerCase()).toContain('test');
    expect(github.proxy.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(cluster.requests).toHaveLength(before);
  });

  test('a broken catalog: a counted cycle of status error that names file, line and key', async () => {
    const it = job();
    writeFileSync(
      path.join(it.temp, 'kube-vigil.yml'),
      'services:\n  - {name: shop, priority: P9}\n',
    );
    expect((await it.main()).code).toBe(1);
    expect(it.report()).toMatchObject({
      status: 'error',
      phase: 'configuration',
      cycle_number: 1,
      failed_cycles: 1,
      state_saved: true,
    });
    expect(String(it.report()['error'])).toMatch(/kube-vigil\.yml:2.*priority/);
  });

  test('the catalog is found in the workspace, and its services are named', async () => {
    const it = job();
    writeFileSync(path.join(it.temp, 'kube-vigil.yml'), shopCatalog);
    expect((await it.main()).code).toBe(0);
    expect(it.report()).toMatchObject({
      escalation_decision: {
        severity: 'SEV-1',
        affected_services: expect.arrayContaining(['payments', 'notifications', 'search']),
      },
    });
  });

  test('bad input: one clear line, no cycle', async () => {
    const it = job({ 'artifact-retention-days': 'many' });
    const ended = await it.main();
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/::error.*input artifact-retention-days: expected a whole number/);
    expect(github.proxy.seen).toEqual([]);
  });

  test('no secret is printed, whatever happens', async () => {
    const it = job();
    const ended = await it.main();
    const printed = ended.stdout.replace(/^::add-mask::.*$/gm, '') + ended.stderr;
    for (const secret of ['xoxb-test-token', github.token, 'Bearer'])
      expect(printed).not.toContain(secret);
  });

  test('killed after Slack took the alert: the post step saves that, and nobody is told twice', async () => {
    // The save after sending never gets an answer, so the main step hangs there until it is killed.
    const it = job();
    let kill: () => void = () => undefined;
    const killWhen = new Promise<void>((resolve) => {
      kill = resolve;
    });
    github.proxy.faults = [
      { method: 'PUT', path: '/contents/state/shop.json', nth: 2, hang: true },
    ];
    const running = it.main({ killWhen });
    while (posts() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    kill();
    expect((await running).code).toBeNull();
    github.proxy.faults = [];
    expect((await it.post()).code).toBe(0);
    at = firstLook + 20 * 60_000;
    const next = job();
    expect((await next.main()).code).toBe(0);
    expect(roots()).toBe(1);
  });

  test('what Slack took could not be saved: the post step saves it, and nobody is told twice', async () => {
    const it = job();
    github.proxy.faults = [
      {
        method: 'PUT',
        path: '/contents/state/shop.json',
        nth: [2, 3, 4, 5, 6, 7, 8],
        status: 500,
        body: {},
      },
    ];
    expect((await it.main()).code).toBe(1);
    github.proxy.faults = [];
    expect((await it.post()).code).toBe(0);
    at = firstLook + 20 * 60_000;
    expect((await job().main()).code).toBe(0);
    expect(roots()).toBe(1);
  });

  test('killed while it looks: the post step writes report and summary, and uploads them', async () => {
    const hanging = await faultyServer(null);
    hanging.faults = [{ hang: true }];
    const kubeconfig = cluster.kubeconfig.replace(/http:\/\/127\.0\.0\.1:\d+/, hanging.url);
    const it = job({ kubeconfig });
    let kill: () => void = () => undefined;
    const killWhen = new Promise<void>((resolve) => {
      kill = resolve;
    });
    const running = it.main({ killWhen });
    while (hanging.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    kill();
    expect((await running).code).toBeNull();
    const before = results.finalized.length;
    const post = await it.post();
    expect(post.code).toBe(0);
    expect(results.finalized).toHaveLength(before + 1);
    expect(it.summary()).toContain('was cut off');
    const logs = path.join(it.temp, 'kube-vigil/logs');
    const [file = ''] = readdirSync(logs).filter((name) => name.startsWith('cycle_'));
    const report = reportSchema.parse(JSON.parse(readFileSync(path.join(logs, file), 'utf8')));
    expect(report).toMatchObject({ status: 'error', phase: 'k8s-analyzer' });
    expect(report.error).toContain('was cut off');
    await hanging.close();
  });

  test('a catalog that is there and cannot be read is an error, not no catalog', async () => {
    const it = job({ catalog: 'elsewhere.yml' });
    github.proxy.faults = [
      { method: 'GET', path: '/contents/elsewhere.yml', status: 500, body: {} },
    ];
    expect((await it.main()).code).toBe(1);
    expect(it.report()).toMatchObject({
      status: 'error',
      phase: 'configuration',
      failed_cycles: 1,
    });
    expect(posts()).toBe(0);
  });

  test('no catalog at all: defaults, and a line that says so', async () => {
    const it = job({ catalog: 'nowhere.yml' });
    const { code, stdout } = await it.main();
    expect(code).toBe(0);
    expect(stdout).toContain('There is no nowhere.yml in the workspace or the repository');
    expect(it.report()).toMatchObject({ status: 'completed' });
  });

  test('a broken kubeconfig: counted under its cluster-name; without one nothing is counted anywhere', async () => {
    const named = job({ kubeconfig: 'apiVersion: v1\nkind: Config\n' });
    expect((await named.main()).code).toBe(1);
    expect(named.report()).toMatchObject({
      status: 'error',
      phase: 'configuration',
      cycle_number: 1,
    });
    github.proxy.seen.length = 0;
    const nameless = job({ kubeconfig: 'apiVersion: v1\nkind: Config\n', 'cluster-name': '' });
    const ended = await nameless.main();
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/::error.*kubeconfig/i);
    expect(github.proxy.seen).toEqual([]);
  });

  test('a public repository is refused; where GitHub does not say, nothing is published', async () => {
    github.proxy.faults = [
      { method: 'GET', path: /\/repos\/acme\/ops$/, status: 200, body: { private: false } },
    ];
    const refused = await job().main();
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/::error.*public.*allow-public-repository/);
    expect(posts()).toBe(0);
    github.proxy.faults = [
      { method: 'GET', path: /\/repos\/acme\/ops$/, nth: 1, status: 500, body: {} },
    ];
    const unsure = job();
    expect((await unsure.main()).code).toBe(0);
    expect(posts()).toBe(1);
    expect(unsure.outputs()['artifact-url']).toBe('');
  });
});
