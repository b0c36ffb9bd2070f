import * as z from 'zod';
import type { Github } from './octokit.ts';

const repository = z.union([
  z.object({ visibility: z.string() }).transform((found) => found.visibility === 'public'),
  z.object({ private: z.boolean() }).transform((found) => !found.private),
]);

/** Whether anybody can read the repository's branches and artifacts; null: GitHub did not say. */
export async function isPublicRepository(
  github: Github,
  signal?: AbortSignal,
): Promise<boolean | null> {
  const answer = await github.call('GET', '', {}, signal);
  const found = repository.safeParse(answer.body);
  return answer.status === 200 && found.success ? found.data : null;
}
