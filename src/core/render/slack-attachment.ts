import type { AlertLine, AlertView } from '../model/alert.ts';
import { nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { gapConsequence, sayGap } from './gap-words.ts';
import { type Block, bold, paragraph, plain, preformatted, richText } from './slack-blocks.ts';
import { slackLiteral } from './slack-escapes.ts';
import type { Room } from './slack-room.ts';
import { factsOf, isToldElsewhere, saySymptom } from './words.ts';

const colours = {
  'SEV-1': '#c0182b',
  'SEV-2': '#e8710a',
  'SEV-3': '#e3b505',
  'SEV-4': '#8a8f98',
  unknown: '#6b5ea8',
  resolved: '#2eb886',
  /** Somebody looks after it, or another alert tells of it. */
  quiet: '#8a8f98',
} as const;

/** The coloured part, which clients may fold: evidence, what the findings are, and what could not be read. */
export function attachmentOf(head: AlertLine, view: AlertView, room: Room): Block {
  return {
    color: colourOf(head),
    fallback: 'Evidence, and what is not known',
    blocks: [
      richText([
        identity(head),
        ...evidence(head, room.evidence),
        ...rows(head, room.rows),
        ...examples(head, room.examples),
        ...unknowns(view),
      ]),
    ],
  };
}

function colourOf(line: AlertLine): string {
  const { state, decision, ack, silence } = line;
  if (state === 'resolved' || state === 'unknown') return colours[state];
  const isQuiet = ack !== undefined || silence !== undefined || isToldElsewhere(line);
  return isQuiet ? colours.quiet : colours[decision.severity];
}

/** `Deployment payments/payments-api · ImageNotFound`: what to look for in the cluster. */
function identity({ root }: AlertLine): Block {
  const name = `${root.kind} ${nameOf(root)}`;
  return paragraph(
    bold('About '),
    plain(`${slackLiteral(name, 160)} · ${slackLiteral(root.reason, 80)}`),
  );
}

function evidence(line: AlertLine, room: number): readonly Block[] {
  const facts = factsOf(line);
  const shown = facts
    .slice(0, room)
    .map(({ at, text }) => `${slackLiteral(at, 80)}: ${slackLiteral(text, 200)}`);
  return listOf(shown, leftOut(facts.length - shown.length, 'more fact'));
}

/** What hangs on the root, where it is several: how much, and its first three. */
function rows({ symptoms }: AlertLine, room: number): readonly Block[] {
  if (totalOf(symptoms) < 2) return [];
  const shown = symptoms.slice(0, room).map((each) => slackLiteral(saySymptom(each), 160));
  return listOf(shown, leftOut(symptoms.length - shown.length, 'more kind'));
}

/** What one of each row says that is not the cause, and how many findings say nothing here. */
function examples({ symptoms, summary }: AlertLine, room: number): readonly Block[] {
  const total = totalOf(symptoms);
  if (total < 2) return [];
  const telling = symptoms.filter(({ message }) => !summary.includes(withoutEnd(message)));
  const shown = telling.slice(0, room).map(({ message }) => slackLiteral(message, 160));
  const said = symptoms.length - telling.length;
  return listOf(shown, leftOut(total - said - shown.length, 'more finding'));
}

/** A summary goes on where a message ends or was cut. */
function withoutEnd(message: string): string {
  return message.replace(/[.…]+$/, '');
}

function unknowns({ gaps }: AlertView): readonly Block[] {
  if (gaps.length === 0) return [];
  const shown = gaps
    .slice(0, 3)
    .map((gap) => `${slackLiteral(sayGap(gap), 120)}: ${gapConsequence(gap)}`);
  const rest = leftOut(gaps.length - shown.length, 'more gap');
  return [paragraph(bold('Not known '), plain([...shown, ...rest].join('\n')))];
}

function listOf(shown: readonly string[], rest: readonly string[]): readonly Block[] {
  if (shown.length === 0) return rest.map((line) => paragraph(plain(line)));
  return [preformatted([...shown, ...rest].join('\n'))];
}

function leftOut(number: number, noun: string): readonly string[] {
  return number <= 0 ? [] : [`… ${count(number, noun)} in the run's report`];
}

function totalOf(symptoms: AlertLine['symptoms']): number {
  return symptoms.reduce((sum, { count: number }) => sum + number, 0);
}
