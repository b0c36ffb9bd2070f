import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseCatalog } from '../adapters/config/catalog.ts';
import type { Inputs } from '../adapters/config/inputs.ts';
import { slugOf } from '../adapters/config/slug.ts';
import { artifactUpload } from '../adapters/github/artifact.ts';
import { branchShelf } from '../adapters/github/branch-shelf.ts';
import { readRepositoryFile } from '../adapters/github/contents.ts';
import { issueTracker } from '../adapters/github/issue.ts';
import { type Github, github } from '../adapters/github/octokit.ts';
import { isPublicRepository } from '../adapters/github/repository.ts';
import { type Workflow, workflow } from '../adapters/github/workflow.ts';
import { contextOf } from '../adapters/kubernetes/kubeconfig.ts';
import { liveCluster } from '../adapters/kubernetes/live.ts';
import { slackMessenger } from '../adapters/slack/messenger.ts';
import { folderArchive, type Journal, readJournal } from '../adapters/store/archive.ts';
import { fileShelf } from '../adapters/store/file-shelf.ts';
import { memoryOn } from '../adapters/store/memory.ts';
import { readOnly } from '../adapters/store/no-memory.ts';
import { type Catalog, defaultCatalog } from '../core/model/catalog.ts';
import type { CycleStamp } from '../core/model/cycle.ts';
import type { Limits } from '../core/model/limits.ts';
import { formatTime } from '../core/model/time.ts';
import { logLine, stackLines } from '../core/render/log.ts';
import type { Archive, Assessor, Cluster, CycleSettings, Log, Memory, World } from '../ports.ts';
import { assessorFor, clock, type Environment, knownChecks, limitsFor } from './parts.ts';
import { endpointsOf, journalOf, kubeconfigOf, namespacesOf, type Run, readRun } from './run.ts';

export function openWorkflow(): Workflow {
  return workflow(logLine, stackLines);
}

/** Everything of the action's world; what is wrong with the user's own files is `misconfigured`: the cycle is counted and says it. */
export interface ActionWorld {
  readonly world: World;
  readonly settings: CycleSettings;
  readonly misconfigured: Error | null;
  readonly github: Github;
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
  const cluster = named ?? 'cluster';
  const limits = limitsFor(env, endpointsOf(inputs, run, source));
  const api = githubOf(inputs, run, limits);
  const catalog = await attempt(() => loadCatalog(inputs.catalog, run, api, log), defaultCatalog);
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
      ? { look: () => Promise.reject(misconfigured) }
      : liveCluster(
          { kubeconfig: source, context },
          { namespaces: { include, exclude }, limits, log, clock },
        );
  const dry = inputs['dry-run'];
  const memory = memoryFor(inputs, run, cluster, api, limits, log);
  const slack = { token: inputs['slack-bot-token'], channel: inputs['slack-channel'] };
  const world: World = {
    cluster: reader,
    assessor,
    messenger:
      dry || slack.token === null
        ? null
        : slackMessenger({ token: slack.token, apiUrl: run.slackApiUrl, limits, clock, log }),
    tracker: dry ? null : issueTracker({ github: api, limits, log }),
    archive: archiveFor(inputs, run, cluster, limits, log),
    memory: dry ? readOnly(memory) : memory,
    clock,
    log,
  };
  const settings: CycleSettings = {
    cluster,
    catalog,
    channel: slack.token === null ? null : slack.channel,
    run: `${run.id}.${run.attempt}`,
    runUrl: `${run.serverUrl}/${run.owner}/${run.repo}/actions/runs/${run.id}`,
    now: null,
    uploadSnapshot: inputs.snapshot,
  };
  return { world, settings, misconfigured, github: api };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function githubOf(inputs: Inputs, run: Run, limits: Limits): Github {
  const token = inputs['github-token'] ?? '';
  return github({ token, apiUrl: run.apiUrl, owner: run.owner, repo: run.repo, limits });
}

/** From the workspace, else through the Contents API at the run's commit, else defaults and a line that says so. */
async function loadCatalog(file: string, run: Run, api: Github, log: Log): Promise<Catalog> {
  const text = await readFile(path.join(run.workspace, file), 'utf8').catch(() => null);
  const found = text ?? (await readRepositoryFile(api, file, run.sha).catch(() => null));
  if (found !== null) return parseCatalog(found, file, knownChecks);
  log.info(
    `There is no ${file} in the workspace or the repository: every service counts as ${defaultCatalog.defaultPriority}`,
  );
  return defaultCatalog;
}

function memoryFor(
  inputs: Inputs,
  run: Run,
  cluster: string,
  api: Github,
  limits: Limits,
  log: Log,
): Memory {
  const shelf =
    inputs['state-store'] === 'file'
      ? fileShelf(inputs['state-file'] ?? '')
      : branchShelf({
          github: api,
          branch: inputs['state-branch'],
          path: `state/${cluster}.json`,
          limits,
        });
  return memoryOn(shelf, { run: `${run.id}.${run.attempt}`, log, deadline: limits.githubAll });
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
    memory: inputs['dry-run'] ? readOnly(memory) : memory,
    archive: archiveFor(inputs, run, cluster, limits, log, journal?.files ?? []),
    stamp: {
      id: '',
      cluster,
      startedAt: formatTime(now),
      now,
      run: `${run.id}.${run.attempt}`,
      channel: inputs['slack-channel'],
      runUrl: null,
    },
  };
}

/** Artifacts, branches and issues of a public repository are public. Returns why the action must not run; null: it may. */
export async function refusal(inputs: Inputs, api: Github): Promise<string | null> {
  if (inputs['allow-public-repository'] || !(await isPublicRepository(api))) return null;
  return 'This repository is public, so reports, state branch and issues would be too. Move the workflow to a private repository, or set allow-public-repository: true';
}
