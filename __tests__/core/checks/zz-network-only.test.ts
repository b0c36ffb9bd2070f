import { existsSync } from 'node:fs';
import { registry } from '../../../src/core/checks/registry.ts';
import { type Case, checkSuite } from './suite.ts';

const mine = (process.env['ONLY'] ?? '').split(',');
for (const check of registry) {
  if (!mine.includes(check.meta.id)) continue;
  if (!existsSync(`${import.meta.dirname}/${check.meta.id}.cases.ts`)) continue;
  const { cases } = (await import(`./${check.meta.id}.cases.ts`)) as {
    readonly cases: readonly Case[];
  };
  checkSuite(check, cases);
}
