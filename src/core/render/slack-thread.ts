import type { AlertLine, AlertView } from '../model/alert.ts';
import { parseTime } from '../model/time.ts';
import { gapConsequence, sayGap } from './gap-words.ts';
import {
  type Block,
  bold,
  context,
  dateOf,
  paragraph,
  plain,
  richText,
  section,
} from './slack-blocks.ts';
import { slackCode, slackLabel, slackLink, slackLiteral, slackPerson } from './slack-escapes.ts';
import { storyOf } from './story-words.ts';
import {
  conditionOf,
  endedUnseenSince,
  endOf,
  isChangeItself,
  listed,
  otherServices,
  sayChange,
  sayLength,
  sayStanding,
  saySymptom,
  subjectOf,
} from './words.ts';

/** Words after which what hangs on the root is another than people know. */
const changing: ReadonlySet<string> = new Set(['CHANGED', 'BETTER', 'REOPENED']);

/** Words about what the alert above says already: its cause again would only be noise. */
const sameCause: ReadonlySet<string> = new Set([
  ...['STILL_SEV1', 'ACKED', 'SILENCE_STARTED', 'FLAP_START', 'FLAP_END'],
]);

/** What changed first, then where it stands, then the cause. */
export function briefBlocks(line: AlertLine, view: AlertView): readonly Block[] {
  const standing = listed([
    isChangeItself(line) ? '' : conditionOf(line),
    sayStanding(line),
    sayLength(line, view.now),
    line.decision.severity,
  ]);
  return [
    section(
      `*${sayChange(line)}* ${slackCode(subjectOf(line), 80)}${otherServices(line)} ${standing}`,
    ),
    ...(sameCause.has(line.reason) && line.together === undefined
      ? []
      : [richText(causeOf(line, view))]),
    footer(view, listed(storyOf(line, view.now, slackPerson, slackLabel))),
  ];
}

function causeOf(line: AlertLine, view: AlertView): readonly Block[] {
  return [
    paragraph(
      bold(line.together === undefined ? 'Cause ' : 'All of '),
      plain(slackLiteral(line.partOf ?? line.summary, 300)),
    ),
    ...(changing.has(line.reason) ? hanging(line) : []),
    ...unseen(line, view),
  ];
}

/** `✅ Resolved `payments-api` at 03:34 · lasted 41 min · SEV-1`, or how else it ended. */
export function resolvedBlocks(line: AlertLine, view: AlertView): readonly Block[] {
  const at = parseTime(line.resolvedAt);
  const from = endedUnseenSince(line);
  const start = from === null ? ' at ' : ` between ${dateOf(from, view.now)} and `;
  const length = sayLength(line, view.now);
  const said = listed([
    `${slackCode(subjectOf(line), 80)}${otherServices(line)}${at === null ? '' : `${start}${dateOf(at, view.now)}`}`,
    length === '' ? '' : `lasted ${length}`,
    line.decision.severity,
  ]);
  return [
    section(`${endOf(line) === 'Resolved' ? '✅' : '⚪'} *${endOf(line)}* ${said}`),
    richText([paragraph(bold('It was '), plain(slackLiteral(line.summary, 300)))]),
    footer(view, progress(view)),
  ];
}

/** What hangs on the root, where it is several: at most five rows. */
function hanging({ symptoms }: AlertLine): readonly Block[] {
  if (symptoms.length < 2) return [];
  const shown = symptoms.slice(0, 5).map((each) => slackLiteral(saySymptom(each), 160));
  const rest = symptoms.length - shown.length;
  const said = rest === 0 ? shown : [...shown, `… and ${rest} more`];
  return [paragraph(bold('With it '), plain(said.join('\n')))];
}

/** Why an incident cannot be seen: the first gaps. */
function unseen(line: AlertLine, { gaps }: AlertView): readonly Block[] {
  if (line.state !== 'unknown' || gaps.length === 0) return [];
  const shown = gaps
    .slice(0, 2)
    .map((gap) => `${slackLiteral(sayGap(gap), 120)}: ${gapConsequence(gap)}`);
  const rest = gaps.length - shown.length;
  const said = rest === 0 ? shown : [...shown, `… and ${rest} more`];
  return [paragraph(bold('Not known '), plain(said.join('\n')))];
}

/** `2 of 3 in this alert are resolved`. */
function progress({ lines }: AlertView): string {
  if (lines.length < 2) return '';
  const ended = lines.filter(({ state }) => state === 'resolved').length;
  return `${ended} of ${lines.length} in this alert are resolved`;
}

function footer(view: AlertView, note: string): Block {
  return context(
    listed([
      note,
      slackLink(view.runUrl, 'Run') ?? '',
      `looked at ${dateOf(view.now, view.now)}`,
      view.unsaved ? '*not saved*: this may be told again' : '',
    ]),
  );
}
