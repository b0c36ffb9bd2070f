import type { AlertLine, AlertView } from '../model/alert.ts';
import { severities } from '../model/decision.ts';
import { count } from '../model/text.ts';
import { type Block, bold, paragraph, plain, struck } from './slack-blocks.ts';
import { slackLiteral } from './slack-escapes.ts';
import type { Room } from './slack-room.ts';
import {
  conditionOf,
  otherServices,
  rootBeside,
  sayLength,
  severityEmoji,
  subjectOf,
} from './words.ts';

/** The incidents beside the first, each numbered by its place in the message, and the known issues hidden beside them. */
export function otherIncidents(view: AlertView, head: AlertLine, room: Room): readonly Block[] {
  const others = view.lines
    .map((line, index) => ({ line, number: line.number ?? index + 1 }))
    .filter(({ line }) => line !== head);
  const shown = others.slice(0, room.pairs + room.singles);
  return [
    ...shown.map(({ line, number }, place) => entry(line, number, place < room.pairs, view.now)),
    ...beyond(others.slice(shown.length).map(({ line }) => line)),
    ...hidden(view.hidden),
  ];
}

/** Two lines for the 2nd and 3rd, one for those after it; struck through once it is resolved. */
function entry(line: AlertLine, number: number, two: boolean, now: number): Block {
  const mark = line.state === 'resolved' ? '✅' : severityEmoji[line.decision.severity];
  const length = sayLength(line, now);
  const standing = `${conditionOf(line)}${length === '' ? '' : ` ${length}`}`;
  const title = `${number}. ${mark} ${line.decision.severity} ${slackLiteral(subjectOf(line), 60)}${otherServices(line)} ${standing}: ${slackLiteral(rootBeside(line), 80)}`;
  if (line.state === 'resolved') return paragraph(struck(title));
  return paragraph(
    bold(title),
    plain(`${two ? '\n' : ' · '}${slackLiteral(line.summary, two ? 240 : 100)}`),
  );
}

/** `… and 30 more: 3 SEV-2, 27 SEV-3. All of them are in the run's report` */
function beyond(lines: readonly AlertLine[]): readonly Block[] {
  if (lines.length === 0) return [];
  const counts = severities
    .map((severity) => ({
      severity,
      number: lines.filter(({ decision }) => decision.severity === severity).length,
    }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`);
  return [
    paragraph(
      plain(
        `… and ${count(lines.length, 'more incident')}: ${counts.join(', ')}. All of them are in the run's report`,
      ),
    ),
  ];
}

function hidden(notes: readonly string[]): readonly Block[] {
  if (notes.length === 0) return [];
  const shown = notes.slice(0, 3).map((note) => slackLiteral(note, 120));
  const rest = notes.length - shown.length;
  return [
    paragraph(
      bold('Known, not counted '),
      plain(`${shown.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`),
    ),
  ];
}
