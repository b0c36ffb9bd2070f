import {
  deployment,
  fires,
  ingress,
  leaving,
  minuteAgo,
  namespace,
  pod,
  quiet,
  service,
  shopGoes,
  templateOf,
} from './network-objects.ts';
import type { Case } from './suite.ts';

const selector = { app: 'api', tier: 'web' };
const drifted = { app: 'api', tier: 'frontend' };
const lost = service('api', { selector });
const moved = deployment('api', { labels: drifted });
const reason = 'ServiceSelectorMatchesNothing';
const user = deployment('web', { env: [['API_HOST', 'api']] });

export const cases: readonly Case[] = [
  fires(
    'selector and labels have drifted apart',
    { Service: [lost], Deployment: [moved], Pod: [pod('api', drifted)] },
    {
      object: { kind: 'Service', namespace: 'shop', name: 'api' },
      reason,
      impact: 'outage',
      since: '2026-01-01T11:00:00Z',
      proof: { decidedBy: 'field', sinceExact: false },
      says: ['Service shop/api', 'asks for tier=web, Deployment api has tier=frontend'],
    },
  ),
  fires(
    'a label is missing',
    { Service: [lost], Deployment: [deployment('web', { labels: { app: 'api' } })] },
    { reason, says: ['no label tier'] },
  ),
  fires(
    'one label, and the names fit',
    {
      Service: [service('api', { selector: { run: 'backend' } })],
      StatefulSet: [deployment('api')],
    },
    { impact: 'outage', says: ['asks for run=backend, StatefulSet api has no label run'] },
  ),
  fires(
    'one label with a slip in it',
    {
      Service: [service('front', { selector: { app: 'frontned' } })],
      Deployment: [deployment('site', { labels: { app: 'frontend' } })],
    },
    { says: ['has app=frontend'] },
  ),
  fires(
    'near to pods of nobody',
    {
      Service: [lost],
      Pod: [pod('single', drifted, { metadata: { ownerReferences: [] } })],
    },
    { says: ['Pod single-6d4-a has tier=frontend'] },
  ),
  fires(
    'near to a DaemonSet',
    {
      Service: [lost],
      DaemonSet: [
        {
          metadata: { name: 'agent', namespace: 'shop' },
          spec: { template: templateOf('agent', { labels: drifted }) },
          status: { desiredNumberScheduled: 3 },
        },
      ],
    },
    { impact: 'outage', says: ['DaemonSet agent'] },
  ),
  fires(
    'nothing is near, and an Ingress leads to it: at risk',
    { Service: [lost], Ingress: [ingress('shop', 'api')] },
    {
      impact: 'at-risk',
      proof: { decidedBy: 'message' },
      says: ['Ingress shop/shop leads to it'],
    },
  ),
  fires(
    'nothing is near, and a workload names it',
    { Service: [lost], Deployment: [user], Namespace: [namespace('shop')] },
    { impact: 'at-risk', says: ['Deployment shop/web (API_HOST of container web names api)'] },
  ),
  quiet(
    'nobody uses it and nothing is near: a leftover, or a chart that serves what is not here (T24)',
    {
      Service: [lost],
      Deployment: [deployment('blog')],
      Pod: [pod('blog')],
    },
  ),
  quiet('all that fits is a label that several have: it means none of them (T24)', {
    Service: [service('redis', { selector: { app: 'redis', release: 'shop' } })],
    Deployment: ['worker', 'mailer'].map((app) =>
      deployment(app, { labels: { app, release: 'shop' } }),
    ),
  }),
  quiet('the near workload is served by a Service of its own', {
    Service: [lost, service('front', { selector: drifted })],
    Deployment: [moved],
  }),
  quiet('the label that is asked for is put on pods while they run', {
    Service: [service('api', { selector: { app: 'api', role: 'replica' } })],
    StatefulSet: [deployment('api')],
    Pod: [
      pod(
        'api',
        { app: 'api', role: 'master' },
        { metadata: { ownerReferences: [{ kind: 'StatefulSet', name: 'api', controller: true }] } },
      ),
    ],
  }),
  quiet('a pod matches', { Service: [lost], Deployment: [moved], Pod: [pod('api', selector)] }),
  quiet('a template matches, though scaled to zero (T11)', {
    Service: [lost],
    Deployment: [moved, deployment('idle', { labels: selector }, { replicas: 0 })],
  }),
  quiet("a CronJob's pods will match", {
    Service: [lost],
    Deployment: [moved],
    CronJob: [
      {
        metadata: { name: 'report', namespace: 'shop' },
        spec: { jobTemplate: { spec: { template: templateOf('report', { labels: selector }) } } },
      },
    ],
  }),
  quiet("a Job's pods matched", {
    Service: [lost],
    Deployment: [moved],
    Job: [
      {
        metadata: { name: 'report', namespace: 'shop' },
        spec: { template: templateOf('report', { labels: selector }) },
      },
    ],
  }),
  quiet('what is near is scaled to zero', {
    Service: [lost],
    Deployment: [deployment('api', { labels: drifted }, { replicas: 0 })],
  }),
  quiet("what is near is a Job's pod", {
    Service: [lost],
    Pod: [
      pod('job', drifted, {
        metadata: { ownerReferences: [{ kind: 'Job', name: 'import', controller: true }] },
      }),
    ],
  }),
  quiet('what is near is in another namespace', {
    Service: [lost],
    Deployment: [deployment('api', { labels: drifted }, { namespace: 'blog' })],
  }),
  quiet('a new Service whose workload is about to be changed', {
    Service: [service('api', { selector }, { created: minuteAgo })],
    Deployment: [moved],
  }),
  quiet('no selector (T20)', {
    Service: [service('api', { selector: {} }), service('api', { selector: undefined })],
    Deployment: [moved, user],
  }),
  quiet('a name outside (T20)', {
    Service: [service('api', { selector, type: 'ExternalName' })],
    Deployment: [moved],
  }),
  quiet('it is being deleted (T33)', {
    Service: [service('api', { selector }, leaving)],
    Deployment: [moved],
  }),
  quiet('its namespace is being deleted (T33)', {
    Service: [lost],
    Deployment: [moved],
    Namespace: [shopGoes],
  }),
];
