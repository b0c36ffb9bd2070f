import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { cronJob, fires, job, jobSuccess, nightly, quiet } from './workload-scenes.ts';

const names = ['nightly-1', 'nightly-2', 'nightly-3'];
const halfHourly = (active: readonly string[], spec: object = {}) =>
  cronJob(
    { active: active.map((name) => ({ name })) },
    { spec: { schedule: '*/30 * * * *', ...spec } },
  );
const run = (name: string, startTime: string, status: object = { active: 1 }) =>
  job(name, { ...status, startTime }, { metadata: nightly });
const runs = [
  run('nightly-1', '2026-01-01T10:30:00Z'),
  run('nightly-2', '2026-01-01T11:00:00Z'),
  run('nightly-3', '2026-01-01T11:30:00Z'),
];
const forbid = { concurrencyPolicy: 'Forbid' };

export const cases: readonly Case[] = [
  fires(
    'three overlap',
    { CronJob: [halfHourly(names)], Job: runs },
    {
      reason: 'CronJobPileUp',
      impact: 'at-risk',
      since: '2026-01-01T10:30:00Z',
      object: { kind: 'CronJob', namespace: 'shop', name: 'nightly' },
      says: ['shop/nightly', '3 runs active', 'Job nightly-1', '1 h 30 min', 'they overlap'],
    },
  ),
  fires(
    'one holds up the next',
    { CronJob: [halfHourly(['nightly-1'], forbid)], Job: runs },
    { reason: 'JobAlreadyActive', says: ['1 run active', 'skipped (JobAlreadyActive)'] },
  ),
  quiet('two overlap', { CronJob: [halfHourly(names.slice(0, 2))], Job: runs }),
  quiet('one may overlap the next', { CronJob: [halfHourly(['nightly-1'])], Job: runs }),
  quiet('for less than an hour', {
    CronJob: [halfHourly(names, { schedule: '*/10 * * * *' })],
    Job: names.map((name, at) => run(name, `2026-01-01T11:${10 + 10 * at}:00Z`)),
  }),
  quiet('not twice due since', {
    CronJob: [halfHourly(['nightly-1'], { ...forbid, schedule: '0 0 * * *' })],
    Job: runs,
  }),
  quiet('as long as usual', {
    CronJob: [halfHourly(['nightly-1'], forbid)],
    Job: [...runs, run('nightly-0', '2026-01-01T08:00:00Z', jobSuccess('2026-01-01T09:15:00Z'))],
  }),
  quiet('its Jobs are gone', { CronJob: [halfHourly(names)] }),
  quiet('suspended', { CronJob: [halfHourly(names, { suspend: true })], Job: runs }),
  quiet('a schedule that cannot be read', {
    CronJob: [halfHourly(names, { schedule: 'soon' })],
    Job: runs,
  }),
  quiet('its namespace is being deleted', {
    CronJob: [halfHourly(names)],
    Job: runs,
    Namespace: [terminatingShop],
  }),
];
