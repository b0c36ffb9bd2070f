import type { AlertLine, AlertView } from '../model/alert.ts';
import { nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { markdownCode, markdownFence } from './markdown-escapes.ts';
import { storyOf } from './story-words.ts';
import {
  conditionOf,
  judgeOf,
  listed,
  otherServices,
  sayAllowed,
  sayLength,
  sayStanding,
  saySure,
  saySymptom,
  severityEmoji,
  subjectOf,
} from './words.ts';

/** What is wrong and what to do: the first incident whole, the others in one line each, ten in all. */
export function alertParts(view: AlertView): readonly string[] {
  const [head, ...others] = view.lines;
  if (head === undefined) return [];
  const shown = others.slice(0, 9).map((line, index) => otherLine(line, index + 2, view.now));
  const rest = others.length - shown.length;
  return [
    whole(head, view.now),
    ...hanging(head),
    ...(head.commands.length === 0 ? [] : [`**Do this**\n\n${markdownFence(head.commands, 1000)}`]),
    ...(shown.length === 0 ? [] : [shown.join('\n')]),
    ...(rest === 0 ? [] : [`… and ${count(rest, 'more incident')} in the report`]),
    ...hidden(view.hidden),
  ];
}

/** What hangs on the root, where it is several: at most ten rows. */
function hanging({ symptoms }: AlertLine): readonly string[] {
  if (symptoms.length < 2) return [];
  const shown = symptoms.slice(0, 10).map((each) => `- ${markdownCode(saySymptom(each), 200)}`);
  const rest = symptoms.length - shown.length;
  return [`**With it**\n\n${[...shown, ...(rest === 0 ? [] : [`- and ${rest} more`])].join('\n')}`];
}

function whole(line: AlertLine, now: number): string {
  const { decision } = line;
  const facts = [
    `**Cause** ${markdownCode(line.summary, 300)}`,
    `**Sure?** ${saySure(line)}`,
    ...(line.lastWords === undefined
      ? []
      : [`**Last words** ${markdownCode(line.lastWords, 300)}`]),
    `**Where** ${markdownCode(`${line.root.kind} ${nameOf(line.root)}`, 300)}`,
    `**Impact** ${impact(line, now)}`,
    ...storyOf(line, now, (by) => markdownCode(by, 40)).map((said) => `**Story** ${said}`),
  ];
  const judge = judgeOf(decision);
  const judged = judge === '' ? [] : [`**${judge}** ${markdownCode(decision.rootCause, 320)}`];
  const suggested =
    decision.by === 'policy'
      ? []
      : decision.immediateActions
          .filter((action) => !line.commands.includes(action))
          .slice(0, 3)
          .map((action) => `**Suggested** ${markdownCode(action, 200)}`);
  return [...facts, ...judged, ...suggested].map((fact) => `- ${fact}`).join('\n');
}

/** ``P0 · down · since `…` · 6 min, allowed 0 · 0 of 6 pods ready · `payments-api` `` */
function impact(line: AlertLine, now: number): string {
  const spans = [sayLength(line, now), sayAllowed(line)].filter((span) => span !== '');
  return listed([
    line.priority ?? '',
    conditionOf(line),
    line.since === null ? '' : `since ${markdownCode(line.since, 30)}`,
    spans.join(', '),
    sayStanding(line),
    services(line),
  ]);
}

/** At most ten, as code. */
function services({ services: names }: AlertLine): string {
  const shown = names.slice(0, 10).map((name) => markdownCode(name, 80));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

function otherLine(line: AlertLine, number: number, now: number): string {
  const facts = listed([conditionOf(line), sayLength(line, now)]);
  const { severity } = line.decision;
  return `${number}. ${severityEmoji[severity]} **${severity}** ${markdownCode(subjectOf(line), 120)}${otherServices(line)} ${facts}: ${markdownCode(line.summary, 240)}`;
}

function hidden(notes: readonly string[]): readonly string[] {
  if (notes.length === 0) return [];
  const shown = notes.slice(0, 10).map((note) => markdownCode(note, 200));
  const rest = notes.length - shown.length;
  return [`**Known, not counted** ${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`];
}
