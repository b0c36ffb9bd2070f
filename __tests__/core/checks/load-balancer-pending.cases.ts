import { fires, leaving, published, quiet, service, shopGoes, warning } from './network-objects.ts';
import type { Case } from './suite.ts';

const balanced = { type: 'LoadBalancer' };
const waits = service('web', balanced);
const serves = service('api', balanced, {}, published);
const text =
  'Error syncing load balancer: failed to ensure load balancer: could not find any suitable subnets for creating the ELB';
const told = warning('web', 'SyncLoadBalancerFailed', text);
const finalizers = ['service.kubernetes.io/load-balancer-cleanup'];
const going = (since: string, more: object = {}) =>
  service('web', balanced, { more: { deletionTimestamp: since, finalizers, ...more } });

export const cases: readonly Case[] = [
  fires(
    'the cloud refuses',
    { Service: [waits], Event: [told] },
    {
      object: { kind: 'Service', namespace: 'shop', name: 'web' },
      reason: 'SyncLoadBalancerFailed',
      impact: 'degraded',
      since: '2026-01-01T11:00:00Z',
      proof: { decidedBy: 'field', sinceExact: true },
      says: ['Service shop/web', 'could not find any suitable subnets'],
    },
  ),
  fires(
    'others have an address, and nobody says why this one has none',
    { Service: [waits, serves] },
    { object: { name: 'web' }, reason: 'LoadBalancerPending', says: ['no event says why'] },
  ),
  fires(
    'of a class of which others have one',
    {
      Service: [
        service('web', { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb' }),
        service('api', { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb' }, {}, published),
      ],
    },
    { reason: 'LoadBalancerPending' },
  ),
  fires(
    'it cannot be deleted',
    { Service: [going('2026-01-01T11:30:00Z')], Event: [told] },
    {
      reason: 'LoadBalancerStuckDeleting',
      impact: 'at-risk',
      since: '2026-01-01T11:30:00Z',
      says: ['finalizer service.kubernetes.io/load-balancer-cleanup', 'SyncLoadBalancerFailed'],
    },
  ),
  fires(
    'it cannot be deleted, and nobody says why',
    { Service: [going('2026-01-01T11:30:00Z')] },
    { says: ['no event says why'] },
  ),
  quiet('the cluster gives addresses to nobody: kind, or bare metal (T46)', {
    Service: [waits, service('api', balanced)],
  }),
  quiet('of a class of which nobody has one', {
    Service: [service('web', { ...balanced, loadBalancerClass: 'example/none' }), serves],
  }),
  quiet('it has an address, whatever was said (T05)', {
    Service: [serves],
    Event: [warning('api', 'SyncLoadBalancerFailed', text)],
  }),
  quiet('what was said is old (T05)', {
    Service: [waits],
    Event: [
      warning('web', 'SyncLoadBalancerFailed', text, { lastTimestamp: '2026-01-01T11:30:00Z' }),
    ],
  }),
  quiet('it has a host name', {
    Service: [
      service('web', balanced, {}, { loadBalancer: { ingress: [{ hostname: 'lb.example' }] } }),
    ],
    Event: [told],
  }),
  quiet('another kind of Service', { Service: [service('web'), serves], Event: [told] }),
  quiet('five minutes old', {
    Service: [service('web', balanced, { created: '2026-01-01T11:55:00Z' }), serves],
    Event: [told],
  }),
  quiet('being deleted for ten minutes', {
    Service: [going('2026-01-01T11:50:00Z')],
    Event: [told],
  }),
  quiet('being deleted, held by something else', {
    Service: [
      going('2026-01-01T11:30:00Z', { finalizers: ['example/other'] }),
      service('web', balanced, leaving),
    ],
    Event: [told],
  }),
  quiet('its namespace is being deleted (T33)', {
    Service: [waits, going('2026-01-01T11:30:00Z')],
    Event: [told],
    Namespace: [shopGoes],
  }),
];
