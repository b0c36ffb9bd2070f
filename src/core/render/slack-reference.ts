import type { SlackMessage } from '../model/notification.ts';
import { mrkdwn } from './slack-blocks.ts';
import { slackLabel } from './slack-escapes.ts';

/** The message with a link to another alert in its small print; the blocks' types stay as they are, so that Slack takes an edit. */
export function withLink(message: SlackMessage, url: string): SlackMessage {
  const at = message.blocks.findLastIndex(({ type }) => type === 'context');
  const link = mrkdwn(slackLabel(url, 'Go to that alert'));
  const blocks = message.blocks.map((block, index) => {
    const { elements } = block;
    return index === at && Array.isArray(elements)
      ? { ...block, elements: [link, ...elements] }
      : block;
  });
  return { ...message, blocks };
}
