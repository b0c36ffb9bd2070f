import type { Case } from './suite.ts';
import { refusals, terminatingShop, warning } from './workload-objects.ts';
import {
  availableEnough,
  cronJob,
  daemonSet,
  deployment,
  exceeded,
  fires,
  job,
  nightly,
  quiet,
  statefulSet,
  unavailable,
} from './workload-scenes.ts';

const failure = (message: string, since = '2026-01-01T11:57:00Z'): object => ({
  type: 'ReplicaFailure',
  status: 'True',
  reason: 'FailedCreate',
  message,
  lastTransitionTime: since,
});
const noAccount = 'error looking up service account shop/api: serviceaccount "api" not found';
const asking = { spec: { template: { spec: { serviceAccountName: 'api' } } } };
const full = 'exceeded quota: compute, requested: pods=1, used: pods=3, limited: pods=3';

export const cases: readonly Case[] = [
  ...refusals.map(([message, reason, ...says]) =>
    fires(
      `of a Deployment: ${reason}`,
      {
        Deployment: [
          deployment(0, [failure(message), unavailable('2026-01-01T11:57:00Z'), exceeded]),
        ],
      },
      {
        reason,
        impact: 'outage',
        since: '2026-01-01T11:57:00Z',
        object: { kind: 'Deployment', namespace: 'shop', name: 'api' },
        proof: { sinceExact: true },
        says: ['FailedCreate', 'shop/api', '0 of 3', ...says],
      },
    ),
  ),
  fires(
    'the service account is the missing object; what runs serves in full',
    {
      Deployment: [
        deployment(3, [
          failure('error looking up service account shop/api: serviceaccount "api" not found'),
        ]),
      ],
    },
    {
      impact: 'at-risk',
      proof: {
        decidedBy: 'message',
        missing: { kind: 'ServiceAccount', namespace: 'shop', name: 'api' },
        blockedBy: undefined,
      },
    },
  ),
  ...(
    [
      ['Deployment', deployment(3, [failure(noAccount)], asking)],
      ['StatefulSet', statefulSet(2, asking), warning('sts-1', 'FailedCreate', noAccount)],
      ['DaemonSet', { ...daemonSet(2), ...asking }, warning('ds-1', 'FailedCreate', noAccount)],
      ['Job', job('migrate', {}, asking), warning('migrate', 'FailedCreate', noAccount)],
    ] as const
  ).map(([kind, object, ...events]) =>
    fires(
      `the template of the ${kind} asks for the service account: proven`,
      { [kind]: [object], Event: events },
      { reason: 'ServiceAccountMissing', proof: { decidedBy: 'field' } },
    ),
  ),
  fires(
    'the quota stands in the way',
    { Deployment: [deployment(2, [failure(full)])] },
    {
      impact: 'degraded',
      proof: {
        missing: undefined,
        blockedBy: {
          kind: 'ResourceQuota',
          namespace: 'shop',
          name: 'compute',
          reason: 'QuotaExceeded',
        },
      },
    },
  ),
  fires(
    'the webhook stands in the way, in no namespace',
    {
      Deployment: [
        deployment(2, [
          failure('Internal error occurred: failed calling webhook "a.example": no endpoints'),
        ]),
      ],
    },
    {
      proof: {
        blockedBy: {
          kind: 'Webhook',
          namespace: null,
          name: 'a.example',
          reason: 'AdmissionWebhookUnavailable',
        },
      },
    },
  ),
  fires(
    'an admission policy of the API server itself',
    {
      Deployment: [
        deployment(2, [
          failure(
            `pods "api-1" is forbidden: ValidatingAdmissionPolicy 'no-root.example' with binding 'all' denied request: runs as root`,
          ),
        ]),
      ],
    },
    {
      reason: 'AdmissionPolicyDenied',
      proof: {
        blockedBy: {
          kind: 'ValidatingAdmissionPolicy',
          namespace: null,
          name: 'no-root.example',
          reason: 'AdmissionPolicyDenied',
        },
      },
      says: ['denied request: runs as root'],
    },
  ),
  fires(
    'a priority class that does not exist',
    {
      Deployment: [
        deployment(2, [
          failure('pods "api-1" is forbidden: no PriorityClass with name high was found'),
        ]),
      ],
    },
    {
      reason: 'PriorityClassMissing',
      proof: { missing: { kind: 'PriorityClass', namespace: null, name: 'high' } },
    },
  ),
  quiet('refused just now', {
    Deployment: [deployment(3, [failure(full, '2026-01-01T11:59:00Z')])],
  }),
  quiet('refused in the past', {
    Deployment: [deployment(3, [{ ...failure(full), status: 'False' }])],
  }),
  quiet('pods that cannot be deleted', {
    Deployment: [deployment(3, [{ ...failure('conflict'), reason: 'FailedDelete' }])],
  }),
  quiet('scaled to zero since', {
    Deployment: [deployment(0, [failure(full)], { spec: { replicas: 0 } })],
  }),
  quiet('paused', { Deployment: [deployment(0, [failure(full)], { spec: { paused: true } })] }),
  quiet('nothing refused', { Deployment: [deployment(3, [availableEnough])] }),
  ...refusals.slice(0, 1).map(([message, reason, ...says]) =>
    fires(
      `of a StatefulSet: ${reason}`,
      { StatefulSet: [statefulSet(2)], Event: [warning('sts-1', 'FailedCreate', message)] },
      {
        reason,
        impact: 'degraded',
        since: '2026-01-01T11:50:00Z',
        proof: { decidedBy: 'message', sinceExact: false },
        says: ['shop/db', 'FailedCreate', '2 of 3', ...says],
      },
    ),
  ),
  fires(
    'of a DaemonSet, by an event without counts',
    {
      DaemonSet: [daemonSet(0)],
      Event: [
        warning('ds-1', 'FailedCreate', 'serviceaccount "agent" not found', {
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: '2026-01-01T11:55:00Z',
        }),
      ],
    },
    {
      reason: 'ServiceAccountMissing',
      impact: 'outage',
      since: '2026-01-01T11:55:00Z',
      proof: { missing: { kind: 'ServiceAccount', namespace: 'shop', name: 'agent' } },
    },
  ),
  quiet('of a StatefulSet an hour ago', {
    StatefulSet: [statefulSet(0)],
    Event: [warning('sts-1', 'FailedCreate', full, { lastTimestamp: '2026-01-01T11:00:00Z' })],
  }),
  quiet('of a StatefulSet just now', {
    StatefulSet: [statefulSet(0)],
    Event: [warning('sts-1', 'FailedCreate', full, { firstTimestamp: '2026-01-01T11:59:00Z' })],
  }),
  quiet('of a StatefulSet that has all its pods now', {
    StatefulSet: [statefulSet(3)],
    Event: [warning('sts-1', 'FailedCreate', full)],
  }),
  quiet('of another object of the same name', {
    StatefulSet: [statefulSet(2)],
    Event: [warning('sts-0', 'FailedCreate', full)],
  }),
  ...refusals.slice(7, 8).map(([message, reason, ...says]) =>
    fires(
      `of a Job: ${reason}`,
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
  quiet('of a Job that has started since', {
    Job: [job('migrate', { active: 1 })],
    Event: [warning('migrate', 'FailedCreate', full)],
  }),
  quiet('of a Job of which a pod is through', {
    Job: [job('migrate', { succeeded: 1 })],
    Event: [warning('migrate', 'FailedCreate', full)],
  }),
  quiet('of a Job that is over', {
    Job: [job('migrate', { conditions: [{ type: 'Failed', status: 'True' }] })],
    Event: [warning('migrate', 'FailedCreate', full)],
  }),
  quiet('of a Job a minute after its start', {
    Job: [job('migrate', { startTime: '2026-01-01T11:59:00Z' })],
    Event: [warning('migrate', 'FailedCreate', full)],
  }),
  quiet('of a Job long ago', {
    Job: [job('migrate', {})],
    Event: [warning('migrate', 'FailedCreate', full, { lastTimestamp: '2026-01-01T11:00:00Z' })],
  }),
  quiet('of a suspended Job', {
    Job: [job('migrate', {}, { spec: { suspend: true } })],
    Event: [warning('migrate', 'FailedCreate', full)],
  }),
  quiet("of a hook's Job", {
    Job: [job('migrate', {}, { metadata: { annotations: { 'helm.sh/hook': 'pre-upgrade' } } })],
    Event: [warning('migrate', 'FailedCreate', full)],
  }),
  fires(
    'of a CronJob: its Job',
    {
      CronJob: [cronJob({})],
      Job: [job('nightly-1', {}, { metadata: nightly })],
      Event: [
        warning(
          'cron-1',
          'FailedCreate',
          'Error creating job: jobs.batch "nightly-2" is forbidden: exceeded quota: jobs, requested: count/jobs.batch=1, used: count/jobs.batch=5, limited: count/jobs.batch=5',
        ),
      ],
    },
    {
      object: { kind: 'CronJob', name: 'nightly' },
      reason: 'QuotaExceeded',
      impact: 'degraded',
      says: ['cannot create its Job', 'quota jobs'],
    },
  ),
  quiet('of a CronJob that has made a Job since', {
    CronJob: [cronJob({})],
    Job: [
      job(
        'nightly-2',
        {},
        {
          metadata: { ...nightly, creationTimestamp: '2026-01-01T11:59:30Z' },
        },
      ),
    ],
    Event: [warning('cron-1', 'FailedCreate', full)],
  }),
  quiet('of a suspended CronJob', {
    CronJob: [cronJob({}, { spec: { suspend: true } })],
    Event: [warning('cron-1', 'FailedCreate', full)],
  }),
  quiet('its namespace is being deleted', {
    Deployment: [deployment(0, [failure(full)])],
    Namespace: [terminatingShop],
  }),
];
