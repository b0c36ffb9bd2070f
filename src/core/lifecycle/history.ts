import { permalinkOf } from '../model/permalink.ts';
import type { AlertRecord, IncidentRecord, MonitorState, Told } from '../model/state.ts';
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
    ...Object.values(incidents).flatMap(({ told }) =>
      told === undefined ? [] : [told.alert, ...(told.elsewhere ?? [])],
    ),
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

/** Where the alerts stand that told of what ended last, with those that end now: of every incident whose `openings` are kept. */
export function keepLastAlerts(
  { lastAlerts, alerts }: Pick<MonitorState, 'lastAlerts' | 'alerts'>,
  openings: MonitorState['openings'],
  planned: readonly Planned[],
): MonitorState['lastAlerts'] {
  const all = { ...lastAlerts };
  for (const { sighting, record } of planned) {
    if (record.phase !== 'resolved' || record.told === undefined) continue;
    const alert = alerts[record.told.alert];
    const story = record.told.key ?? sighting.fingerprint;
    if (alert !== undefined && alert.ts !== null) all[story] = `${alert.channel} ${alert.ts}`;
  }
  const kept = Object.entries(all).filter(([story]) => openings?.[story] !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The link to the alert that told of an incident before; null where its newest still stands for it, or none is known. */
export function lastAlertIn({
  lastAlerts,
  alerts,
  slackUrl,
}: Pick<MonitorState, 'lastAlerts' | 'alerts' | 'slackUrl'>): LastAlertOf {
  return (story, told) => {
    const [channel = '', ts = null] = lastAlerts?.[story]?.split(' ') ?? [];
    const isThis = told !== undefined && alerts[told.alert]?.ts === ts;
    return isThis ? null : permalinkOf(slackUrl, { channel, ts });
  };
}
/** By the fingerprint under which people heard of it first, and what they know of it now. */
export type LastAlertOf = (story: string, told: Told | undefined) => string | null;

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
