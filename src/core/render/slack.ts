import type { AlertLine, AlertView } from '../model/alert.ts';
import type { Blind } from '../model/blind.ts';
import type { SlackMessage } from '../model/notification.ts';
import { textOnly } from '../model/slack-sizes.ts';
import type { Health } from '../model/state.ts';
import { count } from '../model/text.ts';
import { nameLine } from './plain-text.ts';
import { alertMessage } from './slack-alert.ts';
import { bold, context, paragraph, plain, richText } from './slack-blocks.ts';
import { slackLink, slackLiteral } from './slack-escapes.ts';
import { ladder, wholeRoom } from './slack-room.ts';
import { isWithinBudget } from './slack-size.ts';
import { briefText, monitorText, resolvedText } from './slack-text.ts';
import { briefBlocks, resolvedBlocks } from './slack-thread.ts';
import { blindMeaning, isToldElsewhere, sayBlind } from './words.ts';

/**
 * A root message: the loudest open incident that it alone tells of whole, the others by their place. Within Slack's limits
 * whatever is in the view: what is left out is counted in it.
 */
export function fullAlert(view: AlertView): SlackMessage {
  const open = view.lines.filter(({ state }) => state !== 'resolved');
  const head = open.find((line) => !isToldElsewhere(line)) ?? open[0] ?? view.lines[0];
  if (head === undefined) return monitorMessage(`No incident on ${clusterOf(view)}`, '', view);
  let room = wholeRoom;
  for (const less of ladder) {
    room = { ...room, ...less };
    const message = alertMessage(view, head, room);
    if (isWithinBudget(message)) return message;
  }
  return textOnly(alertMessage(view, head, room));
}

/** The root message brought up to date: the same block types in the same places, nobody mentioned. */
export function editedAlert(view: AlertView): SlackMessage {
  return fullAlert({ ...view, mention: null });
}

/** A reply in the alert's thread: what changed, first. `view` is the whole alert that `line` belongs to. */
export function briefUpdate(line: AlertLine, view: AlertView): SlackMessage {
  return { text: briefText(line, view), blocks: briefBlocks(line, view) };
}

/** The end of one incident, as a reply in the alert's thread. */
export function resolvedReply(line: AlertLine, view: AlertView): SlackMessage {
  return { text: resolvedText(line, view), blocks: resolvedBlocks(line, view) };
}

/** The monitor about itself: its health turned degraded, or it works again. */
export function healthMessage(input: {
  cluster: string;
  health: Health;
  failedCycles: number;
  error: string | null;
  runUrl: string | null;
}): SlackMessage {
  const cluster = clusterOf(input);
  if (input.health === 'healthy')
    return monitorMessage(`RESOLVED Kube Vigil sees ${cluster} again`, '', input);
  const failed = `${count(input.failedCycles, 'cycle')} failed in a row`;
  const start = `DEGRADED Kube Vigil does not see ${cluster}, ${failed}`;
  return monitorMessage(start, input.error ?? '', input);
}

/** The monitor about itself: for a time it did not look. */
export function blindMessage(input: {
  cluster: string;
  blind: Blind;
  now: number;
  runUrl: string | null;
}): SlackMessage {
  const start = `BLIND Kube Vigil did not look at ${clusterOf(input)} ${sayBlind(input.blind, input.now)}`;
  return monitorMessage(start, blindMeaning, input);
}

/** One message that says it is a test. */
export function testMessage(input: { cluster: string; runUrl: string | null }): SlackMessage {
  const said = 'alerts will come to this channel. Nothing is wrong';
  return monitorMessage(`TEST of Kube Vigil on ${clusterOf(input)}`, said, input);
}

/** `start` and `detail` as they are, not escaped. */
function monitorMessage(
  start: string,
  detail: string,
  { runUrl }: { runUrl: string | null },
): SlackMessage {
  const link = slackLink(runUrl, 'Run');
  const details = detail === '' ? [] : [plain(`\n${slackLiteral(detail, 600)}`)];
  return {
    text: monitorText(start, detail),
    blocks: [
      richText([paragraph(bold(slackLiteral(start, 160)), ...details)]),
      ...(link === null ? [] : [context(link)]),
    ],
  };
}

function clusterOf({ cluster }: { cluster: string }): string {
  return nameLine(cluster, 40);
}
