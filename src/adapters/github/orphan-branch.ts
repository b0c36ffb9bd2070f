import * as z from 'zod';
import { partsOf } from './contents.ts';
import type { Answer, Github } from './octokit.ts';

const made = z.object({ sha: z.string() });

/**
 * Makes a branch without a parent that holds one file (blob, tree, commit, ref). The answer is what a PUT of that
 * file would have got, and 422 where another run made the branch first.
 */
export async function startBranch(
  github: Github,
  file: {
    readonly branch: string;
    readonly path: string;
    /** Base64. */
    readonly content: string;
    readonly message: string;
  },
  signal: AbortSignal,
): Promise<Answer> {
  const blob = await github.call(
    'POST',
    '/git/blobs',
    { content: file.content, encoding: 'base64' },
    signal,
  );
  const sha = shaOf(blob);
  if (sha === null) return blob;
  const tree = await github.call(
    'POST',
    '/git/trees',
    { tree: [{ path: file.path, mode: '100644', type: 'blob', sha }] },
    signal,
  );
  const treeSha = shaOf(tree);
  if (treeSha === null) return tree;
  const commit = await github.call(
    'POST',
    '/git/commits',
    { message: file.message, tree: treeSha, parents: [] },
    signal,
  );
  const commitSha = shaOf(commit);
  if (commitSha === null) return commit;
  const ref = await github.call(
    'POST',
    '/git/refs',
    { ref: `refs/heads/${file.branch}`, sha: commitSha },
    signal,
  );
  return ref.status === 201 ? { ...ref, body: { content: { sha } } } : ref;
}

/** Whether a branch is there: its ref's answer, 200 or 404; 409 in a repository without a commit. */
export function askForBranch(github: Github, branch: string, signal: AbortSignal): Promise<Answer> {
  return github.call('GET', `/git/ref/heads/${partsOf(branch)}`, {}, signal);
}

function shaOf(answer: Answer): string | null {
  const found = made.safeParse(answer.body);
  return answer.status === 201 && found.success ? found.data.sha : null;
}
