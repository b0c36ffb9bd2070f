import { Failure } from '../../core/model/failure.ts';
import { type NamespaceFilter, unlessEvery } from '../../core/model/namespaces.ts';
import { type Gap, type KubeObject, keyOf, type Snapshot } from '../../core/model/snapshot.ts';
import { count, cut } from '../../core/model/text.ts';
import { formatTime } from '../../core/model/time.ts';
import { selects } from '../../core/objects/field-selector.ts';
import {
  homeOf,
  isKind,
  type Kind,
  kindNames,
  kinds,
  type Subject,
  selectorsOf,
} from '../../core/objects/kinds.ts';
import type { SnapshotHeader } from '../../core/objects/snapshot-file.ts';
import { trim, trimCustom } from '../../core/objects/trim.ts';
import type { Cluster, Log } from '../../ports.ts';
import { parseDocuments } from './dump-documents.ts';
import { findFiles, readDumpFile } from './dump-files.ts';
import { subjects } from './dump-kinds.ts';
import { readDumpLogs } from './dump-logs.ts';
import { namespacesRead } from './dump-namespaces.ts';
import { type Content, contentOf, type Found, type Raw } from './dump-objects.ts';
import { newestTime } from './dump-time.ts';
import { clusterUidIn, isObjectWanted, metadataOf } from './namespaces.ts';

export interface DumpOptions {
  /** `--now` in ms; null: the dump's own time. */
  readonly now: number | null;
  readonly log: Log;
  readonly namespaces: NamespaceFilter;
}

/**
 * A dump in place of a cluster: files or folders of what `kubectl get … -o json|yaml` printed, support bundles, our own snapshots.
 * Taken at `now`, else when our snapshot was, else at the newest timestamp in it. A kind that it holds counts as read in the namespaces of which anything came, every other is a gap `not-in-dump`.
 */
export function dumpCluster(paths: readonly string[], options: DumpOptions): Cluster {
  return {
    look: () => look(paths, options),
    readLogs: async (wanted) => ({ logs: await readDumpLogs(paths, wanted), gaps: [] }),
  };
}

async function look(paths: readonly string[], options: DumpOptions): Promise<Snapshot> {
  const files = await findFiles(paths);
  const pile = makePile();
  for (const [number, file] of files.entries()) {
    // Trimmed file by file: a whole dump, raw, may not fit into memory.
    const text = await readDumpFile(file.path);
    for (const document of parseDocuments(text, file.path))
      pile.add(contentOf(document, file.path));
    options.log.progress(
      `k8s-analyzer: ${number + 1} of ${count(files.length, 'file')}, ${count(pile.known(), 'object')}`,
    );
  }
  if (pile.isEmpty()) throw empty(paths, files.length);
  if (pile.known() === 0)
    options.log.warn('The dump holds objects, but none of the kinds that are looked at');
  const writtenAt = Math.max(...files.map((file) => file.writtenAt));
  const snapshot = pile.snapshot(options, writtenAt);
  if (snapshot.clock?.from === 'written')
    options.log.warn(
      'The dump holds no timestamp: ages are counted to when it was written (see --now)',
    );
  return snapshot;
}

/** What fills a dump with every kind that is judged but custom resources; README has it too. */
export const dumpCommand = `kubectl get ${kindNames.map((kind) => kinds[kind].plural).join(',')} -A -o json > dump.json`;

function empty(paths: readonly string[], files: number): Failure {
  const where = cut(paths.join(', '), 300);
  return new Failure(
    'DUMP_EMPTY',
    `The dump ${where} holds no Kubernetes object (${count(files, 'file')} read)`,
    { hint: `Fill it with \`${dumpCommand}\`` },
  );
}

/** What says when a dump was taken, the surest first. When a file was written says least: a copy or a checkout is written anew. */
const clocks = ['given', 'header', 'newest', 'written'] as const;

interface Kept {
  readonly object: KubeObject;
  readonly newest: number;
}

/** What has been read so far: each object once, its newest version. */
function makePile() {
  const kept = new Map<string, Kept>();
  const read = new Set<Subject>();
  const seen = new Set<string>();
  const heads: SnapshotHeader[] = [];
  let known = 0;
  let others = 0;
  let newest: number | null = null;

  const keep = (found: Found) => {
    known++;
    const at = newestTime(found);
    if (at !== null && (newest === null || at > newest)) newest = at;
    const object = keptOf(found);
    if (object === undefined) return;
    const { name, namespace } = metadataOf(object);
    // Of equal names in different groups each is one of its own; of one group the version does not matter.
    const [group = ''] = object.apiVersion.split('/', 1);
    const kind = found.kind === 'CustomResource' ? `${object.kind}.${group}` : found.kind;
    const key = keyOf({ kind, namespace, name });
    const before = kept.get(key);
    if (before === undefined || (at ?? 0) >= before.newest)
      kept.set(key, { object, newest: at ?? 0 });
  };

  return {
    add(content: Content) {
      for (const found of content.objects) keep(found);
      for (const kind of content.read) read.add(kind);
      for (const namespace of content.namespaces) seen.add(namespace);
      if (content.own !== null) heads.push(content.own);
      others += content.others;
    },
    /** Objects of the kinds that are looked at, however often they came. */
    known: () => known,
    /** Not one object of any kind, and no snapshot of ours, which may say that there is nothing. */
    isEmpty: () => known + others + heads.length === 0,
    snapshot({ now, namespaces }: DumpOptions, writtenAt: number): Snapshot {
      const objects = [...kept.values()].map(({ object }) => object);
      const own = heads.map(({ takenAt }) => Date.parse(takenAt));
      const header = own.length > 0 ? Math.max(...own) : null;
      const times = { given: now, header, newest, written: writtenAt } as const;
      const from = clocks.find((each) => times[each] !== null) ?? 'written';
      return {
        takenAt: formatTime(times[from] ?? writtenAt),
        source: 'dump',
        clock: { from, writtenAt: formatTime(writtenAt) },
        clusterUid:
          heads.find((head) => head.clusterUid !== null)?.clusterUid ?? clusterUidIn(objects),
        ...unlessEvery(namespacesRead(namespaces, heads, seen, objects)),
        items: objects.filter((object) => isObjectWanted(object, namespaces)),
        gaps: gapsOf(read, heads),
        ...logsOf(heads),
      };
    },
  };
}

function keptOf({ kind, raw }: Found): KubeObject | undefined {
  if (kind === 'CustomResource') return trimCustom(raw);
  return isAsked(kind, raw) ? trim(kind, raw) : undefined;
}

/** As a live list is asked for: no Succeeded pods, few Normal events. */
function isAsked(kind: Kind, raw: Raw): boolean {
  const home = homeOf(kind);
  if (home !== undefined && !selects(`metadata.namespace=${home}`, raw)) return false;
  return selectorsOf(kind).some((selector) => selects(selector, raw));
}

function gapsOf(read: ReadonlySet<Subject>, heads: readonly SnapshotHeader[]): readonly Gap[] {
  const own = heads.flatMap(({ gaps }) => gaps);
  const known = own.filter(
    (gap) =>
      gap.namespace !== null || !subjects.some((kind) => kind === gap.kind && read.has(kind)),
  );
  const absent = subjects
    .filter((kind) => !read.has(kind) && !known.some((gap) => gap.kind === kind))
    .map(absence);
  const [first, ...others] = absent;
  return first === undefined || read.size > 0
    ? [...known, ...absent]
    : [...known, { ...first, ...nothing }, ...others];
}

/** Logs that our own snapshots hold; absent where none was read. */
function logsOf(heads: readonly SnapshotHeader[]): Pick<Snapshot, 'logs'> {
  const logs = heads.flatMap((head) => head.logs ?? []);
  return heads.some((head) => head.logs !== undefined) ? { logs } : {};
}

function absence(kind: Subject): Gap {
  const plural = isKind(kind) ? kinds[kind].plural : 'custom resources';
  const detail = `${plural}: not in the dump`;
  return { kind, namespace: null, reason: 'not-in-dump', detail };
}

/** That a dump lacks a kind is no news, that it lacks every kind is: one gap says so, and no cycle is healthy by it. */
const nothing = {
  reason: 'unavailable',
  detail: 'The dump holds nothing that is judged',
} as const;
