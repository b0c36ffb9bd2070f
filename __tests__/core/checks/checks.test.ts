import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { registry } from '../../../src/core/checks/registry.ts';
import { type Case, checkSuite } from './suite.ts';

const folder = import.meta.dirname;
const tables = readdirSync(folder).filter((file) => file.endsWith('.cases.ts'));

test('every check has its cases, and every table of cases its check', () => {
  expect(tables.map((file) => file.replace('.cases.ts', '')).sort()).toEqual(
    registry.map(({ meta }) => meta.id).sort(),
  );
});

test.each(registry.map(({ meta }) => meta))(
  '$id: each of its reasons has a command, and each command a reason that it gives',
  ({ finds, commands }) => {
    const reasons = Object.values(finds).flat();
    const lists = commands.map((each) => (typeof each === 'string' ? reasons : each.for));
    expect(lists.flat().filter((reason) => !reasons.includes(reason))).toEqual([]);
    expect(reasons.filter((reason) => !lists.flat().includes(reason))).toEqual([]);
  },
);

for (const check of registry) {
  const { cases } = (await import(`./${check.meta.id}.cases.ts`)) as {
    readonly cases: readonly Case[];
  };
  checkSuite(check, cases);
}
