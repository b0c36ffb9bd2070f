/** What the runner's signals leave of a cycle: the program itself, from source, with real servers. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiServer, startApiServer } from '../src/adapters/demo/api-server.ts';
import { type FaultyServer, faultyServer } from './support/faulty-server.ts';
import { type Ended, runNode } from './support/runner.ts';

const source = path.resolve(import.meta.dirname, '../src');
const now = Date.parse('2026-01-01T12:00:00Z');
const dead = {
  Deployment: [
    {
      metadata: {
        name: 'api',
        namespace: 'shop',
        generation: 1,
        creationTimestamp: '2025-12-01T00:00:00Z',
      },
      spec: { replicas: 2, selector: { matchLabels: { app: 'api' } } },
      status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 0 },
    },
  ],
};

let cluster: ApiServer;
let api: FaultyServer;
let slack: FaultyServer;
let github: FaultyServer;
beforeAll(async () => {
  cluster = await startApiServer({ objects: dead, now: () => now });
  [api, slack, github] = await Promise.all([
    faultyServer(cluster.url),
    faultyServer(null),
    faultyServer(null),
  ]);
});
beforeEach(() => {
  for (const server of [api, slack, github]) server.clear();
});
afterAll(async () => {
  await Promise.all([cluster.close(), api.close(), slack.close(), github.close()]);
});

function job() {
  const temp = mkdtempSync(path.join(tmpdir(), 'kube-vigil-signal-'));
  for (const name of ['output', 'state', 'summary']) writeFileSync(path.join(temp, name), '');
  const env = {
    INPUT_KUBECONFIG: cluster.kubeconfig.replaceAll(cluster.url, api.url),
    'INPUT_CLUSTER-NAME': 'shop',
    'INPUT_STATE-STORE': 'file',
    'INPUT_STATE-FILE': path.join(temp, 'state.json'),
    'INPUT_SLACK-BOT-TOKEN': 'xoxb-1',
    'INPUT_SLACK-CHANNEL': 'C0123',
    'INPUT_GITHUB-TOKEN': 'ghs_1',
    'INPUT_ALLOW-PUBLIC-REPOSITORY': 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: path.join(temp, 'output'),
    GITHUB_STATE: path.join(temp, 'state'),
    GITHUB_STEP_SUMMARY: path.join(temp, 'summary'),
    GITHUB_REPOSITORY: 'acme/ops',
    GITHUB_RUN_ID: '7',
    GITHUB_API_URL: github.url,
    SLACK_API_URL: `${slack.url}/api/`,
    RUNNER_TEMP: temp,
  };
  const file = path.join(temp, 'state.json');
  return {
    main: (killWith: NodeJS.Signals, killWhen: Promise<unknown>): Promise<Ended> =>
      runNode([path.join(source, 'main.ts')], { env, killWith, killWhen }),
    post: (): Promise<Ended> =>
      runNode([path.join(source, 'post.ts')], { env: { ...env, STATE_cluster: 'shop' } }),
    state: () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null),
    summary: () => readFileSync(path.join(temp, 'summary'), 'utf8'),
    reports: () =>
      readdirSync(path.join(temp, 'kube-vigil/logs')).filter((each) => each.endsWith('.json')),
  };
}

async function asked(server: FaultyServer, part: string): Promise<void> {
  while (server.count('POST', part) + server.count('GET', part) === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while the cluster is read: nothing is counted',
  async (signal) => {
    api.faults = [{ hang: true }];
    const it = job();
    const ended = await it.main(signal, asked(api, '/api'));
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(`The runner ended this step (${signal})`);
    expect(it.state()).toBeNull();
    expect((await it.post()).code).toBe(0);
    expect(it.reports()).toHaveLength(1);
    expect(it.summary()).toContain('cut off after');
  },
);

const taken = { status: 200, body: { ok: true, channel: 'C0123', ts: '1.1', message: {} } };

test('while Slack takes an alert: what it says is saved', async () => {
  slack.faults = [{ path: 'chat.postMessage', ...taken, delayMs: 400 }];
  const it = job();
  const ended = await it.main('SIGTERM', asked(slack, 'chat.postMessage'));
  expect(ended.code).toBe(1);
  const { state } = it.state();
  expect(state).toMatchObject({ cycleCount: 1, outbox: [] });
  expect(Object.values(state.alerts)).toMatchObject([{ channel: 'C0123', ts: '1.1' }]);
  expect(it.state().revision).toBe(2);
  await it.post();
  expect(it.state().revision).toBe(2);
});

test('while Slack says nothing: the alert is pending, for it may be there', async () => {
  slack.faults = [{ path: 'chat.postMessage', hang: true }];
  const it = job();
  const ended = await it.main('SIGTERM', asked(slack, 'chat.postMessage'));
  expect(ended.code).toBe(1);
  expect(it.state().state).toMatchObject({
    cycleCount: 1,
    outbox: [{ kind: 'full', status: 'pending', run: '7.1' }],
  });
});
