import { lineOf, type Setting, viewOf } from './lifecycle/lines.ts';
import { deserves } from './lifecycle/plan.ts';
import type { Planned } from './lifecycle/planned.ts';
import type { AlertView } from './model/alert.ts';
import type { Decided } from './model/cycle.ts';
import type { Observation } from './model/incident.ts';

/** Every incident seen now that people should know of, told already or not. */
export function viewNow(
  planned: readonly Planned[],
  observation: Observation,
  setting: Setting,
): AlertView | null {
  const lines = planned
    .filter(({ sighting: { seen } }) => seen !== null && deserves(seen.incident, seen.decision))
    .map((each) => lineOf(each, observation, setting));
  return lines.length === 0 ? null : viewOf(lines, observation, setting);
}

/** The others seen now: below the threshold, and not known. */
export function belowNow(
  planned: readonly Planned[],
  observation: Observation,
  setting: Setting,
): Decided['below'] {
  return planned
    .filter(
      ({ sighting: { seen } }) =>
        seen?.incident.known === null && !deserves(seen.incident, seen.decision),
    )
    .map((each) => lineOf(each, observation, setting));
}
