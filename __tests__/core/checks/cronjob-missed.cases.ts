import type { Case } from './suite.ts';
import { type Parts, terminatingShop, warning } from './workload-objects.ts';
import { cronJob, fires, quiet } from './workload-scenes.ts';

/** Due every hour at ten past, and last started at `last`. */
const hourly = (last: string | undefined, spec: object = {}, parts: Parts = {}, status = {}) =>
  cronJob(
    { lastScheduleTime: last, ...status },
    { ...parts, spec: { schedule: '10 * * * *', ...spec } },
  );

export const cases: readonly Case[] = [
  quiet('in time', { CronJob: [hourly('2026-01-01T11:10:00Z')] }),
  fires(
    'the run of 11:10 did not start',
    { CronJob: [hourly('2026-01-01T10:10:00Z')] },
    {
      reason: 'CronJobMissedSchedule',
      impact: 'degraded',
      since: '2026-01-01T11:10:00Z',
      object: { kind: 'CronJob', namespace: 'shop', name: 'nightly' },
      proof: { decidedBy: 'field', sinceExact: true },
      says: ['shop/nightly', '10 * * * *', '2026-01-01T11:10:00Z', '2026-01-01T10:10:00Z'],
    },
  ),
  fires(
    'the controller says why',
    {
      CronJob: [hourly('2026-01-01T10:10:00Z')],
      Event: [warning('cron-1', 'MissSchedule', 'Missed scheduled time to start a job')],
    },
    { says: ['(MissSchedule)'] },
  ),
  quiet('due four minutes ago', {
    CronJob: [hourly('2026-01-01T10:56:00Z', { schedule: '56 * * * *' })],
  }),
  quiet('due within its own deadline', {
    CronJob: [hourly('2026-01-01T10:10:00Z', { startingDeadlineSeconds: 3600 })],
  }),
  quiet('suspended', { CronJob: [hourly('2026-01-01T10:10:00Z', { suspend: true })] }),
  quiet('the run before is not over, and must be', {
    CronJob: [
      hourly(
        '2026-01-01T10:10:00Z',
        { concurrencyPolicy: 'Forbid' },
        {},
        {
          active: [{ name: 'nightly-1' }],
        },
      ),
    ],
  }),
  fires(
    'the run before is not over, and need not be',
    { CronJob: [hourly('2026-01-01T10:10:00Z', {}, {}, { active: [{ name: 'nightly-1' }] })] },
    { since: '2026-01-01T11:10:00Z' },
  ),
  quiet('its last run was at no time of this schedule, and one time is missed', {
    CronJob: [hourly('2026-01-01T10:30:00Z')],
  }),
  fires(
    'its last run was at no time of this schedule, and two times are missed',
    { CronJob: [hourly('2026-01-01T09:30:00Z')] },
    { since: '2026-01-01T10:10:00Z' },
  ),
  quiet('its spec was changed since', {
    CronJob: [
      hourly(
        '2026-01-01T10:10:00Z',
        {},
        {
          metadata: { managedFields: [{ manager: 'kubectl', time: '2026-01-01T11:30:00Z' }] },
        },
      ),
    ],
  }),
  fires(
    'by the clocks of its zone',
    {
      CronJob: [
        hourly('2025-12-31T02:00:00Z', { schedule: '0 3 * * *', timeZone: 'Europe/Berlin' }),
      ],
    },
    { since: '2026-01-01T02:00:00Z', says: ['Europe/Berlin'] },
  ),
  quiet('in time by the clocks of its zone', {
    CronJob: [hourly('2026-01-01T02:00:00Z', { schedule: '0 3 * * *', timeZone: 'Europe/Berlin' })],
  }),
  quiet("by the controller's own clock, wherever that is", {
    CronJob: [hourly('2026-01-01T01:00:00Z', { schedule: '0 3 * * *' })],
  }),
  fires(
    'never run since its creation',
    {
      CronJob: [hourly(undefined, {}, { metadata: { creationTimestamp: '2026-01-01T09:00:00Z' } })],
    },
    { since: '2026-01-01T09:10:00Z', says: ['last scheduled: never'] },
  ),
  quiet('made an hour ago', {
    CronJob: [hourly(undefined, {}, { metadata: { creationTimestamp: '2026-01-01T11:00:00Z' } })],
  }),
  quiet('without any time', {
    CronJob: [hourly(undefined, {}, { metadata: { creationTimestamp: undefined } })],
  }),
  quiet('a zone that nobody knows', {
    CronJob: [hourly('2026-01-01T10:10:00Z', { timeZone: 'Mars/Olympus' })],
  }),
  quiet('a schedule that cannot be read', {
    CronJob: [hourly('2026-01-01T10:10:00Z', { schedule: '61 * * * *' })],
  }),
  quiet('the 31st of a month that has none', {
    CronJob: [hourly('2025-10-31T00:00:00Z', { schedule: '0 0 31 2,4,6,9,11 *' })],
  }),
  quiet('its namespace is being deleted', {
    CronJob: [hourly('2026-01-01T10:10:00Z')],
    Namespace: [terminatingShop],
  }),
];
