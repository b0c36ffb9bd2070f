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
    reason: `Reason${index}`,
    namespace: 'payments',
    number: index === 0 ? 79 : 11,
    example: `Pod payments-api-${index}: ${'why '.repeat(60)}`,
  })),
  evidence: many(9, (index) => ({ source: 'log' as const, at: 'api', text: `line ${index}` })),
});

test('200 findings: the rows and examples are counted and add up', () => {
  const message = fullAlert(viewOf({ lines: [wide] }));
  const lines = seen(message);
  expect(lines.filter((line) => line.includes('× Reason'))).toHaveLength(8);
  expect(lines).toContain("|     … 4 more kinds in the run's report");
  expect(lines.filter((line) => line.includes('Pod payments-api-') && line.includes('why'))).toHaveLength(5);
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
    '*3. 🟠 SEV-2 svc-3 degraded 22 min*',
    '*4. 🟠 SEV-2 svc-4 degraded 22 min*: container search of 1 of 3 pods was killed for memory 4 times (OOMKilled, limit 256Mi)',
  ]);
  expect(lines).toContain(
    "… and 30 more incidents: 3 SEV-2, 27 SEV-3. All of them are in the run's report",
  );
  expect(fullAlert(viewOf({ lines: [lineOf(), ...others] })).text).toContain('39 more incidents.');
});

describe('the ladder', () => {
  /** Texts that fill what they may, so that something has to go. */
  const full = (character: string) => {
    const long = character.repeat(3000);
    const line = lineOf({
      ...wide,
      summary: long,
      services: many(9, () => long),
      commands: many(4, () => character.repeat(590)),
      evidence: many(9, () => ({ source: 'log' as const, at: long, text: long })),
      symptoms: wide.symptoms.map((row) => ({ ...row, reason: long, namespace: long, example: long })),
    });
    return viewOf({ lines: many(40, () => line), hidden: many(9, () => long) });
  };
  const holds = (view: AlertView, part: RegExp) => seen(fullAlert(view)).some((line) => part.test(line));
  const lines = (view: AlertView, number: number): AlertView => ({ ...view, lines: view.lines.slice(0, number) });

  test('gives up examples first, then rows, then evidence', () => {
    const view = full('a');
    expect(slackProblems(fullAlert(view))).toEqual([]);
    expect(holds(view, /… 200 more findings/)).toBe(true);
    expect(holds(view, /… 12 more kinds/)).toBe(true);
    expect(holds(view, /… 9 more facts/)).toBe(true);
    expect(holds(view, /^\*2\. /)).toBe(true);
    expect(holds(lines(view, 1), /… 200 more findings/)).toBe(true);
    expect(holds(lines(view, 1), /… 4 more kinds/)).toBe(true);
  });

  test('gives up other incidents next, then commands, and says how many', () => {
    const view = full('语');
    expect(slackProblems(fullAlert(view))).toEqual([]);
    expect(holds(view, /^\*2\. /)).toBe(false);
    expect(holds(view, /… and 39 more incidents: 39 SEV-1/)).toBe(true);
    expect(holds(view, /… 3 more commands/)).toBe(true);
    expect(holds(view, /^\*Cause\* 语/)).toBe(true);
  });

  test('a command too long to be a command on real names is left out, not cut', () => {
    const view = viewOf({ lines: [lineOf({ commands: [`kubectl get pod ${'x'.repeat(10_000)}`, 'kubectl get nodes'] })] });
    expect(seen(fullAlert(view))).toContain('    kubectl get nodes');
    expect(holds(view, /xxx/)).toBe(false);
    expect(holds(view, /… 1 more command/)).toBe(true);
  });
});

/** Any UTF-16, lone surrogates and all, with the characters that grow when they are escaped. */
const anyText = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom('&', '<', '>', '`', '@here', '\ud83d', '\ude00', '\n', '😀', 'a'), { maxLength: 900 }).map((parts) => parts.join('')),
  fc.constantFrom('', ' ', '\u200b', 'x'.repeat(10_000), '"'.repeat(3000), '\\'.repeat(3000), '語'.repeat(3000)),
);

const anyLine: fc.Arbitrary<AlertLine> = fc
  .record({
    state: fc.constantFrom(...incidentStates),
    summary: anyText,
    impact: fc.constantFrom(...impacts, null),
    services: fc.array(anyText, { maxLength: 8 }),
    commands: fc.array(anyText, { maxLength: 6 }),
    since: fc.constantFrom('2026-11-24T02:53:00Z', '2020-01-01T00:00:00Z', null, 'never'),
    evidence: fc.array(fc.record({ source: fc.constant('log' as const), at: anyText, text: anyText }), { maxLength: 9 }),
    symptoms: fc.array(fc.record({ reason: anyText, namespace: fc.option(anyText), number: fc.nat(200), example: anyText }), { maxLength: 12 }),
    decision: fc
      .record({ severity: fc.constantFrom('SEV-1', 'SEV-4'), by: fc.constantFrom('policy', 'claude', 'conservative-default'), text: anyText })
      .map(({ severity, by, text }) =>
        decisionOf(severity as 'SEV-1', { by: by as 'policy', rootCause: text, businessImpact: text, immediateActions: [text, text] }),
      ),
    name: anyText,
  })
  .map(({ name, ...changes }) => lineOf({ ...changes, root: { kind: name, namespace: name, name, reason: name } }));

const anyView: fc.Arbitrary<AlertView> = fc
  .record({
    cluster: anyText,
    lines: fc.array(anyLine, { minLength: 1, maxLength: 40 }),
    hidden: fc.array(anyText, { maxLength: 6 }),
    gaps: fc.array(fc.record({ kind: anyText, namespace: fc.option(anyText), reason: fc.constant('forbidden' as const), detail: anyText }), { maxLength: 30 }),
    firstLook: fc.boolean(),
    unsaved: fc.boolean(),
  })
  .map(viewOf);

test('whatever is in it, Slack takes it: limits, budget, no half character, no empty text', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const [line = lineOf()] = view.lines;
      const error = line.summary;
      const health = { cluster: view.cluster, health: 'degraded', failedCycles: 3, error, runUrl: null } as const;
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
    { numRuns: 150 },
  );
});
