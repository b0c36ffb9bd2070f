import { existsSync } from 'node:fs';
import { registry } from '../../../src/core/checks/registry.ts';
import { type Case, checkSuite } from './suite.ts';

const mine = /^(?:deployment-short|rollout-stuck|statefulset-|daemonset-|failed-create|job-|new-revision|addon-down|generation-|paused-|cronjob-|hpa-|pdb-)/;
for (const check of registry.filter(({ meta }) => mine.test(meta.id))) {
  if (!existsSync(new URL(`./${check.meta.id}.cases.ts`, import.meta.url))) continue;
  const { cases } = (await import(`./${check.meta.id}.cases.ts`)) as { readonly cases: readonly Case[] };
  checkSuite(check, cases);
}
