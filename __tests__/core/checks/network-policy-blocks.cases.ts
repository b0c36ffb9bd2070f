import {
  deployment,
  fires,
  ingress,
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

const policy = (name: string, spec: object, made: object = {}) => ({
  metadata: meta(name, made),
  spec,
});
const closed = policy('api-closed', {
  podSelector: { matchLabels: { app: 'api' } },
  policyTypes: ['Ingress'],
  ingress: [],
});
const toApi = (...rules: readonly object[]) =>
  policy('api-policy', {
    podSelector: { matchLabels: { app: 'api' } },
    policyTypes: ['Ingress'],
    ingress: rules,
  });
const user = deployment('web', { env: [['API_URL', 'http://api:80']] });
const cluster = {
  Service: [service('api', { ports: [{ port: 80, targetPort: 'http' }] })],
  Deployment: [deployment('api', { ports: [{ name: 'http', containerPort: 8080 }] }), user],
  Pod: [pod('api'), pod('web')],
  Namespace: [namespace('shop'), namespace('edge', { tier: 'edge' })],
};
const nobody = { from: [{ podSelector: { matchLabels: { app: 'nobody' } } }] };
const web = { podSelector: { matchLabels: { app: 'web' } } };
const chosenBy = (key: string, operator: string, values: readonly string[] = []) => ({
  matchExpressions: [{ key, operator, values }],
});
const reason = 'NetworkPolicyAllowsNobody';
const blocks = (name: string, ...rules: readonly object[]) =>
  fires(
    name,
    { ...cluster, NetworkPolicy: [toApi(...rules)] },
    { reason, impact: 'at-risk', proof: { decidedBy: 'message' } },
  );
const lets = (name: string, ...rules: readonly object[]) =>
  quiet(name, { ...cluster, NetworkPolicy: [toApi(...rules)] });
const onPort = (port: object, from: object = web) => ({ from: [from], ports: [port] });

export const cases: readonly Case[] = [
  fires(
    'it allows nobody, and a workload needs the Service',
    { ...cluster, NetworkPolicy: [closed] },
    {
      object: { kind: 'NetworkPolicy', namespace: 'shop', name: 'api-closed' },
      reason: 'NetworkPolicyDeniesAll',
      impact: 'degraded',
      since: '2026-01-01T11:00:00Z',
      proof: { decidedBy: 'field' },
      says: [
        'lets nobody reach Service shop/api',
        'Deployment shop/web (API_URL of container web names api:80)',
      ],
    },
  ),
  fires(
    'the default of the namespace alone, without policyTypes; an Ingress leads there',
    {
      ...cluster,
      Deployment: [],
      Ingress: [ingress('shop', 'api')],
      NetworkPolicy: [policy('default-deny', { podSelector: {} })],
    },
    {
      object: { name: 'default-deny' },
      reason: 'NetworkPolicyDeniesAll',
      says: ['Ingress shop/shop'],
    },
  ),
  fires(
    'what names the pods stands before the default',
    {
      ...cluster,
      NetworkPolicy: [
        policy('a-default', { podSelector: {}, policyTypes: ['Ingress'] }),
        toApi(nobody),
      ],
    },
    { object: { name: 'api-policy' }, reason },
  ),
  blocks('whom it allows is not there', nobody),
  blocks('nobody in such a namespace', {
    from: [{ namespaceSelector: { matchLabels: { tier: 'gone' } } }],
  }),
  {
    ...lets('what is in namespaces that were not read, nobody knows', {
      from: [{ namespaceSelector: { matchLabels: { tier: 'gone' } } }],
    }),
    namespaces: { include: [], exclude: ['monitoring'] },
  },
  {
    ...lets('a namespace that is known, and was not read', {
      from: [{ ...web, namespaceSelector: { matchLabels: { tier: 'edge' } } }],
    }),
    namespaces: { include: [], exclude: ['edge'] },
  },
  {
    ...blocks('another namespace is known, and was not read', {
      from: [{ namespaceSelector: { matchLabels: { tier: 'gone' } } }],
    }),
    namespaces: { include: [], exclude: ['edge'] },
  },
  blocks('nobody in that namespace', {
    from: [{ ...web, namespaceSelector: { matchLabels: { tier: 'edge' } } }],
  }),
  blocks('no such namespace by expression', {
    from: [{ namespaceSelector: chosenBy('tier', 'In', ['gone']) }],
  }),
  blocks('no such namespace by its values', {
    from: [{ namespaceSelector: chosenBy('kubernetes.io/metadata.name', 'In', ['gone']) }],
  }),
  blocks('no such pod by expression', {
    from: [{ podSelector: chosenBy('app', 'NotIn', ['api', 'web']) }],
  }),
  quiet('a rule of another policy that cannot be read', {
    ...cluster,
    NetworkPolicy: [
      policy('default', { podSelector: {}, policyTypes: ['Ingress'] }),
      policy('odd', { podSelector: {}, policyTypes: ['Ingress'], ingress: ['everybody'] }),
    ],
  }),
  blocks('another port', onPort({ protocol: 'TCP', port: 9090 })),
  blocks('a range that ends before it', onPort({ port: 8000, endPort: 8079 })),
  blocks('another port by name', onPort({ port: 'grpc' })),
  blocks('another protocol', onPort({ protocol: 'UDP', port: 8080 })),
  lets('an empty rule allows everybody (T35)', {}),
  lets('an empty peer allows everybody of the namespace', { from: [{ podSelector: {} }] }),
  lets('addresses may be anybody', { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }),
  lets('whom it allows is there', { from: [web] }),
  lets('by expression', { from: [{ podSelector: chosenBy('app', 'In', ['web']) }] }),
  lets('in a namespace by its label', {
    from: [
      { ...web, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
    ],
  }),
  lets('in a namespace by its values', {
    from: [{ namespaceSelector: chosenBy('kubernetes.io/metadata.name', 'In', ['shop']) }],
  }),
  lets('in a namespace by expression', {
    from: [{ namespaceSelector: chosenBy('kubernetes.io/metadata.name', 'Exists') }],
  }),
  lets('on this port', onPort({ protocol: 'TCP', port: 8080 })),
  lets('on a range that holds it', onPort({ port: 8000, endPort: 8090 })),
  lets('on the port by name', onPort({ port: 'http' })),
  lets('on every port of the protocol', onPort({ protocol: 'TCP' })),
  quiet('a CronJob that will come is allowed', {
    ...cluster,
    NetworkPolicy: [toApi(nobody)],
    CronJob: [
      {
        metadata: meta('report'),
        spec: { jobTemplate: { spec: { template: templateOf('nobody') } } },
      },
    ],
  }),
  quiet('policies only add: another one allows (T35)', {
    ...cluster,
    NetworkPolicy: [
      closed,
      policy('default-deny', { podSelector: {}, policyTypes: ['Ingress'] }),
      toApi({ from: [web] }),
    ],
  }),
  quiet('the one that allows says no type that can be read', {
    ...cluster,
    NetworkPolicy: [
      closed,
      policy('api-policy', { podSelector: {}, policyTypes: [null], ingress: [{ from: [web] }] }),
    ],
  }),
  quiet('one of its pods is under no policy', {
    ...cluster,
    Pod: [pod('api', { app: 'api', track: 'canary' }), pod('api', { app: 'api', track: 'stable' })],
    NetworkPolicy: [
      policy('canary', {
        podSelector: { matchLabels: { track: 'canary' } },
        policyTypes: ['Ingress'],
      }),
    ],
  }),
  quiet('it selects others, by expression', {
    ...cluster,
    NetworkPolicy: [
      policy('others', {
        podSelector: chosenBy('app', 'NotIn', ['api']),
        policyTypes: ['Ingress'],
      }),
    ],
  }),
  fires(
    'it selects them by expression',
    {
      ...cluster,
      NetworkPolicy: [
        policy('by-expression', {
          podSelector: chosenBy('app', 'In', ['api']),
          policyTypes: ['Ingress'],
        }),
      ],
    },
    { object: { name: 'by-expression' } },
  ),
  quiet('it is about what goes out', {
    ...cluster,
    NetworkPolicy: [policy('egress', { podSelector: {}, policyTypes: ['Egress'] })],
  }),
  quiet('nobody is seen to use the Service (T24)', {
    ...cluster,
    Deployment: [deployment('api', { env: [['SELF_URL', 'http://api:80']] })],
    NetworkPolicy: [closed],
  }),
  quiet('no pod of it is ready: that is told elsewhere', {
    ...cluster,
    Pod: [
      pod('api', { app: 'api' }, { status: { conditions: [{ type: 'Ready', status: 'False' }] } }),
    ],
    NetworkPolicy: [closed],
  }),
  quiet('policies of another kind may allow it', {
    ...cluster,
    NetworkPolicy: [closed],
    CustomResource: [
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: meta('allow'),
        status: {},
      },
    ],
  }),
  quiet('a new policy', {
    ...cluster,
    NetworkPolicy: [
      policy('new', { podSelector: {}, policyTypes: ['Ingress'] }, { created: minuteAgo }),
    ],
  }),
  quiet('it is being deleted (T33)', {
    ...cluster,
    NetworkPolicy: [policy('old', { podSelector: {}, policyTypes: ['Ingress'] }, leaving)],
  }),
  quiet('the Service is being deleted, or leads to no pods', {
    ...cluster,
    Service: [service('api', {}, leaving), service('api', { selector: undefined })],
    NetworkPolicy: [closed],
  }),
  quiet('its namespace is being deleted (T33)', {
    ...cluster,
    NetworkPolicy: [closed],
    Namespace: [shopGoes],
  }),
];
