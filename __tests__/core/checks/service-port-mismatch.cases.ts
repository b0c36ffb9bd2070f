import {
  deployment,
  fires,
  leaving,
  minuteAgo,
  pod,
  quiet,
  service,
  shopGoes,
  slice,
  templateOf,
} from './network-objects.ts';
import type { Case } from './suite.ts';

const named = service('api', { ports: [{ name: 'web', port: 80, targetPort: 'http' }] });
const declaring = (...ports: readonly object[]) => deployment('api', { ports });
const http = { name: 'http', containerPort: 8080 };
const behind = { Pod: [pod('api')] };
const unread = pod('api', { app: 'api' }, { metadata: { ownerReferences: [] } });
const failing = {
  status: {
    conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T11:00:00Z' }],
  },
};

export const cases: readonly Case[] = [
  fires(
    'no pod has a port of that name',
    {
      Service: [named],
      Deployment: [declaring({ name: 'web', containerPort: 8080 })],
      EndpointSlice: [slice('api', { ports: [] })],
      ...behind,
    },
    {
      object: { kind: 'Service', namespace: 'shop', name: 'api' },
      reason: 'ServicePortMissing',
      impact: 'outage',
      since: '2026-01-01T11:00:00Z',
      proof: { decidedBy: 'field', sinceExact: false, port: '80' },
      says: [
        'Service shop/api port 80 (web)',
        'targetPort http',
        'none of its pods has a port named http (TCP)',
      ],
    },
  ),
  fires(
    'by the template alone, which declares another',
    { Service: [named], Deployment: [declaring({ name: 'web', containerPort: 8080 })], ...behind },
    { reason: 'ServicePortMissing' },
  ),
  fires(
    'by a template that declares none, and slices without the port',
    {
      Service: [named],
      Deployment: [declaring()],
      EndpointSlice: [slice('api', { ports: [] })],
      ...behind,
    },
    { reason: 'ServicePortMissing' },
  ),
  quiet('by a template that declares none, and no slice: nothing is known', {
    Service: [named],
    Deployment: [declaring()],
    ...behind,
  }),
  fires(
    'by the slices alone',
    {
      Service: [named],
      EndpointSlice: [slice('api', { ports: [{ name: 'other' }] })],
      Pod: [unread],
    },
    { reason: 'ServicePortMissing', impact: 'outage' },
  ),
  fires(
    'one port of two',
    {
      Service: [
        service('api', {
          ports: [
            { name: 'web', port: 80, targetPort: 'http' },
            { name: 'rpc', port: 90, targetPort: 'grpc' },
          ],
        }),
      ],
      Deployment: [declaring(http)],
      ...behind,
    },
    { reason: 'ServicePortMissing', impact: 'degraded', says: ['port 90 (rpc)'] },
  ),
  fires(
    'the name is of another protocol',
    { Service: [named], Deployment: [declaring({ ...http, protocol: 'UDP' })], ...behind },
    { reason: 'ServicePortMissing' },
  ),
  ...(['containers', 'initContainers'] as const).flatMap((field): readonly Case[] => {
    const declaringPod = (protocol: string) =>
      pod(
        'api',
        { app: 'api' },
        { spec: { [field]: [{ name: 'web', ports: [{ ...http, protocol }] }] }, ...failing },
      );
    return [
      fires(
        `a pod's own ${field} have the name under another protocol`,
        { Service: [named], Pod: [declaringPod('UDP')] },
        { reason: 'ServicePortMissing' },
      ),
      quiet(`a pod's own ${field} have it`, { Service: [named], Pod: [declaringPod('TCP')] }),
    ];
  }),
  ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).flatMap((kind): readonly Case[] => {
    const beside = (protocol: string) => ({
      Service: [named],
      [kind]: [
        {
          metadata: { name: 'api', namespace: 'shop' },
          spec: {
            template: templateOf('api', {
              ports: [{ name: 'web', containerPort: 9000 }],
              spec: { initContainers: [{ name: 'proxy', ports: [{ ...http, protocol }] }] },
            }),
          },
          status: { desiredNumberScheduled: 1 },
        },
      ],
      ...behind,
    });
    return [
      quiet(`a native sidecar of a ${kind} has it`, beside('TCP')),
      fires(`a native sidecar of a ${kind} has it under another protocol`, beside('UDP'), {
        reason: 'ServicePortMissing',
      }),
    ];
  }),
  fires(
    'a number that no pod declares, while what they declare has no Service',
    {
      Service: [service('api', { ports: [{ port: 80, targetPort: 9999 }] })],
      Deployment: [declaring(http)],
      ...behind,
    },
    {
      reason: 'ServicePortUndeclared',
      impact: 'at-risk',
      proof: { decidedBy: 'message' },
      says: ['targetPort 9999', 'its pods declare 8080/TCP (http), and not 9999/TCP'],
    },
  ),
  quiet('no target port: the API server fills it in, so that nothing is known', {
    Service: [service('api', { ports: [{ port: 80 }] })],
    Deployment: [declaring(http)],
    ...behind,
  }),
  fires(
    'the protocol differs',
    {
      Service: [service('api', { ports: [{ port: 80, targetPort: 8080, protocol: 'UDP' }] })],
      Deployment: [declaring(http)],
      ...behind,
    },
    { reason: 'ServiceProtocolMismatch', impact: 'at-risk', says: ['8080/UDP'] },
  ),
  ...(['StatefulSet', 'DaemonSet'] as const).map((kind) =>
    fires(
      `a ${kind} declares another`,
      {
        Service: [service('api', { ports: [{ port: 80, targetPort: 9999 }] })],
        [kind]: [
          {
            metadata: { name: 'api', namespace: 'shop' },
            spec: { template: templateOf('api', { ports: [{ ...http, protocol: 'UDP' }] }) },
            status: { desiredNumberScheduled: 1 },
          },
        ],
        ...behind,
      },
      { reason: 'ServicePortUndeclared', says: ['8080/UDP (http)'] },
    ),
  ),
  quiet('name and number fit', {
    Service: [named, service('api')],
    Deployment: [declaring(http)],
    ...behind,
  }),
  quiet('a sidecar that was put in has the port: the slices carry it', {
    Service: [named],
    Deployment: [declaring({ name: 'web', containerPort: 8080 })],
    EndpointSlice: [slice('api', { ports: [{ name: 'web' }] })],
    ...behind,
  }),
  quiet('a native sidecar has it', {
    Service: [named],
    Deployment: [declaring()],
    Pod: [
      pod(
        'api',
        { app: 'api' },
        {
          ...failing,
          spec: { initContainers: [{ name: 'proxy', ports: [http] }], containers: [] },
        },
      ),
    ],
  }),
  quiet('the pod itself has it', {
    Service: [named],
    Deployment: [declaring()],
    Pod: [
      pod(
        'api',
        { app: 'api' },
        {
          ...failing,
          spec: { containers: [{ name: 'api', ports: [{ ...http, protocol: 'TCP' }] }] },
        },
      ),
    ],
  }),
  quiet('nothing is known of the pods', { Service: [named], Pod: [unread] }),
  quiet('slices that hold nobody say nothing', {
    Service: [named],
    EndpointSlice: [slice('api', { ports: [], endpoints: [] })],
    Pod: [unread],
  }),
  quiet('they declare nothing: a container may listen on what it does not declare', {
    Service: [service('api')],
    Deployment: [declaring()],
    ...behind,
  }),
  quiet('what they declare is served, by this Service or another', {
    Service: [
      service('api', {
        ports: [
          { port: 80, targetPort: 8080 },
          { port: 90, targetPort: 9090 },
        ],
      }),
      service('other', { selector: { app: 'api' }, ports: [{ port: 81, targetPort: 7070 }] }),
    ],
    Deployment: [declaring({ containerPort: 8080 })],
    ...behind,
  }),
  quiet('what they declare is for scrapers', {
    Service: [service('api')],
    Deployment: [declaring({ name: 'http-envoy-prom', containerPort: 15_090 })],
    ...behind,
  }),
  quiet('one number, two protocols, one declared', {
    Service: [
      service('api', {
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
          { name: 'dns-tcp', port: 53, targetPort: 53 },
        ],
      }),
    ],
    Deployment: [declaring({ containerPort: 53, protocol: 'UDP' })],
    ...behind,
  }),
  quiet('headless: the pods are met on their own ports', {
    Service: [service('api', { clusterIP: 'None', ports: [{ port: 80, targetPort: 'http' }] })],
    Deployment: [declaring()],
    ...behind,
  }),
  quiet('no pod is there', { Service: [named], Deployment: [declaring()] }),
  quiet('only a workload at zero is behind it', {
    Service: [named],
    Deployment: [deployment('api', {}, { replicas: 0 })],
    Pod: [unread],
  }),
  quiet('a new Service', {
    Service: [
      service('api', { ports: [{ port: 80, targetPort: 'http' }] }, { created: minuteAgo }),
    ],
    Deployment: [declaring()],
    ...behind,
  }),
  quiet('no selector', {
    Service: [service('api', { selector: undefined, ports: [{ port: 80, targetPort: 'http' }] })],
    Deployment: [declaring()],
    ...behind,
  }),
  quiet('it is being deleted, or its namespace (T33)', {
    Service: [service('api', { ports: [{ port: 80, targetPort: 'http' }] }, leaving)],
    Deployment: [declaring()],
    ...behind,
  }),
  quiet('its namespace is being deleted (T33)', {
    Service: [named],
    Deployment: [declaring()],
    Namespace: [shopGoes],
    ...behind,
  }),
];
