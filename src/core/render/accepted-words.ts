import type { AcceptedTrouble } from '../model/incident.ts';
import { nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';

/** Entries of the catalog's baseline that somebody must look at, a sentence each; those that nobody filled in share one. */
export function sayAccepted(troubles: readonly AcceptedTrouble[]): readonly string[] {
  const unfilled = troubles.filter(({ trouble }) => trouble === 'unfilled').length;
  const said = troubles.flatMap(({ check, object, trouble }) => {
    const entry = `The accepted finding ${check} on ${object.kind} ${nameOf(object)}`;
    if (trouble === 'expired') return [`${entry} has expired: mend it, or move its \`until\``];
    if (trouble === 'unmatched') return [`${entry} matches nothing any more: remove it`];
    return [];
  });
  return unfilled === 0
    ? said
    : [
        ...said,
        `${count(unfilled, 'accepted finding lacks', 'accepted findings lack')} owner, why or until in the catalog`,
      ];
}
