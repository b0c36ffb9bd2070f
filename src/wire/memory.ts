import path from 'node:path';
import type { Inputs } from '../adapters/config/inputs.ts';
import { branchShelf } from '../adapters/github/branch-shelf.ts';
import { cacheShelf } from '../adapters/github/cache-shelf.ts';
import type { Github } from '../adapters/github/octokit.ts';
import { monitorState } from '../adapters/store/document-kind.ts';
import { fileShelf } from '../adapters/store/file-shelf.ts';
import { memoryOn } from '../adapters/store/memory.ts';
import type { Limits } from '../core/model/limits.ts';
import type { Log, Memory, Shelf } from '../ports.ts';
import type { Run } from './run.ts';

/** The memory of one cluster, where the input `state-store` says. */
export function memoryFor(
  inputs: Inputs,
  run: Run,
  cluster: string,
  github: Github,
  limits: Limits,
  log: Log,
): Memory {
  const shelfOf = (document: string) => shelfFor(document, inputs, run, cluster, github, limits);
  return memoryOn(shelfOf, { run: `${run.id}.${run.attempt}`, log, deadline: limits.githubAll });
}

/** Where one document of a cluster's memory lies, by the document's name. */
export function shelfFor(
  document: string,
  inputs: Inputs,
  run: Run,
  cluster: string,
  github: Github,
  limits: Limits,
): Shelf {
  switch (inputs['state-store']) {
    case 'file':
      return fileShelf(fileOf(inputs['state-file'] ?? '', document));
    case 'cache':
      return cacheShelf({
        github,
        access: run.cacheAccess,
        mode: run.cacheMode,
        prefix: `kube-vigil-${document}-${cluster}-`,
        run: `${run.id}-${run.attempt}`,
        ref: run.ref,
        limits,
      });
    case 'branch': {
      const branch = inputs['state-branch'];
      return branchShelf({
        github,
        branch,
        path: fileOf(`state/${cluster}.json`, document),
        limits,
      });
    }
  }
}

/** The state has the plain name; another document stands beside it: `state/prod.ledger.json`. */
export function fileOf(file: string, document: string): string {
  if (document === monitorState.name) return file;
  const { ext } = path.parse(file);
  return `${file.slice(0, file.length - ext.length)}.${document}${ext}`;
}
