import { degradedFrom, type Health, type MonitorState } from '../model/state.ts';

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
