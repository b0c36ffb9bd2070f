import { expect, test } from '@jest/globals';
import { readWords } from '../../../src/core/model/response-words.ts';

const said = (action: string, number: number | null = null, seconds: number | null = null) => ({
  action,
  number,
  seconds,
});

test.each<[string, ReturnType<typeof said>]>([
  ['ack', said('ack')],
  ['Ack, I have it', said('ack')],
  ['ack 2', said('ack', 2)],
  ['ack #2', said('ack', 2)],
  ['ack  12 and the rest too', said('ack', 12)],
  ['unack', said('unack')],
  ['unack 3', said('unack', 3)],
  ['unsilence', said('unsilence')],
  ['silence 30m', said('silence', null, 1800)],
  ['silence 4h', said('silence', null, 14_400)],
  ['silence 2D', said('silence', null, 172_800)],
  ['silence 4h 2', said('silence', 2, 14_400)],
  ['silence 999d', said('silence', null, 86_313_600)],
  ['ack\n2 pods are down', said('ack')],
])('%j is a command', (text, expected) => {
  expect(readWords(text)).toEqual(expected);
});

test.each([
  '',
  'acknowledged',
  'ack2',
  'please ack',
  ' ack',
  '&gt; ack',
  '`ack`',
  'unacked',
  'silence',
  'silence please',
  'silence 4',
  'silence 4 h',
  'silence 4hours',
  'silence 4w',
  'silence 0h',
  'silence -1h',
  'silence 1000h',
  'silence 4h 0',
  // What is meant as a number, and is none, must not mean all.
  'ack 0',
  'ack 2nd',
  'ack 1000',
  'ack #99999999999999999999',
  'ack  2x',
  'аck',
])('%j is none', (text) => {
  expect(readWords(text)).toBeNull();
});

test('a long text is read at once', () => {
  expect(readWords(`silence ${' '.repeat(500_000)}`)).toBeNull();
  expect(readWords(`ack${' '.repeat(500_000)}x`)).toEqual(said('ack'));
});
