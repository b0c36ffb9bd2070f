import type { SlackMessage } from './notification.ts';
import { count } from './text.ts';

type Block = SlackMessage['blocks'][number];

/** How many of its parts a root message keeps: lists of evidence, counted from the last; incidents beside the first; commands. */
interface Less {
  readonly lists: number;
  readonly others: number;
  readonly commands: number;
}

const all = Number.POSITIVE_INFINITY;

/** Examples, rows, evidence (the lists from the last on); 4th incident and on; 2nd and 3rd; all commands but the first. */
const ladder: readonly Less[] = [
  { lists: 2, others: all, commands: all },
  { lists: 1, others: all, commands: all },
  { lists: 0, others: all, commands: all },
  { lists: 0, others: 2, commands: all },
  { lists: 0, others: 0, commands: all },
  { lists: 0, others: 0, commands: 1 },
];

/** The message in ever fewer words, for a Slack that finds it too long: each says how much it leaves out and where that is. The last is text alone, which always fits. The blocks stay of their types, so that an edit may be any of them. */
export function smallerForms(message: SlackMessage): readonly SlackMessage[] {
  const forms: SlackMessage[] = [];
  for (const less of ladder) {
    const smaller = lessened(message, less);
    if (JSON.stringify(smaller) !== JSON.stringify(forms.at(-1) ?? message)) forms.push(smaller);
  }
  return [...forms, textOnly(message, refusedNote)];
}

const refusedNote = '(Slack refused the full message: the details are in the report of the run)';

/** The text alone, with the run's link where the message has one. */
export function textOnly(message: SlackMessage, note = ''): SlackMessage {
  const link = /<https:[^<>|"\\]+\|Run>/.exec(JSON.stringify(message.blocks))?.[0];
  const text = note === '' ? message.text : `${message.text} ${note}`;
  return { text: link === undefined ? text : `${text}\n${link}`, blocks: [] };
}

function lessened(message: SlackMessage, less: Less): SlackMessage {
  const { attachments, blocks, ...rest } = message;
  return {
    ...rest,
    blocks: blocks.map((block) => inRichText(block, (elements) => fewerActions(elements, less))),
    ...(attachments === undefined
      ? {}
      : { attachments: attachments.map((each) => withFewerLists(each, less)) }),
  };
}

function withFewerLists(attachment: Block, less: Less): Block {
  if (!Array.isArray(attachment['blocks'])) return attachment;
  const blocks = listIn(attachment['blocks']).map((block) =>
    inRichText(block, (elements) => fewerLists(elements, less)),
  );
  return { ...attachment, blocks };
}

function inRichText(block: Block, change: (elements: readonly Block[]) => readonly Block[]): Block {
  return block['type'] === 'rich_text'
    ? { ...block, elements: change(listIn(block['elements'])) }
    : block;
}

/** Lists beyond those that are kept become one line. */
function fewerLists(elements: readonly Block[], { lists }: Less): readonly Block[] {
  const gone = elements.filter(isPreformatted).slice(lists);
  const lines = gone.flatMap((element) => textOf(element).split('\n'));
  const left = lines.reduce((sum, line) => sum + Number(/^… (\d+) more/.exec(line)?.[1] ?? 1), 0);
  return replaced(elements, gone, `… ${left} more in the run's report`);
}

/** Commands and incidents beyond those that are kept become one line each. */
function fewerActions(elements: readonly Block[], { others, commands }: Less): readonly Block[] {
  const goneOthers = elements.filter(isNumbered).slice(others);
  const goneCommands = elements.filter(isPreformatted).slice(commands);
  return replaced(
    replaced(
      elements,
      goneOthers,
      `… and ${count(goneOthers.length, 'more incident')} in the run's report`,
    ),
    goneCommands,
    `… ${count(goneCommands.length, 'more command')} in the run's report`,
  );
}

/** `gone` taken out; `note` in place of the first of them. */
function replaced(
  elements: readonly Block[],
  gone: readonly Block[],
  note: string,
): readonly Block[] {
  const line = { type: 'rich_text_section', elements: [{ type: 'text', text: note }] };
  return elements.flatMap((element) => {
    if (!gone.includes(element)) return [element];
    return element === gone[0] ? [line] : [];
  });
}

function isPreformatted(element: Block): boolean {
  return element['type'] === 'rich_text_preformatted';
}

/** `2. 🟠 SEV-2 search degraded`: an incident beside the first. */
function isNumbered(element: Block): boolean {
  return element['type'] === 'rich_text_section' && /^\d+\. /.test(textOf(element));
}

function textOf(element: Block): string {
  return listIn(element['elements'])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
}

function listIn(value: unknown): readonly Block[] {
  return Array.isArray(value) ? (value as readonly Block[]) : [];
}
