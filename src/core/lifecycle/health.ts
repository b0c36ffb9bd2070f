import type { CycleStamp } from '../model/cycle.ts';
import { degradedFrom, type Health, type IssueClaim, type MonitorState } from '../model/state.ts';
import { ageSeconds, formatTime } from '../model/time.ts';
import { isAhead } from './fence.ts';
import { cannotDeliver, undeliveredAfter } from './undelivered.ts';

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

/** What the health issue is about: the monitor does not see the cluster, or what it has to say does not reach Slack. It opens at the third such cycle in a row and closes at the first without. */
export interface Ailment {
  readonly blind: boolean;
  readonly mute: boolean;
}

export function ailmentOf(state: MonitorState): Ailment {
  return { blind: state.health === 'degraded', mute: cannotDeliver(state) };
}

export function isAiling(state: MonitorState): boolean {
  const { blind, mute } = ailmentOf(state);
  return blind || mute;
}

/** The state with what this cycle leaves undelivered, and with who opens the issue if there must be one. */
export function tended(state: MonitorState, cycleId: string, stamp: CycleStamp): MonitorState {
  const next = { ...state, undelivered: undeliveredAfter(state, cycleId, stamp.channel) };
  return { ...next, issueClaim: claimIssue(next, stamp) };
}

/** A claim of a run that died lapses, in seconds: as long as an outbox entry of such a run is left alone. */
const claimSeconds = 15 * 60;

/** Who opens the health issue: of two runs at once, the one that saved first. Undefined: nobody has to. */
export function claimIssue(
  state: MonitorState,
  { run, now }: Pick<CycleStamp, 'run' | 'now'>,
): IssueClaim | undefined {
  const { healthIssue, issueClaim } = state;
  if (!isAiling(state) || healthIssue !== null) return undefined;
  const holds =
    issueClaim !== undefined &&
    !isAhead(issueClaim.at, now) &&
    (ageSeconds(issueClaim.at, now) ?? claimSeconds) < claimSeconds;
  return holds ? issueClaim : { run, at: formatTime(now) };
}
