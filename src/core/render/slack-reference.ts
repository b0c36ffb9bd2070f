import type { SlackMessage } from '../model/notification.ts';
import { mrkdwn } from './slack-blocks.ts';

/** The message with a note (mrkdwn) in front of its small print; the blocks' types stay as they are, so that Slack takes an edit. */
export function withNote(message: SlackMessage, note: string): SlackMessage {
  const at = message.blocks.findLastIndex(({ type }) => type === 'context');
  const blocks = message.blocks.map((block, index) => {
    const { elements } = block;
    return index === at && Array.isArray(elements)
      ? { ...block, elements: [mrkdwn(note), ...elements] }
      : block;
  });
  return { ...message, blocks };
}
