import {
  type CacheServer,
  cacheServer,
  runtimeToken,
} from '../../__tests__/support/cache-server.ts';
import { claudeServer, good } from '../../__tests__/support/claude-server.ts';
import { type FaultyServer, faultyServer } from '../../__tests__/support/faulty-server.ts';
import { type GithubServer, githubServer } from '../../__tests__/support/github-server.ts';
import { startResultsService } from '../../__tests__/support/results-service.ts';
import {
  type ApiServer,
  type RawByKind,
  startApiServer,
} from '../../src/adapters/demo/api-server.ts';
import { openSink, type Sink } from './sink.ts';
import { type SlackStub, slackStub } from './slack-stub.ts';

/** The services that a cycle calls. */
export type Service =
  | 'kubernetes'
  | 'claude'
  | 'slack'
  | 'github'
  | 'artifacts'
  | 'cache'
  | 'heartbeat'
  | 'ways';

/** Everything that the action calls, on loopback, each behind a proxy of its own. */
export interface World {
  readonly proxies: { readonly [service in Service]: FaultyServer };
  readonly github: GithubServer;
  readonly slack: SlackStub;
  readonly cache: CacheServer;
  readonly cluster: ApiServer;
  /** What the further ways out took, oldest first. */
  readonly sink: Sink;
  /** What the cluster holds at a moment. */
  objects: (at: number) => RawByKind;
  /** The world's time in ms; it runs. */
  now(): number;
  setTime(at: number): void;
  /** As if nothing had ever been there, and no faults. */
  reset(): void;
  clearFaults(): void;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const github = await githubServer();
  const slack = await slackStub(now);
  const results = await startResultsService();
  const cache = await cacheServer();
  const sink = await openSink();
  const claude = await claudeServer([good]);
  const cluster = await startApiServer({
    objects: (at) => world.objects(at),
    logs: () => 'error: connect ECONNREFUSED 10.0.0.1:5432\n',
    custom: [widget],
    now,
  });
  const proxies = {
    github: github.proxy,
    cache: cache.proxy,
    kubernetes: await faultyServer(cluster.url),
    claude: await faultyServer(claude.url),
    slack: await faultyServer(slack.url),
    artifacts: await faultyServer(results.url),
    ways: await faultyServer(sink.url),
    // Nothing is behind it: what no fault answers is taken.
    heartbeat: await faultyServer(null),
  };
  results.front = proxies.artifacts.url;
  const clearFaults = (): void => {
    for (const proxy of Object.values(proxies)) proxy.clear();
    proxies.heartbeat.faults = [pinged];
  };
  const world: World = {
    proxies,
    github,
    slack,
    cache,
    cluster,
    sink,
    objects: () => ({}),
    now,
    setTime(at) {
      ahead = at - Date.now();
    },
    reset() {
      github.reset();
      cache.reset();
      slack.messages = [];
      slack.mayRead = true;
      sink.taken.length = 0;
      clearFaults();
    },
    clearFaults,
    async close() {
      const { github: _, cache: __, ...own } = proxies;
      const all = [github, slack, results, cache, claude, cluster, sink, ...Object.values(own)];
      await Promise.all(all.map((each) => each.close()));
    },
  };
  clearFaults();
  return world;
}

const pinged = { status: 200, body: 'OK' };

/** A custom resource, so that discovery finds something to list. */
const widget = {
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', namespace: 'shop' },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};

/** The runner's token for the cache service of a run on the default branch. */
export const cacheToken = runtimeToken('refs/heads/main');
