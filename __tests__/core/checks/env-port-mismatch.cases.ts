import {
  deployment,
  fires,
  leaving,
  minuteAgo,
  namespace,
  quiet,
  service,
  shopGoes,
} from './network-objects.ts';
import type { Case } from './suite.ts';

type Env = readonly (readonly [string, string])[];
const naming = (env: Env, made: object = {}) => deployment('web', { env }, made);
const db = service('db', { ports: [{ port: 5432, targetPort: 5432 }, { port: 9187 }] });
const wrong: Env = [['DB_URL', 'postgres://db.shop.svc:5433/shop']];
const pair: Env = [
  ['DB_HOST', 'db'],
  ['DB_PORT', '3306'],
];

export const cases: readonly Case[] = [
  fires(
    'the Service does not listen there',
    { Deployment: [naming(wrong)], Service: [db] },
    {
      object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      reason: 'EnvPortMismatch',
      impact: 'at-risk',
      since: '2026-01-01T11:00:00Z',
      proof: {
        decidedBy: 'field',
        container: 'web',
        port: '5433',
        dependsOn: [{ kind: 'Service', namespace: 'shop', name: 'db' }],
      },
      says: [
        'DB_URL of container web names db.shop.svc:5433',
        'Service shop/db does not listen on 5433 but on 5432, 9187',
      ],
    },
  ),
  fires(
    'none of its pods serves',
    { Deployment: [naming(wrong, { ready: 0 })], Service: [db] },
    { impact: 'outage' },
  ),
  fires(
    'a host and a port of two variables',
    { Deployment: [naming(pair)], Service: [db] },
    {
      proof: { decidedBy: 'message' },
      says: ['DB_HOST and DB_PORT of container', ' name db:3306'],
    },
  ),
  fires(
    "a scheme's usual port, in another namespace, told once",
    {
      Deployment: [
        naming([
          ['API_URL', 'http://api.back'],
          ['API_ADDR', 'api.back:80'],
        ]),
      ],
      Service: [service('api', { ports: [{ port: 8080 }] }, { namespace: 'back' })],
      Namespace: [namespace('back')],
    },
    { proof: { decidedBy: 'message' }, says: ['does not listen on 80 but on 8080'] },
  ),
  quiet('it listens there', {
    Deployment: [
      naming([
        ['DB_HOST', 'db'],
        ['DB_PORT', '5432'],
        ['METRICS_ADDR', 'db:9187'],
      ]),
    ],
    Service: [db],
  }),
  quiet('no port is named', { Deployment: [naming([['DB_HOST', 'db']])], Service: [db] }),
  quiet('what the process itself listens on', {
    Deployment: [
      naming([
        ['HOST', 'db'],
        ['PORT', '3000'],
      ]),
    ],
    Service: [db],
  }),
  quiet('headless: the pods are met on their own ports', {
    Deployment: [naming(wrong)],
    Service: [service('db', { clusterIP: 'None', ports: [{ port: 5432 }] })],
  }),
  quiet('a name outside takes any port', {
    Deployment: [naming(wrong)],
    Service: [service('db', { type: 'ExternalName', ports: [{ port: 5432 }] })],
  }),
  quiet('a Service that lists no ports, or does not exist', {
    Deployment: [naming(wrong), deployment('blog', { env: wrong }, { namespace: 'blog' })],
    Service: [service('db', { ports: [] })],
  }),
  quiet('what does not run needs nobody', {
    Deployment: [naming(wrong, { replicas: 0 })],
    Service: [db],
  }),
  quiet('a new workload', { Deployment: [naming(wrong, { created: minuteAgo })], Service: [db] }),
  quiet('it is being deleted (T33)', { Deployment: [naming(wrong, leaving)], Service: [db] }),
  quiet('its namespace is being deleted (T33)', {
    Deployment: [naming(wrong)],
    Service: [db],
    Namespace: [shopGoes],
  }),
];
