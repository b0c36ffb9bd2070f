import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseCatalog } from '../adapters/config/catalog.ts';
import { readRepositoryFile } from '../adapters/github/contents.ts';
import type { Github } from '../adapters/github/octokit.ts';
import { type Catalog, defaultCatalog } from '../core/model/catalog.ts';
import { Failure, sayFailure } from '../core/model/failure.ts';
import type { Limits } from '../core/model/limits.ts';
import type { Log } from '../ports.ts';
import { clock, knownChecks } from './parts.ts';
import type { Run } from './run.ts';

/** From the workspace, else through the Contents API at the run's commit, else defaults and a line that says so. One that is there and cannot be read is an error: without it priorities and known issues would be lost in silence. */
export async function loadCatalog(
  file: string,
  run: Run,
  api: Github,
  limits: Limits,
  log: Log,
): Promise<Catalog> {
  const found =
    (await readWorkspaceFile(run, file)) ?? (await readFromRepository(run, file, api, limits));
  if (found !== null) return parseCatalog(found, file, knownChecks, clock.now());
  log.info(
    `There is no ${file} in the workspace or the repository: every service counts as ${defaultCatalog.defaultPriority}`,
  );
  return defaultCatalog;
}

async function readWorkspaceFile(run: Run, file: string): Promise<string | null> {
  try {
    return await readFile(path.join(run.workspace, file), 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw unreadable(file, code ?? String(cause));
  }
}

/** Once more where GitHub has trouble, for without the catalog nothing can be judged; all within one call's limit. */
async function readFromRepository(
  run: Run,
  file: string,
  api: Github,
  limits: Limits,
): Promise<string | null> {
  const signal = AbortSignal.timeout(limits.githubCall);
  const read = () => readRepositoryFile(api, file, run.sha, signal);
  try {
    return await read().catch(read);
  } catch (cause) {
    throw unreadable(file, sayFailure(cause));
  }
}

function unreadable(file: string, why: string): Failure {
  return new Failure('CONFIG_INVALID', `The catalog ${file} could not be read (${why})`, {
    hint: 'Nothing was judged, for priorities and known issues would be lost; check out the repository in the job, or give it `permissions: contents: read`',
  });
}
