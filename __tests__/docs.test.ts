import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { generated } from '../scripts/docs.ts';
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
