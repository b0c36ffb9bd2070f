import {
  deployment,
  fires,
  leaving,
  meta,
  quiet,
  shopGoes,
  templateOf,
} from './network-objects.ts';
import type { Case } from './suite.ts';

const quota = (hard: object, used: object, made: object = {}) => ({
  metadata: meta('compute', made),
  status: { hard, used },
});
const asking = (name: string, resources: object, made: object = {}) =>
  deployment(name, { container: { resources } }, made);

export const cases: readonly Case[] = [
  fires(
    'pods are used up',
    {
      ResourceQuota: [
        quota(
          { pods: '10', configmaps: '5', services: '5' },
          { pods: '10', configmaps: '5', services: '1' },
        ),
      ],
    },
    {
      object: { kind: 'ResourceQuota', namespace: 'shop', name: 'compute' },
      reason: 'QuotaFull',
      impact: 'at-risk',
      since: null,
      proof: { decidedBy: 'field', unconfirmed: true },
      says: [
        'is used up: pods 10 of 10, configmaps 5 of 5',
        'no further pod is admitted',
        'exceeded quota',
      ],
    },
  ),
  ...['cpu', 'limits.memory', 'requests.nvidia.com/gpu', 'count/pods'].map((resource) =>
    fires(
      resource,
      { ResourceQuota: [quota({ [resource]: '2' }, { [resource]: 2 })] },
      { impact: 'at-risk' },
    ),
  ),
  fires(
    'more is used than the quota has now, in other units',
    { ResourceQuota: [quota({ 'requests.cpu': '2' }, { 'requests.cpu': '2500m' })] },
    { says: ['requests.cpu 2500m of 2'] },
  ),
  fires(
    'what is left is too little for the smallest pod',
    {
      ResourceQuota: [quota({ 'requests.cpu': '1' }, { 'requests.cpu': '800m' })],
      Deployment: [
        asking('api', { requests: { cpu: '250m' } }),
        asking('web', { requests: { cpu: '300m' } }),
        asking('idle', { requests: { cpu: '100m' } }, { replicas: 0 }),
        asking('blog', { requests: { cpu: '100m' } }, { namespace: 'blog' }),
      ],
    },
    {
      reason: 'QuotaTooSmallForNextPod',
      says: ['has too little left: ', 'the next pod of Deployment api is not admitted'],
    },
  ),
  ...(['StatefulSet', 'DaemonSet'] as const).flatMap((kind) =>
    ['requests', 'limits'].map((what) =>
      fires(
        `the next pod of a ${kind}, by its ${what}`,
        {
          ResourceQuota: [quota({ [`${what}.cpu`]: '1' }, { [`${what}.cpu`]: '800m' })],
          [kind]: [
            {
              metadata: meta('agent'),
              spec: {
                template: templateOf('agent', {
                  container: { resources: { [what]: { cpu: '1' } } },
                }),
              },
              status: { desiredNumberScheduled: 1 },
            },
          ],
        },
        { reason: 'QuotaTooSmallForNextPod' },
      ),
    ),
  ),
  fires(
    'a limit alone is the request too',
    {
      ResourceQuota: [quota({ memory: '1Gi' }, { memory: '900Mi' })],
      Deployment: [asking('api', { limits: { memory: '256Mi' } })],
    },
    { reason: 'QuotaTooSmallForNextPod' },
  ),
  fires(
    'a limit is what a quota of limits counts',
    {
      ResourceQuota: [quota({ 'limits.memory': '1Gi' }, { 'limits.memory': '900Mi' })],
      Deployment: [asking('api', { limits: { memory: '256Mi' }, requests: { memory: '64Mi' } })],
    },
    { reason: 'QuotaTooSmallForNextPod' },
  ),
  fires(
    'other objects are used up',
    {
      ResourceQuota: [quota({ 'services.loadbalancers': '2' }, { 'services.loadbalancers': '2' })],
    },
    { impact: 'info', says: ['no further object is admitted'] },
  ),
  quiet('there is room, to a hair', {
    ResourceQuota: [
      quota({ 'requests.cpu': '300m', pods: '10' }, { 'requests.cpu': '200m', pods: '9' }),
    ],
    Deployment: [asking('api', { requests: { cpu: '100m' } })],
  }),
  quiet('a quota of nothing forbids on purpose', {
    ResourceQuota: [quota({ 'services.nodeports': '0' }, { 'services.nodeports': '0' })],
  }),
  quiet('figures that are none, or not there', {
    ResourceQuota: [quota({ pods: 'many', cpu: '1' }, { pods: '3' })],
  }),
  quiet('it is being deleted (T33)', {
    ResourceQuota: [quota({ pods: '1' }, { pods: '1' }, leaving)],
  }),
  quiet('its namespace is being deleted (T33)', {
    ResourceQuota: [quota({ pods: '1' }, { pods: '1' })],
    Namespace: [shopGoes],
  }),
];
