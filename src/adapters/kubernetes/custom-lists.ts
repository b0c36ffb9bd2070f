import { isWanted, type NamespaceFilter } from '../../core/model/namespaces.ts';
import type { Gap, KubeObject } from '../../core/model/snapshot.ts';
import { count, cut } from '../../core/model/text.ts';
import { customKind } from '../../core/objects/custom-names.ts';
import { trimCustom } from '../../core/objects/trim.ts';
import { type CustomKind, discover, resourceOf } from './discovery.ts';
import { listPath, readPage } from './pages.ts';
import type { Reader } from './reader.ts';
import { gapReasonOf, type Trouble } from './trouble.ts';

/** Bounds of what is read: most clusters have fewer kinds, and what has more objects is a log by another name (reports, endpoints of a network). */
const mostKinds = 60;
const pageSize = 200;
const mostPages = 4;
/** More kinds that may not be read are one gap together. */
const fewForbidden = 5;

export interface CustomReading {
  readonly items: readonly KubeObject[];
  readonly gaps: readonly Gap[];
}

/** Custom resources with a status, all within `time` ms. What cannot be read is a gap, never a failure. */
export async function readCustom(
  reader: Reader,
  namespaces: NamespaceFilter,
  time: number,
  onPage: (objects: number) => void,
): Promise<CustomReading> {
  const late: Trouble = { reason: 'timeout', said: 'the time for custom resources ran out' };
  const alarm = startAlarm(time);
  try {
    const found = await alarm.race(discover(reader), { kinds: null, trouble: late });
    if (found.kinds === null) return { items: [], gaps: [wholeGap(found.trouble)] };
    const asked = found.kinds.slice(0, mostKinds);
    const readings = await Promise.all(
      asked.map(async (kind) => {
        const listing = readKind(reader, kind, namespaces, onPage);
        return { kind, ...(await alarm.race(listing, { items: [], trouble: late })) };
      }),
    );
    return together(readings, found.kinds.slice(mostKinds));
  } finally {
    alarm.end();
  }
}

interface Listed {
  readonly items: readonly KubeObject[];
  readonly trouble: Trouble | null;
}

function together(
  readings: readonly (Listed & { readonly kind: CustomKind })[],
  skipped: readonly CustomKind[],
): CustomReading {
  const items = readings.flatMap((each) => each.items);
  const failed = readings.flatMap(({ kind, trouble }) =>
    trouble === null ? [] : [{ kind, trouble }],
  );
  const forbidden = failed.filter(({ trouble }) => trouble.reason === 'forbidden');
  const all = forbidden.length > 1 && forbidden.length === readings.length;
  // Who may not read many of them has one thing to mend, not sixty.
  const lumped = all || forbidden.length > fewForbidden ? forbidden : [];
  const gaps = failed
    .filter((each) => !lumped.includes(each))
    .map(({ kind, trouble }) => gapFor(kind, trouble));
  if (lumped.length > 0)
    gaps.push(
      forbiddenGap(
        all,
        lumped.map(({ kind }) => kind),
      ),
    );
  return { items, gaps: skipped.length === 0 ? gaps : [...gaps, skippedGap(skipped)] };
}

/** All pages of one kind, in each namespace that is looked at; nothing of it where it is not read whole. */
async function readKind(
  reader: Reader,
  kind: CustomKind,
  { include, exclude }: NamespaceFilter,
  onPage: (objects: number) => void,
): Promise<Listed> {
  const wanted = include.filter((each) => isWanted(each, { include, exclude }));
  const scopes = kind.namespaced && wanted.length > 0 ? wanted : [null];
  const items: KubeObject[] = [];
  let pages = 0;
  for (const namespace of scopes) {
    let token = '';
    do {
      if (pages++ === mostPages) return tooMany(items.length);
      const path = listPath(kind, namespace, { limit: pageSize, token });
      const answer = await reader.ask(path, token !== '');
      const page = readPage(answer, (raw) => trimItem(kind, raw));
      if ('reason' in page) return { items: [], trouble: page };
      items.push(...page.items);
      if (items.length + page.left > pageSize * mostPages) return tooMany(items.length + page.left);
      onPage(page.items.length);
      token = page.next;
    } while (token !== '');
  }
  return { items, trouble: null };
}

function tooMany(number: number): Listed {
  const said = `more than ${number} objects are too many to read (at most ${pageSize * mostPages})`;
  return { items: [], trouble: { reason: 'partial', said } };
}

/** The items of a list need not name their kind. Objects without a status say nothing yet. */
function trimItem({ group, version, kind }: CustomKind, raw: unknown): KubeObject | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  return trimCustom({ ...raw, apiVersion: `${group}/${version}`, kind });
}

function gapFor(kind: CustomKind, { reason, said }: Trouble): Gap {
  const mend =
    reason === 'forbidden'
      ? `; the role must allow get and list on ${kind.plural} of apiGroup "${kind.group}"`
      : '';
  return {
    kind: customKind(kind.kind, kind.group),
    namespace: null,
    reason: gapReasonOf(reason),
    detail: `${resourceOf(kind)}: ${said}${mend}`,
  };
}

function wholeGap({ reason, said }: Trouble): Gap {
  const detail = `custom resources: the API server does not say which there are: ${said}`;
  return { kind: 'CustomResource', namespace: null, reason: gapReasonOf(reason), detail };
}

/** `all`: nothing was read, so nothing of it is judged. */
function forbiddenGap(all: boolean, kinds: readonly CustomKind[]): Gap {
  const detail = `custom resources: ${count(kinds.length, 'kind')} may not be read; apply deploy/rbac-custom.yaml, or allow get and list on ${namesOf(kinds)}`;
  const kind = all ? 'CustomResource' : 'CustomResource/others';
  return { kind, namespace: null, reason: 'forbidden', detail: cut(detail, 600) };
}

/** Beside what was read, so that what was read is judged. */
function skippedGap(kinds: readonly CustomKind[]): Gap {
  const detail = `custom resources: ${count(kinds.length, 'kind')} beyond the first ${mostKinds} were not read: ${namesOf(kinds)}`;
  return {
    kind: 'CustomResource/others',
    namespace: null,
    reason: 'partial',
    detail: cut(detail, 600),
  };
}

function namesOf(kinds: readonly CustomKind[]): string {
  return kinds.map(resourceOf).join(', ');
}

/** Ends what takes longer than all may: what it was waiting for is given up by who waits, and cut off with the visit. */
function startAlarm(time: number) {
  let timer: NodeJS.Timeout | undefined;
  const rung = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, time));
  });
  return {
    race: <T>(task: Promise<T>, late: T): Promise<T> => Promise.race([task, rung.then(() => late)]),
    end: () => clearTimeout(timer),
  };
}
