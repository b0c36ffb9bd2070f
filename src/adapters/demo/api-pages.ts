import { selects } from '../../core/objects/field-selector.ts';

export interface Raw {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** Where the next page begins, and the moment of the first one: all pages of a list show one state. */
interface Token {
  readonly at: number;
  readonly start: number;
}

/** One page of a list (`limit`, `continue`, `fieldSelector`) as an API server prints it; null: the continue token is none. */
export function pageOf(
  itemsAt: (at: number) => readonly Raw[],
  asked: { readonly kind: string; readonly apiVersion: string; readonly namespace: string | null },
  query: URLSearchParams,
  now: number,
): object | null {
  const token = readToken(query.get('continue'), now);
  if (token === null) return null;
  const selector = query.get('fieldSelector') ?? '';
  const all = itemsAt(token.at)
    .filter((item) => asked.namespace === null || item.metadata?.namespace === asked.namespace)
    .filter((item) => selects(selector, item))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const limit = Number(query.get('limit') ?? 0);
  const end = limit > 0 ? token.start + limit : all.length;
  const left = Math.max(0, all.length - end);
  const metadata = {
    resourceVersion: String(token.at),
    ...(left === 0 ? {} : { continue: writeToken({ at: token.at, start: end }) }),
    // As the real one: no count beside a selector.
    ...(left === 0 || selector !== '' ? {} : { remainingItemCount: left }),
  };
  const items = all.slice(token.start, end);
  return { kind: `${asked.kind}List`, apiVersion: asked.apiVersion, metadata, items };
}

/** The order of etcd's keys. */
function keyOf({ metadata }: Raw): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string | null, now: number): Token | null {
  if (text === null || text === '') return { at: now, start: 0 };
  try {
    const { at, start } = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Number.isFinite(at) && Number.isInteger(start) ? { at, start } : null;
  } catch {
    return null;
  }
}
