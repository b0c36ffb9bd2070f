import { createHash } from 'node:crypto';

/** As long as a DNS label, so that it fits into a file's, a branch's and an artifact's name. */
const longest = 63;

/**
 * A cluster's name as `[a-z0-9-]`, 1 to 63 characters: it names the memory, so the same text always gives the same slug.
 * A text that is cut or has nothing to keep gets a hash of the whole, so that two clusters do not share a memory.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (slug !== '' && slug.length <= longest) return slug;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const kept = slug.slice(0, longest - hash.length - 1).replace(/-+$/, '');
  return `${kept === '' ? 'cluster' : kept}-${hash}`;
}
