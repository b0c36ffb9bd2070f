import {
  deployment,
  fires,
  leaving,
  meta,
  minuteAgo,
  namespace,
  pod,
  quiet,
  service,
  shopGoes,
  templateOf,
} from './network-objects.ts';
import type { Case } from './suite.ts';

const idle = deployment('db', {}, { replicas: 0 });
const user = deployment('web', { env: [['DB_HOST', 'db']] });
const cluster = {
  Service: [service('db')],
  Deployment: [idle, user],
  Namespace: [namespace('shop')],
};

export const cases: readonly Case[] = [
  fires(
    'a workload that runs names it',
    {
      ...cluster,
      Deployment: [
        idle,
        user,
        deployment('shop', { env: [['DB_URL', 'postgres://db.shop.svc:5432/x']] }),
      ],
    },
    {
      object: { kind: 'Deployment', namespace: 'shop', name: 'db' },
      reason: 'DependencyAtZero',
      impact: 'at-risk',
      proof: { decidedBy: 'message', unconfirmed: true },
      says: [
        'Deployment shop/db is scaled to zero',
        'Deployment shop/shop (DB_URL',
        'and 1 more',
        'through Service db',
      ],
    },
  ),
  fires(
    'a StatefulSet',
    { ...cluster, Deployment: [user], StatefulSet: [idle] },
    {
      object: { kind: 'StatefulSet' },
      says: ['Deployment shop/web (DB_HOST of container web names db)'],
    },
  ),
  quiet('nobody names it: scaled to zero on purpose (T11)', { ...cluster, Deployment: [idle] }),
  quiet('only what runs now and then names it', {
    ...cluster,
    Deployment: [idle],
    CronJob: [
      {
        metadata: meta('report'),
        spec: {
          jobTemplate: { spec: { template: templateOf('report', { env: [['DB_HOST', 'db']] }) } },
        },
      },
    ],
  }),
  quiet('whoever names it is at zero too', {
    ...cluster,
    Deployment: [idle, deployment('web', { env: [['DB_HOST', 'db']] }, { replicas: 0 })],
  }),
  quiet('another workload stands behind the Service', {
    ...cluster,
    Deployment: [idle, user, deployment('db-v2', { labels: { app: 'db' } })],
  }),
  quiet('pods of an unknown controller stand behind it', { ...cluster, Pod: [pod('db')] }),
  quiet('an autoscaler scales it', {
    ...cluster,
    HorizontalPodAutoscaler: [
      { metadata: meta('db'), spec: { scaleTargetRef: { kind: 'Deployment', name: 'db' } } },
    ],
  }),
  quiet('KEDA scales there', {
    ...cluster,
    CustomResource: [
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: meta('db'), status: {} },
    ],
  }),
  quiet('a DaemonSet without nodes (T19)', {
    ...cluster,
    Deployment: [user],
    DaemonSet: [
      {
        metadata: meta('db'),
        spec: { template: templateOf('db') },
        status: { desiredNumberScheduled: 0 },
      },
    ],
  }),
  quiet('nothing stands behind the Service, or nothing is to (T20)', {
    ...cluster,
    Deployment: [user],
    Service: [service('db'), service('db', { selector: {} })],
  }),
  quiet('made a minute ago', {
    ...cluster,
    Deployment: [deployment('db', {}, { replicas: 0, created: minuteAgo }), user],
  }),
  quiet('it, or its Service, is being deleted (T33)', {
    ...cluster,
    Service: [service('db', {}, leaving)],
  }),
  quiet('its namespace is being deleted (T33)', { ...cluster, Namespace: [shopGoes] }),
];
