import type { Case } from './suite.ts';
import { terminatingShop } from './workload-objects.ts';
import { cronJob, fires, job, jobFailure, jobSuccess, nightly, quiet } from './workload-scenes.ts';

const hourly = (status: object, spec: object = {}) =>
  cronJob(status, { spec: { schedule: '0 * * * *', ...spec } });
const failed = (hour: number) =>
  job(
    `nightly-${hour}`,
    { ...jobFailure(`2026-01-01T${hour}:05:00Z`), startTime: `2026-01-01T${hour}:00:00Z` },
    { metadata: nightly },
  );
const worked = (hour: number) =>
  job(
    `nightly-${hour}`,
    { ...jobSuccess(`2026-01-01T${hour}:05:00Z`), startTime: `2026-01-01T${hour}:00:00Z` },
    { metadata: nightly },
  );
const success = (hour: string) => ({
  lastSuccessfulTime: `2026-01-01T${hour}:05:00Z`,
  lastScheduleTime: '2026-01-01T11:00:00Z',
});

export const cases: readonly Case[] = [
  fires(
    'two runs in a row',
    { CronJob: [hourly({})], Job: [failed(10), failed(11), worked(9)] },
    {
      reason: 'CronJobFailing',
      impact: 'degraded',
      since: '2026-01-01T10:05:00Z',
      object: { kind: 'CronJob', namespace: 'shop', name: 'nightly' },
      says: ['2 times', 'BackoffLimitExceeded', 'nightly-11', 'last success: never'],
    },
  ),
  fires(
    'of several failures only the last Job is kept',
    { CronJob: [hourly(success('08'))], Job: [failed(11)] },
    { since: '2026-01-01T11:05:00Z', says: ['at least 2 times', '2026-01-01T08:05:00Z'] },
  ),
  quiet('one run failed', { CronJob: [hourly(success('10'))], Job: [failed(11), worked(10)] }),
  quiet('one failed, and another runs', {
    CronJob: [hourly({ ...success('08'), active: [{ name: 'nightly-11' }] })],
    Job: [failed(10)],
  }),
  quiet('the last run worked', { CronJob: [hourly({})], Job: [failed(9), failed(10), worked(11)] }),
  quiet('it has worked since', {
    CronJob: [hourly({ lastSuccessfulTime: '2026-01-01T11:30:00Z' })],
    Job: [failed(10), failed(11)],
  }),
  quiet('no run failed: it was suspended for long', { CronJob: [hourly(success('02'))] }),
  quiet('suspended', { CronJob: [hourly({}, { suspend: true })], Job: [failed(10), failed(11)] }),
  quiet("another CronJob's runs", {
    CronJob: [hourly({})],
    Job: [10, 11].map((hour) =>
      job(`weekly-${hour}`, jobFailure(), {
        metadata: { ownerReferences: [{ kind: 'CronJob', name: 'weekly', controller: true }] },
      }),
    ),
  }),
  quiet('a schedule that cannot be read, and one failure', {
    CronJob: [hourly(success('08'), { schedule: 'soon' })],
    Job: [failed(11)],
  }),
  quiet('its namespace is being deleted', {
    CronJob: [hourly({})],
    Job: [failed(10), failed(11)],
    Namespace: [terminatingShop],
  }),
];
