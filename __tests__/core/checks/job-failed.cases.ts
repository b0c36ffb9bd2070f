import type { Case, Expected } from './suite.ts';
import { member, type Parts, refusals, terminatingShop, warning } from './workload-objects.ts';

const failure = (at = '2026-01-01T11:00:00Z', reason = 'BackoffLimitExceeded'): object => ({
  conditions: [
    {
      type: 'Failed',
      status: 'True',
      reason,
      message: 'Job has reached the specified backoff limit',
      lastTransitionTime: at,
    },
  ],
});
const success = {
  succeeded: 1,
  conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: '2026-01-01T11:30:00Z' }],
};
const job = (name: string, status: object, parts: Parts = {}): object => ({
  metadata: {
    name,
    namespace: 'shop',
    uid: name,
    creationTimestamp: '2026-01-01T10:00:00Z',
    ...parts.metadata,
  },
  spec: { ...parts.spec },
  status: { startTime: '2026-01-01T10:00:00Z', ...status },
});
const nightly = { ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }] };
const cronJob = (status: object): object => ({
  metadata: { name: 'nightly', namespace: 'shop' },
  status,
});
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
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});

export const cases: readonly Case[] = [
  quiet('complete', { Job: [job('migrate', success)] }),
  quiet('still retrying', { Job: [job('migrate', { active: 1, failed: 2 })] }),
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
  ...refusals.slice(7, 8).map(([message, reason, ...says]) =>
    fires(
      `cannot start: ${reason}`,
      { Job: [job('migrate', {})], Event: [warning('migrate', 'FailedCreate', message)] },
      {
        reason,
        impact: 'degraded',
        since: '2026-01-01T10:00:00Z',
        proof: {
          decidedBy: 'message',
          missing: { kind: 'ServiceAccount', namespace: 'shop', name: 'api' },
        },
        says: ['shop/migrate', 'FailedCreate', ...says],
      },
    ),
  ),
  quiet('started after a refusal', {
    Job: [job('migrate', { active: 1 })],
    Event: [warning('migrate', 'FailedCreate', 'exceeded quota')],
  }),
  quiet('one of its pods is through after a refusal', {
    Job: [job('migrate', { succeeded: 1 })],
    Event: [warning('migrate', 'FailedCreate', 'exceeded quota')],
  }),
  quiet('refused a minute after its creation', {
    Job: [job('migrate', { startTime: '2026-01-01T11:59:00Z' })],
    Event: [warning('migrate', 'FailedCreate', 'exceeded quota')],
  }),
  quiet('refused long ago', {
    Job: [job('migrate', {})],
    Event: [
      warning('migrate', 'FailedCreate', 'exceeded quota', {
        lastTimestamp: '2026-01-01T11:00:00Z',
      }),
    ],
  }),
];
