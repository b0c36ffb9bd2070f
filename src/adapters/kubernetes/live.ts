import { Failure } from '../../core/model/failure.ts';
import { groupBy } from '../../core/model/group.ts';
import type { Limits } from '../../core/model/limits.ts';
import { isWanted, type NamespaceFilter, unlessEvery } from '../../core/model/namespaces.ts';
import type { Gap, KubeObject, Snapshot } from '../../core/model/snapshot.ts';
import { formatTime, parseTime } from '../../core/model/time.ts';
import { homeOf, type Kind, kindNames, kinds, selectorsOf } from '../../core/objects/kinds.ts';
import { trim } from '../../core/objects/trim.ts';
import type { Clock, Cluster, Log } from '../../ports.ts';
import type { KubeSource } from './connection.ts';
import { type CustomReading, readCustom } from './custom-lists.ts';
import { readLogs } from './logs.ts';
import { clusterUidIn, isObjectWanted, metadataOf } from './namespaces.ts';
import { type Listing, readList } from './pages.ts';
import { makeProgress } from './progress.ts';
import type { Reader } from './reader.ts';
import { forbidden, gapFor, type Scope, unreachable } from './trouble.ts';
import { openVisit, type Visit } from './visit.ts';

export interface LiveOptions {
  readonly namespaces: NamespaceFilter;
  readonly limits: Limits;
  readonly log: Log;
  readonly clock: Clock;
}

/** Any one of these lets the cluster be judged. */
const vital: readonly Kind[] = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/**
 * A cluster behind an API server: GET only, never Secrets. A list that cannot be read whole is a gap, and nothing of it is kept.
 * With namespaces included, each is listed by itself, so that rights in these namespaces are enough.
 */
export function liveCluster(source: KubeSource, options: LiveOptions): Cluster {
  const { limits } = options;
  // Logs are read in what the lists leave of the time.
  let deadline = 0;
  return {
    look: () => {
      deadline = performance.now() + limits.kubernetesAll;
      return look(source, options);
    },
    readLogs: (wanted) => {
      const left = Math.min(limits.kubernetesLogs, deadline - performance.now());
      return readLogs(source, wanted, limits, left);
    },
  };
}

async function look(source: KubeSource, options: LiveOptions): Promise<Snapshot> {
  const scopes = scopesOf(options.namespaces);
  const visit = await openVisit(source, options.limits);
  try {
    const progress = makeProgress(scopes, options.log);
    const listings = await Promise.all(
      scopes.map(async (scope) => {
        const listing = await readList(visit.reader, scope, (items, answer) => {
          visit.succeeded(answer);
          progress.page(items.length);
        });
        progress.done(scope);
        return { scope, listing };
      }),
    );
    visit.throwIfFailed();
    const clusterUid = await findClusterUid(visit.reader, listings);
    // Last: what the time does not suffice for is a gap, and the rest is judged.
    const { namespaces, limits } = options;
    const custom = await readCustom(visit.reader, namespaces, limits.kubernetesCustom, (objects) =>
      progress.page(objects),
    );
    return snapshotOf(listings, custom, options, visit, clusterUid);
  } finally {
    visit.end();
  }
}

/** Every list there is to read, pods first: theirs is the longest. */
function scopesOf({ include, exclude }: NamespaceFilter): readonly Scope[] {
  const wanted = include.filter((namespace) => isWanted(namespace, { include, exclude }));
  if (include.length > 0 && wanted.length === 0)
    throw new Failure('CONFIG_INVALID', 'Every namespace that is included is also excluded', {
      hint: 'Mend the list of namespaces',
    });
  return kindNames.flatMap((kind): Scope[] => {
    const home = homeOf(kind);
    const everywhere = wanted.length === 0 || !kinds[kind].namespaced;
    const namespaces = home !== undefined ? [home] : everywhere ? [null] : wanted;
    return namespaces.flatMap((namespace) =>
      selectorsOf(kind).map((selector) => ({ kind, namespace, selector })),
    );
  });
}

interface Read {
  readonly scope: Scope;
  readonly listing: Listing;
}

function snapshotOf(
  listings: readonly Read[],
  custom: CustomReading,
  { namespaces, clock }: LiveOptions,
  visit: Visit,
  clusterUid: string | null,
): Snapshot {
  const gaps = firstOfEach(
    listings.flatMap(({ scope, listing }) =>
      listing.trouble === null ? [] : [gapFor(scope, listing.trouble)],
    ),
  );
  refuseBlindness(listings, gaps, visit.host);
  const items = [...listings.flatMap(({ listing }) => listing.items ?? []), ...custom.items];
  return {
    takenAt: formatTime(parseTime(visit.date()) ?? clock.now()),
    source: 'live',
    clusterUid,
    ...unlessEvery(namespaces),
    items: items.filter((item) => isObjectWanted(item, namespaces)),
    gaps: [...gaps, ...missingNamespaces(listings, namespaces.include), ...custom.gaps],
  };
}

/** A kind that takes several lists is missed once. */
function firstOfEach(gaps: readonly Gap[]): readonly Gap[] {
  const byPlace = groupBy(gaps, ({ kind, namespace }) => JSON.stringify([kind, namespace]));
  return [...byPlace.values()].flatMap((same) => same[0] ?? []);
}

function refuseBlindness(listings: readonly Read[], gaps: readonly Gap[], host: string): void {
  const isVital = ({ kind }: { readonly kind: string }) => vital.some((each) => each === kind);
  if (listings.some(({ scope, listing }) => isVital(scope) && listing.trouble === null)) return;
  const vitalGaps = gaps.filter(isVital);
  const refused = vitalGaps.find(({ reason }) => reason === 'forbidden');
  if (refused !== undefined) throw forbidden(host, refused);
  throw unreachable(host, vitalGaps[0]?.detail ?? 'nothing was read');
}

/** An included namespace that does not exist lists as empty, and empty looks healthy: say it. */
function missingNamespaces(listings: readonly Read[], include: readonly string[]): readonly Gap[] {
  const items = listings.find(({ scope }) => scope.kind === 'Namespace')?.listing.items;
  if (!items) return [];
  const there = new Set(items.map((item) => metadataOf(item).name));
  return include
    .filter((namespace) => !there.has(namespace))
    .map((namespace) => ({
      kind: 'Namespace',
      namespace,
      reason: 'not-found',
      detail: `namespace ${namespace} does not exist`,
    }));
}

/** From the list of namespaces; where that may not be read, from the one namespace. */
async function findClusterUid(reader: Reader, listings: readonly Read[]): Promise<string | null> {
  const byKind = groupBy(listings, ({ scope }) => scope.kind);
  const listed = byKind.get('Namespace')?.flatMap(({ listing }) => listing.items ?? []) ?? [];
  if (listed.length > 0) return clusterUidIn(listed);
  const answer = await reader.ask('/api/v1/namespaces/kube-system', false);
  if (answer.silent !== null || answer.status !== 200) return null;
  return clusterUidIn(namespaceIn(answer.body));
}

function namespaceIn(body: string): readonly KubeObject[] {
  try {
    const namespace = trim('Namespace', JSON.parse(body));
    return namespace === undefined ? [] : [namespace];
  } catch {
    return [];
  }
}
