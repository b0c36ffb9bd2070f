import { isToday, sayTime } from './words.ts';

/** One block of Block Kit. Only header, section, context and rich_text: every client shows them. */
export type Block = { readonly [key: string]: unknown };
export type Inline = { readonly [key: string]: unknown };

/** `text`: escaped, at most 150 units. */
export function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', emoji: true, text } };
}

/** `text`: mrkdwn, its names escaped, at most 3,000 units. */
export function section(text: string): Block {
  return { type: 'section', expand: true, text: mrkdwn(text) };
}

/** Small print. `text` as in `section`. */
export function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** Text of a link or of names that are escaped. */
export function mrkdwn(text: string): Block {
  return { type: 'mrkdwn', verbatim: true, text };
}

export function richText(elements: readonly Block[]): Block {
  return { type: 'rich_text', elements };
}

export function paragraph(...elements: readonly Inline[]): Block {
  return { type: 'rich_text_section', elements };
}

/** A block of its own, which a long press copies. */
export function preformatted(literal: string): Block {
  return { type: 'rich_text_preformatted', elements: [plain(literal)] };
}

/** `literal` comes from `slackLiteral`, or is ours. */
export function plain(literal: string): Inline {
  return { type: 'text', text: literal };
}

export function bold(literal: string): Inline {
  return { type: 'text', text: literal, style: { bold: true } };
}

export function italic(literal: string): Inline {
  return { type: 'text', text: literal, style: { italic: true } };
}

export function struck(literal: string): Inline {
  return { type: 'text', text: literal, style: { strike: true } };
}

/** A moment in the reader's own zone, for mrkdwn; UTC where the client cannot. */
export function dateOf(at: number, now: number): string {
  const form = isToday(at, now) ? '{time}' : '{date_short} {time}';
  return `<!date^${Math.floor(at / 1000)}^${form}|${sayTime(at, now)}>`;
}
