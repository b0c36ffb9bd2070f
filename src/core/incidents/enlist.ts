import type { Catalog } from '../model/catalog.ts';
import type { Checked, Finding } from '../model/finding.ts';
import { acceptedNote } from './accepted.ts';
import type { Belongings } from './belonging.ts';
import { knownNote } from './known.ts';
import { quietFor } from './quiet.ts';
import type { Surroundings } from './surroundings.ts';

/** What checks saw, in their order, with whose it is, what it is worth, and whether it is known already. */
export function enlist(
  symptoms: readonly Checked[],
  around: Surroundings,
  belonging: Belongings,
  now: number,
  { accepted, quiets }: Pick<Catalog, 'accepted' | 'quiets'> = { accepted: [], quiets: [] },
): readonly Finding[] {
  return symptoms.map((symptom) => {
    const workload = around.workloadOf(symptom.object);
    const { service, entry, priority } = belonging(workload);
    const standing = around.topology.standingOf(workload);
    const placed = { ...symptom, workload, service };
    const quiet = quietFor(quiets, placed, now);
    const known =
      quiet?.note ??
      knownNote(entry?.knownIssues ?? [], placed, now) ??
      acceptedNote(accepted, placed, now);
    const more = {
      ...(standing === undefined ? {} : { standing }),
      ...(quiet === null ? {} : { quietBy: quiet.by }),
    };
    return { ...placed, known, priority, ...more };
  });
}
