import * as z from 'zod';
import { getFile } from './contents.ts';
import type { Answer, Github } from './octokit.ts';
import { steadily } from './patience.ts';

/** How many commits are listed; each one's file is another request. */
const mostCommits = 11;

const commits = z.array(z.object({ sha: z.string() }));

/** The commits of a branch that touched a file, the newest first; null: `answer` says why. */
export async function commitsOf(
  github: Github,
  file: { readonly branch: string; readonly path: string },
  signal: AbortSignal,
): Promise<{ readonly answer: Answer; readonly commits: readonly string[] | null }> {
  const { branch: sha, path } = file;
  const answer = await steadily(
    signal,
    (each) => each,
    () => github.call('GET', '/commits', { sha, path, per_page: mostCommits }, signal),
  );
  const found = commits.safeParse(answer.body);
  const isList = answer.status === 200 && found.success;
  return { answer, commits: isList ? found.data.map((commit) => commit.sha) : null };
}

/** What a file held at a commit; `text` null: `answer` says why, 404 that there was none. */
export function fileAt(
  github: Github,
  path: string,
  commit: string,
  signal: AbortSignal,
): Promise<{ readonly answer: Answer; readonly text: string | null }> {
  return steadily(
    signal,
    (result) => result.answer,
    () => getFile(github, path, commit, signal),
  );
}
