import type { SlackMessage } from '../../src/core/model/notification.ts';

/**
 * What Slack would refuse or mangle in a message, as sentences; empty: it takes it. Written from Slack's
 * own limits (blocks 50, header 150, section 3,000, context 10 elements) and our budget for what Slack does not document (all
 * text 6,000 units, JSON 9 KB), not from the renderer.
 */
export function slackProblems(message: SlackMessage): string[] {
  const { text, blocks, attachments = [] } = message;
  const attached = attachments.flatMap((attachment: Fields) => arrayOf(attachment.blocks));
  const all = [...blocks, ...attached];
  const texts = stringsOf(message);
  const characters = texts.reduce((sum, each) => sum + each.length, 0);
  const bytes = Buffer.byteLength(JSON.stringify(message));
  return [
    ...lengthProblems('text', text, blocks.length === 0 ? 4000 : 150),
    ...when(blocks.length > 0 && /[\r\n]/.test(text), 'text has several lines'),
    ...when(all.length > 50, `${all.length} blocks`),
    ...when(attachments.length > 100, `${attachments.length} attachments`),
    ...when(characters > 6000, `${characters} characters in all`),
    ...when(bytes > 9000, `${bytes} bytes of JSON`),
    ...texts.flatMap((each) => when(!each.isWellFormed(), `half a character in ${shown(each)}`)),
    ...all.flatMap(blockProblems),
    ...attachments.flatMap(attachmentProblems),
  ];
}

/** What the blocks of our messages hold. */
export interface Fields {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly elements?: unknown;
  readonly blocks?: unknown;
  readonly color?: unknown;
  readonly fallback?: unknown;
  readonly verbatim?: unknown;
  readonly style?: unknown;
}

function attachmentProblems(attachment: Fields): string[] {
  return [
    ...keyProblems('attachment', attachment, ['color', 'fallback', 'blocks']),
    ...when(!/^#[0-9a-f]{6}$/.test(String(attachment.color)), `colour ${String(attachment.color)}`),
    ...when(arrayOf(attachment.blocks).length === 0, 'attachment without blocks'),
    ...lengthProblems('fallback', attachment.fallback, 300),
  ];
}

function blockProblems(block: Fields): string[] {
  const type = String(block.type);
  if (type === 'header')
    return [
      ...keyProblems(type, block, ['type', 'text', 'block_id']),
      ...textProblems(type, block.text, ['plain_text'], 150),
    ];
  if (type === 'section')
    return [
      ...keyProblems(type, block, ['type', 'text', 'expand', 'block_id']),
      ...textProblems(type, block.text, ['plain_text', 'mrkdwn'], 3000),
    ];
  if (type === 'context') return contextProblems(block);
  if (type === 'divider') return keyProblems(type, block, ['type', 'block_id']);
  return type === 'rich_text' ? richProblems(block) : [`block of unknown type ${type}`];
}

function contextProblems(block: Fields): string[] {
  const elements = arrayOf(block.elements);
  return [
    ...keyProblems('context', block, ['type', 'elements', 'block_id']),
    ...when(elements.length < 1 || elements.length > 10, `context of ${elements.length} elements`),
    ...elements.flatMap((each) => textProblems('context', each, ['plain_text', 'mrkdwn'], 3000)),
  ];
}

function textProblems(where: string, value: unknown, types: string[], limit: number): string[] {
  const text = fieldsOf(value);
  const type = String(text.type);
  const keys = type === 'mrkdwn' ? ['type', 'text', 'verbatim'] : ['type', 'text', 'emoji'];
  return [
    ...when(!types.includes(type), `${where}: text of type ${type}`),
    ...keyProblems(`${where}.text`, text, keys),
    ...lengthProblems(where, text.text, limit),
    ...when(type === 'mrkdwn' && text.verbatim !== true, `${where}: mrkdwn links bare words`),
  ];
}

function richProblems(block: Fields): string[] {
  const elements = arrayOf(block.elements);
  return [
    ...keyProblems('rich_text', block, ['type', 'elements', 'block_id']),
    ...when(elements.length === 0, 'rich_text without elements'),
    ...elements.flatMap((element) => [
      ...keyProblems('rich_text element', element, ['type', 'elements']),
      ...when(
        !['rich_text_section', 'rich_text_preformatted'].includes(String(element.type)),
        `rich_text element of unknown type ${String(element.type)}`,
      ),
      ...when(arrayOf(element.elements).length === 0, 'empty rich_text element'),
      ...arrayOf(element.elements).flatMap((inline) =>
        inlineProblems(inline, element.type === 'rich_text_preformatted'),
      ),
    ]),
  ];
}

function inlineProblems(inline: Fields, preformatted: boolean): string[] {
  const styles = Object.keys(fieldsOf(inline.style ?? {}));
  return [
    ...keyProblems('inline', inline, ['type', 'text', 'style']),
    ...when(inline.type !== 'text', `inline of type ${String(inline.type)}`),
    ...lengthProblems('inline', inline.text, 3000),
    ...when(preformatted && styles.length > 0, 'style in preformatted text'),
    ...when(
      styles.some((style) => !['bold', 'italic', 'strike', 'code'].includes(style)),
      `styles ${styles.join()}`,
    ),
  ];
}

function lengthProblems(where: string, text: unknown, limit: number): string[] {
  if (typeof text !== 'string' || text.trim() === '') return [`${where}: empty text`];
  return when(text.length > limit, `${where}: ${text.length} units, at most ${limit}`);
}

function keyProblems(where: string, value: object, known: string[]): string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}: unknown field ${key}`);
}

function when(wrong: boolean, problem: string): string[] {
  return wrong ? [problem] : [];
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function arrayOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** Every string that stands for text in a value: types and colours are none. */
export function stringsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key === 'type' || key === 'color' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsOf(each, name));
}
