import type { AlertLine, AlertView } from '../model/alert.ts';
import type { SlackMessage } from '../model/notification.ts';
import { count } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { attachmentOf } from './slack-attachment.ts';
import {
  type Block,
  bold,
  context,
  dateOf,
  header,
  type Inline,
  italic,
  paragraph,
  plain,
  preformatted,
  richText,
  section,
} from './slack-blocks.ts';
import {
  slackCode,
  slackLabel,
  slackLink,
  slackLiteral,
  slackMention,
  slackPerson,
  slackPlain,
} from './slack-escapes.ts';
import { otherIncidents } from './slack-others.ts';
import type { Room } from './slack-room.ts';
import { alertText } from './slack-text.ts';
import { sayUntold, storyOf } from './story-words.ts';
import {
  conditionOf,
  conditionSince,
  judgeOf,
  listed,
  occasionOf,
  otherServices,
  rootBeside,
  sayAllowed,
  sayBlind,
  sayLength,
  sayStanding,
  saySure,
  severityEmoji,
  subjectOf,
} from './words.ts';

/** The root message with as much in it as `room` allows; the blocks' types do not depend on the incidents' states, so that Slack takes an edit. */
export function alertMessage(view: AlertView, head: AlertLine, room: Room): SlackMessage {
  return {
    text: alertText(head, view),
    blocks: [
      header(headline(head, view)),
      richText([cause(head, room)]),
      section(impact(head, view)),
      richText([...actions(head, room), ...otherIncidents(view, head, room)]),
      context(footer(head, view)),
    ],
    attachments: [attachmentOf(head, view, room)],
  };
}

/** `🔴 SEV-1 · payments-api is down: Deployment ImagePullBackOff · prod-eu` */
function headline(head: AlertLine, view: AlertView): string {
  const cluster = slackPlain(view.cluster, 40) || '?';
  const state = `${otherServices(head)} ${standing(head, view)}`;
  const tail = ` · ${cluster}${view.firstLook ? ' · first look' : ''}`;
  const mark =
    head.state === 'resolved'
      ? `✅ ${head.decision.severity} · `
      : `${severityEmoji[head.decision.severity]} ${head.decision.severity} · `;
  const room = 150 - mark.length - state.length - tail.length - 2;
  const root = slackPlain(rootBeside(head), Math.min(80, room - least));
  return `${mark}${slackPlain(subjectOf(head), room - root.length)}${state}: ${root}${tail}`;
}

/** Units that a headline keeps for its subject. */
const least = 24;

function standing(head: AlertLine, view: AlertView): string {
  const verb = otherServices(head) === '' ? 'is' : 'are';
  if (head.state !== 'resolved') return `${verb} ${conditionOf(head)}`;
  const length = sayLength(head, view.now);
  return `resolved${length === '' ? '' : ` after ${length}`}`;
}

function cause(head: AlertLine, room: Room): Block {
  return paragraph(
    bold('Cause '),
    plain(slackLiteral(head.summary, 300)),
    ...lastWords(head, room),
    ...certainty(head),
    ...judgement(head),
  );
}

/** Of what is not seen now nobody remembers how sure it was: what was proven is not unknown by that. */
function certainty(head: AlertLine): readonly Inline[] {
  const isForgotten = head.impact === null && head.cause === 'unknown';
  return isForgotten ? [] : [bold('\nSure? '), plain(saySure(head))];
}

/** Evidence like any other: where there is no room for that there is none for this. */
function lastWords({ lastWords: line }: AlertLine, room: Room): readonly Inline[] {
  return line === undefined || room.evidence === 0
    ? []
    : [bold('\nLast words '), plain(slackLiteral(line, 300))];
}

/** What was not decided by code, marked as such. */
function judgement({ decision }: AlertLine): readonly Inline[] {
  if (decision.by === 'policy') return [];
  const said = [decision.rootCause, decision.businessImpact].filter((text) => text !== '');
  return [bold(`\n${judgeOf(decision)} `), italic(slackLiteral(said.join(' · '), 320))];
}

/** `*Impact* P0 · down since 02:53 (6 min, allowed 0 s) · 0 of 6 pods ready · `payments-api`` */
function impact(head: AlertLine, view: AlertView): string {
  const mention = head.decision.severity === 'SEV-1' ? slackMention(view.mention) : '';
  const facts = listed([head.priority ?? '', since(head, view), sayStanding(head), services(head)]);
  return `${mention}${mention === '' ? '' : ' '}*Impact* ${facts}`;
}

/** `down since 02:53 UTC (6 min, allowed 0)` */
function since(head: AlertLine, view: AlertView): string {
  const exact = parseTime(head.since);
  const at = exact ?? parseTime(head.openedAt);
  if (at === null) return conditionOf(head);
  const bound = exact === null ? ' (first seen then)' : head.sinceExact ? '' : ' or earlier';
  const spans = [sayLength(head, view.now), sayAllowed(head)].filter((span) => span !== '');
  return `${conditionSince(head)} ${dateOf(at, view.now)}${bound} (${spans.join(', ')})`;
}

/** At most five, as code. */
function services({ services: names }: AlertLine): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, 5).map((name) => slackCode(name, 60));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

/** Longer than any command on Kubernetes' own names (253 + 253): a cut command would do something else. */
const commandLimit = 600;

function actions(head: AlertLine, room: Room): readonly Block[] {
  if (head.state === 'resolved') return [paragraph(plain('Nothing to do for this one any more.'))];
  const whole = head.commands.filter(({ length }) => length > 0 && length <= commandLimit);
  const shown = whole.slice(0, room.commands);
  const rest = head.commands.length - shown.length;
  const none =
    head.impact === null ? 'Not seen in this look: no command' : 'No command is known for this';
  return [
    paragraph(bold(shown.length === 0 ? none : 'Do this')),
    ...shown.map((command) => preformatted(slackLiteral(command, commandLimit))),
    ...(rest === 0
      ? []
      : [paragraph(plain(`… ${count(rest, 'more command')} in the run's report`))]),
    ...suggestions(head),
  ];
}

/** What a person or Claude should do that is no command: at most three. */
function suggestions({ decision, commands }: AlertLine): readonly Block[] {
  if (decision.by === 'policy') return [];
  const own = decision.immediateActions.filter((action) => !commands.includes(action)).slice(0, 3);
  if (own.length === 0) return [];
  const said = own.map((action) => slackLiteral(action, 160)).join('\n');
  return [
    paragraph(bold(decision.by === 'claude' ? 'Claude suggests\n' : 'Besides\n'), plain(said)),
  ];
}

/** `Run · looked at 02:59 UTC`, and what else is to be known of this message. */
function footer(head: AlertLine, view: AlertView): string {
  return listed([
    slackLink(view.runUrl, 'Run') ?? '',
    `looked at ${dateOf(view.now, view.now)}`,
    occasionOf(head),
    ...storyOf(head, view.now, slackPerson, slackLabel),
    sayUntold(view),
    view.blind === undefined ? '' : `*did not look* ${sayBlind(view.blind, view.now)}`,
    view.firstLook ? '*first look*: everything that is open now' : '',
    view.unsaved ? '*not saved*: this may be told again' : '',
  ]);
}
