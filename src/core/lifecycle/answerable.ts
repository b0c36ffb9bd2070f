import { compareSeverity } from '../model/decision.ts';
import type { Answerable } from '../model/response.ts';
import type { MonitorState } from '../model/state.ts';

/** The messages in Slack that tell of what is open, each once, loudest first: what people may have answered to. */
export function answerables({ incidents, alerts }: MonitorState): readonly Answerable[] {
  const told = Object.values(incidents)
    .filter(({ phase }) => phase !== 'resolved')
    .sort((a, b) => compareSeverity(a.severity, b.severity))
    .flatMap((incident) => incident.told?.alert ?? []);
  return [...new Set(told)].flatMap((alert) => {
    const { channel, ts } = alerts[alert] ?? { channel: '', ts: null };
    return ts === null ? [] : [{ alert, channel, ts }];
  });
}

/** RFC 3339: since when people may have answered alerts that Slack does not have; null: nothing open was told. */
export function untakenSince({ incidents, alerts, heardAt }: MonitorState): string | null {
  const [oldest] = Object.values(incidents)
    .filter(({ phase }) => phase !== 'resolved')
    .flatMap(({ told }) => alerts[told?.alert ?? '']?.sentAt ?? [])
    .toSorted();
  if (oldest === undefined) return null;
  return heardAt !== undefined && heardAt > oldest ? heardAt : oldest;
}
