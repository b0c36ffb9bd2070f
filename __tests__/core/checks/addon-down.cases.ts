import type { Case } from './suite.ts';
import { type Parts, starting, waiting } from './workload-objects.ts';
import {
  agentPod,
  apiPod,
  availableEnough,
  daemonSet,
  deployment,
  fires,
  node,
  quiet,
  statefulSet,
  unavailable,
} from './workload-scenes.ts';

const named = (name: string, parts: Parts = {}): Parts => ({
  ...parts,
  metadata: { name, namespace: 'kube-system', ...parts.metadata },
});
const down = (name: string, since = '2026-01-01T11:57:00Z', parts: Parts = {}) =>
  deployment(0, [unavailable(since)], named(name, parts));
const agents = (name: string, ready: number, desired: number) =>
  daemonSet(
    ready,
    { desiredNumberScheduled: desired, updatedNumberScheduled: desired },
    { name, namespace: 'shop' },
  );
const lacking = (name: string, on: string, since = '2026-01-01T11:55:00Z') =>
  agentPod(`${name}-${on}`, since, on, waiting('CrashLoopBackOff'), name);

export const cases: readonly Case[] = [
  fires(
    'DNS, past two minutes',
    { Deployment: [down('coredns')] },
    {
      reason: 'CriticalAddonDown',
      impact: 'outage',
      since: '2026-01-01T11:57:00Z',
      object: { kind: 'Deployment', namespace: 'kube-system', name: 'coredns' },
      proof: { sinceExact: true },
      says: ['kube-system/coredns', '0 of 3', 'names of Services do not resolve'],
    },
  ),
  ...(
    [
      ['calico-kube-controllers', 'pods get no network'],
      ['kube-proxy', 'addresses of Services lead nowhere'],
      ['ebs-csi-controller', 'volumes are neither made nor mounted'],
      ['ingress-nginx-controller', 'nothing gets in from outside'],
      ['cert-manager-webhook', 'certificates are neither issued nor renewed'],
      ['metrics-server', 'autoscalers'],
      ['cluster-autoscaler', 'no node is added or removed'],
    ] as const
  ).map(([name, words]) =>
    fires(name, { Deployment: [down(name)] }, { object: { name }, says: [words] }),
  ),
  fires(
    'under a release of another name, by its label',
    {
      Deployment: [
        down('edge', '2026-01-01T11:57:00Z', {
          metadata: { labels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
        }),
      ],
    },
    { object: { name: 'edge' } },
  ),
  quiet("an ingress controller's default backend", {
    Deployment: [
      down('edge-defaultbackend', '2026-01-01T11:57:00Z', {
        metadata: {
          labels: {
            'app.kubernetes.io/name': 'ingress-nginx',
            'app.kubernetes.io/component': 'default-backend',
          },
        },
      }),
    ],
  }),
  fires(
    'a StatefulSet',
    { StatefulSet: [statefulSet(0, named('longhorn-csi'))] },
    { object: { kind: 'StatefulSet' }, impact: 'outage' },
  ),
  fires(
    'its pods say why',
    {
      Deployment: [down('coredns', '2026-01-01T11:50:00Z', { metadata: { namespace: 'shop' } })],
      Pod: [
        apiPod('coredns-6d4-a', '2026-01-01T11:50:00Z', {
          metadata: {
            ownerReferences: [{ kind: 'ReplicaSet', name: 'coredns-6d4', controller: true }],
          },
          status: waiting('ImagePullBackOff'),
        }),
      ],
    },
    { says: ['1 pod: ImagePullBackOff'], proof: { templateHash: '6d4' } },
  ),
  fires(
    'an agent that is missing on more than a tenth of the nodes',
    {
      DaemonSet: [agents('calico-node', 8, 10)],
      Pod: [lacking('calico-node', 'node-a'), lacking('calico-node', 'node-b')],
    },
    {
      impact: 'degraded',
      since: '2026-01-01T11:55:00Z',
      object: { kind: 'DaemonSet', name: 'calico-node' },
      says: ['8 of 10', '2 pods: CrashLoopBackOff'],
    },
  ),
  fires(
    'an agent that is missing everywhere, and no pod of it is there',
    { DaemonSet: [agents('kube-proxy', 0, 10)] },
    { impact: 'outage', since: '2026-01-01T00:00:00Z', proof: { sinceExact: false } },
  ),
  quiet('an agent that is missing on a tenth of the nodes', {
    DaemonSet: [agents('calico-node', 9, 10)],
    Pod: [lacking('calico-node', 'node-a')],
  }),
  quiet('an agent that has just fallen', {
    DaemonSet: [agents('calico-node', 8, 10)],
    Pod: ['node-a', 'node-b'].map((on) => lacking('calico-node', on, '2026-01-01T11:59:00Z')),
  }),
  quiet('an agent on nodes that are down', {
    DaemonSet: [agents('calico-node', 8, 10)],
    Node: [node('node-a', 'Unknown'), node('node-b', 'Unknown')],
    Pod: [lacking('calico-node', 'node-a'), lacking('calico-node', 'node-b')],
  }),
  quiet('for a minute', { Deployment: [down('coredns', '2026-01-01T11:59:00Z')] }),
  quiet('a slow starter', {
    Deployment: [down('coredns', '2026-01-01T11:55:00Z', { metadata: { namespace: 'shop' } })],
    Pod: [
      apiPod('coredns-6d4-a', '2026-01-01T11:55:00Z', {
        metadata: {
          ownerReferences: [{ kind: 'ReplicaSet', name: 'coredns-6d4', controller: true }],
          labels: { 'pod-template-hash': '6d4' },
        },
        spec: { containers: [{ name: 'app', readinessProbe: { initialDelaySeconds: 600 } }] },
        status: starting('2026-01-01T11:55:00Z'),
      }),
    ],
  }),
  quiet('some serve', {
    Deployment: [deployment(1, [unavailable('2026-01-01T11:00:00Z')], named('coredns'))],
    StatefulSet: [statefulSet(1, named('longhorn-csi'))],
  }),
  quiet('well', { Deployment: [deployment(3, [availableEnough], named('coredns'))] }),
  quiet('scaled to zero', {
    Deployment: [down('coredns', '2026-01-01T11:00:00Z', { spec: { replicas: 0 } })],
  }),
  quiet("somebody's own workload", { Deployment: [down('api'), down('csirt-portal')] }),
];
