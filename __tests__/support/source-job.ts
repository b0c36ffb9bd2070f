/** A job of the action from its sources, with real servers on loopback. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, jest } from '@jest/globals';
import { startApiServer } from '../../src/adapters/demo/api-server.ts';
import { deadDeployment } from './dead-deployment.ts';
import { type FaultyServer, faultyServer } from './faulty-server.ts';
import { resultsEnvironment } from './results-service.ts';
import { type Ended, runNode, type Signal } from './runner.ts';

const source = path.resolve(import.meta.dirname, '../../src');
const now = Date.parse('2026-01-01T12:00:00Z');

/** Kubernetes (a dead Deployment behind faults), Slack, GitHub, its artifact service and a heartbeat, each as its faults say. */
interface Around {
  readonly api: FaultyServer;
  readonly slack: FaultyServer;
  readonly github: FaultyServer;
  readonly heartbeat: FaultyServer;
  readonly results: FaultyServer;
  /** The variables of a job that uploads to `results`. */
  readonly uploads: { readonly [name: string]: string };
  /** A new job, with a memory of its own. */
  job(
    inputs?: { readonly [name: string]: string },
    env?: { readonly [name: string]: string },
  ): SourceJob;
}

export interface SourceJob {
  /** Its RUNNER_TEMP, with the memory's `state.json`. */
  readonly temp: string;
  main(...signals: readonly Signal[]): Promise<Ended>;
  post(): Promise<Ended>;
  /** The memory's file; null: there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: each test looks at what it wants
  state(): any;
  summary(): string;
  reports(): readonly { readonly [field: string]: unknown }[];
}

/** For all tests of a file, each of which begins with no faults and nothing seen. */
export async function around(): Promise<Around> {
  jest.setTimeout(60_000);
  const cluster = await startApiServer({ objects: deadDeployment, now: () => now });
  const [api, slack, github, heartbeat, results] = await Promise.all([
    faultyServer(cluster.url),
    faultyServer(null),
    faultyServer(null),
    faultyServer(null),
    faultyServer(null),
  ]);
  const servers = [api, slack, github, heartbeat, results];
  beforeEach(() => {
    for (const server of servers) server.clear();
  });
  afterAll(() => Promise.all([cluster.close(), ...servers.map((server) => server.close())]));
  return {
    ...{ api, slack, github, heartbeat, results },
    uploads: resultsEnvironment(results.url),
    job: (inputs = {}, more = {}) => {
      const temp = mkdtempSync(path.join(tmpdir(), 'kube-vigil-job-'));
      for (const name of ['output', 'state', 'summary']) writeFileSync(path.join(temp, name), '');
      const file = path.join(temp, 'state.json');
      const all: { readonly [name: string]: string } = {
        kubeconfig: cluster.kubeconfig.replaceAll(cluster.url, api.url),
        'cluster-name': 'shop',
        'state-store': 'file',
        'state-file': file,
        'slack-bot-token': 'xoxb-1',
        'slack-channel': 'C0123',
        'github-token': 'ghs_1',
        'allow-public-repository': 'true',
        ...inputs,
      };
      const env = {
        ...Object.fromEntries(
          Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
        GITHUB_ACTIONS: 'true',
        GITHUB_OUTPUT: path.join(temp, 'output'),
        GITHUB_STATE: path.join(temp, 'state'),
        GITHUB_STEP_SUMMARY: path.join(temp, 'summary'),
        GITHUB_REPOSITORY: 'acme/ops',
        GITHUB_RUN_ID: '7',
        GITHUB_API_URL: github.url,
        SLACK_API_URL: `${slack.url}/api/`,
        RUNNER_TEMP: temp,
        ...more,
      };
      const logs = path.join(temp, 'kube-vigil/logs');
      return {
        temp,
        main: (...signals) => runNode([path.join(source, 'main.ts')], { env, signals }),
        post: () =>
          runNode([path.join(source, 'post.ts')], { env: { ...env, STATE_cluster: 'shop' } }),
        state: () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null),
        summary: () => readFileSync(path.join(temp, 'summary'), 'utf8'),
        reports: () =>
          readdirSync(logs)
            .filter((each) => each.endsWith('.json'))
            .map((each) => JSON.parse(readFileSync(path.join(logs, each), 'utf8'))),
      };
    },
  };
}
