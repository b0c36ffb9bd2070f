import { formatTime } from '../model/time.ts';
import { isLoud, type PlanContext, type Planned } from './planned.ts';
import { seenRecord } from './record.ts';
import type { Sighting } from './sighting.ts';

/** While nothing can be remembered, only what cannot wait is told. */
export function withheld(planned: Planned): Planned {
  const { notify } = planned.verdict;
  if (notify === 'nothing') return planned;
  if (notify === 'full' && isLoud(planned.record.severity)) return planned;
  return { ...planned, verdict: { ...planned.verdict, notify: 'nothing', reason: 'UNSAVED' } };
}

/** What a look says that is older than what is remembered: nothing, of any incident. */
export function planStale(
  sightings: readonly Sighting[],
  { observation, now }: PlanContext,
): readonly Planned[] {
  return sightings.flatMap((sighting): Planned[] => {
    const { fingerprint, before, seen } = sighting;
    const record = before ?? (seen === null ? null : asSeen(seen));
    if (record === null) return [];
    const state = before?.phase ?? 'open';
    return [
      { sighting, record, verdict: { fingerprint, state, notify: 'nothing', reason: 'STALE_RUN' } },
    ];
  });

  function asSeen({ incident, decision }: NonNullable<Sighting['seen']>) {
    return seenRecord(null, incident, observation, decision.severity, formatTime(now), {
      together: sightings.length,
      flapWindow: 0,
    });
  }
}
