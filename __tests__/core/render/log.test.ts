import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { logLine, stackLines } from '../../../src/core/render/log.ts';

/** The runner's own rule (actions/runner, ActionCommand.cs): v2 needs `::` at the start after trimming, v1 takes `##[` anywhere. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[');
}

describe('a log line', () => {
  test.each([
    ['plain', 'checks: 3 findings', 'checks: 3 findings'],
    ['a command', '::set-output name=a::b', ': :set-output name=a::b'],
    ['a command behind blanks', ' \t::error::x', ': :error::x'],
    ['a command behind something invisible', '\u200b\ufeff::error::x', ': :error::x'],
    ['a command on a second line', 'a\r\n::error::x', 'a ::error::x'],
    ['the old form, anywhere', 'pod ##[add-mask]x', 'pod # #[add-mask]x'],
    ['the old form behind more signs', '####[group]', '### #[group]'],
    ['the old form hidden by an escape', '#\u200b#[group]', '# #[group]'],
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['colons within', 'a::b', 'a::b'],
  ])('%s', (_, text, line) => {
    expect(logLine(text)).toBe(line);
  });

  test('is bounded', () => {
    expect(logLine('x'.repeat(100_000)).length).toBeLessThanOrEqual(4000);
  });
});

test('a stack keeps its frames, each on its own line behind its blanks', () => {
  const trace = [
    'Error: no answer',
    '    at look (file:///app/live.ts:10:3)',
    '    at async cycle (file:///app/cycle.ts:20:5)',
    'caused by Error: ::error::x ##[group]',
  ].join('\r\n');
  expect(stackLines(trace)).toBe(
    [
      'Error: no answer',
      '    at look (file:///app/live.ts:10:3)',
      '    at async cycle (file:///app/cycle.ts:20:5)',
      'caused by Error: ::error::x # #[group]',
    ].join('\n'),
  );
});

test('a stack without end is cut, and says so', () => {
  const lines = stackLines(
    Array.from({ length: 500 }, (_, index) => `    at f${index} (x)`).join('\n'),
  ).split('\n');
  expect(lines).toHaveLength(201);
  expect(lines.at(-1)).toBe('… 300 more lines');
});

test('nothing starts a command, whatever is logged', () => {
  const part = fc.constantFrom(
    '::',
    ':',
    '#',
    '##[',
    '[',
    ' ',
    '\n',
    '\r',
    '\u2028',
    '\u200b',
    '\u001b[1m',
    '\u001b',
    'a',
    '\ud83d',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      expect(isCommand(logLine(text))).toBe(false);
      expect(logLine(text)).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]*$/u);
      expect(stackLines(text).split('\n').some(isCommand)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});
