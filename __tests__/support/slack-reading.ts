import type { SlackMessage } from '../../src/core/model/notification.ts';
import type { Fields } from './slack-checker.ts';

/** A piece of a mrkdwn text, as Slack takes it apart. */
export interface Piece {
  /** control: `<…>`. code: between backticks. text: the rest, entities still in it. */
  readonly kind: 'control' | 'code' | 'text';
  readonly text: string;
}

/** Takes a mrkdwn text apart the way Slack does: `<…>` first, then code spans. */
export function piecesOf(mrkdwn: string): Piece[] {
  return [...mrkdwn.matchAll(/<([^>]*)>|`([^`\n]*)`|([^<`]+|[<`])/g)].map(
    ([, control, code, text]) => {
      if (control !== undefined) return { kind: 'control', text: control };
      return code === undefined ? { kind: 'text', text: text ?? '' } : { kind: 'code', text: code };
    },
  );
}

/** Where a text is read: `literal` is a rich_text element, which Slack shows as it is. */
export interface Placed {
  readonly place: 'text' | 'plain_text' | 'mrkdwn' | 'literal';
  readonly text: string;
}

/** Every text of a message with how Slack reads it. */
export function textsOf(message: SlackMessage): Placed[] {
  const walk = (value: unknown): Placed[] => {
    if (typeof value !== 'object' || value === null) return [];
    const { type, text } = value as Fields;
    if (typeof text === 'string') {
      const place = type === 'mrkdwn' || type === 'plain_text' ? type : 'literal';
      return [{ place, text }];
    }
    return Object.values(value).flatMap(walk);
  };
  return [
    { place: 'text', text: message.text },
    ...message.blocks.flatMap(walk),
    ...(message.attachments ?? []).flatMap(walk),
  ];
}

/** The message as a person sees it, one line a line: for expectations that a reader can check at a glance. */
export function seen(message: SlackMessage): string[] {
  const lines = message.blocks.flatMap(seenBlock);
  const attached = (message.attachments ?? []).flatMap(({ blocks }) =>
    Array.isArray(blocks) ? blocks.flatMap(seenBlock) : [],
  );
  return [...lines, ...attached.map((line) => `| ${line}`)];
}

function seenBlock(block: Fields): string[] {
  if (block.type === 'header') return [`# ${seenText(block.text)}`];
  if (block.type === 'section') return [seenText(block.text)];
  const elements = Array.isArray(block.elements) ? block.elements : [];
  if (block.type === 'context') return elements.map((each) => `(${seenText(each)})`);
  return elements.flatMap((element) => {
    const { type, elements: inlines = [] } = element as { type: string; elements?: Fields[] };
    const said = inlines.map(seenInline).join('').split('\n');
    return type === 'rich_text_preformatted' ? said.map((line) => `    ${line}`) : said;
  });
}

function seenInline({ text, style }: Fields): string {
  const { bold, italic, strike } = (style ?? {}) as { bold?: true; italic?: true; strike?: true };
  const mark = bold ? '*' : italic ? '_' : strike ? '~' : '';
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(String(text)) ?? [];
  return `${before}${mark}${core}${mark}${after}`;
}

/** Dates as their fallback, links as their label, entities decoded. */
function seenText(value: unknown): string {
  return String((value as Fields).text)
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<https:[^|>]*\|([^>]*)>/g, '[$1]')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
