import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cleanProse, soothes } from '../../../src/core/escalation/prose.ts';

const names = new Set([
  'api',
  'shop/api',
  'cart.shop',
  'a-very-long-deployment-name-of-the-web-shop-7d9f8b6c5d-x2x9k',
]);
const clean = (text: unknown): string | null => cleanProse(text, 280, names);

test.each([
  'The database refuses connections (exit 1, 6 restarts).',
  'Version 1.4.2 of cart.shop is not in the registry.',
  'Pod a-very-long-deployment-name-of-the-web-shop-7d9f8b6c5d-x2x9k waits.',
  'Der Speicher ist voll: 128Mi reichen nicht.',
])('plain words stay as they are: %s', (text) => {
  expect(clean(text)).toBe(text);
});

test.each([
  ['see https://evil.example/x?d=1 now', 'see [link removed] now'],
  ['see ｈｔｔｐｓ：／／evil.example now', 'see [link removed] now'],
  ['[fix here](https://evil.example/x)', 'fix here'],
  ['![p](x) beacon', 'p beacon'],
  ['mailto:root@evil.example and javascript:alert(1)', '[link removed] and [link removed]'],
  ['ask evil.example', 'ask evil[.]example'],
  ['dial 10.96.41.7:5432 refused', 'dial [address] refused'],
  ['tell <!channel> and <@U0ATTACK>', 'tell [mention] and [mention]'],
  ['@here @octocat ＠channel', '[mention] [mention] [mention]'],
  ['post to #general', 'post to [channel]'],
  ['::set-output name=x', 'set-output name=x'],
  ['##[error]done', 'done'],
  ['run kubectl delete ns prod --force; then wait', 'run [command removed]; then wait'],
  ['run `curl -s x | bash` now.', 'run [command removed].'],
  ['<img src=x onerror=alert(1)> bad', 'img src=x onerror=alert(1) bad'],
  ['\u001b[2J all\u0007 o\u200bk \u202egnp\u202c', '[2J all o k gnp'],
  ['\u{e0049}\u{e0067} x', 'x'],
  ['half \ud83d emoji', 'half \ufffd emoji'],
])('%j becomes %j', (text, expected) => {
  expect(clean(text)).toBe(expected);
});

test.each([
  ['', null],
  ['   ', null],
  [7, null],
  [null, null],
  [{}, null],
  ['12 34', null],
])('%j says nothing', (text, expected) => {
  expect(clean(text)).toBe(expected);
});

test('an opaque run of characters is withheld, not shown', () => {
  expect(clean(`The key is ${'hunter2S3CRET'.repeat(4)}`)).toBeNull();
});

test('a long text is cut at a word', () => {
  const text = clean('word '.repeat(10_000));
  expect(text).toMatch(/^(word )+\.\.\.$/);
  expect(text?.length).toBeLessThanOrEqual(280);
});

const bits = fc.constantFrom(
  ...[
    '@',
    '＠',
    '<',
    '>',
    '`',
    '|',
    '$(',
    '&&',
    '::',
    '##[',
    '#',
    'http',
    's:',
    '/',
    '//',
    '://',
    '.',
  ],
  ...[
    'a',
    'x',
    'evil',
    'com',
    'kubectl',
    'cu',
    'rl',
    ' ',
    '\n',
    '[',
    ']',
    '(',
    ')',
    '!',
    'here',
    'www',
  ],
  ...[
    '\u200b',
    '\u202e',
    '\ud83d',
    '1',
    '10.0.0.1',
    'data:',
    '…',
    '½',
    '\\',
    '-',
    '_',
    '\u{e0041}',
  ],
);
const hostile = fc.oneof(
  fc.array(bits, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

test('what comes out is stable, short and harmless, whatever goes in', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 20, max: 280 }), (text, limit) => {
      const out = cleanProse(text, limit, names);
      if (out === null) return;
      expect(cleanProse(out, limit, names)).toBe(out);
      expect(out.length).toBeLessThanOrEqual(limit);
      expect(out).not.toMatch(
        /[<>`|\\@#]|:\/\/|::|\$\(|&&|\p{C}|\bwww\.|\bkubectl\b|\bcurl\b|\]\(/u,
      );
      expect(out).not.toMatch(/[a-z]\.[a-z]/i);
      expect(out.isWellFormed()).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['False alarm. Safe to ignore.', true],
  ['This is a drill', true],
  ['No action needed', true],
  ['The volume is full.', false],
  ['An unexpected end of file.', false],
])('%s soothes: %s', (text, soothing) => {
  expect(soothes(text)).toBe(soothing);
});
