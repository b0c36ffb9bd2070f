import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { conditions, leftOut } from '../scripts/conditions.ts';
import { foundBy, generated } from '../scripts/docs.ts';
import { parseCatalog } from '../src/adapters/config/catalog.ts';
import { catalogSchema } from '../src/adapters/config/catalog-schema.ts';
import { dumpCommand } from '../src/adapters/kubernetes/dump.ts';
import { registry } from '../src/core/checks/registry.ts';
import { knownChecks } from '../src/wire/parts.ts';

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

test("README's catalog is one, and shows every key but those with a sentence of their own", () => {
  const [, text = ''] = /```yaml\n(services:[\s\S]*?)```/.exec(read('README.md')) ?? [];
  expect(parseCatalog(text, 'README.md', knownChecks).services).toHaveLength(1);
  const keys = Object.keys(catalogSchema.shape).filter((key) => !text.includes(`${key}:`));
  expect(keys).toEqual(['defaultPriority', 'repeatInterval', 'mention', 'accepted']);
});

test("README's dump holds every kind that is judged, and its clock", () => {
  expect(read('README.md')).toContain(`\n${dumpCommand}\n`);
});

test('no check claims a condition that there is not', () => {
  const rows = registry.flatMap(({ meta }) => Object.keys(meta.finds).map(Number));
  expect(rows.filter((row) => conditions[row - 1] === undefined)).toEqual([]);
});
