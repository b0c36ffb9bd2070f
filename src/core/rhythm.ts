import type { Rhythm } from './model/cycle.ts';
import { dueBetween, planOf } from './objects/cron.ts';

/** A week and a day, in ms: what a schedule does in it, it does again. */
const look = 8 * 24 * 60 * 60 * 1000;
/** Every minute of it. */
const mostTimes = 8 * 24 * 60;

/**
 * What the cron expression that started a run says of it. GitHub hands over the expression alone, without a `timezone`
 * that the workflow may give: so a gap is measured against the longest pause that the schedule ever makes, which is the
 * same in every zone.
 */
export function rhythmOf(schedule: string | undefined, startedAt: number): Rhythm | undefined {
  const plan = schedule === undefined ? undefined : planOf({ schedule });
  if (plan === undefined) return undefined;
  const times = dueBetween(plan, startedAt - look, startedAt, mostTimes);
  const last = times.at(-1);
  if (last === undefined) return undefined;
  const pauses = times.slice(1).map((at, before) => at - (times[before] ?? at));
  return {
    pauseSeconds: pauses.length === 0 ? null : Math.max(...pauses) / 1000,
    lagSeconds: Math.round((startedAt - last) / 1000),
  };
}
