import type { KubeObject } from '../../core/model/snapshot.ts';
import { kinds } from '../../core/objects/kinds.ts';
import { trim } from '../../core/objects/trim.ts';
import type { Reader } from './reader.ts';
import type { Answer } from './request.ts';
import { type Scope, type Trouble, troubleOf, unavailable } from './trouble.ts';

/** Objects a page: what kubectl asks for, too. */
const pageSize = 500;

/** A list, whole or not at all: half of the pods would look like pods that went away. */
export type Listing =
  | { readonly items: readonly KubeObject[]; readonly trouble: null }
  | { readonly items: null; readonly trouble: Trouble };

/** Called for each page, trimmed, with the answer it came in. */
export type OnPage = (items: readonly KubeObject[], answer: Answer) => void;

/** Reads all pages of one list, each trimmed as it arrives. A list whose continue token expired (410) is begun again, once. */
export async function readList(reader: Reader, scope: Scope, onPage: OnPage): Promise<Listing> {
  const first = await readPages(reader, scope, onPage);
  if (first.trouble?.reason !== 'expired') return first;
  const second = await readPages(reader, scope, onPage);
  if (second.trouble?.reason !== 'expired') return second;
  const said = `the list expired twice while it was read (${second.trouble.said})`;
  return { items: null, trouble: { reason: 'partial', said } };
}

async function readPages(
  reader: Reader,
  { kind, namespace, selector }: Scope,
  onPage: OnPage,
): Promise<Listing> {
  const items: KubeObject[] = [];
  let token = '';
  for (let number = 1; ; number++) {
    const path = listPath(kinds[kind], namespace, { limit: pageSize, token, selector });
    const answer = await reader.ask(path, number > 1);
    const page = readPage(answer, (raw) => trim(kind, raw));
    if ('reason' in page) return { items: null, trouble: midway(page, number) };
    items.push(...page.items);
    onPage(page.items, answer);
    if (page.next === '') return { items, trouble: null };
    token = page.next;
  }
}

function midway(trouble: Trouble, number: number): Trouble {
  if (number === 1 || trouble.reason === 'expired' || trouble.reason === 'unauthorized')
    return trouble;
  return { reason: 'partial', said: `page ${number} of the list is missing: ${trouble.said}` };
}

/** `/apis/apps/v1/namespaces/shop/deployments?limit=500&continue=…`; everywhere where `namespace` is null. */
export function listPath(
  resource: { readonly group: string; readonly version: string; readonly plural: string },
  namespace: string | null,
  more: { readonly limit: number; readonly token: string; readonly selector?: string },
): string {
  const [group, version, plural] = [resource.group, resource.version, resource.plural].map(
    encodeURIComponent,
  );
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const query = new URLSearchParams({ limit: String(more.limit) });
  if (more.selector) query.set('fieldSelector', more.selector);
  if (more.token !== '') query.set('continue', more.token);
  return `${root}${scope}/${plural}?${query.toString()}`;
}

interface Page {
  readonly items: readonly KubeObject[];
  /** Empty: this was the last page. */
  readonly next: string;
  /** Objects on the pages after it, as far as the server counts them. */
  readonly left: number;
}

/** A page of a list; of each item what `trimmed` leaves of it. */
export function readPage(
  answer: Answer,
  trimmed: (raw: unknown) => KubeObject | undefined,
): Page | Trouble {
  const trouble = troubleOf(answer);
  if (trouble !== null || answer.silent !== null) return trouble ?? unavailable('no answer');
  const list = parseList(answer.body);
  if (list === null) return unavailable('the answer is no Kubernetes list');
  return { ...list, items: list.items.flatMap((raw) => trimmed(raw) ?? []) };
}

/** A list's items and what is left of it; null where it is none. */
function parseList(body: string): { items: readonly unknown[]; next: string; left: number } | null {
  try {
    const list = JSON.parse(body) as {
      readonly kind?: unknown;
      readonly items?: unknown;
      readonly metadata?: { readonly continue?: unknown; readonly remainingItemCount?: unknown };
    };
    const next = list.metadata?.continue;
    // Some servers print an empty list of Go as null.
    const items = list.items === null && /List$/.test(String(list.kind)) ? [] : list.items;
    if (!Array.isArray(items)) return null;
    const left = Number(list.metadata?.remainingItemCount ?? 0);
    return { items, next: typeof next === 'string' ? next : '', left };
  } catch {
    return null;
  }
}
