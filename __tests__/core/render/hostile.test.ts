import { describe, expect, test } from '@jest/globals';
import type { AlertView } from '../../../src/core/model/alert.ts';
import type { SlackMessage } from '../../../src/core/model/notification.ts';
import type { CycleReport } from '../../../src/core/model/report.ts';
import { logLine } from '../../../src/core/render/log.ts';
import { jobSummary } from '../../../src/core/render/markdown.ts';
import {
  healthBody,
  healthClosing,
  healthTitle,
  healthWorse,
} from '../../../src/core/render/markdown-health.ts';
import {
  briefUpdate,
  editedAlert,
  fullAlert,
  healthMessage,
  resolvedReply,
} from '../../../src/core/render/slack.ts';
import { reportText } from '../../../src/core/render/text.ts';
import { outsideCode, tableWidths } from '../../support/markdown-reading.ts';
import { slackProblems } from '../../support/slack-checker.ts';
import { piecesOf, textsOf } from '../../support/slack-reading.ts';
import { decisionOf, lineOf, reportOf, searchLine, viewOf } from './samples.ts';

/** Each stands between two marks, so that a sink can be asked where it let them through. */
const mark = 'zqz';
const corpus = [
  '<!channel>',
  '<!here|x>',
  '<@U0123ABCD>',
  '<https://evil.example|x>',
  '@here',
  '@octocat',
  '#12 GH-12 fixes #3',
  '<script>alert(1)</script>',
  '<!-- x --><img src=x onerror=y>',
  '--> <b>',
  '](javascript:alert(1))',
  '![x](https://evil.example/p.png)',
  'https://evil.example www.evil.example a@evil.example',
  '*bold* _it_ ~gone~ # head',
  '`code` ``` ```` x',
  '`zqz @octocat',
  '|',
  '\\|\\',
  '\n# head\n- item\n```\n',
  '\r\n::set-output name=a::b',
  '::set-output name=a::b',
  '##[add-mask]x',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007',
  '\u202egnp.exe',
  '\u200b\u2060\ufeff',
  '\ud83d',
  '\ude00 half',
  '&amp; &lt;b&gt; &#64;here',
  '$`x`$ <none>',
  'x'.repeat(10_000),
  '😀'.repeat(3000),
] as const;
const texts = corpus.map((each) => `${mark}${each}${mark}`).concat(corpus);

/** Fields whose types allow only words of ours. */
const ours = new Set([
  ...[
    'state',
    'cause',
    'impact',
    'priority',
    'severity',
    'by',
    'source',
    'status',
    'health',
    'notify',
    'cycle_id',
  ],
  ...['resolvedAt', 'openedAt', 'since', 'started_at'],
]);

/** Whether a key holds text that is not ours: `reason` is such in a root and a finding, and a code in a gap. */
const isForeign = (key: string, owner: object) =>
  !ours.has(key) && !(key === 'reason' && 'detail' in owner);

/** The value once for each of its texts, that text being `hostile`. */
function* planted<T>(value: T, hostile: string): Generator<T> {
  if (typeof value === 'string') yield hostile as T;
  else if (Array.isArray(value))
    for (const [index, item] of value.entries())
      for (const each of planted(item, hostile)) yield value.with(index, each) as T;
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      if (isForeign(key, value))
        for (const each of planted(item, hostile)) yield { ...value, [key]: each };
}

/** The value with every text of it `hostile`. */
function overrun<T>(value: T, hostile: string): T {
  if (typeof value === 'string') return hostile as T;
  if (Array.isArray(value)) return value.map((item) => overrun(item, hostile)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, item]) => [
    key,
    isForeign(key, value) ? overrun(item, hostile) : item,
  ]);
  return Object.fromEntries(fields) as T;
}

const claude = decisionOf('SEV-2', { by: 'claude', immediateActions: ['look'] });
const view = viewOf({
  lines: [
    lineOf({
      ...{ decision: claude, state: 'unknown', services: ['api', 'web'] },
      // Says nothing that the evidence says: every line of it is shown.
      summary: 'nobody pushed the tag',
    }),
    searchLine,
  ],
});
const report = reportOf({
  status: 'failed',
  health: 'degraded',
  phase: 'k8s-analyzer',
  error: 'it broke',
  failed_cycles: 3,
  warnings: ['Claude could not be asked'],
  notification_result: {
    success: false,
    backed_up: true,
    error: 'channel_not_found',
    reason: 'outside business hours',
    deliveries: [],
  },
  escalation_decision: {
    severity: 'SEV-1',
    confidence: 95,
    should_notify: true,
    affected_services: ['api'],
    root_cause: 'cause',
    immediate_actions: ['act'],
    business_impact: 'impact',
    by: 'policy',
  },
});

/** All of the corpus in one text that no cut shortens, for each field by itself; every single text for all fields at once. */
const whole = corpus.filter(({ length }) => length < 100).map((each) => `${mark}${each}${mark}`);
const inTurn = [whole.slice(0, 6), whole.slice(6, 12), whole.slice(12, 20), whole.slice(20)].map(
  (some) => some.join(' '),
);
const views = (hostile: string): AlertView[] =>
  inTurn.includes(hostile) ? [...planted(view, hostile)] : [overrun(view, hostile)];
const reports = (hostile: string): CycleReport[] =>
  inTurn.includes(hostile) ? [...planted(report, hostile)] : [overrun(report, hostile)];

test('the texts are planted everywhere', () => {
  expect([...planted(view, mark)].length).toBeGreaterThan(40);
  expect([...planted(report, mark)].length).toBeGreaterThan(30);
  expect(JSON.stringify(overrun(view, mark)).split(mark).length).toBeGreaterThan(40);
  expect(inTurn.every(({ length }) => length < 300)).toBe(true);
});

describe.each(
  [...inTurn, ...texts].map((text) => ({ name: JSON.stringify(text.slice(0, 40)), text })),
)('$name', ({ text }) => {
  test('in Slack pings nobody, links nothing, is no markup and has no half character', () => {
    for (const each of views(text)) {
      const [line = lineOf()] = each.lines;
      const messages = [
        fullAlert(each),
        editedAlert({ ...each, lines: each.lines.map((one) => ({ ...one, state: 'resolved' })) }),
        briefUpdate(line, each),
        resolvedReply(line, each),
        healthMessage({ ...each, health: 'degraded', failedCycles: 3, error: line.summary }),
      ];
      for (const message of messages) {
        expect(slackProblems(message)).toEqual([]);
        expect(slackLeaks(message)).toEqual([]);
      }
    }
  });

  test('in a job summary and an issue is inert', () => {
    const empty = tableWidths(summaryOf(report, view));
    for (const each of views(text)) expect(markdownLeaks(summaryOf(report, each))).toEqual([]);
    for (const each of reports(text)) {
      for (const shown of [summaryOf(each, view), summaryOf(each, null)])
        expect(markdownLeaks(shown)).toEqual([]);
      expect(tableWidths(summaryOf(each, view))).toEqual(empty);
    }
    const facts = {
      cluster: text,
      failedCycles: 3,
      lastError: text,
      lastSuccessfulCycle: text,
      lastStatus: text,
      undelivered: { messages: 1, cycles: 3, since: text, channel: text, answer: text },
      runUrl: text,
    };
    const both = { blind: true, mute: true };
    expect(healthBody(facts, true).length).toBeLessThanOrEqual(60_000);
    for (const shown of [
      healthBody(facts, true),
      healthClosing(facts, both, 0),
      healthWorse(facts, both),
    ])
      expect(markdownLeaks(shown)).toEqual([]);
    expect(healthTitle(text, both)).toMatch(/^Kube Vigil does not see cluster [\w.-]+, and cannot/);
  });

  test('in a terminal adds no line, moves no cursor and is no command in a workflow', () => {
    const lines = reportText(report, view).split('\n').length;
    for (const each of views(text))
      expect(terminalLeaks(reportText(report, each), lines)).toEqual([]);
    for (const each of reports(text))
      expect(terminalLeaks(reportText(each, view), lines)).toEqual([]);
  });

  test('in a workflow log is one line that is no command', () => {
    expect(runnerCommands(logLine(text))).toEqual([]);
    expect(terminalLeaks(logLine(text), 1)).toEqual([]);
    expect(logLine(text).length).toBeLessThanOrEqual(4002);
  });
});

function summaryOf(shown: CycleReport, beside: AlertView | null): string {
  return jobSummary({ report: shown, view: beside, undelivered: 2, artifactUrl: shown.cluster });
}

/** Our own forms of `<…>`: a date, and the link to the run. */
const ownForm =
  /^(!date\^\d+\^(\{date_short\} )?\{time\}\|[\w ]+:\d\d UTC|https:\/\/github\.com\/acme\/ops\/actions\/runs\/123\|Run)$/;

function slackLeaks(message: SlackMessage): string[] {
  return textsOf(message).flatMap(({ place, text }) => {
    const invisible = /[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u.test(text) ? ['invisible'] : [];
    const bare = /@(here|channel|everyone)/i.test(text) ? ['bare mention'] : [];
    if (place === 'literal') {
      const control = /<[!@#]|<[a-z]+:/i.test(text) ? [`control in literal: ${text}`] : [];
      return [...invisible, ...bare, ...control];
    }
    return [...invisible, ...bare, ...piecesOf(text).flatMap(pieceLeaks(place))];
  });
}

const pieceLeaks = (place: string) => (piece: { kind: string; text: string }) => {
  if (piece.kind === 'control') return ownForm.test(piece.text) ? [] : [`control: ${piece.text}`];
  const bracket = /[<>]/.test(piece.text) ? [`bracket: ${piece.text}`] : [];
  const entity = /&(?!(amp|lt|gt);)/.test(piece.text) ? [`bare &: ${piece.text}`] : [];
  const markup = place === 'mrkdwn' && piece.kind === 'text' && piece.text.includes(mark);
  return [...bracket, ...entity, ...(markup ? [`outside code: ${piece.text}`] : [])];
};

function markdownLeaks(markdown: string): string[] {
  const outside = outsideCode(markdown);
  return [
    ...(outside.includes(mark) ? [`outside code: ${outside}`] : []),
    ...(/[<@\p{Cf}]|#\d|evil|javascript/u.test(outside) ? [`live text: ${outside}`] : []),
    ...(markdown.isWellFormed() ? [] : ['half a character']),
    ...(/[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/u.test(markdown) ? ['invisible'] : []),
    ...(Buffer.byteLength(markdown) > 900_000 ? ['too long'] : []),
  ];
}

function terminalLeaks(text: string, lines: number): string[] {
  return [
    ...(text.split(/[\n\r\u2028\u2029]/).length <= lines ? [] : ['another line']),
    ...(/[\p{Cf}]|(?!\n)\p{Cc}/u.test(text) ? ['invisible'] : []),
    ...(text.isWellFormed() ? [] : ['half a character']),
    ...runnerCommands(text),
  ];
}

/** The runner's rule (ActionCommand.cs): `::` after trimming, or `##[` anywhere. */
function runnerCommands(log: string): string[] {
  return log
    .split(/\r|\n/)
    .filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}
