import * as z from 'zod';
import type { Answer, Github } from './octokit.ts';
import { steadily } from './patience.ts';

const page = z.object({
  actions_caches: z.array(
    z.object({ key: z.string(), version: z.string(), created_at: z.string() }),
  ),
});
/** Entries on a page, and how many of ours are enough: recovery looks at no more of them. */
const [perPage, enough] = [100, 10];
const repository = z.object({ default_branch: z.string() });

/**
 * Keys of the entries that a run may restore, the newest first: those of its own ref and of the default branch. null:
 * `answer` says why. Needs `actions: read`.
 */
export async function listCaches(
  github: Github,
  wanted: { readonly prefix: string; readonly version: string; readonly ref: string },
  signal: AbortSignal,
): Promise<{ readonly answer: Answer; readonly keys: readonly string[] | null }> {
  const ask = (path: string, parameters: object = {}): Promise<Answer> =>
    steadily(
      signal,
      (each) => each,
      () => github.call('GET', path, { ...parameters }, signal),
    );
  const known = await ask('');
  const found = repository.safeParse(known.body);
  if (known.status !== 200 || !found.success) return { answer: known, keys: null };
  const { prefix, version, ref } = wanted;
  const refs = new Set([ref, `refs/heads/${found.data.default_branch}`]);
  const entries: z.infer<typeof page>['actions_caches'] = [];
  let answer = known;
  for (const each of refs) {
    const query = { key: prefix, ref: each, sort: 'created_at', per_page: perPage };
    // The key's beginning is all that can be asked for, and another cluster's may begin so too: `prod-`, `prod-eu-`.
    for (let [number, count, more] = [1, 0, true]; more && count < enough; number++) {
      answer = await ask('/actions/caches', { ...query, page: number });
      const listed = page.safeParse(answer.body);
      if (answer.status !== 200 || !listed.success) return { answer, keys: null };
      const { actions_caches: all } = listed.data;
      const ours = all.filter((entry) => entry.version === version);
      entries.push(...ours);
      count += ours.length;
      more = all.length === perPage;
    }
  }
  const newest = entries.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return { answer, keys: newest.map(({ key }) => key) };
}
