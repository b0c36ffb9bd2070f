import http from 'node:http';
import { claudeAssessor } from '../adapters/claude/assessor.ts';
import { claudeBaseUrl, claudeKey, sdkEnvironment } from '../adapters/claude/credentials.ts';
import { timeScale } from '../adapters/config/time-scale.ts';
import {
  chooseContext,
  type KubeconfigSource,
  loadKubeconfig,
} from '../adapters/kubernetes/kubeconfig.ts';
import { registry } from '../core/checks/registry.ts';
import { Failure } from '../core/model/failure.ts';
import { type Limits, limits, scaled } from '../core/model/limits.ts';
import type { Assessor, Clock } from '../ports.ts';

export type Environment = { readonly [name: string]: string | undefined };

export const clock: Clock = { now: () => Date.now() };

/** Names of the checks and their thresholds, for the catalog's own check of `checks:`. */
export const knownChecks = Object.fromEntries(
  registry.map(({ meta }) => [meta.id, Object.keys(meta.defaults)]),
);

/** The limits; divided by KUBE_VIGIL_TIME_SCALE where every endpoint is on loopback (tests of the built program). */
export function limitsFor(env: Environment, urls: readonly string[]): Limits {
  return scaled(limits, timeScale(env, urls));
}

/** The API server's address, as far as it can be told without asking. */
export function serverOf(source: KubeconfigSource, context: string | undefined): string {
  if (source === 'in-cluster') return 'https://kubernetes.default.svc';
  try {
    const config = loadKubeconfig(source);
    const name = config.contexts.find((each) => each.name === chooseContext(config, context))
      ?.context?.cluster;
    return config.clusters.find((each) => each.name === name)?.cluster?.server ?? '';
  } catch {
    // The look itself will say what is wrong with it.
    return '';
  }
}

/** Claude, where a key is given. Throws Failure CONFIG_INVALID for a key or URL that cannot be one. */
export function assessorFor(
  claude: { readonly key: string | null; readonly baseUrl: string | null; readonly model: string },
  table: Limits,
): Assessor | null {
  const key = claudeKey(claude.key);
  const baseUrl = claudeBaseUrl(claude.baseUrl);
  return key === null
    ? null
    : claudeAssessor({ key, baseUrl, model: claude.model, limits: table, clock });
}

/** What the process must be like before any SDK is loaded: no variable that one reads by itself, and the proxy where Node can. */
export function prepareProcess(env: NodeJS.ProcessEnv): void {
  for (const name of sdkEnvironment) delete env[name];
  // Node 24 has it, Node 20 does not.
  const { setGlobalProxyFromEnv } = http as { readonly setGlobalProxyFromEnv?: () => unknown };
  const { HTTPS_PROXY, https_proxy } = env;
  if (HTTPS_PROXY !== undefined || https_proxy !== undefined) setGlobalProxyFromEnv?.();
}

/** The whole of something within `ms`. Throws Failure BUG: every part has a limit of its own, so this is the last resort. */
export async function within<T>(ms: number, whole: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    const late = new Failure('BUG', `The cycle did not end within ${ms / 1000} s`, {
      hint: 'The draft report says how far it came',
    });
    timer = setTimeout(() => reject(late), ms);
  });
  try {
    return await Promise.race([whole, end]);
  } finally {
    clearTimeout(timer);
  }
}
