import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Inputs } from '../adapters/config/inputs.ts';
import { slugOf } from '../adapters/config/slug.ts';
import { artifactUpload } from '../adapters/github/artifact.ts';
import { scheduleOf } from '../adapters/github/event.ts';
import { issueTracker } from '../adapters/github/issue.ts';
import { type Github, github } from '../adapters/github/octokit.ts';
import { isPublicRepository } from '../adapters/github/repository.ts';
import { type Workflow, workflow } from '../adapters/github/workflow.ts';
import { contextOf } from '../adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../adapters/kubernetes/live.ts';
import { folderArchive, type Journal, readJournal } from '../adapters/store/archive.ts';
import { readOnly } from '../adapters/store/no-memory.ts';
import { defaultCatalog } from '../core/model/catalog.ts';
import type { CycleStamp } from '../core/model/cycle.ts';
import { Failure } from '../core/model/failure.ts';
import type { Limits } from '../core/model/limits.ts';
import type { CycleReport } from '../core/model/report.ts';
import { formatTime } from '../core/model/time.ts';
import { logLine, stackLines } from '../core/render/log.ts';
import type { Archive, Assessor, Cluster, CycleSettings, Log, Memory, World } from '../ports.ts';
import { loadCatalog } from './catalog.ts';
import { listenerFor } from './listening.ts';
import { memoryFor } from './memory.ts';
import { assessorFor, clock, type Environment, limitsFor } from './parts.ts';
import { endpointsOf, journalOf, kubeconfigOf, namespacesOf, type Run, readRun } from './run.ts';
import { waysOut } from './ways-out.ts';

export function openWorkflow(): Workflow {
  return workflow(logLine, stackLines);
}

/** Everything of the action's world. Throws where not even the cluster's name can be told; what is wrong with the user's own files is `misconfigured`: the cycle is counted and says it. */
export interface ActionWorld {
  readonly world: World;
  readonly settings: CycleSettings;
  readonly misconfigured: Error | null;
  readonly github: Github;
  readonly limits: Limits;
}

export async function actionWorld(
  inputs: Inputs,
  env: Environment,
  log: Log,
): Promise<ActionWorld> {
  const run = readRun(env);
  const problems: unknown[] = [];
  const attempt = async <T>(effect: () => T | Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await effect();
    } catch (error) {
      problems.push(error);
      return otherwise;
    }
  };
  const source = await attempt(() => kubeconfigOf(inputs, env).source, null);
  const context = inputs.context ?? undefined;
  const named =
    inputs['cluster-name'] ??
    (source === null ? null : await attempt(() => slugOf(contextOf(source, context)), null));
  // Which memory this is about is not known: nothing may be counted in another one.
  if (named === null) throw asError(problems[0]);
  const cluster = named;
  const limits = limitsFor(env, endpointsOf(inputs, run, source));
  const api = githubOf(inputs, run, limits);
  const catalog = await attempt(
    () => loadCatalog(inputs.catalog, run, api, limits, log),
    defaultCatalog,
  );
  const claude = {
    key: inputs['anthropic-api-key'],
    baseUrl: run.claudeBaseUrl,
    model: inputs.model,
  };
  const assessor = await attempt((): Assessor | null => assessorFor(claude, limits), null);
  const misconfigured = problems.length === 0 ? null : asError(problems[0]);
  const { exclude, include } = namespacesOf(inputs.namespaces);
  const reader: Cluster =
    source === null || misconfigured !== null
      ? {
          look: () => Promise.reject(misconfigured),
          readLogs: () => Promise.resolve({ logs: [], gaps: [] }),
        }
      : liveCluster(
          { kubeconfig: source, context },
          { namespaces: { include, exclude }, limits, log, clock },
        );
  const dry = inputs['dry-run'];
  const memory = memoryFor(inputs, run, cluster, api, limits, log);
  const slack = { token: inputs['slack-bot-token'], channel: inputs['slack-channel'] };
  const { messenger, channel, targets } = waysOut(inputs, { cluster, run, limits, log });
  const world: World = {
    cluster: reader,
    assessor,
    messenger: dry ? null : messenger,
    listener: listenerFor({
      dry,
      slack: { ...slack, apiUrl: run.slackApiUrl },
      github: api,
      limits,
      clock,
      log,
    }),
    tracker: dry ? null : issueTracker({ github: api, limits, log }),
    archive: archiveFor(inputs, run, cluster, limits, log),
    memory: dry ? readOnly(memory) : memory,
    clock,
    log,
  };
  const settings: CycleSettings = {
    cluster,
    catalog,
    channel,
    targets,
    run: `${run.id}.${run.attempt}`,
    runUrl: `${run.serverUrl}/${run.owner}/${run.repo}/actions/runs/${run.id}`,
    now: null,
    schedule: await scheduleOf(env),
    namespaces: { include, exclude },
    uploadSnapshot: inputs.snapshot,
  };
  return { world, settings, misconfigured, github: api, limits };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function githubOf(inputs: Inputs, run: Run, limits: Limits): Github {
  const token = inputs['github-token'] ?? '';
  return github({ token, apiUrl: run.apiUrl, owner: run.owner, repo: run.repo, limits });
}

function archiveFor(
  inputs: Inputs,
  run: Run,
  cluster: string,
  limits: Limits,
  log: Log,
  files: readonly string[] = [],
): Archive {
  const { folder, owner, repo, serverUrl } = run;
  const retentionDays = Number(inputs['artifact-retention-days']);
  const upload = artifactUpload({
    cluster,
    folder,
    runId: run.id,
    attempt: run.attempt,
    serverUrl,
    owner,
    repo,
    retentionDays,
    limits,
    log,
  });
  return folderArchive({ folder, journalFile: journalOf(run), upload, files });
}

/** What the post step needs of a main step that was cut off; `journal` null: main never began a cycle. */
export async function postWorld(
  inputs: Inputs,
  env: Environment,
  cluster: string,
  log: Log,
): Promise<{
  readonly journal: Journal | null;
  /** The report as far as main wrote it. */
  readonly draft: CycleReport | null;
  readonly memory: Memory;
  readonly archive: Archive;
  readonly stamp: CycleStamp;
}> {
  const run = readRun(env);
  const limits = limitsFor(env, endpointsOf(inputs, run, null));
  const journal = await readJournal(journalOf(run));
  const memory = memoryFor(inputs, run, cluster, githubOf(inputs, run, limits), limits, log);
  const now = clock.now();
  return {
    journal,
    draft: await readReport(journal),
    memory: inputs['dry-run'] ? readOnly(memory) : memory,
    archive: archiveFor(inputs, run, cluster, limits, log, journal?.files ?? []),
    stamp: {
      id: '',
      cluster,
      startedAt: formatTime(now),
      now,
      run: `${run.id}.${run.attempt}`,
      channel: waysOut(inputs, { cluster, run, limits, log }).channel,
      runUrl: null,
    },
  };
}

/** Our own file of this very run, so its shape is known. */
async function readReport(journal: Journal | null): Promise<CycleReport | null> {
  const file = journal?.files.find((each) => path.basename(each).startsWith('cycle_'));
  if (file === undefined) return null;
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CycleReport;
  } catch {
    return null;
  }
}

/** Artifacts and issues of a public repository are public: the action refuses to run there. Where GitHub does not say whether it is, it runs, and publishes nothing. Throws Failure CONFIG_INVALID. */
export async function discreet(built: ActionWorld, inputs: Inputs): Promise<World> {
  if (inputs['allow-public-repository']) return built.world;
  const isPublic = await isPublicRepository(
    built.github,
    AbortSignal.timeout(built.limits.githubCall),
  );
  if (isPublic === true) throw new Failure('CONFIG_INVALID', isPublicText);
  if (isPublic === false) return built.world;
  built.world.log.warn(
    'GitHub does not say whether this repository is public: no artifact and no issue in this run',
  );
  const archive = { ...built.world.archive, upload: () => Promise.resolve(null) };
  return { ...built.world, archive, tracker: null };
}

const isPublicText =
  'This repository is public, so reports, state branch and issues would be too. Move the workflow to a private repository, or set allow-public-repository: true';
