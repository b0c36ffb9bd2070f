import { expect, test } from '@jest/globals';
import { gapConsequence } from '../../../src/core/render/gap-words.ts';
import { alertParts } from '../../../src/core/render/markdown-alert.ts';
import { fullAlert } from '../../../src/core/render/slack.ts';
import { alertLines } from '../../../src/core/render/text-alert.ts';
import { slackProblems } from '../../support/slack-checker.ts';
import { seen } from '../../support/slack-reading.ts';
import { lineOf, viewOf } from './samples.ts';

const line = 'Error: connect ECONNREFUSED 10.0.0.5:5432';
const view = viewOf({ lines: [lineOf({ lastWords: line })] });

test('where the summary does not end with it, every sink shows the last error line', () => {
  const slack = seen(fullAlert(view)).join('\n');
  expect(slack).toContain(`*Last words* ${line}`);
  expect(alertParts(view).join('\n')).toContain(`- **Last words** \`${line}\``);
  expect(alertLines(view)).toContain(`  last log  ${line}`);
});

test('without one none is shown', () => {
  const without = viewOf({ lines: [lineOf()] });
  const all = [
    JSON.stringify(fullAlert(without)),
    ...alertParts(without),
    ...alertLines(without),
  ].join();
  expect(all).not.toMatch(/last words|last log/i);
});

test('it is text in every sink, whatever stands in it', () => {
  const esc = String.fromCharCode(27);
  const lastWords = `${esc}[31m<!channel> @here <https://evil.example|ok> \`code\` **b** @octocat ::error::x\n## y`;
  const hostile = viewOf({ lines: [lineOf({ lastWords })] });
  const message = fullAlert(hostile);
  expect(slackProblems(message)).toEqual([]);
  expect(JSON.stringify(message)).not.toMatch(/<!channel>|@here|<https:\/\/evil|\\u001b/);
  const markdown = alertParts(hostile).join('\n');
  expect(markdown.split('\n').find((each) => each.includes('Last words'))).toMatch(
    /^- \*\*Last words\*\* ``? ?.*`` ?$|^- \*\*Last words\*\* `.*`$/,
  );
  expect(markdown).not.toMatch(/^## y/m);
  expect(alertLines(hostile).join('\n')).not.toContain(esc);
});

test('a text alert says it once', () => {
  const evidence = [{ source: 'log' as const, at: 'app', text: line }];
  const said = alertLines(viewOf({ lines: [lineOf({ lastWords: line, evidence })] }));
  expect(said.filter((each) => each.includes('ECONNREFUSED'))).toHaveLength(1);
});

test('a gap of logs costs causes, and no rule asks for a list of them', () => {
  const gap = { kind: 'Pod/log', namespace: null, reason: 'forbidden', detail: '' } as const;
  expect(gapConsequence(gap)).toBe('why containers fail may stay unknown; grant get on pods/log');
  expect(gapConsequence({ ...gap, reason: 'timeout' })).toBe(
    'why containers fail may stay unknown',
  );
});
