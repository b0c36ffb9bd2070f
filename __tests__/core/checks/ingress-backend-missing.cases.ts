import { fires, ingress, leaving, minuteAgo, quiet, service, shopGoes } from './network-objects.ts';
import type { Case } from './suite.ts';

const lost = ingress('shop', 'web');
const at = (name: string, port: object, path = '/cart') => ({
  path,
  backend: { service: { name, port } },
});
const leading = (...paths: readonly object[]) =>
  ingress('shop', 'web', { rules: [{ host: 'shop.example', http: { paths } }] });
const named = service('web', { ports: [{ name: 'http', port: 8080, targetPort: 8080 }] });

export const cases: readonly Case[] = [
  fires(
    'the Service does not exist',
    {
      Ingress: [lost],
      Service: [service('web-v2'), service('blog'), service('web', {}, { namespace: 'blog' })],
    },
    {
      object: { kind: 'Ingress', namespace: 'shop', name: 'shop' },
      reason: 'IngressServiceMissing',
      impact: 'outage',
      since: '2026-01-01T11:00:00Z',
      proof: {
        decidedBy: 'field',
        port: '80',
        missing: { kind: 'Service', namespace: 'shop', name: 'web' },
      },
      says: ['cannot serve shop.example/:', 'Service web does not exist (there is web-v2)'],
    },
  ),
  fires(
    'the default backend does not exist',
    {
      Ingress: [
        ingress('shop', 'web', {
          defaultBackend: { service: { name: 'fallback', port: { number: 80 } } },
        }),
      ],
      Service: [service('web')],
    },
    { impact: 'degraded', says: ['everything else', 'Service fallback does not exist'] },
  ),
  fires(
    'the default backend has no port of that name',
    {
      Ingress: [
        ingress('shop', 'web', {
          defaultBackend: { service: { name: 'web', port: { name: 'grpc' } } },
          rules: [],
        }),
      ],
      Service: [service('web')],
    },
    { reason: 'IngressPortMissing', says: ['everything else', 'no port grpc'] },
  ),
  fires(
    'no port of that number, told once',
    {
      Ingress: [leading(at('web', { number: 9090 }), at('web', { number: 9090 }, '/b'))],
      Service: [named],
    },
    {
      reason: 'IngressPortMissing',
      impact: 'outage',
      proof: { dependsOn: [{ kind: 'Service', namespace: 'shop', name: 'web' }] },
      says: ['shop.example/cart', 'Service web has no port 9090 (it has 8080 http)'],
    },
  ),
  fires(
    'no port of that name',
    { Ingress: [leading(at('web', { name: 'grpc' }))], Service: [named] },
    { reason: 'IngressPortMissing', says: ['no port grpc'] },
  ),
  fires(
    "the container's port is not the Service's",
    { Ingress: [leading(at('web', { number: 8080 }))], Service: [service('web')] },
    { says: ['no port 8080 (it has 80)'] },
  ),
  fires(
    'two Services, no host and no path',
    {
      Ingress: [
        ingress('shop', 'web', {
          rules: [
            {
              http: {
                paths: [
                  { backend: { service: { name: 'one', port: { number: 80 } } } },
                  { backend: { service: { name: 'two', port: { number: 80 } } } },
                ],
              },
            },
          ],
        }),
      ],
    },
    { says: ['*/', 'Service one'] },
    { says: ['Service two'] },
  ),
  quiet('Service and port are there, by number and by name', {
    Ingress: [leading(at('web', { number: 8080 }), at('web', { name: 'http' }, '/b'))],
    Service: [named],
  }),
  quiet('an annotation of the controller describes the backend: the port is use-annotation', {
    Ingress: [leading(at('ssl-redirect', { name: 'use-annotation' }))],
  }),
  quiet('another resource stands behind it', {
    Ingress: [
      ingress('shop', 'web', {
        defaultBackend: {
          resource: { apiGroup: 'k8s.example', kind: 'StorageBucket', name: 'static' },
        },
        rules: [],
      }),
    ],
  }),
  quiet('a name outside takes any port', {
    Ingress: [lost],
    Service: [service('web', { type: 'ExternalName', ports: [{ port: 443 }] })],
  }),
  quiet('a Service that lists no ports', {
    Ingress: [lost],
    Service: [service('web', { clusterIP: 'None', ports: [] })],
  }),
  quiet('a backend that names no port', {
    Ingress: [leading(at('web', {}))],
    Service: [named],
  }),
  quiet('Services of its namespace were not read: that is a gap', { Ingress: [lost] }, [
    { kind: 'Service', namespace: 'shop', reason: 'forbidden', detail: '' },
  ]),
  quiet('a new Ingress', { Ingress: [ingress('shop', 'web', {}, { created: minuteAgo })] }),
  quiet('it is being deleted (T33)', { Ingress: [ingress('shop', 'web', {}, leaving)] }),
  quiet('its namespace is being deleted (T33)', { Ingress: [lost], Namespace: [shopGoes] }),
];
