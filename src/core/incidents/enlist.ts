import type { AcceptedFinding } from '../model/catalog.ts';
import type { Checked, Finding } from '../model/finding.ts';
import { acceptedNote } from './accepted.ts';
import type { Belongings } from './belonging.ts';
import { knownNote } from './known.ts';
import type { Surroundings } from './surroundings.ts';

/** What checks saw, in their order, with whose it is, what it is worth, and whether it is known already. */
export function enlist(
  symptoms: readonly Checked[],
  around: Surroundings,
  belonging: Belongings,
  now: number,
  accepted: readonly AcceptedFinding[] = [],
): readonly Finding[] {
  return symptoms.map((symptom) => {
    const workload = around.workloadOf(symptom.object);
    const { service, entry, priority } = belonging(workload);
    const standing = around.topology.standingOf(workload);
    const placed = { ...symptom, workload };
    const known =
      knownNote(entry?.knownIssues ?? [], placed, now) ?? acceptedNote(accepted, placed, now);
    const more = standing === undefined ? {} : { standing };
    return { ...placed, service, known, priority, ...more };
  });
}
