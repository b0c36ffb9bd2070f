import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { conditions, leftOut } from '../scripts/conditions.ts';
import { foundBy, generated } from '../scripts/docs.ts';
import { registry } from '../src/core/checks/registry.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

test.each(Object.keys(generated(read)))('%s is what the tables say (npm run docs)', (file) => {
  expect(read(file)).toBe(generated(read)[file]);
});

test.each(registry.map(({ meta }) => meta))('$id has its row and its section', ({ id, title }) => {
  const page = read('docs/checks.md');
  expect(page).toContain(`| [${id}](#${id}) | ${title}`);
  expect(page).toContain(`\n## ${id}\n`);
});

test.each(conditions.map((name, index) => [index + 1, name] as const))(
  'condition %i, %s, is found by a check or left out for a reason, never both',
  (row) => {
    expect(foundBy(row).length > 0).toBe(leftOut[row] === undefined);
  },
);

test('no check claims a condition that there is not', () => {
  const rows = registry.flatMap(({ meta }) => Object.keys(meta.finds).map(Number));
  expect(rows.filter((row) => conditions[row - 1] === undefined)).toEqual([]);
});
