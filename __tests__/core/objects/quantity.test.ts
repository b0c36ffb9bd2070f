import { expect, test } from '@jest/globals';
import { quantityOf, sayQuantity } from '../../../src/core/objects/quantity.ts';

test.each<readonly [string | number | undefined, number | undefined]>([
  ['8', 8],
  [8, 8],
  ['0', 0],
  ['1500m', 1.5],
  ['250u', 0.00025],
  ['1n', 1e-9],
  ['1k', 1000],
  ['2M', 2e6],
  ['3G', 3e9],
  ['1T', 1e12],
  ['1P', 1e15],
  ['2E', 2e18],
  ['1Ki', 1024],
  ['16Mi', 16_777_216],
  ['0.5Gi', 536_870_912],
  ['1Ti', 1_099_511_627_776],
  ['1Pi', 1024 ** 5],
  ['1Ei', 1024 ** 6],
  ['1e3', 1000],
  ['12E2', 1200],
  ['1.5e-1', 0.15],
  ['.5', 0.5],
  ['5.', 5],
  ['-1', -1],
  ['+1', 1],
  [undefined, undefined],
  [Number.NaN, undefined],
  ['', undefined],
  ['Gi', undefined],
  ['1 Gi', undefined],
  ['1KB', undefined],
  ['0x10', undefined],
  ['1e999', undefined],
  ['constructor', undefined],
  ['1'.repeat(65), undefined],
])('%j stands for %j', (text, number) => {
  expect(quantityOf(text)).toBe(number);
});

test.each([
  ['cpu', 14.52, '14.5 CPU'],
  ['memory', 12.34 * 1024 ** 3, '12.3 GiB'],
  ['nvidia.com/gpu', 8, '8'],
])('%s %d is said as %s', (resource, amount, said) => {
  expect(sayQuantity(resource, amount)).toBe(said);
});
