import path from 'node:path';
import type { Inputs } from '../adapters/config/inputs.ts';
import type { CacheAccess } from '../adapters/github/cache-service.ts';
import {
  type KubeconfigSource,
  knownSecrets,
  readKubeconfig,
} from '../adapters/kubernetes/kubeconfig.ts';
import { defaultEventsUrl } from '../adapters/pagerduty/events.ts';
import { Failure } from '../core/model/failure.ts';
import { isLoopback } from '../core/model/loopback.ts';
import { type Environment, serverOf } from './parts.ts';

/** What the runner says about this run. */
export interface Run {
  readonly owner: string;
  readonly repo: string;
  readonly id: string;
  readonly attempt: string;
  readonly sha: string;
  /** `refs/heads/main`. */
  readonly ref: string;
  readonly serverUrl: string;
  readonly apiUrl: string | null;
  readonly workspace: string;
  /** `$RUNNER_TEMP/kube-vigil`: reports, backups, journal. */
  readonly folder: string;
  readonly slackApiUrl: string | null;
  readonly claudeBaseUrl: string | null;
  readonly pagerDutyUrl: string;
  /** null: the runner says of no cache service. */
  readonly cacheAccess: CacheAccess | null;
  /** `cache-mode` of the workflow; empty: not set. */
  readonly cacheMode: string;
}

export function readRun(env: Environment): Run {
  const {
    GITHUB_REPOSITORY: repository = '',
    GITHUB_RUN_ID: id = '0',
    GITHUB_RUN_ATTEMPT: attempt = '1',
  } = env;
  const {
    GITHUB_SHA: sha = '',
    GITHUB_REF: ref = '',
    GITHUB_SERVER_URL: serverUrl = 'https://github.com',
    GITHUB_API_URL: apiUrl,
  } = env;
  const {
    GITHUB_WORKSPACE: workspace = '.',
    RUNNER_TEMP: temp = '.',
    SLACK_API_URL,
    ANTHROPIC_BASE_URL,
  } = env;
  const {
    ACTIONS_RESULTS_URL: resultsUrl = '',
    ACTIONS_RUNTIME_TOKEN: runtimeToken = '',
    ACTIONS_CACHE_MODE: cacheMode = '',
  } = env;
  const hasCache = resultsUrl !== '' && runtimeToken !== '';
  const [owner = '', repo = ''] = repository.split('/');
  const folder = path.join(temp, 'kube-vigil');
  return {
    owner,
    repo,
    id,
    attempt,
    sha,
    ref,
    serverUrl,
    apiUrl: apiUrl ?? null,
    workspace,
    folder,
    slackApiUrl: SLACK_API_URL ?? null,
    claudeBaseUrl: ANTHROPIC_BASE_URL ?? null,
    pagerDutyUrl: pagerDutyUrlIn(env),
    cacheAccess: hasCache ? { url: resultsUrl, token: runtimeToken } : null,
    cacheMode: cacheMode.trim().toLowerCase(),
  };
}

/** PagerDuty's address; another one for tests of the built program, which must be on loopback. */
function pagerDutyUrlIn({ KUBE_VIGIL_PAGERDUTY_URL: given = '' }: Environment): string {
  const isOurs = URL.canParse(given) && isLoopback(new URL(given).hostname);
  return isOurs ? given : defaultEventsUrl;
}

/** Where the kubeconfig is, and every secret in it. Throws Failure CONFIG_INVALID. */
export function kubeconfigOf(
  inputs: Inputs,
  env: Environment,
): { readonly source: KubeconfigSource; readonly secrets: readonly string[] } {
  const { KUBECONFIG = '', KUBERNETES_SERVICE_HOST } = env;
  const given = inputs.kubeconfig ?? (KUBECONFIG.trim() === '' ? null : KUBECONFIG);
  if (given !== null) {
    const source = readKubeconfig(given);
    return { source, secrets: knownSecrets(source) };
  }
  if (KUBERNETES_SERVICE_HOST !== undefined) return { source: 'in-cluster', secrets: [] };
  throw new Failure(
    'CONFIG_INVALID',
    'No kubeconfig is given: the input kubeconfig is empty, KUBECONFIG is not set, and the runner is no pod of a cluster',
    {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's syntax, not JavaScript's
      hint: 'Store the kubeconfig as a secret and pass it as `kubeconfig: ${{ secrets.KUBECONFIG }}`',
    },
  );
}

/** Secrets inside the kubeconfig, for masking; none where it cannot be read: the cycle will say why. */
export function secretsIn(inputs: Inputs, env: Environment): readonly string[] {
  try {
    return kubeconfigOf(inputs, env).secrets;
  } catch {
    return [];
  }
}

export function journalOf(run: Run): string {
  return path.join(run.folder, 'journal.json');
}

export function namespacesOf(names: readonly string[]): {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
} {
  const exclude = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  return { include: names.filter((name) => !name.startsWith('!')), exclude };
}

export function endpointsOf(
  inputs: Inputs,
  run: Run,
  source: KubeconfigSource | null,
): readonly string[] {
  const heartbeat = inputs['heartbeat-url'];
  return [
    ...(heartbeat === null ? [] : [heartbeat]),
    ...(source === null ? [] : [serverOf(source, inputs.context ?? undefined)]),
    run.apiUrl ?? 'https://api.github.com',
    ...[inputs['slack-webhook-url'], inputs['webhook-url']].filter((url) => url !== null),
    ...(inputs['pagerduty-routing-key'] === null ? [] : [run.pagerDutyUrl]),
    ...(inputs['slack-bot-token'] === null ? [] : [run.slackApiUrl ?? 'https://slack.com/api/']),
    ...(inputs['anthropic-api-key'] === null
      ? []
      : [run.claudeBaseUrl ?? 'https://api.anthropic.com']),
    ...(inputs['state-store'] === 'cache' && run.cacheAccess !== null ? [run.cacheAccess.url] : []),
  ];
}
