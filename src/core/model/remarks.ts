import type { SlackMessage } from './notification.ts';

/** Slack's own limit is far above; `SlackMessage.text` is one line of this many units. */
const lineLimit = 150;

/** The message as it goes out where nobody could tell whether Slack has it already: it says so, once. */
export function doubted(message: SlackMessage): SlackMessage {
  return remarked(
    message,
    '(may be a repeat)',
    'It is not known whether Slack took this message before.',
  );
}

/** The end of an alert that Slack did not take while it lasted: nobody is to look for the alert. */
export function late(message: SlackMessage): SlackMessage {
  return remarked(message, '(told late)', 'Slack did not take this alert while it lasted.');
}

/** A reply that Slack takes only in the channel. `url` is Slack's own; any other is left out. */
export function inReplyTo(message: SlackMessage, url: string): SlackMessage {
  if (!/^https:\/\/[^\s<>|"\\`]{1,300}$/.test(url)) return message;
  const said = `In reply to <${url.replaceAll('&', '&amp;')}|the alert>`;
  if (message.blocks.length === 0) return { ...message, text: `${message.text}\n${said}` };
  const small = {
    type: 'context',
    elements: [{ type: 'mrkdwn', verbatim: true, text: said }],
  };
  return { ...message, blocks: [...message.blocks, small] };
}

/** `mark` ends the line that a lock screen shows; `why` stands below the message. */
function remarked(message: SlackMessage, mark: string, why: string): SlackMessage {
  const { text, blocks } = message;
  if (text.endsWith(mark)) return message;
  // Without blocks the text is the whole message, and longer.
  if (blocks.length === 0) return { ...message, text: `${text} ${mark}` };
  const said = `${mark} ${why}`;
  const small = { type: 'context', elements: [{ type: 'plain_text', text: said }] };
  const start = shortened(text, lineLimit - mark.length - 1);
  return { ...message, text: `${start} ${mark}`, blocks: [...blocks, small] };
}

/** Cut between words: an escaped character or a mention has no space in it. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, Math.max(0, text.lastIndexOf(' ', limit - 1)))}…`;
}
