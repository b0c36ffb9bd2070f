import type { Catalog } from '../model/catalog.ts';
import type { CatalogEntry } from '../model/catalog-entry.ts';
import type { Finding } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { nameOf } from '../model/snapshot.ts';
import type { Hiding } from '../model/state.ts';
import { compareText, cut } from '../model/text.ts';
import { formatTime, isOlder } from '../model/time.ts';
import { dayMs } from '../model/wall-clock.ts';
import { isOver, noteOf, standingOf } from './quiet.ts';

/** Every silence, maintenance window and known issue of the catalog as it stands at `now` (ms), in the order of the file. */
export function entriesOf({ quiets, services }: Catalog, now: number): readonly CatalogEntry[] {
  const issues = services.flatMap(({ name, knownIssues }) =>
    knownIssues.map(
      ({ note, until = null, line = 0 }): CatalogEntry => ({
        ...{ kind: 'known issue', service: name, line, note, until },
        standing: isOver(until, now) ? 'expired' : 'in force',
      }),
    ),
  );
  const others = quiets.map(
    (quiet): CatalogEntry => ({
      ...{ kind: quiet.kind, service: null, line: quiet.line ?? 0, until: quiet.until },
      note: noteOf(quiet),
      standing: standingOf(quiet, now),
    }),
  );
  return [...issues, ...others].sort((a, b) => a.line - b.line);
}

/** More entries than these are not remembered: the state stays small. */
const most = { entries: 100, examples: 3 };

/** What each entry hides now, or when it last did; entries of one note share it. Those that left the catalog are forgotten. */
export function hidingAfter(
  before: Hiding | undefined,
  catalog: Catalog,
  findings: readonly Finding[],
  now: number,
): Hiding | undefined {
  const hidden = groupBy(findings, ({ known }) => known ?? '');
  const entries = entriesOf(catalog, now).slice(0, most.entries);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(({ note, standing }) => {
      const found = hidden.get(note) ?? [];
      // One that is not in force has not failed to hide anything.
      const isIdle = found.length === 0 && standing === 'in force';
      const at = isIdle ? before?.[note]?.at : undefined;
      const names = found.map(({ check, workload }) =>
        cut(`${check} on ${workload.kind} ${nameOf(workload)}`, 120),
      );
      const examples = [...new Set(names)].sort(compareText).slice(0, most.examples);
      return [note, { at: at ?? formatTime(now), count: found.length, examples }];
    }),
  );
}

/** An entry that hides nothing for so long is forgotten, or matches not what was meant. Days. */
export const idleDays = 30;

/** Silences and known issues that hid nothing for 30 days. A maintenance window in which nothing fails does no harm. */
export function idleEntries(
  catalog: Catalog,
  hiding: Hiding | undefined,
  now: number,
): readonly CatalogEntry[] {
  return entriesOf(catalog, now).filter(({ kind, standing, note }) => {
    const last = hiding?.[note];
    return (
      kind !== 'maintenance' &&
      standing === 'in force' &&
      last !== undefined &&
      last.count === 0 &&
      isOlder(last.at, (idleDays * dayMs) / 1000, now)
    );
  });
}
