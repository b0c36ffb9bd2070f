import type { AlertRecord, IncidentRecord, MonitorState } from '../model/state.ts';
import { compareText } from '../model/text.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import { reopenWindow } from './sighting.ts';

/** Incidents of earlier cycles that ended and are still remembered. */
const mostEnded = 50;

type Incidents = MonitorState['incidents'];

/** What stays of earlier cycles: everything that is open; what ended within the reopen window, the newest fifty. */
export function keepHistory(incidents: Incidents, now: number): Incidents {
  const entries = Object.entries(incidents);
  const ended = entries
    .filter(([, record]) => hasEnded(record))
    .filter(([, { resolvedAt }]) => (ageSeconds(resolvedAt, now) ?? 0) <= reopenWindow)
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

function hasEnded({ phase }: IncidentRecord): boolean {
  return phase === 'resolved';
}

function endOf({ resolvedAt }: IncidentRecord): number {
  return parseTime(resolvedAt) ?? 0;
}
