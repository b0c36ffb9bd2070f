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

type Env = readonly (readonly [string, string])[];
const naming = (env: Env, spec: object = {}, made: object = {}) =>
  deployment('web', { env, spec }, made);
const missing = (name: string, of = 'shop') => ({ kind: 'Service', namespace: of, name });
const full: Env = [['DB_URL', 'postgres://app:x@db.data.svc.cluster.local:5432/shop']];
const short: Env = [['DB_HOST', 'db']];
const down = { ready: 0 };
const crashing = pod(
  'web-2',
  {},
  {
    metadata: {
      labels: { 'pod-template-hash': '2' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'web-2', controller: true }],
    },
    status: {
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [{ name: 'web', lastState: { terminated: { exitCode: 1 } } }],
    },
  },
);

export const cases: readonly Case[] = [
  fires(
    'a full name can be nothing else',
    {
      Deployment: [naming(full)],
      Service: [
        service('db', {}, { namespace: 'store' }),
        service('dbx', {}, { namespace: 'data' }),
      ],
    },
    {
      object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      reason: 'EnvServiceMissing',
      impact: 'at-risk',
      since: '2026-01-01T11:00:00Z',
      proof: { decidedBy: 'field', container: 'web', missing: missing('db', 'data') },
      says: [
        'DB_URL of container web names db.data.svc.cluster.local:5432',
        'Service data/db does not exist',
        'store/db',
      ],
    },
  ),
  {
    ...quiet('the namespace that it names was not read', { Deployment: [naming(full)] }),
    namespaces: { include: [], exclude: ['data'] },
  },
  {
    ...quiet('only its own namespace was read', { Deployment: [naming(full)] }),
    namespaces: { include: ['shop'], exclude: [] },
  },
  fires(
    'none of its pods serves',
    { Deployment: [naming(full, {}, { ready: 0 })] },
    { impact: 'outage' },
  ),
  fires(
    'some of its pods serve',
    { Deployment: [naming(full, {}, { ready: 1 })] },
    { impact: 'degraded' },
  ),
  fires(
    'a short name in a variable of clients is likely one',
    { Deployment: [naming(short, {}, down)] },
    { impact: 'outage', proof: { decidedBy: 'message', missing: missing('db') } },
  ),
  fires(
    'a release of which the new pod crashes while the old ones serve',
    { Deployment: [naming(short)], Pod: [crashing] },
    { impact: 'at-risk', proof: { decidedBy: 'message', missing: missing('db') } },
  ),
  fires(
    'a Service of that name in another namespace',
    { Deployment: [naming(short)], Service: [service('db', {}, { namespace: 'data' })] },
    { impact: 'at-risk', says: ['there is data/db'] },
  ),
  fires(
    'a Service of nearly that name in the namespace that it names',
    {
      Deployment: [naming([['DB_HOST', 'mysql.data']])],
      Namespace: [namespace('data')],
      Service: [service('mysqld', {}, { namespace: 'data' })],
    },
    { impact: 'at-risk', says: ['there is mysqld'] },
  ),
  quiet('a word that is no host, and a Service of that name elsewhere', {
    Deployment: [naming([['HTTP_SERVER', 'nginx']])],
    Service: [service('nginx', {}, { namespace: 'data' })],
  }),
  quiet('names that nodes may resolve, while the workload is well', {
    Deployment: [
      naming([
        ...short,
        ['SMTP', 'smtp://mail:25'],
        ['ENDPOINT', 'http://minio:9000'],
        ['CACHE_URL', 'redis://cache.data'],
        ['STORE_URL', 'https://payments.data/api'],
      ]),
    ],
    Namespace: [namespace('data')],
    Pod: [pod('web')],
  }),
  quiet('a proxy and the engine beside a build are seldom Services', {
    Deployment: [
      naming(
        [
          ['HTTP_PROXY', 'http://proxy:3128'],
          ['DOCKER_HOST', 'tcp://docker:2376'],
        ],
        {},
        down,
      ),
    ],
  }),
  quiet('a pod that waits for a node asks no name', {
    Deployment: [naming(short, {}, down)],
    Pod: [{ ...crashing, status: { phase: 'Pending' } }],
  }),
  fires(
    'a word with a port',
    { StatefulSet: [naming([['SMTP_SERVER', 'mail:25']], {}, down)] },
    { proof: { missing: missing('mail') } },
  ),
  fires(
    'a word that is nearly a Service',
    { Deployment: [naming([['REPLICA_SERVER', 'redsi']])], Service: [service('redis')] },
    { says: ['there is redis'] },
  ),
  fires(
    'any variable of a host, in a workload that fails',
    { Deployment: [naming([['MONGOS_HOST', 'mongo-router']], {}, { ready: 0 })] },
    { impact: 'outage', proof: { decidedBy: 'message', missing: missing('mongo-router') } },
  ),
  quiet('any variable of a host, in a workload that is well', {
    Deployment: [naming([['MONGOS_HOST', 'mongo-router']])],
  }),
  quiet('what a process is called itself', {
    Deployment: [
      naming(
        [
          ['VIRTUAL_HOST', 'shop'],
          ['BIND_ADDR', 'eth0'],
        ],
        {},
        { ready: 0 },
      ),
    ],
  }),
  fires(
    'a name and a namespace that exists',
    { Deployment: [naming([['DB_HOST', 'db.data']], {}, down)], Namespace: [namespace('data')] },
    { proof: { decidedBy: 'message', missing: missing('db', 'data') } },
  ),
  fires(
    'a member of a StatefulSet, by the Service that governs it',
    { Deployment: [naming([['DB_HOST', 'db-0.db.data.svc']])] },
    { proof: { decidedBy: 'field', missing: missing('db', 'data') } },
  ),
  fires(
    'a variable named after what it leads to, with a port',
    { Deployment: [naming([['ZOOKEEPER_CONNECT', 'zookeeper:2181']], {}, down)] },
    { proof: { missing: missing('zookeeper', 'shop') } },
  ),
  quiet('such a variable without a port, or with weights', {
    Deployment: [
      naming(
        [
          ['DATABASE', 'orders'],
          ['BACKENDS', 'blue:1,green:2'],
        ],
        {},
        down,
      ),
    ],
  }),
  fires(
    'two of a list, one of them twice',
    {
      Deployment: [
        naming([
          ['BROKERS', 'a.mq.svc:9092,b.mq.svc:9092'],
          ['BROKER_URL', 'http://a.mq.svc:9092'],
        ]),
      ],
    },
    { proof: { missing: missing('a', 'mq') } },
    { proof: { missing: missing('b', 'mq') } },
  ),
  fires(
    'a CronJob',
    {
      CronJob: [
        {
          metadata: meta('report'),
          spec: { jobTemplate: { spec: { template: templateOf('report', { env: full }) } } },
        },
      ],
    },
    { object: { kind: 'CronJob' }, impact: 'at-risk' },
  ),
  fires(
    'a Job that runs',
    {
      Job: [
        {
          metadata: meta('report'),
          spec: { template: templateOf('report', { env: full }) },
          status: { active: 1 },
        },
      ],
    },
    { object: { kind: 'Job' } },
  ),
  fires(
    'a DaemonSet',
    {
      DaemonSet: [
        {
          metadata: meta('agent'),
          spec: { template: templateOf('agent', { env: full }) },
          status: { desiredNumberScheduled: 2, numberReady: 2 },
        },
      ],
    },
    { object: { kind: 'DaemonSet' }, says: ['of container agent'] },
  ),
  ...(['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const).map((kind) =>
    quiet(`a host alias of a ${kind} resolves it`, {
      Service: [service('db', {}, { namespace: 'data' })],
      [kind]: [
        {
          metadata: meta('web'),
          spec: {
            template: templateOf('web', {
              env: short,
              spec: { hostAliases: [{ ip: '10.1.1.1', hostnames: ['db'] }] },
            }),
          },
          status: { desiredNumberScheduled: 2, numberReady: 2, active: 1 },
        },
      ],
    }),
  ),
  quiet('a host alias of a CronJob resolves it', {
    Service: [service('db', {}, { namespace: 'data' })],
    CronJob: [
      {
        metadata: meta('web'),
        spec: {
          jobTemplate: {
            spec: {
              template: templateOf('web', {
                env: short,
                spec: { hostAliases: [{ ip: '10.1.1.1', hostnames: ['db'] }] },
              }),
            },
          },
        },
      },
    ],
  }),
  quiet('the Service exists', {
    Deployment: [naming([...full, ...short, ['CACHE_HOST', 'cache.data']])],
    Service: [
      service('db', {}, { namespace: 'data' }),
      service('db'),
      service('cache', { type: 'ExternalName' }, { namespace: 'data' }),
    ],
    Namespace: [namespace('data')],
  }),
  quiet('a pod of that name', {
    Deployment: [naming(short, {}, down)],
    Pod: [pod('db', {}, { metadata: { name: 'db' } })],
  }),
  quiet('names of the world outside', {
    Deployment: [
      naming(
        [
          ['DB_HOST', 'db.example.com'],
          ['CACHE_HOST', 'cache.data'],
          ['API_URL', 'https://api.svc.example.com'],
          ['OTHER_URL', 'https://a.b.svc.corp.example'],
        ],
        {},
        down,
      ),
    ],
  }),
  quiet('words that are no hosts', {
    Deployment: [
      naming(
        [
          ['HTTP_SERVER', 'nginx'],
          ['API_HOST', 'none'],
          ['DB_PORT', '5432'],
          ['DB_ADDR', '0'],
          ['MODE', 'db'],
        ],
        {},
        down,
      ),
    ],
  }),
  quiet('Services of that namespace were not read: that is a gap', { Deployment: [naming(full)] }, [
    { kind: 'Service', namespace: 'data', reason: 'forbidden', detail: '' },
  ]),
  quiet('what does not run needs nobody (T11, T13)', {
    Deployment: [naming(full, {}, { replicas: 0 })],
    CronJob: [
      {
        metadata: meta('report'),
        spec: {
          suspend: true,
          jobTemplate: { spec: { template: templateOf('report', { env: full }) } },
        },
      },
    ],
    Job: [
      {
        metadata: meta('done'),
        spec: { template: templateOf('done', { env: full }) },
        status: { succeeded: 1 },
      },
      {
        metadata: meta('held'),
        spec: { suspend: true, template: templateOf('held', { env: full }) },
        status: { active: 1 },
      },
    ],
  }),
  quiet('a new workload, whose Services are about to come', {
    Deployment: [naming(full, {}, { created: minuteAgo })],
  }),
  quiet('it is being deleted (T33)', { Deployment: [naming(full, {}, leaving)] }),
  quiet('its namespace is being deleted (T33)', {
    Deployment: [naming(full)],
    Namespace: [shopGoes],
  }),
];
