import type { AlertRecord, IncidentRecord, MonitorState } from '../model/state.ts';
import { compareText } from '../model/text.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import type { Planned } from './planned.ts';

/** Incidents of earlier cycles that ended and are still remembered. */
const mostEnded = 50;

type Incidents = MonitorState['incidents'];

/** What stays of earlier cycles: everything that is open; what ended within the reopen window (seconds), the newest fifty. */
export function keepHistory(incidents: Incidents, now: number, reopen: number): Incidents {
  const entries = Object.entries(incidents);
  const ended = entries
    .filter(([, record]) => hasEnded(record))
    .filter(([, { resolvedAt }]) => (ageSeconds(resolvedAt, now) ?? 0) <= reopen)
    .sort(([a, one], [b, other]) => endOf(other) - endOf(one) || compareText(a, b));
  const kept = [...entries.filter(([, record]) => !hasEnded(record)), ...ended.slice(0, mostEnded)];
  return Object.fromEntries(kept);
}

/** Alerts that somebody may still reply to or edit. */
export function keepAlerts(
  alerts: MonitorState['alerts'],
  incidents: Incidents,
  outbox: MonitorState['outbox'],
): { readonly [id: string]: AlertRecord } {
  const used = new Set([
    ...Object.values(incidents).flatMap(({ told }) => told?.alert ?? []),
    ...outbox.map(({ alert }) => alert),
  ]);
  return Object.fromEntries(Object.entries(alerts).filter(([id]) => used.has(id)));
}

/** How far back a return is counted, in minutes, and how much of that is kept. */
const week = 7 * 24 * 60;
const mostReturning = 60;
const mostOpenings = 8;

/** When incidents that people were told of and that have ended began, with those that end now; a week's, of the newest sixty. `now` in ms. */
export function keepOpenings(
  openings: MonitorState['openings'],
  planned: readonly Planned[],
  now: number,
): MonitorState['openings'] {
  const all = new Map(Object.entries(openings ?? {}));
  for (const { sighting, record } of planned) {
    const { fingerprint, before } = sighting;
    if (record.phase !== 'resolved' || before?.phase === 'resolved' || record.told === undefined)
      continue;
    const began = Math.floor((parseTime(record.openedAt) ?? now) / 60_000);
    const story = record.told.key ?? fingerprint;
    all.set(story, [...(all.get(story) ?? []), began].slice(-mostOpenings));
  }
  const since = Math.floor(now / 60_000) - week;
  const recent = [...all]
    .map(([fingerprint, times]) => [fingerprint, times.filter((time) => time >= since)] as const)
    .filter(([, times]) => times.length > 0)
    .sort(([a, one], [b, other]) => (other.at(-1) ?? 0) - (one.at(-1) ?? 0) || compareText(a, b));
  return recent.length === 0 ? undefined : Object.fromEntries(recent.slice(0, mostReturning));
}

/** How often an incident began in the last seven days, with the one that is open now. */
export function timesIn(
  openings: MonitorState['openings'],
  now: number,
): (fingerprint: string) => number {
  const since = Math.floor(now / 60_000) - week;
  return (fingerprint) =>
    (openings?.[fingerprint] ?? []).filter((time) => time >= since).length + 1;
}

/** Cycles of which the number of incidents is kept. */
const trendKept = 24;

export function withTrend(
  trend: readonly number[] | undefined,
  incidents: number,
): readonly number[] {
  return [...(trend ?? []), incidents].slice(-trendKept);
}

function hasEnded({ phase }: IncidentRecord): boolean {
  return phase === 'resolved';
}

function endOf({ resolvedAt }: IncidentRecord): number {
  return parseTime(resolvedAt) ?? 0;
}
