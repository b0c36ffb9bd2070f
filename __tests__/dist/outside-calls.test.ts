/** Every outside call of the built action × every way it can go wrong: the report is written, and exit code and first word are as stated. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEmulator, type Emulator } from 'emulate';
import { reportSchema } from '../../scripts/report-schema.ts';
import { type ApiServer, startApiServer } from '../../src/adapters/demo/api-server.ts';
import { firstLook, shopCatalog, shopObjects } from '../../src/adapters/demo/shop.ts';
import { branchShelf } from '../../src/adapters/github/branch-shelf.ts';
import { github as connect } from '../../src/adapters/github/octokit.ts';
import { monitorState } from '../../src/adapters/store/document-kind.ts';
import { documentOn } from '../../src/adapters/store/memory.ts';
import { limits } from '../../src/core/model/limits.ts';
import { freshState } from '../../src/core/model/state.ts';
import { type ClaudeServer, claudeServer, good } from '../support/claude-server.ts';
import { type Fault, type FaultyServer, faultyServer } from '../support/faulty-server.ts';
import { type GithubServer, githubServer } from '../support/github-server.ts';
import { silentLog } from '../support/log.ts';
import { type ResultsService, startResultsService } from '../support/results-service.ts';
import { step } from '../support/runner.ts';

const faults: { readonly [name: string]: Fault } = {
  hang: { hang: true },
  'slow body': {
    half: 'stall',
    status: 200,
    body: '{"ok":true,"items":[],"padding":"0123456789"}',
  },
  reset: { reset: true },
  '401': { status: 401, body: { message: 'Bad credentials', ok: false, error: 'invalid_auth' } },
  '403': {
    status: 403,
    body: { message: 'Resource not accessible by integration', ok: false, error: 'access_denied' },
  },
  '429': {
    status: 429,
    headers: { 'retry-after': '3600' },
    body: { ok: false, error: 'ratelimited' },
  },
  '500': { status: 500, body: { message: 'oops', ok: false, error: 'internal_error' } },
  'HTML with 200': {
    status: 200,
    body: '<!doctype html><title>Sign in</title>',
    headers: { 'content-type': 'text/html' },
  },
  'not JSON': { status: 200, body: '{"items":[', headers: { 'content-type': 'application/json' } },
};

interface Call {
  /** The server the fault is on, and which of its requests. */
  readonly at: 'kubernetes' | 'claude' | 'slack' | 'github' | 'results';
  readonly route: Pick<Fault, 'method' | 'path'>;
  readonly code: number;
  /** The first line that warns or errs. */
  readonly says: RegExp;
  /** What the report says, whatever the fault. */
  readonly report: object;
  /** The job begins after two failed cycles, and the cluster is gone. */
  readonly sick?: boolean;
}

const told = {
  status: 'completed',
  escalation_decision: { severity: 'SEV-1' },
  notifications_sent: 1,
};
const calls: { readonly [name: string]: Call } = {
  'Kubernetes list': {
    at: 'kubernetes',
    route: { path: '/api' },
    code: 1,
    says: /^error: k8s-analyzer: /,
    report: {
      status: 'failed',
      phase: 'k8s-analyzer',
      failed_cycles: 1,
      state_saved: true,
      findings: [],
    },
  },
  Claude: {
    at: 'claude',
    route: { path: '/v1/messages' },
    code: 0,
    says: /^warning: escalation-manager: the conservative default decides: /,
    report: {
      ...told,
      escalation_decision: { severity: 'SEV-1', confidence: 50, by: 'conservative-default' },
      state_saved: true,
    },
  },
  'Slack post': {
    at: 'slack',
    route: { path: 'chat.postMessage' },
    code: 0,
    says: /^::error title=Kube Vigil::.*did not reach Slack: /,
    report: {
      status: 'completed',
      notifications_sent: 0,
      notification_result: { success: false, backed_up: true },
      state_saved: true,
    },
  },
  'contents GET': {
    at: 'github',
    route: { method: 'GET', path: '/contents/state' },
    code: 1,
    says: /^warning: The state was not saved: Could not read /,
    report: { ...told, state_saved: false },
  },
  'contents PUT': {
    at: 'github',
    route: { method: 'PUT', path: '/contents/state' },
    code: 1,
    says: /^warning: The state was not saved: Could not write /,
    report: { ...told, state_saved: false },
  },
  'issue list': {
    at: 'github',
    route: { method: 'GET', path: '/issues?' },
    code: 1,
    says: /^error: k8s-analyzer: /,
    report: { status: 'failed', health: 'degraded', failed_cycles: 3, state_saved: true },
    sick: true,
  },
  'issue create': {
    at: 'github',
    route: { method: 'POST', path: '/issues' },
    code: 1,
    says: /^error: k8s-analyzer: /,
    report: { status: 'failed', health: 'degraded', failed_cycles: 3, state_saved: true },
    sick: true,
  },
  'artifact create': {
    at: 'results',
    route: { path: '/CreateArtifact' },
    code: 0,
    says: /^warning: The artifact: /,
    report: { ...told, state_saved: true },
  },
  'artifact finalize': {
    at: 'results',
    route: { path: '/FinalizeArtifact' },
    code: 0,
    says: /^warning: The artifact: /,
    report: { ...told, state_saved: true },
  },
};

let github: GithubServer;
let slack: Emulator;
let results: ResultsService;
let cluster: ApiServer;
let claude: ClaudeServer;
const proxies = {} as { [name in Call['at']]: FaultyServer };
let number = 5000;

beforeAll(async () => {
  github = await githubServer();
  slack = await createEmulator({ service: 'slack', port: 0 });
  results = await startResultsService();
  cluster = await startApiServer({ objects: shopObjects, now: () => firstLook });
  claude = await claudeServer([good]);
  proxies.github = github.proxy;
  proxies.slack = await faultyServer(slack.url);
  proxies.results = await faultyServer(results.url);
  proxies.kubernetes = await faultyServer(cluster.url);
  proxies.claude = await faultyServer(claude.url);
});
afterAll(async () => {
  await Promise.all([
    github.close(),
    slack.close(),
    results.close(),
    cluster.close(),
    claude.close(),
    ...[proxies.slack, proxies.results, proxies.kubernetes, proxies.claude].map((each) =>
      each.close(),
    ),
  ]);
});

/** What earlier cycles left: a branch with a state on it. */
async function remember(failedCycles: number): Promise<void> {
  const api = connect({
    token: github.token,
    apiUrl: github.proxy.url,
    owner: 'acme',
    repo: 'ops',
    limits,
  });
  const shelf = branchShelf({
    github: api,
    branch: 'kube-vigil-state',
    path: 'state/shop.json',
    limits,
  });
  await documentOn(monitorState, shelf, { run: 'before', log: silentLog }).update((state) => ({
    state: { ...(state ?? freshState), failedCycles, cycleCount: failedCycles },
  }));
}

describe.each(Object.entries(calls))('%s', (_, call) => {
  test.each(Object.entries(faults))(
    '%s',
    async (__, fault) => {
      github.reset();
      for (const proxy of Object.values(proxies)) proxy.clear();
      await remember(call.sick === true ? 2 : 0);
      proxies[call.at].faults = [{ ...call.route, ...fault }];
      const server =
        call.sick === true ? '127.0.0.1:9' : proxies.kubernetes.url.replace('http://', '');
      number += 1;
      const it = step(
        {
          kubeconfig: cluster.kubeconfig.replace(/127\.0\.0\.1:\d+/, server),
          'cluster-name': 'shop',
          'github-token': github.token,
          'slack-bot-token': 'xoxb-test-token',
          'slack-channel': 'general',
          'anthropic-api-key': 'sk-ant-test',
          catalog: 'kube-vigil.yml',
        },
        {
          ...results.env,
          ACTIONS_RESULTS_URL: `${proxies.results.url}/`,
          GITHUB_API_URL: proxies.github.url,
          SLACK_API_URL: `${proxies.slack.url}/api/`,
          ANTHROPIC_BASE_URL: proxies.claude.url,
          KUBE_VIGIL_TIME_SCALE: '20',
        },
        { id: String(number) },
      );
      writeFileSync(path.join(it.temp, 'kube-vigil.yml'), shopCatalog);
      const ended = await it.main();
      // A look-up that may not be made is said before what it was for.
      const complaint = ended.stdout
        .split('\n')
        .filter((line) => !line.startsWith('warning: Slack lets us look up no message'))
        .find((line) => /^(warning|error|::error|::warning)/.test(line));
      expect(`${complaint}`).toMatch(call.says);
      expect(ended.code).toBe(call.code);
      const logs = path.join(it.temp, 'kube-vigil/logs');
      const [report] = existsSync(logs)
        ? readdirSync(logs).filter((file) => file.startsWith('cycle_'))
        : [];
      expect(
        reportSchema.parse(JSON.parse(readFileSync(path.join(logs, report ?? 'none'), 'utf8'))),
      ).toMatchObject(call.report);
    },
    60_000,
  );
});
