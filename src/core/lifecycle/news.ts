import type { Decision } from '../model/decision.ts';
import type { Observation } from '../model/incident.ts';
import type { MonitorState } from '../model/state.ts';
import { compareText } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { deserves } from './plan.ts';
import { isWorse } from './record.ts';
import { remembered } from './sighting.ts';

/** Fingerprints of what is new or worse than people know, SEV-3 or louder and not known: only about these Claude is asked. Sorted; advisory, because another run may save in between. */
export function news(
  state: MonitorState,
  observation: Observation,
  floors: { readonly [fingerprint: string]: Decision | undefined },
): readonly string[] {
  const now = parseTime(observation.takenAt) ?? 0;
  return observation.incidents
    .filter((incident) => {
      const floor = floors[incident.fingerprint];
      if (floor === undefined || !deserves(incident, floor)) return false;
      const before = remembered(state, incident.fingerprint, now);
      // One that waits to be told was asked about when it appeared.
      return before === null || isWorse(floor.severity, before.told?.severity ?? before.severity);
    })
    .map(({ fingerprint }) => fingerprint)
    .sort(compareText);
}
