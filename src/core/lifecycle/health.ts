import type { CycleStamp } from '../model/cycle.ts';
import { degradedFrom, type Health, type IssueClaim, type MonitorState } from '../model/state.ts';
import { ageSeconds, formatTime } from '../model/time.ts';
import { isAhead } from './fence.ts';

/** Why people must hear of the monitor itself. */
export type HealthChange = 'DEGRADED' | 'RECOVERED';

export function healthAfter(failedCycles: number): Health {
  return failedCycles >= degradedFrom ? 'degraded' : 'healthy';
}

/** What turned between two states of the monitor; null: nothing did, so nobody hears of it again. */
export function healthChange(
  before: Pick<MonitorState, 'health'>,
  after: Pick<MonitorState, 'health'>,
): HealthChange | null {
  if (before.health === after.health) return null;
  return after.health === 'degraded' ? 'DEGRADED' : 'RECOVERED';
}

/** A claim of a run that died lapses, in seconds: as long as an outbox entry of such a run is left alone. */
const claimSeconds = 15 * 60;

/** Who opens the health issue: of two runs at once, the one that saved first. Undefined: nobody has to. */
export function claimIssue(
  { healthIssue, issueClaim }: MonitorState,
  health: Health,
  { run, now }: CycleStamp,
): IssueClaim | undefined {
  if (health === 'healthy' || healthIssue !== null) return undefined;
  const holds =
    issueClaim !== undefined &&
    !isAhead(issueClaim.at, now) &&
    (ageSeconds(issueClaim.at, now) ?? claimSeconds) < claimSeconds;
  return holds ? issueClaim : { run, at: formatTime(now) };
}
