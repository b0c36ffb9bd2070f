import { expect, test } from '@jest/globals';
import type { SlackMessage } from '../../../src/core/model/notification.ts';
import { smallerForms } from '../../../src/core/model/slack-sizes.ts';
import { briefUpdate, fullAlert, healthMessage } from '../../../src/core/render/slack.ts';
import { slackProblems } from '../../support/slack-checker.ts';
import { seen } from '../../support/slack-reading.ts';
import { decisionOf, lineOf, searchLine, viewOf } from './samples.ts';

const runUrl = 'https://github.com/acme/ops/actions/runs/123';
const wide = lineOf({
  symptoms: Array.from({ length: 12 }, (_, n) => ({
    ...{ check: 'crash-loop', reason: `Reason${n}`, count: 11, examples: [] },
    message: `Pod api-${n}`,
  })),
  evidence: Array.from({ length: 9 }, (_, n) => ({
    ...{ source: 'log' as const, at: 'api', text: `fact ${n}` },
  })),
  commands: ['kubectl one', 'kubectl two', 'kubectl three', 'kubectl four'],
});
const others = Array.from({ length: 12 }, (_, n) => ({
  ...searchLine,
  services: [`svc-${n + 2}`],
  decision: decisionOf('SEV-3'),
}));
const message = fullAlert(viewOf({ runUrl, lines: [wide, ...others] }));
const forms = smallerForms(message);
const held = (form: SlackMessage, part: RegExp) =>
  seen(form).filter((line) => part.test(line)).length;
const parts = [/Pod api-/, /× Reason/, /fact \d/, /^\*\d+\. /, /^ {4}kubectl/] as const;
const types = ({ blocks, attachments = [] }: SlackMessage) => [
  blocks.map(({ type }) => type),
  attachments.map(({ blocks: inner }) => (inner as SlackMessage['blocks']).map(({ type }) => type)),
];

test('a message that is too long loses its parts in order, each counted', () => {
  expect([message, ...forms].map((form) => parts.map((part) => held(form, part)))).toEqual([
    [5, 8, 5, 9, 3],
    [0, 8, 5, 9, 3],
    [0, 0, 5, 9, 3],
    [0, 0, 0, 9, 3],
    [0, 0, 0, 2, 3],
    [0, 0, 0, 0, 3],
    [0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0],
  ]);
  const said = forms.map((form) =>
    seen(form).filter((line) => /more.* in the run's report/.test(line)),
  );
  expect(said[0]).toContain("| … 132 more in the run's report");
  expect(said[1]).toContain("| … 144 more in the run's report");
  expect(said[2]).toContain("| … 153 more in the run's report");
  expect(said[3]).toContain("… and 7 more incidents in the run's report");
  expect(said[4]).toContain("… and 9 more incidents in the run's report");
  expect(said[5]).toContain("… 2 more commands in the run's report");
  expect(said[5]).toContain("… 1 more command in the run's report");
});

test('each is one that Slack takes, and may be edited into any other', () => {
  for (const form of forms) expect(slackProblems(form)).toEqual([]);
  for (const form of forms.slice(0, -1)) expect(types(form)).toEqual(types(message));
  const sizes = [message, ...forms].map((form) => JSON.stringify(form).length);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
});

test('the last is text alone: the line, why, and the link', () => {
  expect(forms.at(-1)).toEqual({
    text: `${message.text} (Slack refused the full message: the details are in the report of the run)\n<${runUrl}|Run>`,
    blocks: [],
  });
});

test.each([
  ['a reply', briefUpdate(lineOf(), viewOf())],
  [
    'a word about the monitor',
    healthMessage({
      cluster: 'prod',
      health: 'degraded',
      failedCycles: 3,
      error: 'x',
      runUrl: null,
    }),
  ],
  ['text', { text: 'x', blocks: [] }],
])('%s has nothing to lose but its form', (_name, small) => {
  expect(smallerForms(small)).toHaveLength(1);
});
