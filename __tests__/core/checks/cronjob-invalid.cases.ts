import type { Case } from './suite.ts';
import { terminatingShop, warning } from './workload-objects.ts';
import { cronJob, fires, quiet } from './workload-scenes.ts';

const scheduled = (schedule: string | undefined, spec: object = {}) =>
  cronJob({}, { spec: { schedule, ...spec } });

export const cases: readonly Case[] = [
  fires(
    'the controller does not know the zone',
    {
      CronJob: [scheduled('0 3 * * *', { timeZone: 'Europe/Berlim' })],
      Event: [warning('cron-1', 'UnknownTimeZone', 'invalid timeZone: "Europe/Berlim"')],
    },
    {
      reason: 'UnknownTimeZone',
      impact: 'degraded',
      since: '2025-12-01T00:00:00Z',
      object: { kind: 'CronJob', namespace: 'shop', name: 'nightly' },
      says: ['shop/nightly', '0 3 * * *', 'Europe/Berlim', 'invalid timeZone'],
    },
  ),
  ...(['UnparseableSchedule', 'UnParseableCronJobSchedule'] as const).map((word) =>
    fires(
      `the controller says ${word}`,
      {
        CronJob: [scheduled('0 3 * * *')],
        Event: [warning('cron-1', word, 'unparseable schedule')],
      },
      { reason: 'UnparseableSchedule', says: ['unparseable schedule'] },
    ),
  ),
  fires(
    'the controller says InvalidSchedule',
    {
      CronJob: [scheduled('0 0 30 2 *')],
      Event: [warning('cron-1', 'InvalidSchedule', 'invalid schedule: 0 0 30 2 *')],
    },
    { reason: 'InvalidSchedule' },
  ),
  ...['0 3 * *', '60 * * * *', '*/0 * * * *', '@soon', '0 3 * * 1-', '0 0 * * 7'].map((schedule) =>
    fires(
      `nobody can read ${schedule}`,
      { CronJob: [scheduled(schedule)] },
      { reason: 'UnparseableSchedule', says: [schedule, 'cannot be read'] },
    ),
  ),
  ...[
    '*/5 0-4,22 1 jan-MAR mon',
    '@hourly',
    '@every 1h30m',
    'CRON_TZ=Asia/Tokyo 0 9 * * ?',
    ' 5/15 * * * * ',
  ].map((schedule) => quiet(`good: ${schedule}`, { CronJob: [scheduled(schedule)] })),
  quiet('mended an hour ago', {
    CronJob: [scheduled('0 3 * * *')],
    Event: [
      warning('cron-1', 'UnparseableSchedule', 'unparseable', {
        lastTimestamp: '2026-01-01T11:00:00Z',
      }),
    ],
  }),
  quiet('suspended', { CronJob: [scheduled('0 3 * *', { suspend: true })] }),
  quiet('no schedule was kept', { CronJob: [scheduled(undefined)] }),
  quiet('its namespace is being deleted', {
    CronJob: [scheduled('0 3 * *')],
    Namespace: [terminatingShop],
  }),
];
