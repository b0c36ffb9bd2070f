import type { Case, Expected } from './suite.ts';
import {
  member,
  type Parts,
  starting,
  terminatingShop,
  unscheduled,
  waiting,
} from './workload-objects.ts';

const selector = { app: 'api', tier: 'web' };
const service = (parts: Parts = {}): object => ({
  metadata: {
    name: 'api',
    namespace: 'shop',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...parts.metadata,
  },
  spec: { type: 'ClusterIP', selector, ...parts.spec },
});
const slice = (...ready: readonly (boolean | undefined)[]): object => ({
  metadata: { name: 'api-x', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
  endpoints: ready.map((each) => ({ conditions: { ready: each } })),
});
const pod = (name: string, since: string | null, parts: Parts = {}): object =>
  member(name, { kind: 'ReplicaSet', name: 'api-6d4' }, since, {
    ...parts,
    metadata: { labels: { ...selector, 'pod-template-hash': '6d4' }, ...parts.metadata },
  });
const workload = (labels: object, parts: Parts = {}): object => ({
  metadata: { name: 'api', namespace: 'shop', ...parts.metadata },
  spec: { replicas: 2, template: { metadata: { labels } }, ...parts.spec },
  status: { ...parts.status },
});
const drifted = { app: 'api', tier: 'frontend' };

const fires = (name: string, objects: Case['objects'], expected: Expected): Case => ({
  name,
  objects,
  expect: [expected],
});
const quiet = (name: string, objects: Case['objects']): Case => ({
  name: `quiet: ${name}`,
  objects,
  expect: [],
});
const dead = {
  Pod: [pod('api-a', '2026-01-01T11:40:00Z', { status: waiting('CrashLoopBackOff') })],
  EndpointSlice: [slice(false)],
};

export const cases: readonly Case[] = [
  quiet('a ready endpoint', {
    Service: [service()],
    EndpointSlice: [slice(false, true)],
    Pod: [pod('api-a', null), pod('api-b', '2026-01-01T11:00:00Z')],
  }),
  quiet('an endpoint that says nothing of its readiness', {
    Service: [service()],
    EndpointSlice: [slice(undefined)],
    Pod: [pod('api-a', '2026-01-01T11:00:00Z')],
  }),
  fires(
    'pods, none of them ready: since the last one',
    {
      Service: [service()],
      EndpointSlice: [slice(false, false)],
      Pod: [
        pod('api-a', '2026-01-01T11:40:00Z', { status: waiting('CrashLoopBackOff') }),
        pod('api-b', '2026-01-01T11:50:00Z'),
        pod('api-done', null, { status: { phase: 'Succeeded' } }),
      ],
    },
    {
      reason: 'ServiceNoReadyEndpoints',
      impact: 'outage',
      since: '2026-01-01T11:50:00Z',
      object: { kind: 'Service', namespace: 'shop', name: 'api' },
      proof: { sinceExact: true },
      says: ['Service shop/api', 'none of its pods is ready', '1 pod: CrashLoopBackOff'],
    },
  ),
  fires('no slice at all', { Service: [service()], Pod: dead.Pod }, { impact: 'outage' }),
  fires(
    "another Service's slice is ready",
    {
      Service: [service()],
      Pod: dead.Pod,
      EndpointSlice: [
        {
          ...slice(true),
          metadata: {
            name: 'x',
            namespace: 'shop',
            labels: { 'kubernetes.io/service-name': 'web' },
          },
        },
      ],
    },
    { impact: 'outage' },
  ),
  quiet('the last pod went a minute ago', {
    Service: [service()],
    EndpointSlice: [slice(false)],
    Pod: [
      pod('api-a', '2026-01-01T11:40:00Z', { status: waiting('CrashLoopBackOff') }),
      pod('api-b', '2026-01-01T11:59:00Z', { status: waiting('ErrImagePull') }),
    ],
  }),
  quiet('one of its pods is still starting', {
    Service: [service()],
    EndpointSlice: [slice(false)],
    Pod: [
      pod('api-a', '2026-01-01T11:50:00Z', {
        spec: { containers: [{ name: 'app', startupProbe: { failureThreshold: 90 } }] },
        status: starting('2026-01-01T11:50:00Z'),
      }),
    ],
  }),
  quiet('its pods are on their way out and others will come', {
    Service: [service()],
    Pod: [
      pod('api-a', '2026-01-01T11:50:00Z', {
        metadata: { deletionTimestamp: '2026-01-01T11:58:00Z' },
      }),
    ],
  }),
  quiet('its pod waits for a node that is being made', {
    Service: [service()],
    Pod: [
      pod('api-a', '2026-01-01T11:56:00Z', { status: unscheduled('2026-01-01T11:56:00Z', '') }),
    ],
  }),
  fires(
    'a pod is ready, and no slice says so',
    {
      Service: [service()],
      EndpointSlice: [slice(false)],
      Pod: [pod('api-a', null), pod('api-b', '2026-01-01T11:00:00Z')],
    },
    { since: '2026-01-01T09:01:00Z', says: ['no EndpointSlice says so'] },
  ),
  quiet('a pod has just become ready', {
    Service: [service()],
    EndpointSlice: [slice(false)],
    Pod: [
      pod('api-a', null, {
        status: {
          conditions: [
            { type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T11:59:30Z' },
          ],
        },
      }),
    ],
  }),
  quiet('a pod is ready and there are no slices to say so', {
    Service: [service()],
    Pod: [pod('api-a', null)],
  }),
  {
    name: 'quiet: a pod is ready and the slices could not all be read',
    objects: { Service: [service()], EndpointSlice: [slice(false)], Pod: [pod('api-a', null)] },
    gaps: [{ kind: 'EndpointSlice', namespace: 'shop', reason: 'partial', detail: '' }],
    expect: [],
  },
  quiet('ExternalName', { Service: [service({ spec: { type: 'ExternalName' } })], ...dead }),
  quiet('no selector', {
    Service: [service({ spec: { selector: {} } }), service({ spec: { selector: undefined } })],
    ...dead,
  }),
  quiet('peers that look for each other before they are ready', {
    Service: [service({ spec: { clusterIP: 'None', publishNotReadyAddresses: true } })],
    ...dead,
  }),
  fires(
    'headless',
    { Service: [service({ spec: { clusterIP: 'None' } })], ...dead },
    { impact: 'outage' },
  ),
  quiet('it is being deleted', {
    Service: [service({ metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } })],
    ...dead,
  }),
  quiet('its namespace is being deleted', {
    Service: [service()],
    ...dead,
    Namespace: [terminatingShop],
  }),
  quiet("another namespace's pods, and pods with half of its labels", {
    Service: [service()],
    Pod: [
      pod('api-a', '2026-01-01T11:00:00Z', { metadata: { namespace: 'blog' } }),
      pod('api-b', '2026-01-01T11:00:00Z', { metadata: { labels: { app: 'api' } } }),
    ],
  }),
  fires(
    'a Deployment behind it has no pod',
    { Service: [service()], Deployment: [workload(selector)] },
    {
      impact: 'outage',
      since: null,
      proof: { sinceExact: false },
      says: ['Deployment api behind it has no pod'],
    },
  ),
  fires(
    'a StatefulSet behind it has no pod',
    { Service: [service()], StatefulSet: [workload(selector, { spec: { replicas: undefined } })] },
    { says: ['StatefulSet api'] },
  ),
  fires(
    'a DaemonSet behind it has no pod',
    {
      Service: [service()],
      DaemonSet: [workload(selector, { status: { desiredNumberScheduled: 2 } })],
    },
    { says: ['DaemonSet api'] },
  ),
  quiet('a Service that is a minute old and has no pod', {
    Service: [service({ metadata: { creationTimestamp: '2026-01-01T11:59:00Z' } })],
    Deployment: [workload(selector)],
  }),
  quiet('what is behind it is scaled to zero', {
    Service: [service()],
    Deployment: [workload(selector, { spec: { replicas: 0 } })],
    StatefulSet: [workload(selector, { spec: { replicas: 0 } })],
    DaemonSet: [workload(selector, { status: { desiredNumberScheduled: 0 } })],
  }),
  quiet('nothing matches its selector: another check speaks of that', {
    Service: [service()],
    Deployment: [workload(drifted)],
    Pod: [pod('api-a', null, { metadata: { labels: drifted } })],
  }),
];
