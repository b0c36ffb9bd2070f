/** Whether the cluster gets better: incidents a cycle, lately and before. */
export interface Trend {
  /** Incidents seen by the last cycles, oldest first, at most 24, this one included. */
  readonly incidents: readonly number[];
  /** null: too few cycles to tell. */
  readonly direction: 'better' | 'worse' | 'same' | null;
}

/** The last so many cycles are held against those before them; of fewer than twice as many nothing can be said. */
const lately = 4;

export function trendOf(incidents: readonly number[]): Trend {
  const [before, now] = [incidents.slice(0, -lately), incidents.slice(-lately)];
  if (before.length < lately) return { incidents, direction: null };
  const change = mean(now) - mean(before);
  // Less than a quarter, or than half an incident, is chance.
  if (Math.abs(change) < Math.max(0.5, mean(before) / 4)) return { incidents, direction: 'same' };
  return { incidents, direction: change < 0 ? 'better' : 'worse' };
}

/** `better: 0.5 incidents a cycle of the last 4, 3.2 before`; empty where there is nothing to say. */
export function sayTrend({ incidents, direction }: Trend): string {
  if (direction === null || direction === 'same') return '';
  const [before, now] = [incidents.slice(0, -lately), incidents.slice(-lately)];
  return `${direction}: ${round(mean(now))} incidents a cycle of the last ${lately}, ${round(mean(before))} before`;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
