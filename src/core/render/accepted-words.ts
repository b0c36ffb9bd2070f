import type { CatalogEntry } from '../model/catalog-entry.ts';
import type { AcceptedTrouble, Observation } from '../model/incident.ts';
import { nameOf } from '../model/snapshot.ts';
import { count, cut } from '../model/text.ts';

/** What of the catalog somebody must look at, a sentence each. */
export function sayOverdue({
  accepted = [],
  expired = [],
}: Pick<Observation, 'accepted' | 'expired'>): readonly string[] {
  return [...sayAccepted(accepted), ...expired.map(sayExpired)];
}

function sayExpired(entry: CatalogEntry): string {
  return `${sayEntry(entry)} has expired: remove it`;
}

/** Of an entry that hid nothing for `days`. */
export function sayIdle(entry: CatalogEntry, days: number): string {
  return `${sayEntry(entry)} has hidden nothing for ${days} days: remove it, or mend what it matches`;
}

function sayEntry({ kind, note, line }: CatalogEntry): string {
  // The notes of the others begin with what they are.
  const what = kind === 'known issue' ? 'known issue ' : '';
  return `The ${what}“${cut(note, 100)}” of the catalog${line === 0 ? '' : ` (line ${line})`}`;
}

/** Those that nobody filled in share a sentence. */
function sayAccepted(troubles: readonly AcceptedTrouble[]): readonly string[] {
  const unfilled = troubles.filter(({ trouble }) => trouble === 'unfilled').length;
  const said = troubles.flatMap(({ check, object, trouble, instead = [] }) => {
    const entry = `The accepted finding ${check} on ${object.kind} ${nameOf(object)}`;
    if (trouble === 'expired') return [`${entry} has expired: mend it, or move its \`until\``];
    if (trouble === 'unmatched') return [`${entry} matches nothing any more: remove it`];
    if (trouble === 'misnamed')
      return [
        `${entry} matches nothing; the check says ${instead.join(' and ')} of it now: write that as its \`reason\``,
      ];
    return [];
  });
  return unfilled === 0
    ? said
    : [
        ...said,
        `${count(unfilled, 'accepted finding lacks', 'accepted findings lack')} owner, why or until in the catalog`,
      ];
}
