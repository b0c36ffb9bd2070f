import type { Case, Expected } from './suite.ts';
import { member, terminatingShop } from './workload-objects.ts';
import {
  cronJob,
  jobFailure as failure,
  job,
  jobSuccess,
  nightly,
  quiet,
} from './workload-scenes.ts';

const success = jobSuccess();

const pod = (name: string, owner: string, exitCode: number, creationTimestamp: string): object =>
  member(name, { kind: 'Job', name: owner }, null, {
    metadata: { creationTimestamp },
    spec: { containers: [{ name: 'app', image: 'shop/migrate:2' }] },
    status: {
      phase: 'Failed',
      containerStatuses: [{ name: 'app', state: { terminated: { exitCode, reason: 'Error' } } }],
    },
  });

const fires = (name: string, objects: Case['objects'], ...expected: readonly Expected[]): Case => ({
  name,
  objects,
  expect: expected,
});
export const cases: readonly Case[] = [
  quiet('complete', { Job: [job('migrate', success)] }),
  quiet('still retrying', { Job: [job('migrate', { active: 1, failed: 2 })] }),
  fires(
    'its pods were not admitted for a while',
    {
      Job: [job('migrate', failure())],
      Event: [
        {
          metadata: { namespace: 'shop', name: 'migrate.1' },
          type: 'Warning',
          reason: 'FailedCreate',
          message: 'Error creating: serviceaccount "robot" not found',
          lastTimestamp: '2026-01-01T10:40:00Z',
          involvedObject: { kind: 'Job', namespace: 'shop', name: 'migrate', uid: 'migrate' },
        },
      ],
    },
    {
      reason: 'BackoffLimitExceeded',
      evidence: [
        {
          source: 'field',
          at: 'status.conditions[Failed]',
          text: 'BackoffLimitExceeded Job has reached the specified backoff limit',
        },
        {
          source: 'event',
          at: 'FailedCreate',
          text: 'Error creating: serviceaccount "robot" not found',
        },
      ],
    },
  ),
  fires(
    'failed an hour ago',
    {
      Job: [job('migrate', failure())],
      Pod: [
        pod('migrate-a', 'migrate', 137, '2026-01-01T10:00:00Z'),
        pod('migrate-b', 'migrate', 3, '2026-01-01T10:30:00Z'),
        pod('other-a', 'other', 9, '2026-01-01T10:40:00Z'),
      ],
    },
    {
      reason: 'BackoffLimitExceeded',
      impact: 'degraded',
      since: '2026-01-01T11:00:00Z',
      object: { kind: 'Job', namespace: 'shop', name: 'migrate' },
      proof: {
        decidedBy: 'field',
        sinceExact: true,
        container: 'app',
        image: 'shop/migrate:2',
        exitCode: 3,
      },
      says: [
        'shop/migrate',
        'BackoffLimitExceeded',
        'container app ended with exit 3, Error',
        'backoff limit',
      ],
    },
  ),
  fires(
    'failed without a word',
    { Job: [job('migrate', { conditions: [{ type: 'Failed', status: 'True' }] })] },
    { reason: 'JobFailed', since: '2026-01-01T10:00:00Z', proof: { sinceExact: false } },
  ),
  fires(
    'failed without any time but its creation',
    {
      Job: [
        job('migrate', { startTime: undefined, conditions: [{ type: 'Failed', status: 'True' }] }),
      ],
    },
    { since: '2026-01-01T10:00:00Z' },
  ),
  quiet('failed two days ago', { Job: [job('migrate', failure('2025-12-30T11:00:00Z'))] }),
  quiet('a condition that is not true', {
    Job: [job('migrate', { conditions: [{ type: 'Failed', status: 'False' }] })],
  }),
  quiet('suspended', { Job: [job('migrate', failure(), { spec: { suspend: true } })] }),
  quiet('a Helm hook', {
    Job: [
      job('migrate', failure(), { metadata: { annotations: { 'helm.sh/hook': 'pre-upgrade' } } }),
    ],
  }),
  quiet('an Argo hook', {
    Job: [
      job('migrate', failure(), {
        metadata: { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } },
      }),
    ],
  }),
  quiet('its namespace is being deleted', {
    Job: [job('migrate', failure())],
    Namespace: [terminatingShop],
  }),
  fires(
    'a scheduled run that failed once',
    {
      Job: [job('nightly-1', failure(), { metadata: nightly })],
      CronJob: [cronJob({ lastSuccessfulTime: '2025-12-31T10:05:00Z' })],
    },
    { impact: 'at-risk', object: { name: 'nightly-1' } },
  ),
  fires(
    'a scheduled run that never worked',
    { Job: [job('nightly-1', failure(), { metadata: nightly })], CronJob: [cronJob({})] },
    { impact: 'degraded' },
  ),
  fires(
    'two scheduled runs in a row, told once',
    {
      Job: [
        job(
          'nightly-1',
          { ...failure('2026-01-01T09:00:00Z'), startTime: '2026-01-01T08:00:00Z' },
          { metadata: nightly },
        ),
        job('nightly-2', failure(), { metadata: nightly }),
      ],
      CronJob: [cronJob({ lastSuccessfulTime: '2025-12-31T10:05:00Z' })],
    },
    { impact: 'degraded', object: { name: 'nightly-2' } },
  ),
  fires(
    'a scheduled run that failed again after a success',
    {
      Job: [
        job(
          'nightly-1',
          { ...failure('2026-01-01T07:00:00Z'), startTime: '2026-01-01T06:00:00Z' },
          { metadata: nightly },
        ),
        job('nightly-3', failure(), { metadata: nightly }),
      ],
      CronJob: [cronJob({ lastSuccessfulTime: '2026-01-01T08:05:00Z' })],
    },
    { impact: 'at-risk', object: { name: 'nightly-3' } },
  ),
  quiet('a scheduled run whose successor worked', {
    Job: [job('nightly-1', failure(), { metadata: nightly })],
    CronJob: [cronJob({ lastSuccessfulTime: '2026-01-01T11:20:00Z' })],
  }),
  quiet('a scheduled run whose successor worked, by the Jobs alone', {
    Job: [
      job('nightly-1', failure(), { metadata: nightly }),
      job('nightly-2', { ...success, startTime: '2026-01-01T11:10:00Z' }, { metadata: nightly }),
    ],
  }),
  fires(
    'a success of another CronJob, and an earlier one of its own',
    {
      Job: [
        job('nightly-1', failure(), { metadata: nightly }),
        job(
          'hourly-2',
          { ...success, startTime: '2026-01-01T11:10:00Z' },
          {
            metadata: { ownerReferences: [{ kind: 'CronJob', name: 'hourly', controller: true }] },
          },
        ),
        job('nightly-0', { ...success, startTime: '2026-01-01T09:10:00Z' }, { metadata: nightly }),
      ],
    },
    { object: { name: 'nightly-1' } },
  ),
  quiet('a later Job with the same labels worked', {
    Job: [
      job('migrate-1', failure(), {
        metadata: { labels: { app: 'shop', job: 'migrate', 'job-name': 'migrate-1' } },
      }),
      job(
        'migrate-2',
        { ...success, startTime: '2026-01-01T11:10:00Z' },
        { metadata: { labels: { job: 'migrate', app: 'shop', 'job-name': 'migrate-2' } } },
      ),
    ],
  }),
  fires(
    'later Jobs with other labels, or none, worked',
    {
      Job: [
        job('migrate-1', failure(), { metadata: { labels: { app: 'shop' } } }),
        job(
          'other',
          { ...success, startTime: '2026-01-01T11:10:00Z' },
          { metadata: { labels: { app: 'blog' } } },
        ),
        job('bare-1', failure()),
        job('bare-2', { ...success, startTime: '2026-01-01T11:10:00Z' }),
      ],
    },
    { object: { name: 'migrate-1' } },
    { object: { name: 'bare-1' } },
  ),
];
