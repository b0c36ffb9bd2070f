import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlertLine, AlertView } from '../../../src/core/model/alert.ts';
import { impacts } from '../../../src/core/model/finding.ts';
import { incidentStates } from '../../../src/core/model/state.ts';
import {
  briefUpdate,
  editedAlert,
  fullAlert,
  healthMessage,
  resolvedReply,
} from '../../../src/core/render/slack.ts';
import { slackProblems } from '../../support/slack-checker.ts';
import { seen } from '../../support/slack-reading.ts';
import { decisionOf, lineOf, searchLine, viewOf } from './samples.ts';

const many = <T>(number: number, make: (index: number) => T): T[] =>
  Array.from({ length: number }, (_, index) => make(index));

/** 200 findings of one incident, in 12 rows. */
const wide = lineOf({
  symptoms: many(12, (index) => ({
    check: 'crash-loop',
    reason: `Reason${index}`,
    count: index === 0 ? 79 : 11,
    examples: ['payments/payments-api-1'],
    message: `Pod payments-api-${index}: ${'why '.repeat(60)}`,
  })),
  evidence: many(9, (index) => ({ source: 'log' as const, at: 'api', text: `line ${index}` })),
});

test('200 findings: the rows and examples are counted and add up', () => {
  const message = fullAlert(viewOf({ lines: [wide] }));
  const lines = seen(message);
  expect(lines.filter((line) => line.includes('× Reason'))).toHaveLength(8);
  expect(lines).toContain("|     … 4 more kinds in the run's report");
  expect(
    lines.filter((line) => line.includes('Pod payments-api-') && line.includes('why')),
  ).toHaveLength(5);
  expect(lines).toContain("|     … 195 more findings in the run's report");
  expect(lines).toContain("|     … 4 more facts in the run's report");
  expect(slackProblems(message)).toEqual([]);
});

test('40 incidents: the first whole, two in two lines, seven in one, the rest counted by severity', () => {
  const others = many(39, (index) => ({
    ...searchLine,
    services: [`svc-${index + 2}`],
    decision: decisionOf(index < 12 ? 'SEV-2' : 'SEV-3'),
  }));
  const lines = seen(fullAlert(viewOf({ lines: [lineOf(), ...others] })));
  const titles = lines.filter((line) => /^\*\d+\. /.test(line));
  expect(titles).toHaveLength(9);
  expect(titles.slice(1, 3)).toEqual([
    '*3. 🟠 SEV-2 svc-3 degraded 22 min: Deployment search OOMKilled*',
    '*4. 🟠 SEV-2 svc-4 degraded 22 min: Deployment search OOMKilled* · container search of 1 of 3 pods was killed for memory 4 times (OOMKilled, limit 256Mi)',
  ]);
  expect(lines).toContain(
    "… and 30 more incidents: 3 SEV-2, 27 SEV-3. All of them are in the run's report",
  );
  expect(fullAlert(viewOf({ lines: [lineOf(), ...others] })).text).toContain('39 more incidents.');
});

describe('the ladder', () => {
  /** Every text is as long as may be, so that something has to go. */
  const filled = (text: string) => {
    const line = lineOf({
      ...wide,
      summary: text,
      lastWords: text,
      services: many(9, () => text),
      commands: many(4, () => text.slice(0, 590)),
      evidence: many(9, (index) => ({
        source: 'log' as const,
        at: `${index} ${text}`,
        text: `why ${text}`,
      })),
      symptoms: wide.symptoms.map((row) => ({ ...row, reason: text, message: `why ${text}` })),
    });
    return viewOf({ lines: many(40, () => ({ ...line })), hidden: many(9, () => text) });
  };
  /** Which parts are still there, in the order in which they are given up. */
  const left = (view: AlertView) => {
    const lines = seen(fullAlert(view));
    const has = (part: RegExp) => lines.some((line) => part.test(line));
    return [
      !has(/… 200 more findings/),
      !has(/… 12 more kinds/),
      !has(/… 9 more facts/),
      has(/^\*4\. /),
      has(/^\*2\. /),
      !has(/… 3 more commands/),
    ];
  };

  test('gives parts up in its order: examples, rows, evidence, 4th to 10th, 2nd and 3rd, commands', () => {
    const lengths = many(48, (index) => 5 + index * 10);
    const steps = lengths.flatMap((length) => [
      left(filled('a'.repeat(length))).lastIndexOf(false),
      left(filled('語'.repeat(length))).lastIndexOf(false),
    ]);
    expect([...new Set(steps)].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3, 4, 5]);
    for (const length of lengths) {
      const view = filled('語'.repeat(length));
      const parts = left(view);
      expect(parts).toEqual(parts.toSorted((a, b) => Number(a) - Number(b)));
      expect(slackProblems(fullAlert(view))).toEqual([]);
    }
  });

  test('ends at the text alone, with the link of the run', () => {
    const text = '語'.repeat(600);
    const immediateActions = ['1', '2', '3'].map((number) => `${number} ${text}`);
    const decision = decisionOf('SEV-1', { by: 'claude', rootCause: text, immediateActions });
    const view = filled(text);
    const lines = view.lines.map((line) => ({ ...line, decision }));
    const alone = fullAlert({ ...view, lines });
    expect(alone.blocks).toEqual([]);
    expect(alone.text).toMatch(/^SEV-1 .*\n<https:\/\/github\.com\/acme\/.*\/123\|Run>$/);
    expect(slackProblems(alone)).toEqual([]);
    expect(fullAlert({ ...view, lines, runUrl: null }).text).not.toContain('\n');
  });

  test('says how many incidents and commands it gave up', () => {
    const lines = seen(fullAlert(filled('語'.repeat(3000))));
    expect(lines).toContain(
      "… and 39 more incidents: 39 SEV-1. All of them are in the run's report",
    );
    expect(lines).toContain("… 3 more commands in the run's report");
    expect(lines.some((line) => line.startsWith('*Cause* 語'))).toBe(true);
  });

  test('a command too long to be one on real names is left out, not cut', () => {
    const commands = [`kubectl get pod ${'x'.repeat(10_000)}`, 'kubectl get nodes'];
    const lines = seen(fullAlert(viewOf({ lines: [lineOf({ commands })] })));
    expect(lines).toContain('    kubectl get nodes');
    expect(lines.join('\n')).not.toContain('xxx');
    expect(lines).toContain("… 1 more command in the run's report");
  });
});

/** Any UTF-16, lone surrogates and all, with the characters that grow when they are escaped. */
const anyText = fc.oneof(
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('&', '<', '>', '`', '@here', '\ud83d', '\ude00', '\n', '😀', 'a'), {
      maxLength: 900,
    })
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '',
    ' ',
    '\u200b',
    'x'.repeat(10_000),
    '"'.repeat(3000),
    '\\'.repeat(3000),
    '語'.repeat(3000),
  ),
);

const anyLine: fc.Arbitrary<AlertLine> = fc
  .record({
    state: fc.constantFrom(...incidentStates),
    summary: anyText,
    impact: fc.constantFrom(...impacts, null),
    services: fc.array(anyText, { maxLength: 8 }),
    commands: fc.array(anyText, { maxLength: 6 }),
    since: fc.constantFrom('2026-11-24T02:53:00Z', '2020-01-01T00:00:00Z', null, 'never'),
    evidence: fc.array(
      fc.record({ source: fc.constant('log' as const), at: anyText, text: anyText }),
      { maxLength: 9 },
    ),
    symptoms: fc.array(
      fc.record({
        check: anyText,
        reason: anyText,
        count: fc.nat(200),
        examples: fc.array(anyText, { maxLength: 3 }),
        message: anyText,
      }),
      { maxLength: 12 },
    ),
    decision: fc
      .record({
        severity: fc.constantFrom('SEV-1', 'SEV-4'),
        by: fc.constantFrom('policy', 'claude', 'conservative-default'),
        text: anyText,
      })
      .map(({ severity, by, text }) =>
        decisionOf(severity as 'SEV-1', {
          by: by as 'policy',
          rootCause: text,
          businessImpact: text,
          immediateActions: [text, text],
        }),
      ),
    name: anyText,
  })
  .map(({ name, ...changes }) =>
    lineOf({ ...changes, root: { kind: name, namespace: name, name, reason: name } }),
  );

const anyView: fc.Arbitrary<AlertView> = fc
  .record({
    cluster: anyText,
    lines: fc.array(anyLine, { minLength: 1, maxLength: 40 }),
    hidden: fc.array(anyText, { maxLength: 6 }),
    gaps: fc.array(
      fc.record({
        kind: anyText,
        namespace: fc.option(anyText),
        reason: fc.constant('forbidden' as const),
        detail: anyText,
      }),
      { maxLength: 30 },
    ),
    firstLook: fc.boolean(),
    unsaved: fc.boolean(),
  })
  .map(viewOf);

test('whatever is in it, Slack takes it: limits, budget, no half character, no empty text', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const [line = lineOf()] = view.lines;
      const error = line.summary;
      const health = {
        cluster: view.cluster,
        health: 'degraded',
        failedCycles: 3,
        error,
        runUrl: null,
      } as const;
      for (const message of [
        fullAlert(view),
        editedAlert(view),
        briefUpdate(line, view),
        resolvedReply(line, view),
        healthMessage(health),
      ])
        expect(slackProblems(message)).toEqual([]);
      expect(fullAlert(view).text).toMatch(/^(SEV-\d|RESOLVED) /);
    }),
    { numRuns: 80 },
  );
});
