import type { SlackMessage } from '../model/notification.ts';

/**
 * Slack documents 50 blocks; all text together strikes at an undocumented 11,000–13,000 characters
 * (slackapi/bolt-js#2509, #2867), so half of that. 9 KB of JSON, less what is sent beside the message (channel, metadata).
 */
const slackBudget = { blocks: 50, characters: 6000, bytes: 8400 };

/** Whether Slack will take the message by our budget. */
export function isWithinBudget(message: SlackMessage): boolean {
  const { blocks, characters, bytes } = sizeOf(message);
  return (
    blocks <= slackBudget.blocks &&
    characters <= slackBudget.characters &&
    bytes <= slackBudget.bytes
  );
}

/** Blocks in all (attachments' too), UTF-16 units over every text, bytes of the JSON. */
function sizeOf(message: SlackMessage): { blocks: number; characters: number; bytes: number } {
  const attached = (message.attachments ?? []).flatMap(({ blocks }) =>
    Array.isArray(blocks) ? blocks : [],
  );
  return {
    blocks: message.blocks.length + attached.length,
    characters: textUnits(message),
    bytes: new TextEncoder().encode(JSON.stringify(message)).length,
  };
}

function textUnits(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textUnits(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum + (typeof item === 'string' && key !== 'type' ? item.length : textUnits(item)),
    0,
  );
}
