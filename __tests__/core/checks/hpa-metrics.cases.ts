import type { Case } from './suite.ts';
import { starting, terminatingShop } from './workload-objects.ts';
import { apiPod, fires, quiet } from './workload-scenes.ts';

const metricsApi = 'v1beta1.metrics.k8s.io';
const target = { kind: 'Deployment', namespace: 'shop', name: 'api' };
const scaler = (reason: string, message: string, more: object = {}, spec: object = {}): object => ({
  metadata: { name: 'api', namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'api' }, ...spec },
  status: {
    conditions: [
      { type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale' },
      {
        type: 'ScalingActive',
        status: 'False',
        reason,
        message,
        lastTransitionTime: '2026-01-01T11:45:00Z',
        ...more,
      },
    ],
  },
});
const noApi =
  'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';
const downApi = noApi.replace(
  'could not find the requested resource',
  'is currently unable to handle the request',
);
const absent = scaler('FailedGetResourceMetric', noApi);
const api = { metadata: { name: metricsApi } };

export const cases: readonly Case[] = [
  fires(
    'no request, and the container is named',
    {
      HorizontalPodAutoscaler: [
        scaler(
          'FailedGetResourceMetric',
          'the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container app of Pod api-6d4-a',
        ),
      ],
    },
    {
      reason: 'MissingRequest',
      impact: 'at-risk',
      since: '2026-01-01T11:45:00Z',
      object: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'api' },
      proof: { decidedBy: 'message', sinceExact: true, container: 'app' },
      says: ['shop/api', 'Deployment api', 'container app has no request for cpu'],
    },
  ),
  fires(
    'no request, by an older version that names no container',
    { HorizontalPodAutoscaler: [scaler('FailedGetResourceMetric', 'missing request for memory')] },
    { reason: 'MissingRequest', says: ['a container has no request for memory'] },
  ),
  fires(
    'the API does not answer: it stands on it, and on its target',
    { HorizontalPodAutoscaler: [scaler('FailedGetResourceMetric', downApi)], APIService: [api] },
    {
      reason: 'FailedGetResourceMetric',
      proof: {
        decidedBy: 'field',
        dependsOn: [{ kind: 'APIService', namespace: null, name: metricsApi }, target],
      },
      says: ['FailedGetResourceMetric', 'unable to handle the request'],
    },
  ),
  fires(
    'nobody serves the API',
    { HorizontalPodAutoscaler: [absent] },
    { proof: { missing: { kind: 'APIService', namespace: null, name: metricsApi } } },
  ),
  {
    name: 'whether anybody serves the API is not known',
    objects: { HorizontalPodAutoscaler: [absent] },
    gaps: [{ kind: 'APIService', namespace: null, reason: 'forbidden', detail: '' }],
    expect: [
      { proof: { dependsOn: [{ kind: 'APIService', namespace: null, name: metricsApi }, target] } },
    ],
  },
  ...(
    [
      ['FailedGetExternalMetric', 'v1beta1.external.metrics.k8s.io'],
      ['FailedGetPodsMetric', 'v1beta1.custom.metrics.k8s.io'],
      ['FailedGetObjectMetric', 'v1beta1.custom.metrics.k8s.io'],
      ['FailedGetContainerResourceMetric', metricsApi],
    ] as const
  ).map(([reason, name]) =>
    fires(
      reason,
      { HorizontalPodAutoscaler: [scaler(reason, 'no metrics returned')] },
      { reason, proof: { dependsOn: [{ kind: 'APIService', namespace: null, name }, target] } },
    ),
  ),
  fires(
    'a fault of its own, which says no target',
    { HorizontalPodAutoscaler: [scaler('InvalidSelector', 'bad', {}, { scaleTargetRef: {} })] },
    { reason: 'InvalidSelector', proof: { dependsOn: [] } },
  ),
  fires(
    'since its creation, where the condition has no time',
    {
      HorizontalPodAutoscaler: [
        scaler('InvalidSelector', 'bad', { lastTransitionTime: undefined }),
      ],
    },
    { since: '2026-01-01T00:00:00Z', proof: { sinceExact: false } },
  ),
  fires(
    'its pods have run for long enough',
    { HorizontalPodAutoscaler: [absent], Pod: [apiPod('api-6d4-a', null)] },
    { reason: 'FailedGetResourceMetric' },
  ),
  quiet('its pods have just started', {
    HorizontalPodAutoscaler: [absent],
    Pod: [apiPod('api-6d4-a', null, { status: { startTime: '2026-01-01T11:55:00Z' } })],
  }),
  quiet('none of its pods is ready', {
    HorizontalPodAutoscaler: [absent],
    Pod: [
      apiPod('api-6d4-a', '2026-01-01T11:00:00Z', { status: starting('2026-01-01T11:00:00Z') }),
    ],
  }),
  quiet('for nine minutes', {
    HorizontalPodAutoscaler: [
      scaler('FailedGetResourceMetric', noApi, { lastTransitionTime: '2026-01-01T11:51:00Z' }),
    ],
  }),
  quiet('its target is at zero', {
    HorizontalPodAutoscaler: [
      scaler('ScalingDisabled', 'scaling is disabled since the replica count is zero'),
    ],
  }),
  quiet('it has metrics', {
    HorizontalPodAutoscaler: [scaler('ValidMetricFound', '', { status: 'True' })],
  }),
  quiet('its namespace is being deleted', {
    HorizontalPodAutoscaler: [absent],
    Namespace: [terminatingShop],
  }),
];
