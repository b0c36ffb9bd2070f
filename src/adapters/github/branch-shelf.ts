import * as z from 'zod';
import { Failure } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import type { Shelf } from '../../ports.ts';
import { commitsOf, fileAt } from './branch-history.ts';
import { compactBranch } from './compaction.ts';
import { contentsPath, getFile } from './contents.ts';
import type { Answer, Github } from './octokit.ts';
import { askForBranch, startBranch } from './orphan-branch.ts';
import { bounded, pause, steadily, tries } from './patience.ts';
import { hintFor, isConflict, isOvertaken, isRuled, isUnclear, sayAnswer } from './refusal.ts';

type Held = { readonly text: string; readonly tag: string };

const written = z.object({ content: z.object({ sha: z.string() }) });

/**
 * One file on a branch of its own, through the Contents API, whose blob sha is the compare-and-swap. The branch is
 * made with the first write, as one without a parent.
 *
 * A write whose answer is lost is looked up: it counts as written where our own text is there. Each call of the shelf
 * ends within `limits.githubAll` ms. Throws Failure STATE_UNREACHABLE.
 */
export function branchShelf(options: {
  readonly github: Github;
  readonly branch: string;
  /** Such as `state/prod.json`. */
  readonly path: string;
  readonly limits: Limits;
}): Shelf {
  const { github, branch, path, limits } = options;
  const place = `${path} on branch ${branch} of ${github.owner}/${github.repo}`;
  /** Our newest write and the tag that it replaced: a read may lag behind a write of the same run. */
  let own: { readonly held: Held; readonly replaced: string | null } | null = null;

  async function read(signal: AbortSignal): Promise<Held | null> {
    const { answer, text, sha } = await steadily(
      signal,
      (result) => result.answer,
      () => getFile(github, path, branch, signal),
    );
    if (answer.status === 404) await makeSureItIsAbsent(answer, signal);
    else if (text === null) throw unreachable(`Could not read ${place}`, answer);
    const held = text === null ? null : { text, tag: sha };
    return own !== null && own.replaced === (held?.tag ?? null) ? own.held : held;
  }

  /** A token that may not see the repository gets 404 too, and that is no first run. */
  async function makeSureItIsAbsent(missing: Answer, signal: AbortSignal): Promise<void> {
    const ref = await askForBranch(github, branch, signal);
    if (ref.status === 200 || ref.status === 409) return;
    if (ref.status !== 404) throw unreachable(`Could not read ${place}`, ref);
    const repository = await github.call('GET', '', {}, signal);
    if (repository.status === 404) throw unreachable(`Could not read ${place}`, missing);
    if (repository.status !== 200) throw unreachable(`Could not read ${place}`, repository);
  }

  async function write(
    text: string,
    tag: string | null,
    note: string,
    signal: AbortSignal,
  ): Promise<'written' | 'conflict'> {
    for (let attempt = 1; ; attempt++) {
      const answer = await put(path, text, tag, note, signal);
      const sha = shaOf(answer);
      if (sha !== null) return keep({ text, tag: sha }, tag);
      const overtaken = isOvertaken(answer);
      if (isConflict(answer) && !overtaken) return 'conflict';
      // With the time used up, whether it landed cannot be looked up.
      if ((answer.status >= 300 && !isUnclear(answer)) || signal.aborted)
        throw unreachable(`Could not write ${place}`, answer);
      const now = await read(signal);
      if (now?.text === text) return keep(now, tag);
      if ((now?.tag ?? null) !== tag) return 'conflict';
      if (attempt === tries && overtaken) return 'conflict';
      if (attempt === tries) throw unreachable(`Could not write ${place}`, answer);
      await pause(attempt, signal);
    }
  }

  /** One PUT; where the branch is missing, the branch with this file. */
  async function put(
    file: string,
    text: string,
    tag: string | null,
    note: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    const content = Buffer.from(text).toString('base64');
    // No author and no committer: so the commits are the token's own, and signed by GitHub.
    const body = {
      message: `${note} [skip ci]`,
      content,
      branch,
      ...(tag === null ? {} : { sha: tag }),
    };
    const answer = await github.call('PUT', contentsPath(file), body, signal);
    if (answer.status !== 404 || tag !== null) return answer;
    return startBranch(github, { branch, path: file, content, message: body.message }, signal);
  }

  function keep(held: Held, replaced: string | null): 'written' {
    own = { held, replaced };
    return 'written';
  }

  async function putAside(text: string, label: string, signal: AbortSignal): Promise<string> {
    for (let number = 1; number <= 9; number++) {
      const name = `${path}.corrupt-${label}${number === 1 ? '' : `-${number}`}`;
      const answer = await steadily(
        signal,
        (each) => each,
        () => put(name, text, null, `state: put aside ${name}`, signal),
      );
      if (shaOf(answer) !== null) return name;
      const there = await getFile(github, name, branch, signal);
      if (there.text === text) return name;
      if (!isConflict(answer)) throw unreachable(`Could not put ${place} aside`, answer);
    }
    throw new Failure('STATE_UNREACHABLE', `There are too many corrupt copies of ${place}`, {
      hint: `Look at the files ${path}.corrupt-${label}* there, then delete them`,
    });
  }

  async function list(signal: AbortSignal): Promise<readonly string[]> {
    const found = await commitsOf(github, { branch, path }, signal);
    if (found.commits === null) throw unreachable(`Could not list ${place}`, found.answer);
    return found.commits;
  }

  async function readAt(commit: string, signal: AbortSignal): Promise<string | null> {
    const { answer, text } = await fileAt(github, path, commit, signal);
    if (text === null && answer.status !== 404)
      throw unreachable(`Could not read ${place} at ${commit}`, answer);
    return text;
  }

  async function compact(signal: AbortSignal): Promise<void> {
    const answer = await compactBranch(github, branch, path.split('/', 1)[0] ?? path, signal);
    if (answer !== null) throw unreachable(`Could not compact branch ${branch}`, answer);
  }

  function unreachable(what: string, answer: Answer): Failure {
    return new Failure('STATE_UNREACHABLE', `${what}: ${sayAnswer(answer)}`, {
      hint: isRuled(answer)
        ? `A ruleset or protection covers the branch ${branch}: under Settings, Rules and Branches, leave that branch out or let this workflow bypass it; or set state-store: cache`
        : hintFor(answer, 'contents: write'),
    });
  }

  return {
    read: (signal) => bounded(limits.githubAll, signal, read),
    write: (text, tag, note, signal) =>
      bounded(limits.githubAll, signal, (within) => write(text, tag, note, within)),
    putAside: (text, label) =>
      bounded(limits.githubAll, undefined, (within) => putAside(text, label, within)),
    // Somebody waits for what was just saved to be told: no longer than one call.
    compact: () => bounded(limits.githubCall, undefined, compact),
    history: {
      list: (signal) => bounded(limits.githubAll, signal, list),
      read: (commit, signal) =>
        bounded(limits.githubAll, signal, (within) => readAt(commit, within)),
    },
  };
}

function shaOf(answer: Answer): string | null {
  const found = written.safeParse(answer.body);
  return [200, 201].includes(answer.status) && found.success ? found.data.content.sha : null;
}
