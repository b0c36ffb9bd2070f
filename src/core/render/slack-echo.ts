import type { SlackMessage } from '../model/notification.ts';
import type { EchoLine } from '../model/response.ts';
import { parseTime } from '../model/time.ts';
import { context, section } from './slack-blocks.ts';
import { slackCode, slackLink, slackPerson } from './slack-escapes.ts';
import { monitorText } from './slack-text.ts';
import { sayTime } from './words.ts';

/** As much as one reply has room for. */
const most = { lines: 10, names: 10 };

/** What is said back to people in an alert's thread, a line each. */
export function echoReply(input: {
  lines: readonly EchoLine[];
  cluster: string;
  runUrl: string | null;
  now: number;
}): SlackMessage {
  const { lines, cluster, now } = input;
  const shown = lines.slice(0, most.lines).map((line) => said(line, now));
  const rest = lines.length - shown.length;
  const link = slackLink(input.runUrl, 'Run');
  const refused = lines.find((line) => 'why' in line);
  return {
    text: monitorText(
      `${refused === undefined ? 'HEARD' : 'NOT DONE'} on ${cluster}`,
      refused === undefined ? 'what was answered to the alert counts' : `you ${refused.why}`,
    ),
    blocks: [
      ...[...shown, ...(rest === 0 ? [] : [`… and ${rest} more`])].map(section),
      ...(link === null ? [] : [context(link)]),
    ],
  };
}

function said(line: EchoLine, now: number): string {
  const person = slackPerson(line.by);
  if ('why' in line) return `${person} ${line.why}`;
  const until = sayTime(parseTime(line.until) ?? now, now);
  const names = list(line.names);
  switch (line.action) {
    case 'ack':
      return `${person} has ${names}, next word by ${until}`;
    case 'silence':
      return `${names}: quiet by ${person} until ${until}`;
    case 'unack':
      return `${names}: nobody has it any more (${person}), reminders come as ever`;
    case 'unsilence':
      return `${names}: nobody's silence holds any more (${person})`;
  }
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, most.names).map((name) => slackCode(name, 40));
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}
