import { application } from './argo-objects.ts';
import { quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const health = (status: string, more: object = {}) => ({
  health: { status, lastTransitionTime: ago(60), ...more },
});
const api = {
  group: 'apps',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'api',
  health: { status: 'Degraded' },
};

export const cases: readonly Case[] = [
  seen(
    'degraded',
    [
      application({
        ...health('Degraded'),
        resources: [api, { ...api, name: 'web', health: { status: 'Healthy' } }],
      }),
    ],
    {
      object: { kind: 'Application', namespace: 'argocd', name: 'shop' },
      reason: 'ArgoAppDegraded',
      impact: 'at-risk',
      since: ago(60),
      says: ['health.status Degraded', 'Deployment api'],
      proof: {
        resource: 'application.argoproj.io',
        dependsOn: [{ kind: 'Deployment', namespace: 'shop', name: 'api' }],
      },
    },
  ),
  seen(
    'missing, by its own message',
    [application({ ...health('Missing', { message: 'nothing there' }) })],
    {
      reason: 'ArgoAppMissing',
      says: ['nothing there'],
    },
  ),
  seen(
    'of operators',
    [
      application({
        ...health('Degraded'),
        resources: [
          {
            ...api,
            group: 'serving.knative.dev',
            kind: 'Service',
            namespace: '',
            health: { status: 'Missing' },
          },
        ],
      }),
    ],
    {
      proof: { dependsOn: [{ kind: 'Service.serving.knative.dev', namespace: null, name: 'api' }] },
    },
  ),
  seen('without a time, since it was made', [application({ health: { status: 'Degraded' } })], {
    since: null,
    proof: { unconfirmed: true },
  }),
  quiet('T30: progressing, however long', application(health('Progressing'))),
  quiet('T13: suspended', application(health('Suspended'))),
  quiet('T30: out of sync', application({ ...health('Healthy'), sync: { status: 'OutOfSync' } })),
  quiet('within the grace time', application(health('Degraded', { lastTransitionTime: ago(10) }))),
  quiet('being deleted', application(health('Degraded'), { deletionTimestamp: ago(1) })),
  quiet(
    'left alone on purpose',
    application(health('Degraded'), {
      annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' },
    }),
  ),
];
