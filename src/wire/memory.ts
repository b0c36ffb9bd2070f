import type { Inputs } from '../adapters/config/inputs.ts';
import { branchShelf } from '../adapters/github/branch-shelf.ts';
import { cacheShelf } from '../adapters/github/cache-shelf.ts';
import type { Github } from '../adapters/github/octokit.ts';
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
  const shelf = shelfFor(inputs, run, cluster, github, limits);
  return memoryOn(shelf, { run: `${run.id}.${run.attempt}`, log, deadline: limits.githubAll });
}

function shelfFor(
  inputs: Inputs,
  run: Run,
  cluster: string,
  github: Github,
  limits: Limits,
): Shelf {
  switch (inputs['state-store']) {
    case 'file':
      return fileShelf(inputs['state-file'] ?? '');
    case 'cache':
      return cacheShelf({
        github,
        access: run.cacheAccess,
        mode: run.cacheMode,
        prefix: `kube-vigil-state-${cluster}-`,
        run: `${run.id}-${run.attempt}`,
        ref: run.ref,
        limits,
      });
    case 'branch': {
      const branch = inputs['state-branch'];
      return branchShelf({ github, branch, path: `state/${cluster}.json`, limits });
    }
  }
}
