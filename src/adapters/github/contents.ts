import * as z from 'zod';
import type { Answer, Github } from './octokit.ts';
import { refused } from './refusal.ts';

const file = z.object({
  sha: z.string(),
  /** Base64; empty for a file of more than 1 MB. */
  content: z.string(),
  size: z.number().optional(),
});
const blob = z.object({ content: z.string() });

/** Reads a file at a branch, tag or commit; null: there is no such file. Throws Failure GITHUB_REFUSED. */
export async function readRepositoryFile(
  github: Github,
  path: string,
  ref: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const { answer, text } = await getFile(github, path, ref, signal);
  if (answer.status === 404) return null;
  if (text !== null) return text;
  throw refused(
    `Could not read ${path} of ${github.owner}/${github.repo}`,
    answer,
    'contents: read',
  );
}

/** One read of a file, past every cache on the way. `text` null: `answer` says why. `sha` is what a write must name. */
export async function getFile(
  github: Github,
  path: string,
  ref: string,
  signal?: AbortSignal,
): Promise<{ readonly answer: Answer; readonly text: string | null; readonly sha: string }> {
  const answer = await github.call('GET', contentsPath(path), { ref, ...uncached() }, signal);
  if (answer.status !== 200) return { answer, text: null, sha: '' };
  const found = file.safeParse(answer.body);
  if (!found.success) return { answer: noFile(answer), text: null, sha: '' };
  const { sha, content, size = 0 } = found.data;
  if (content !== '' || size === 0) return { answer, text: decode(content), sha };
  const large = await github.call('GET', `/git/blobs/${sha}`, {}, signal);
  const whole = blob.safeParse(large.body);
  if (!whole.success) return { answer: large, text: null, sha: '' };
  return { answer, text: decode(whole.data.content), sha };
}

/** `/contents/state/prod.json`, each part encoded. */
export function contentsPath(path: string): string {
  return `/contents/${partsOf(path)}`;
}

/** Each part of a path or branch name encoded for a URL, the slashes kept. */
export function partsOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

/** GitHub lets browsers keep an answer for a minute; a proxy may do so too. */
function uncached(): { readonly [name: string]: unknown } {
  return { _: Math.random().toString(36).slice(2), headers: { 'cache-control': 'no-cache' } };
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

function noFile(answer: Answer): Answer {
  return { ...answer, message: 'what is not a file' };
}
