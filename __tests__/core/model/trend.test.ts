import { expect, test } from '@jest/globals';
import { sayTrend, trendOf } from '../../../src/core/model/trend.ts';

test.each<[name: string, incidents: readonly number[], direction: string | null]>([
  ['nothing yet', [], null],
  ['too few before', [5, 5, 5, 0, 0, 0, 0], null],
  ['gone', [5, 5, 5, 5, 0, 0, 0, 0], 'better'],
  ['new', [0, 0, 0, 0, 1, 1, 1, 1], 'worse'],
  ['one blip', [0, 0, 0, 0, 1, 0, 0, 0], 'same'],
  ['a fifth more of many', [10, 10, 10, 10, 12, 12, 12, 12], 'same'],
  ['half more of many', [10, 10, 10, 10, 15, 15, 15, 15], 'worse'],
])('%s', (_name, incidents, direction) => {
  expect(trendOf(incidents)).toEqual({ incidents, direction });
});

test('only a change is said', () => {
  expect(sayTrend(trendOf([5, 4, 5, 4, 1, 0, 0, 1]))).toBe(
    'better: 0.5 incidents a cycle of the last 4, 4.5 before',
  );
  expect(sayTrend(trendOf([1, 1, 1, 1, 1, 1, 1, 1]))).toBe('');
  expect(sayTrend(trendOf([]))).toBe('');
});
