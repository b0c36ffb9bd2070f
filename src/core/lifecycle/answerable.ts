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
