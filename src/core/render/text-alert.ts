import type { AlertLine, AlertView } from '../model/alert.ts';
import { nameOf } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';
import { nameLine } from './plain-text.ts';
import { storyOf } from './story-words.ts';
import {
  conditionOf,
  factsOf,
  judgeOf,
  otherServices,
  rootBeside,
  sayAllowed,
  sayLength,
  sayStanding,
  saySure,
  saySymptom,
  sayTime,
  servicesBeside,
  severityEmoji,
  subjectOf,
} from './words.ts';

/** The alert as Slack shows it: the first incident whole, every other with its cause and its first command. */
export function alertLines(view: AlertView): readonly string[] {
  const [head, ...others] = view.lines;
  if (head === undefined) return [];
  return [
    ...whole(head, view),
    ...others.flatMap((line, index) => ['', ...short(line, index + 2, view.now)]),
    ...(view.hidden.length === 0 ? [] : ['', `Known, not counted: ${hidden(view.hidden)}`]),
  ];
}

/** What counts and nobody is told of, each as short as a further incident of an alert; at most ten. */
export function belowLines(lines: readonly AlertLine[], now: number): readonly string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 10);
  const rest = lines.length - shown.length;
  return [
    `Below the threshold, nobody is told (${lines.length})`,
    ...shown.flatMap((line, index) => short(line, index + 1, now)),
    ...(rest === 0 ? [] : [`and ${rest} more: see the report`]),
  ];
}

function whole(line: AlertLine, view: AlertView): readonly string[] {
  const judge = judgeOf(line.decision);
  return [
    `${titleOf(line)}${view.firstLook ? ' (first look)' : ''}`,
    ...fact('cause', nameLine(line.summary, 300)),
    ...(line.lastWords === undefined ? [] : fact('last log', nameLine(line.lastWords, 300))),
    ...fact('sure?', nameLine(saySure(line), 200)),
    ...fact('impact', impact(line)),
    ...fact('since', since(line, view.now)),
    ...story(line, view.now),
    ...fact('where', nameLine(`${line.root.kind} ${nameOf(line.root)}`, 320)),
    ...(servicesBeside(line).length === 0
      ? []
      : fact('services', line.services.map((name) => nameLine(name, 80)).join(', '))),
    ...(judge === '' ? [] : fact('judged', `${judge}: ${nameLine(line.decision.rootCause, 320)}`)),
    ...list('with it', hanging(line)),
    ...list('do', actions(line)),
    ...list('because', facts(line)),
  ];
}

function story(line: AlertLine, now: number): readonly string[] {
  const said = storyOf(line, now, (by) => by);
  return said.length === 0 ? [] : fact('story', nameLine(said.join(', '), 200));
}

/** What hangs on the root, where it is several: at most eight rows. */
function hanging({ symptoms }: AlertLine): readonly string[] {
  if (symptoms.length < 2) return [];
  const shown = symptoms.slice(0, 8).map((each) => nameLine(saySymptom(each), 200));
  const rest = symptoms.length - shown.length;
  return rest === 0 ? shown : [...shown, `and ${rest} more`];
}

/** At most five. */
function facts(line: AlertLine): readonly string[] {
  const said = factsOf(line).map(({ at, text }) => `${nameLine(at, 80)}: ${nameLine(text, 160)}`);
  return said.slice(0, 5).map((fact) => nameLine(fact, 160));
}

/** The commands, and what else a person or Claude should do. */
function actions({ commands, decision }: AlertLine): readonly string[] {
  if (decision.by === 'policy') return commands.length === 0 ? decision.immediateActions : commands;
  return [...new Set([...commands, ...decision.immediateActions])];
}

/** `🔴 SEV-1 payments-api down: Deployment ImagePullBackOff` */
function titleOf(line: AlertLine): string {
  const { severity } = line.decision;
  const mark = line.state === 'resolved' ? '✅' : severityEmoji[severity];
  const subject = `${nameLine(subjectOf(line), 120)}${otherServices(line)}`;
  return `${mark} ${severity} ${subject} ${conditionOf(line)}: ${nameLine(rootBeside(line), 200)}`;
}

function short(line: AlertLine, number: number, now: number): readonly string[] {
  const length = sayLength(line, now);
  const [command] = line.commands;
  const others = servicesBeside(line).map((name) => nameLine(name, 80));
  return [
    `${number}. ${titleOf(line)}${length === '' ? '' : `, ${length}`}`,
    ...fact('cause', nameLine(line.summary, 300)),
    ...fact('also', others.join(', ')),
    ...(command === undefined ? [] : fact('do', nameLine(command, 1000))),
  ];
}

function impact(line: AlertLine): string {
  const priority = line.priority ?? '';
  return [priority, conditionOf(line), sayStanding(line), sayAllowed(line)]
    .filter((said) => said !== '')
    .join(', ');
}

function since(line: AlertLine, now: number): string {
  const exact = parseTime(line.since);
  const at = exact ?? parseTime(line.openedAt);
  if (at === null) return '';
  const bound = exact === null ? ', first seen then' : line.sinceExact ? '' : ' or earlier';
  return `${sayTime(at, now)}${bound} (${sayLength(line, now)})`;
}

function hidden(notes: readonly string[]): string {
  const shown = notes.slice(0, 5).map((note) => nameLine(note, 160));
  const rest = notes.length - shown.length;
  return `${shown.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`;
}

const indent = 12;

/** `  cause     image … does not exist`; nothing where there is nothing to say. */
function fact(label: string, said: string): readonly string[] {
  return said === '' ? [] : [`  ${label.padEnd(indent - 3)} ${said}`];
}

/** The label once, the items below each other. */
function list(label: string, items: readonly string[]): readonly string[] {
  return items.flatMap((item, index) => fact(index === 0 ? label : '', nameLine(item, 1000)));
}
