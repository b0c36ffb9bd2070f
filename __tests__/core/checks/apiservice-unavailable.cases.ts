import { fires, leaving, meta, quiet } from './network-objects.ts';
import type { Case } from './suite.ts';

const api = (condition: object, spec: object = {}, made: object = {}) => ({
  metadata: meta('v1beta1.metrics.k8s.io', { namespace: null, ...made }),
  spec: {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    service: { namespace: 'kube-system', name: 'metrics-server', port: 443 },
    ...spec,
  },
  status: {
    conditions: [
      {
        type: 'Available',
        status: 'False',
        lastTransitionTime: '2026-01-01T11:40:00Z',
        ...condition,
      },
    ],
  },
});
const missing = {
  reason: 'MissingEndpoints',
  message:
    'endpoints for service/metrics-server in "kube-system" have no addresses with port name "https"',
};

export const cases: readonly Case[] = [
  fires(
    'no pod behind it is ready',
    { APIService: [api(missing)] },
    {
      object: { kind: 'APIService', namespace: null, name: 'v1beta1.metrics.k8s.io' },
      reason: 'MissingEndpoints',
      impact: 'degraded',
      since: '2026-01-01T11:40:00Z',
      proof: {
        decidedBy: 'field',
        sinceExact: true,
        dependsOn: [{ kind: 'Service', namespace: 'kube-system', name: 'metrics-server' }],
      },
      says: ['metrics.k8s.io/v1beta1', 'Service kube-system/metrics-server', 'have no addresses'],
    },
  ),
  ...['FailedDiscoveryCheck', 'ServiceNotFound'].map((reason) =>
    fires(reason, { APIService: [api({ reason })] }, { reason, says: [`available: ${reason}`] }),
  ),
  fires(
    'a word that is no sub-cause, and nobody knows',
    { APIService: [api({ status: 'Unknown', reason: 'EndpointsAccessError' })] },
    { reason: 'APIServiceUnavailable', says: ['EndpointsAccessError'] },
  ),
  fires(
    'a condition without a time: since its creation',
    { APIService: [api({ ...missing, lastTransitionTime: undefined }, { service: undefined })] },
    { since: '2026-01-01T11:00:00Z', proof: { sinceExact: false, dependsOn: [] } },
  ),
  quiet('available', { APIService: [api({ ...missing, status: 'True' })] }),
  quiet('nobody can read whether it is', { APIService: [api({ ...missing, status: 7 })] }),
  quiet('nobody has looked yet', { APIService: [api({ ...missing, type: 'Other' })] }),
  quiet('metrics-server restarts', {
    APIService: [api({ ...missing, lastTransitionTime: '2026-01-01T11:57:00Z' })],
  }),
  quiet('it is being deleted (T33)', { APIService: [api(missing, {}, leaving)] }),
];
