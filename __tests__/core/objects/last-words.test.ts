import { expect, test } from '@jest/globals';
import { wordsOf } from '../../../src/core/objects/last-words.ts';
import { cleanLog } from '../../../src/core/objects/log-lines.ts';
import { diedOf, says } from './last-words.cases.ts';

test.each(diedOf)('$what: $reason', ({ log, reason, line, host }) => {
  const words = wordsOf(cleanLog(log), true);
  expect({ reason: words?.known?.reason, line: words?.line }).toEqual({
    reason,
    line: expect.stringContaining(line),
  });
  if (host !== undefined) expect(words?.addresses[0]).toEqual(host);
});

test.each(says)('$what', ({ log, line, runs }) => {
  const words = wordsOf(cleanLog(log), runs !== true);
  expect({ line: words?.line, reason: words?.known?.reason }).toEqual({ line, reason: undefined });
});

test('the lines before the one that says most come with it, two at most', () => {
  const log = 'one\ntwo\nthree\nError: connect ECONNREFUSED 10.0.0.5:5432\n    at f (x.js:1:2)';
  expect(wordsOf(cleanLog(log), true)?.before).toEqual(['two', 'three']);
});

test('a line as long as any is read in a moment, whatever stands in it', () => {
  const bad = [
    'a',
    'a.',
    'a-',
    'a:',
    '/a',
    "'",
    '(',
    ' at',
    'lookup ',
    'host=',
    'x://',
    '0',
    '\t',
    '{"a":',
  ];
  const logs = bad.map((part) => part.repeat(Math.ceil(4096 / part.length)).slice(0, 4096));
  const steps = logs.map(
    (line) =>
      wordsOf(
        Array.from({ length: 20 }, () => line),
        true,
      )?.known,
  );
  expect(steps.filter((known) => known !== undefined)).toEqual([]);
});
