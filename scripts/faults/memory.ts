import { silentLog } from '../../__tests__/support/log.ts';
import { branchShelf } from '../../src/adapters/github/branch-shelf.ts';
import { cacheShelf } from '../../src/adapters/github/cache-shelf.ts';
import { github as connect } from '../../src/adapters/github/octokit.ts';
import { monitorState } from '../../src/adapters/store/document-kind.ts';
import { documentOn } from '../../src/adapters/store/memory.ts';
import { limits } from '../../src/core/model/limits.ts';
import type { MonitorState } from '../../src/core/model/state.ts';
import type { Memory } from '../../src/ports.ts';
import type { JobOptions } from './job.ts';
import { cacheToken, type World } from './world.ts';

export interface Issue {
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly labels: readonly string[];
}

let reader = 0;

/** The memory as the action finds it. */
function memoryOf({ proxies, github }: World, { store }: JobOptions): Memory['state'] {
  const apiUrl = store === 'cache' ? proxies.cache.url : proxies.github.url;
  const api = connect({ token: github.token, apiUrl, owner: 'acme', repo: 'ops', limits });
  reader += 1;
  const shelf =
    store === 'cache'
      ? cacheShelf({
          github: api,
          access: { url: `${proxies.cache.url}/`, token: cacheToken },
          mode: '',
          prefix: 'kube-vigil-state-shop-',
          run: `before-${reader}`,
          ref: 'refs/heads/main',
          limits,
        })
      : branchShelf({ github: api, branch: 'kube-vigil-state', path: 'state/shop.json', limits });
  return documentOn(monitorState, shelf, { run: `before-${reader}`, log: silentLog });
}

/** What the memory holds; the proxies must be without faults. */
export function remembered(world: World, options: JobOptions): ReturnType<Memory['state']['load']> {
  return memoryOf(world, options).load();
}

export async function remember(
  world: World,
  options: JobOptions,
  state: MonitorState,
): Promise<void> {
  await memoryOf(world, options).update(() => ({ state }));
}

export async function issuesOf({ github }: World): Promise<readonly Issue[]> {
  const { body } = await github.ask('GET', '/issues?state=all');
  const issues = body as readonly (Omit<Issue, 'labels'> & {
    readonly labels: readonly { readonly name: string }[];
  })[];
  return issues.map(({ title, body: text, state, labels }) => ({
    ...{ title, body: text, state },
    labels: labels.map(({ name }) => name),
  }));
}
