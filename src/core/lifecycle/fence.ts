import type { CycleStamp } from '../model/cycle.ts';
import type { Observation } from '../model/incident.ts';
import type { MonitorState } from '../model/state.ts';
import { parseTime } from '../model/time.ts';

/** Milliseconds by which clocks may differ. */
const clockSlack = 15 * 60 * 1000;

/** Whether a time lies so far ahead of `now` (ms) that the clock it was read from was wrong, or another one: `--now`. */
export function isAhead(at: string | null | undefined, now: number): boolean {
  return (parseTime(at) ?? now) - now > clockSlack;
}

/** A live snapshot taken before the newest one that the state has seen. A dump may be of any time. What is remembered from a clock that was wrong holds nobody up, and neither does a clock of the cluster that went back: a run that began long after the newest snapshot took none before it. */
export function isStale(
  { snapshotAt: newest }: Pick<MonitorState, 'snapshotAt'>,
  { source, snapshotAt }: Pick<Observation, 'source' | 'snapshotAt'>,
  { startedAt }: Pick<CycleStamp, 'startedAt'>,
): boolean {
  const [last, taken] = [parseTime(newest), parseTime(snapshotAt)];
  if (source !== 'live' || last === null || taken === null || taken >= last) return false;
  return (
    !isAhead(startedAt, last) && !isAhead(newest, Math.max(taken, parseTime(startedAt) ?? taken))
  );
}
