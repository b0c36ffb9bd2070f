import type { Severity } from './decision.ts';
import type { Missed, SlackMessage } from './notification.ts';
import { cut } from './text.ts';

/** One message for incidents that nobody could be told of one by one; where they are named stands in it. */
export function missedMessage(
  { number, from, to, worst }: Missed,
  severity: Severity,
): SlackMessage {
  const incidents = number === 1 ? '1 more incident' : `${number} more incidents`;
  return {
    text: `MISSED ${incidents} came and went while nothing could be delivered (${from} to ${to}), the worst ${severity}: ${cut(worst, 300)}. All of them are in the reports and backup files of their cycles`,
    blocks: [],
  };
}
