import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatTime, parseTime } from '../../../src/core/model/time.ts';

const before9999 = Date.parse('9999-12-31T23:59:59Z');
const moments = fc.integer({ min: Date.parse('0001-01-01T00:00:00Z'), max: before9999 });

function byDate(text: string): number | null {
  const at = Date.parse(text);
  return Number.isFinite(at) ? at : null;
}

test('reads what it writes', () => {
  fc.assert(
    fc.property(moments, (at) => {
      expect(parseTime(formatTime(at))).toBe(Math.floor(at / 1000) * 1000);
    }),
  );
});

test('reads any text as the language does', () => {
  const letters = fc.constantFrom(...'0123456789-:.TZz +');
  const changed = fc.tuple(moments, fc.nat({ max: 19 }), letters).map(([at, place, letter]) => {
    const text = formatTime(at);
    return `${text.slice(0, place)}${letter}${text.slice(place + 1)}`;
  });
  fc.assert(
    fc.property(changed, (text) => {
      expect(parseTime(text)).toBe(byDate(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  '0001-01-01T00:00:00Z',
  '2024-02-29T12:00:00Z',
  '2023-02-29T12:00:00Z',
  '2026-04-31T12:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:59:60Z',
  '2026-01-01T00:00:00.5Z',
  '2026-01-01T00:00:00+02:00',
  '2026-01-01',
  '',
  'soon',
])('reads %j as the language does', (text) => {
  expect(parseTime(text)).toBe(byDate(text));
});
