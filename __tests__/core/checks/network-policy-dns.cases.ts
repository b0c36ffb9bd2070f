import { fires, leaving, meta, namespace, pod, quiet } from './network-objects.ts';
import { ago, pod as failing, status, traps } from './pods.ts';
import type { Case } from './suite.ts';

const policy = (spec: object, made: object = {}) => ({ metadata: meta('egress', made), spec });
const crashed = {
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 1 } },
};
const bad = failing(
  { metadata: { labels: { 'pod-template-hash': '7d9f', app: 'api' } } },
  status(crashed),
);
const closed = policy({ podSelector: {}, policyTypes: ['Egress'] });
const dns = pod('coredns', { 'k8s-app': 'kube-dns' }, { metadata: { namespace: 'kube-system' } });
const kubeSystem = namespace('kube-system', { role: 'system' });
const cluster = { Pod: [bad, dns], Namespace: [kubeSystem] };
const toPort = (port: object, to: readonly object[] = []) =>
  policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to, ports: [port] }] });
const toPeer = (peer: object) =>
  policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [peer] }] });
const chosenBy = (key: string, operator: string, values: readonly string[] = []) => ({
  matchExpressions: [{ key, operator, values }],
});
const system = { namespaceSelector: { matchLabels: { role: 'system' } } };
const blocks = (name: string, ...policies: readonly object[]) =>
  fires(name, { ...cluster, NetworkPolicy: policies }, { reason: 'NetworkPolicyBlocksDNS' });
const lets = (name: string, ...policies: readonly object[]) =>
  quiet(name, { ...cluster, NetworkPolicy: policies });

export const cases: readonly Case[] = [
  fires(
    'nothing may go out',
    { ...cluster, NetworkPolicy: [closed] },
    {
      object: { kind: 'Pod', name: 'api-7d9f-x' },
      reason: 'NetworkPolicyBlocksDNS',
      impact: 'info',
      since: ago(30),
      proof: { decidedBy: 'message', templateHash: '7d9f' },
      says: ['NetworkPolicy egress', 'port 53'],
    },
  ),
  fires(
    'two that deny together',
    {
      ...cluster,
      NetworkPolicy: [closed, { ...closed, metadata: { name: 'all', namespace: 'shop' } }],
    },
    { says: ['NetworkPolicies all, egress allow it no outgoing traffic'] },
  ),
  fires(
    'one pod of a workload speaks for all, and a container that runs without being ready is enough',
    {
      Namespace: [kubeSystem],
      Pod: [
        failing(status({ state: { running: { startedAt: ago(30) } } })),
        failing(
          { metadata: { name: 'api-7d9f-y', uid: 'uid-2' } },
          status({ state: { terminated: { exitCode: 2 } } }),
        ),
      ],
      NetworkPolicy: [closed],
    },
    { object: { name: 'api-7d9f-x' } },
  ),
  blocks(
    'by its rules alone, without policyTypes',
    policy({ podSelector: { matchLabels: { app: 'api' } }, egress: [] }),
  ),
  lets(
    'a rule that cannot be read',
    policy({ podSelector: {}, policyTypes: ['Egress'], egress: ['dns'] }),
  ),
  blocks('another port', toPort({ protocol: 'TCP', port: 443 })),
  blocks('a range that ends before it', toPort({ protocol: 'UDP', port: 50, endPort: 52 })),
  blocks('another protocol', toPort({ protocol: 'SCTP', port: 53 })),
  blocks('pods of the own namespace', toPeer({ podSelector: { matchLabels: { app: 'db' } } })),
  blocks('another namespace', toPeer({ namespaceSelector: { matchLabels: { role: 'db' } } })),
  blocks(
    'another namespace by expression',
    toPeer({ namespaceSelector: chosenBy('role', 'In', ['db']) }),
  ),
  blocks(
    'other pods there',
    toPeer({ ...system, podSelector: { matchLabels: { 'k8s-app': 'coredns' } } }),
  ),
  blocks(
    'other pods there by expression',
    toPeer({ ...system, podSelector: chosenBy('k8s-app', 'NotIn', ['kube-dns']) }),
  ),
  lets('all may go out', policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{}] })),
  lets('port 53 over UDP', toPort({ protocol: 'UDP', port: 53 })),
  lets('port 53 over TCP, which is what is meant where nothing is said', toPort({ port: 53 })),
  lets('a range that holds it', toPort({ protocol: 'UDP', port: 1, endPort: 1024 })),
  lets('the port of the pods behind it (OpenShift)', toPort({ protocol: 'UDP', port: 5353 })),
  lets('the system namespace', toPeer(system)),
  lets(
    'its DNS pods',
    toPeer({ ...system, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }),
  ),
  lets(
    'by expressions',
    toPeer({
      namespaceSelector: chosenBy('role', 'In', ['system']),
      podSelector: chosenBy('k8s-app', 'Exists'),
    }),
  ),
  lets('addresses may be the DNS', toPeer({ ipBlock: { cidr: '169.254.20.10/32' } })),
  lets('policies only add (T35)', closed, toPort({ protocol: 'UDP', port: 53 })),
  lets(
    'it selects others',
    policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] }),
  ),
  lets(
    'it selects others by expression',
    policy({ podSelector: chosenBy('app', 'NotIn', ['api']), policyTypes: ['Egress'] }),
  ),
  lets('it is about what comes in', policy({ podSelector: {}, policyTypes: ['Ingress'] })),
  lets('it is being deleted (T33)', policy({ podSelector: {}, policyTypes: ['Egress'] }, leaving)),
  quiet('namespaces were not read', {
    Pod: [bad],
    NetworkPolicy: [toPeer({ namespaceSelector: { matchLabels: { role: 'db' } } })],
  }),
  quiet("the pod is well: a policy is nobody's fault by itself (T35)", {
    Namespace: [kubeSystem],
    Pod: [pod('api')],
    NetworkPolicy: [policy({ podSelector: {}, policyTypes: ['Egress'] })],
  }),
  quiet('the pod waits for its image', {
    Namespace: [kubeSystem],
    Pod: [failing(status({ state: { waiting: { reason: 'ImagePullBackOff' } } }))],
    NetworkPolicy: [closed],
  }),
  quiet('it has failed for three minutes', {
    Namespace: [kubeSystem],
    Pod: [
      failing(
        status(crashed, {
          conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: ago(3) }],
        }),
      ),
    ],
    NetworkPolicy: [closed],
  }),
  ...traps(bad, { NetworkPolicy: [closed], Namespace: [kubeSystem] }),
];
