import * as z from 'zod';
import type { Answer, Github } from './octokit.ts';
import { askForBranch } from './orphan-branch.ts';
import { pause, tries } from './patience.ts';

const ref = z.object({ object: z.object({ sha: z.string() }) });
const commit = z.object({
  tree: z.object({ sha: z.string() }),
  parents: z.array(z.unknown()),
});
const tree = z.object({ tree: z.array(z.object({ path: z.string() })) });
const made = z.object({ sha: z.string() });
const done = z.object({ data: z.looseObject({}) });
const repository = z.object({ node_id: z.string() });

/**
 * GitHub's REST API moves a branch to a commit that is no descendant only by force, past what anybody wrote in
 * between. This mutation moves it only from the commit that is named, so no write can be lost.
 */
const moveRef =
  'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

/**
 * Replaces a branch's history by one commit that holds the same files. Files keep their blobs, so that a write that
 * is under way is not disturbed. A branch that holds more than `folder` has a history that is not ours: it is left
 * alone. null: done, or there was nothing to do; else GitHub's answer that stopped it.
 */
export async function compactBranch(
  github: Github,
  branch: string,
  folder: string,
  signal: AbortSignal,
): Promise<Answer | null> {
  for (let attempt = 1; ; attempt++) {
    const trouble = await compactOnce(github, branch, folder, signal);
    if (trouble === null || attempt === tries || signal.aborted) return trouble;
    await pause(attempt, signal);
  }
}

async function compactOnce(
  github: Github,
  branch: string,
  folder: string,
  signal: AbortSignal,
): Promise<Answer | null> {
  const head = await ask(askForBranch(github, branch, signal), ref);
  if (!head.success) return head.answer;
  const before = head.data.object.sha;
  const newest = await ask(github.call('GET', `/git/commits/${before}`, {}, signal), commit);
  if (!newest.success) return newest.answer;
  if (newest.data.parents.length === 0) return null;
  const files = await ask(
    github.call('GET', `/git/trees/${newest.data.tree.sha}`, {}, signal),
    tree,
  );
  if (!files.success) return files.answer;
  if (files.data.tree.some(({ path }) => path !== folder))
    return { ...files.answer, message: `that it holds more than ${folder}/, so its history stays` };
  const message = `state: history before ${before} left out [skip ci]`;
  const whole = { message, tree: newest.data.tree.sha, parents: [] };
  const start = await ask(github.call('POST', '/git/commits', whole, signal), made);
  if (!start.success) return start.answer;
  const own = await ask(github.call('GET', '', {}, signal), repository);
  if (!own.success) return own.answer;
  const name = `refs/heads/${branch}`;
  const move = { name, beforeOid: before, afterOid: start.data.sha, force: true };
  const input = { repositoryId: own.data.node_id, refUpdates: [move] };
  const moved = await github.graphql(moveRef, { input }, signal);
  return done.safeParse(moved.body).success && moved.message === '' ? null : moved;
}

async function ask<T>(
  asked: Promise<Answer>,
  shape: z.ZodType<T>,
): Promise<
  | { readonly success: true; readonly data: T; readonly answer: Answer }
  | { readonly success: false; readonly answer: Answer }
> {
  const answer = await asked;
  const found = shape.safeParse(answer.body);
  return answer.status < 300 && found.success
    ? { success: true, data: found.data, answer }
    : { success: false, answer };
}
