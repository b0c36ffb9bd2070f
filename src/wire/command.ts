import { randomUUID } from 'node:crypto';
import { delimiter } from 'node:path';
import { loadCatalogFile } from '../adapters/config/catalog-file.ts';
import type { BaselineCommand, CycleCommand, Source } from '../adapters/config/command-line.ts';
import type { ResendCommand } from '../adapters/config/command-options.ts';
import { slugOf } from '../adapters/config/slug.ts';
import { dumpCluster } from '../adapters/kubernetes/dump.ts';
import { contextOf, type KubeconfigSource } from '../adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../adapters/kubernetes/live.ts';
import { defaultApiUrl } from '../adapters/slack/client.ts';
import { slackMessenger } from '../adapters/slack/messenger.ts';
import { folderArchive } from '../adapters/store/archive.ts';
import { readBackup, type Saved } from '../adapters/store/backup-file.ts';
import { fileShelf } from '../adapters/store/file-shelf.ts';
import { memoryOn } from '../adapters/store/memory.ts';
import { noMemory } from '../adapters/store/no-memory.ts';
import { terminalLog } from '../adapters/terminal/log.ts';
import { type Catalog, defaultCatalog } from '../core/model/catalog.ts';
import type { Limits } from '../core/model/limits.ts';
import type { Snapshot } from '../core/model/snapshot.ts';
import { logLine, stackLines } from '../core/render/log.ts';
import type { Cluster, CycleSettings, Log, Memory, Messenger, World } from '../ports.ts';
import { listenerFor } from './listening.ts';
import { fileOf } from './memory.ts';
import { assessorFor, clock, type Environment, knownChecks, limitsFor, serverOf } from './parts.ts';

export function openTerminal(stream: NodeJS.WriteStream): Log {
  return terminalLog(stream, logLine, stackLines);
}

/** The world of `kube-vigil cycle`, and the dump where one is looked at. What the user got wrong is thrown before a cycle begins: Failure CONFIG_INVALID or DUMP_EMPTY. */
export async function commandWorld(
  command: CycleCommand,
  env: Environment,
  log: Log,
): Promise<{
  readonly world: World;
  readonly settings: CycleSettings;
  readonly dump: Snapshot | null;
}> {
  const { slack, claude, source } = command;
  const catalog = await catalogAt(command.catalog);
  const limits = limitsFor(env, endpointsOf(command));
  const run = randomUUID();
  const cluster = command.cluster ?? slugOf(nameOf(source));
  const { dump, ...looking } = await clusterOf(source, command.now, limits, log);
  const world: World = {
    ...looking,
    assessor: assessorFor({ ...claude, model: command.model }, limits),
    messenger: slack === null ? null : slackMessenger({ ...slack, cluster, limits, clock, log }),
    listener:
      slack === null ? null : listenerFor({ dry: false, slack, github: null, limits, clock, log }),
    tracker: null,
    archive: folderArchive({ folder: command.outputDir, journalFile: null }),
    memory: memoryOf(command.stateFile, run, log),
    clock,
    log,
  };
  const settings: CycleSettings = {
    cluster,
    catalog,
    channel: slack?.channel ?? null,
    run,
    runUrl: null,
    now: command.now,
    uploadSnapshot: 'never',
  };
  return { world, settings, dump };
}

/** What `kube-vigil baseline` looks at and with what. Throws as `commandWorld` does. */
export async function baselineWorld(
  { source, catalog, now }: BaselineCommand,
  env: Environment,
  log: Log,
): Promise<{ readonly cluster: Cluster; readonly catalog: Catalog }> {
  const limits = limitsFor(env, sourceEndpoints(source));
  return {
    ...(await clusterOf(source, now, limits, log)),
    catalog: await catalogAt(catalog),
  };
}

/** The file's catalog, held against the wall clock whatever `--now` says: it is read today. Throws Failure CONFIG_INVALID. */
export async function catalogAt(file: string | null): Promise<Catalog> {
  return file === null ? defaultCatalog : await loadCatalogFile(file, knownChecks, clock.now());
}

/** The memory that `status` reads; nothing is written to it. */
export function memoryOf(stateFile: string | null, run: string, log: Log): Memory {
  return stateFile === null
    ? noMemory()
    : memoryOn((document) => fileShelf(fileOf(stateFile, document)), { run, log });
}

/** What `kube-vigil resend` reads, and with what it sends; null in a dry run. Throws Failure CONFIG_INVALID. */
export async function resendWorld(
  { file, token, apiUrl, dryRun }: ResendCommand,
  env: Environment,
  log: Log,
): Promise<{ readonly saved: Saved; readonly messenger: Messenger | null }> {
  const saved = await readBackup(file);
  if (dryRun || token === null) return { saved, messenger: null };
  const limits = limitsFor(env, [apiUrl ?? defaultApiUrl]);
  const { cluster } = saved;
  return { saved, messenger: slackMessenger({ token, apiUrl, cluster, limits, clock, log }) };
}

/** A dump is read here already: one that holds nothing is bad usage, not a failed cycle. */
async function clusterOf(
  source: Source,
  now: number | null,
  limits: Limits,
  log: Log,
): Promise<{ readonly cluster: Cluster; readonly dump: Snapshot | null }> {
  const namespaces = { include: [], exclude: [] };
  if (source.kind === 'dump') {
    const dump = dumpCluster(source.paths, { now, log, namespaces });
    const snapshot = await dump.look();
    return { cluster: { ...dump, look: () => Promise.resolve(snapshot) }, dump: snapshot };
  }
  const kubeconfig = kubeconfigOf(source);
  const context = contextFor(source);
  // Which context it is must be known before a cycle is counted.
  contextOf(kubeconfig, context);
  const cluster = liveCluster({ kubeconfig, context }, { namespaces, limits, log, clock });
  return { cluster, dump: null };
}

export function kubeconfigOf(source: Exclude<Source, { kind: 'dump' }>): KubeconfigSource {
  return source.kind === 'in-cluster' ? 'in-cluster' : { file: source.files.join(delimiter) };
}

export function contextFor(source: Source): string | undefined {
  return source.kind === 'kubeconfig' ? (source.context ?? undefined) : undefined;
}

function nameOf(source: Source): string {
  return source.kind === 'dump' ? 'dump' : contextOf(kubeconfigOf(source), contextFor(source));
}

function sourceEndpoints(source: Source): readonly string[] {
  return source.kind === 'dump' ? [] : [serverOf(kubeconfigOf(source), contextFor(source))];
}

export function endpointsOf({
  source,
  slack,
  claude,
}: Pick<CycleCommand, 'source' | 'slack' | 'claude'>): readonly string[] {
  return [
    ...sourceEndpoints(source),
    ...(slack === null ? [] : [slack.apiUrl ?? 'https://slack.com/api/']),
    ...(claude.key === null ? [] : [claude.baseUrl ?? 'https://api.anthropic.com']),
  ];
}
