import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { resultsEnvironment } from '../../__tests__/support/results-service.ts';
import { type Step, step } from '../../__tests__/support/runner.ts';
import { shopCatalog } from '../../src/adapters/demo/shop.ts';
import { cacheToken, type World } from './world.ts';

/** What is special about a job of a situation. */
export interface JobOptions {
  /** Nothing listens where the kubeconfig points to. */
  readonly clusterGone?: boolean;
  readonly store?: 'branch' | 'cache';
  /** Where the catalog lies; default: the workspace. */
  readonly catalogIn?: 'workspace' | 'repository';
  /** Slack's webhook, a webhook and PagerDuty beside the Slack app. */
  readonly furtherWays?: true;
  /** By which the action's time limits are divided; default 1. */
  readonly scale?: number;
}

export interface Job extends Step {
  /** The cycle reports that it wrote. */
  reports(): readonly { readonly [field: string]: unknown }[];
  remove(): void;
}

/** The action's own clock shows the world's time. */
const clock = pathToFileURL(path.join(import.meta.dirname, 'clock.js')).href;

/** Compiled code is kept from run to run, which halves the time of a start. */
const compiled = path.join(tmpdir(), 'kube-vigil-compiled');

/** One run of the built action in a world, as GitHub's runner starts it. */
export async function job(world: World, run: string, options: JobOptions = {}): Promise<Job> {
  const { proxies, github, cluster, slack } = world;
  const { clusterGone = false, store = 'branch', catalogIn = 'workspace', scale = 1 } = options;
  const server = clusterGone ? 'http://127.0.0.1:9' : proxies.kubernetes.url;
  const made = step(
    {
      kubeconfig: cluster.kubeconfig.replaceAll(cluster.url, server),
      'cluster-name': 'shop',
      'github-token': github.token,
      'slack-bot-token': 'xoxb-test-token',
      'slack-channel': slack.channel,
      'anthropic-api-key': 'sk-ant-test',
      'heartbeat-url': `${proxies.heartbeat.url}/check`,
      'state-store': store,
      catalog: 'kube-vigil.yml',
      ...(options.furtherWays === true ? furtherWays(proxies.ways.url) : {}),
    },
    {
      ...resultsEnvironment(proxies.artifacts.url),
      ...(store === 'cache'
        ? {
            ACTIONS_RUNTIME_TOKEN: cacheToken,
            ACTIONS_RESULTS_URL: `${proxies.cache.url}/`,
            GITHUB_REF: 'refs/heads/main',
          }
        : {}),
      GITHUB_API_URL: store === 'cache' ? proxies.cache.url : proxies.github.url,
      GITHUB_SHA: await headOf(world),
      SLACK_API_URL: `${proxies.slack.url}/api/`,
      ANTHROPIC_BASE_URL: proxies.claude.url,
      KUBE_VIGIL_TIME_SCALE: String(scale),
      KUBE_VIGIL_PAGERDUTY_URL: `${proxies.ways.url}/pagerduty`,
      NODE_OPTIONS: `--import ${clock}`,
      NODE_COMPILE_CACHE: compiled,
      WORLD_TIME_AHEAD: String(world.now() - Date.now()),
    },
    { id: run },
  );
  if (catalogIn === 'workspace') writeFileSync(path.join(made.temp, 'kube-vigil.yml'), shopCatalog);
  const logs = path.join(made.temp, 'kube-vigil/logs');
  return {
    ...made,
    reports: () =>
      (existsSync(logs) ? readdirSync(logs) : [])
        .filter((name) => name.startsWith('cycle_'))
        .map((name) => JSON.parse(readFileSync(path.join(logs, name), 'utf8'))),
    remove: () => rmSync(made.temp, { recursive: true, force: true }),
  };
}

function furtherWays(url: string): { readonly [input: string]: string } {
  return {
    'slack-webhook-url': `${url}/slack-webhook`,
    'webhook-url': `${url}/webhook`,
    'webhook-secret': 'a-secret-of-some-length',
    'pagerduty-routing-key': '0123456789abcdef0123456789abcdef',
  };
}

async function headOf({ github }: World): Promise<string> {
  const { body } = await github.ask('GET', '/git/ref/heads/main');
  return (body as { readonly object: { readonly sha: string } }).object.sha;
}
