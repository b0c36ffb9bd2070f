import type { AlertLine, AlertView } from '../model/alert.ts';
import { count } from '../model/text.ts';
import { oneLine } from './plain-text.ts';
import { slackMention, slackPlain } from './slack-escapes.ts';
import {
  conditionOf,
  endOf,
  isChangeItself,
  otherServices,
  rootBeside,
  sayChange,
  sayLength,
  subjectOf,
} from './words.ts';

/** Lock screens show the first 60 units or so; Slack's own limit is far above. */
const lineLimit = 150;

/** What a lock screen shows: `SEV-1 payments-api DOWN 6 min: Deployment ImagePullBackOff: image … does not exist (prod-eu). 1 more incident.` */
export function alertText(head: AlertLine, view: AlertView): string {
  const more = view.lines.length - 1;
  const mention = head.decision.severity === 'SEV-1' ? slackMention(view.mention) : '';
  const rest = more === 0 ? '' : `. ${count(more, 'more incident')}.`;
  const tail = ` (${clusterOf(view)})${rest}${mention === '' ? '' : ` ${mention}`}`;
  if (head.state === 'resolved') return resolvedText(head, view, tail);
  return join(`${head.decision.severity} ${standing(head, view)}`, caused(head), tail);
}

/** As `alertText`, with what changed in front. */
export function briefText(line: AlertLine, view: AlertView): string {
  const change = isChangeItself(line) ? '' : `${sayChange(line).toLowerCase()}: `;
  const start = `${line.decision.severity} ${change}${standing(line, view)}`;
  return join(start, line.partOf ?? caused(line), ` (${clusterOf(view)})`);
}

/** `RESOLVED payments-api after 41 min: … (SEV-1, prod-eu)`. */
export function resolvedText(line: AlertLine, view: AlertView, tail?: string): string {
  const length = sayLength(line, view.now);
  const end = endOf(line) === 'Resolved' ? '' : ` (${endOf(line).toLowerCase()})`;
  const start = `RESOLVED${end} ${slackPlain(subjectOf(line), 40)}${otherServices(line)}${length === '' ? '' : ` after ${length}`}`;
  return join(start, line.summary, tail ?? ` (${line.decision.severity}, ${clusterOf(view)})`);
}

/** One line about the monitor itself: `start: detail`, both raw, the detail cut to what fits. */
export function monitorText(start: string, detail: string): string {
  return join(slackPlain(start, 120), detail, '');
}

/** What of the root the subject does not say, then the cause in words. */
function caused(line: AlertLine): string {
  return `${rootBeside(line)}: ${line.summary}`;
}

/** `payments-api and 1 more service DOWN 6 min`. */
function standing(line: AlertLine, view: AlertView): string {
  // What serves nobody by itself is named by kind and name.
  const room = line.root.namespace === null ? 80 : 40;
  const subject = slackPlain(subjectOf(line), room) + otherServices(line);
  return `${subject} ${conditionOf(line).toUpperCase()} ${sayLength(line, view.now)}`.trim();
}

function clusterOf(view: AlertView): string {
  return slackPlain(view.cluster, 24) || '?';
}

/** What stands first and last is kept whole, the middle is cut to what is left. */
function join(start: string, middle: string, end: string): string {
  const room = lineLimit - start.length - end.length - 2;
  const said = room < 8 ? '' : slackPlain(oneLine(middle, 300), room);
  return `${start}${said === '' ? '' : `: ${said}`}${end}`;
}
