import { expect, test } from '@jest/globals';
import { registryOf } from '../../../src/core/incidents/rules-many.ts';
import type { Proof } from '../../../src/core/model/finding.ts';
import type { RawObjects } from '../../support/objects.ts';
import { deployment, groupsOf, podOf, type Seen, sceneOf, seen } from './scene.ts';

/** Findings of one check on a pod each of Deployments `a`, `b` …, with their pods. */
function podsOf(
  check: string,
  apps: readonly string[],
  more: Parameters<typeof seen>[2] = {},
): { readonly symptoms: readonly Seen[]; readonly pods: readonly object[] } {
  return {
    symptoms: apps.map((app) => seen(check, `Pod/${app}-r1-1`, more)),
    pods: apps.map((app) => podOf(app, '1', { node: more.proof?.node ?? 'n9' })),
  };
}

function node(name: string, labels: object = {}): object {
  return { metadata: { name, labels } };
}

const at = (minute: string) => `2026-01-01T11:${minute}:00Z`;
const lost = (name: string, minute: string) =>
  seen('node-not-ready', `Node/${name}`, { since: at(minute), proof: { node: name } });
const on = (kind: string, name: string, namespace: string | null = null) => ({
  object: { kind, namespace, name },
});
const ref = (kind: string, name: string, namespace: string | null = null) => ({
  kind,
  namespace,
  name,
});
const image = (name: string): { proof: Partial<Proof> } => ({
  proof: { image: name, decidedBy: 'message', container: 'c' },
});
const zoneA = { 'topology.kubernetes.io/zone': 'eu-1a' };
const pool = { 'eks.amazonaws.com/nodegroup': 'spot' };

/** Roots of what is seen: `Kind/name Reason` and how many findings each has. */
function countsOf(symptoms: readonly Seen[], objects: RawObjects = {}): object {
  const groups = groupsOf(symptoms, objects);
  expect(groupsOf([...symptoms].reverse(), objects)).toEqual(groups);
  return Object.fromEntries(Object.entries(groups).map(([root, all]) => [root, all.length]));
}

const bare = podsOf('sandbox-failed', ['a', 'b', 'c'], {
  reason: 'FailedCreatePodSandBox',
  proof: { node: 'n1' },
});
const full = podsOf('unschedulable', ['a', 'b'], { proof: { clause: 'Insufficient cpu' } });
const secret = { missing: ref('Secret', 'tls', 'shop') };
const denied = (reason: string) => ({
  proof: { blockedBy: { ...ref('Webhook', 'pods.acme.io'), reason } },
});
const webhook = seen('webhook-backend-down', 'X/x', {
  ...on('ValidatingWebhookConfiguration', 'acme'),
  reason: 'WebhookNoEndpoints',
  proof: { dependsOn: [ref('Webhook', 'pods.acme.io'), ref('Service', 'acme', 'shop')] },
});
const acme: RawObjects = {
  Service: [{ metadata: { name: 'acme', namespace: 'shop' }, spec: { selector: { app: 'acme' } } }],
  Deployment: [deployment('acme', 1, 0)],
  Pod: [podOf('acme', '1')],
};
const acmeCrash = seen('crash-loop', 'Pod/acme-r1-1', { since: at('00') });
const heard = (minute: string): Parameters<typeof seen>[2] => ({
  since: at(minute),
  proof: { decidedBy: 'message', dependsOn: [ref('Service', 'acme', 'shop')] },
});
const calico = {
  metadata: {
    name: 'calico-node-x',
    namespace: 'kube-system',
    ownerReferences: [{ kind: 'DaemonSet', name: 'calico-node', controller: true }],
  },
  spec: { nodeName: 'n1' },
};
const calicoCrash = seen('crash-loop', 'Pod/x', {
  ...on('Pod', 'calico-node-x', 'kube-system'),
  impact: 'degraded',
  since: at('00'),
  proof: { node: 'n1' },
});
const client = (name: string, host: string): object => ({
  metadata: { name, namespace: 'shop' },
  spec: {
    replicas: 1,
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'c', env: [{ name: 'ACME_HOST', value: host }] }] },
    },
  },
});

const rows: readonly [string, readonly Seen[], RawObjects, object][] = [
  [
    'R1: a volume that is still attached to the lost node keeps its pod from starting elsewhere',
    [lost('n1', '00'), seen('volume-attach', 'Pod/db-r1-1', { since: at('10') })],
    {
      Pod: [podOf('db', '1', { node: 'n2', claim: 'data' })],
      PersistentVolumeClaim: [
        { metadata: { name: 'data', namespace: 'shop' }, spec: { volumeName: 'pv-1' } },
      ],
      VolumeAttachment: [
        {
          metadata: { name: 'va' },
          spec: { nodeName: 'n1', source: { persistentVolumeName: 'pv-1' } },
        },
      ],
    },
    { 'Node/n1 NodeNotReady': 2 },
  ],
  [
    'R1: what replaces a pod of the lost node and finds no place belongs to the node, no other pod does',
    [
      lost('n1', '00'),
      seen('unschedulable', 'Pod/api-r1-2', {
        since: at('10'),
        proof: { clause: 'Insufficient cpu' },
      }),
      seen('unschedulable', 'Pod/web-r1-1', {
        since: at('10'),
        proof: { clause: 'node(s) did not match' },
      }),
    ],
    { Pod: [podOf('api', '1', { node: 'n1' }), podOf('api', '2'), podOf('web', '1')] },
    { 'Node/n1 NodeNotReady': 2, 'Deployment/web Unschedulable': 1 },
  ],
  [
    'R1: a budget and an autoscaler are about the workload that the node took',
    [
      lost('n1', '00'),
      seen('pdb-short', 'PodDisruptionBudget/api'),
      seen('hpa-metrics', 'HorizontalPodAutoscaler/api'),
    ],
    {
      Pod: [podOf('api', '1', { node: 'n1' })],
      Deployment: [deployment('api', 1, 0)],
      PodDisruptionBudget: [
        {
          metadata: { name: 'api', namespace: 'shop' },
          spec: { selector: { matchLabels: { app: 'api' } } },
        },
      ],
      HorizontalPodAutoscaler: [
        {
          metadata: { name: 'api', namespace: 'shop' },
          spec: { scaleTargetRef: { kind: 'Deployment', name: 'api' } },
        },
      ],
    },
    { 'Node/n1 NodeNotReady': 3 },
  ],
  [
    'R2: nodes of one zone that go within ten minutes are one incident, a later one and one elsewhere are not',
    [lost('n1', '00'), lost('n2', '08'), lost('n3', '40'), lost('n4', '01')],
    { Node: [node('n1', zoneA), node('n2', zoneA), node('n3', zoneA), node('n4')] },
    { 'Zone/eu-1a NodesNotReady': 2, 'Node/n3 NodeNotReady': 1, 'Node/n4 NodeNotReady': 1 },
  ],
  [
    'R2: the pool of which more is lost is named rather than the zone',
    [lost('n1', '00'), lost('n2', '01')],
    {
      Node: [
        node('n1', { ...zoneA, ...pool }),
        node('n2', { ...zoneA, ...pool }),
        node('n3', zoneA),
      ],
    },
    { 'NodePool/spot NodesNotReady': 2 },
  ],
  [
    'R3: pods of two workloads without network on one node are the node',
    bare.symptoms,
    { Pod: bare.pods },
    { 'Node/n1 FailedCreatePodSandBox': 3 },
  ],
  [
    'R3: one workload without network is its own',
    bare.symptoms.slice(0, 1),
    { Pod: bare.pods },
    { 'Deployment/a FailedCreatePodSandBox': 1 },
  ],
  [
    'R3: on three nodes it is the cluster',
    ['a', 'b', 'c'].flatMap(
      (app) =>
        podsOf('sandbox-failed', [app], { reason: 'PodIPExhausted', proof: { node: app } })
          .symptoms,
    ),
    { Pod: bare.pods },
    { 'Cluster/pod-network PodIPExhausted': 3 },
  ],
  [
    "R3: the network add-on's own failure on that node is the root, also of what the node says; not on another node",
    [
      calicoCrash,
      ...bare.symptoms,
      seen('node-not-ready', 'Node/n1', {
        message: 'Node n1 is not ready (KubeletNotReady): cni plugin not initialized',
        proof: { node: 'n1' },
      }),
      seen('sandbox-failed', 'Pod/d-r1-1', { proof: { node: 'n2' } }),
    ],
    { Pod: [calico, ...bare.pods, podOf('d', '1', { node: 'n2' })] },
    { 'DaemonSet/calico-node CrashLoopBackOff': 5, 'Deployment/d Reason': 1 },
  ],
  [
    'R4, R18: a client joins the Service that its last words name, if that failed before',
    [
      acmeCrash,
      seen('crash-loop', 'Pod/a-r1-1', heard('10')),
      seen('crash-loop', 'Pod/b-r1-1', { ...heard('10'), since: '2026-01-01T09:00:00Z' }),
    ],
    { ...acme, Pod: [...(acme.Pod ?? []), podOf('a', '1'), podOf('b', '1')] },
    { 'Deployment/acme CrashLoopBackOff': 2, 'Deployment/b CrashLoopBackOff': 1 },
  ],
  [
    'R18: several clients that name a Service of which nothing is known are one incident, one alone is not',
    [seen('crash-loop', 'Pod/a-r1-1', heard('10')), seen('crash-loop', 'Pod/b-r1-1', heard('10'))],
    { Pod: [podOf('a', '1'), podOf('b', '1')] },
    { 'Service/acme DependencyUnreachable': 2 },
  ],
  [
    'R18: one client alone that names such a Service is its own',
    [seen('crash-loop', 'Pod/a-r1-1', heard('10'))],
    { Pod: [podOf('a', '1')] },
    { 'Deployment/a CrashLoopBackOff': 1 },
  ],
  [
    'R18: a client whose environment names a Service that nobody serves, if it fails since then',
    [
      acmeCrash,
      seen('crash-loop', 'Pod/a-r1-1', { since: at('10') }),
      seen('crash-loop', 'Pod/b-r1-1', { since: at('10') }),
      seen('crash-loop', 'Pod/c-r1-1', { since: '2026-01-01T09:00:00Z' }),
      seen('image-pull', 'Pod/d-r1-1', { since: at('10') }),
    ],
    {
      ...acme,
      Pod: [...(acme.Pod ?? []), ...['a', 'b', 'c', 'd'].map((app) => podOf(app, '1'))],
      Deployment: [
        deployment('acme', 1, 0),
        client('a', 'acme.shop.svc:80'),
        client('b', 'other'),
        client('c', 'acme'),
        client('d', 'acme'),
      ],
    },
    {
      'Deployment/acme CrashLoopBackOff': 2,
      'Deployment/b CrashLoopBackOff': 1,
      'Deployment/c CrashLoopBackOff': 1,
      'Deployment/d ImagePullBackOff': 1,
    },
  ],
  [
    'R19: a client of a Service whose selector matches nobody',
    [
      seen('service-selector-mismatch', 'Service/acme', {
        reason: 'ServiceSelectorMatchesNothing',
        since: at('00'),
      }),
      seen('crash-loop', 'Pod/a-r1-1', { since: at('10') }),
    ],
    {
      Service: acme.Service ?? [],
      Pod: [podOf('a', '1')],
      Deployment: [client('a', 'acme')],
    },
    { 'Service/acme ServiceSelectorMatchesNothing': 2 },
  ],
  [
    'R19: a client whose environment names a Service that does not exist, not one that was killed for memory',
    [
      seen('env-service-missing', 'Deployment/a', {
        proof: { missing: ref('Service', 'gone', 'shop') },
      }),
      seen('crash-loop', 'Pod/a-r1-1'),
      seen('oom-killed', 'Pod/a-r1-2', { proof: { container: 'sidecar' } }),
    ],
    { Pod: [podOf('a', '1'), podOf('a', '2')] },
    { 'Service/gone NotFound': 2, 'Deployment/a OOMKilled': 1 },
  ],
  [
    'R5: claims of a driver whose controller is down, not those of another driver',
    [
      seen('crash-loop', 'Pod/ebs-csi-controller-r1-1'),
      seen('pvc-pending', 'PersistentVolumeClaim/a', {
        proof: { dependsOn: [ref('CSIDriver', 'ebs.csi.aws.com')] },
      }),
      seen('pvc-pending', 'PersistentVolumeClaim/b', {
        proof: { dependsOn: [ref('CSIDriver', 'nfs.csi.k8s.io')] },
      }),
    ],
    { Pod: [podOf('ebs-csi-controller', '1')] },
    {
      'Deployment/ebs-csi-controller CrashLoopBackOff': 2,
      'PersistentVolumeClaim/b Pending': 1,
    },
  ],
  [
    'R5: three claims in two namespaces that one driver does not make',
    ['a', 'b', 'c'].map((name, place) =>
      seen('pvc-pending', `PersistentVolumeClaim/${name}`, {
        ...on('PersistentVolumeClaim', name, place === 0 ? 'other' : 'shop'),
        proof: { dependsOn: [ref('CSIDriver', 'ebs.csi.aws.com')] },
      }),
    ),
    {},
    { 'CSIDriver/ebs.csi.aws.com VolumesFailing': 3 },
  ],
  [
    'R6: evictions of a node under pressure, and pods that its taint keeps out; not what was evicted long before',
    [
      seen('node-pressure', 'Node/n1', { reason: 'DiskPressure', since: at('00') }),
      seen('evicted', 'Pod/a-r1-1', { since: at('10'), proof: { node: 'n1' } }),
      seen('unschedulable', 'Pod/b-r1-1', {
        proof: { clause: 'node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }' },
      }),
      seen('evicted', 'Pod/c-r1-1', { since: '2026-01-01T08:00:00Z', proof: { node: 'n1' } }),
      seen('evicted', 'Pod/d-r1-1', { since: at('10'), proof: { node: 'n2' } }),
    ],
    { Pod: ['a', 'b', 'c', 'd'].map((app) => podOf(app, '1')) },
    { 'Node/n1 DiskPressure': 3, 'Deployment/c Reason': 1, 'Deployment/d Reason': 1 },
  ],
  [
    'R7: two workloads that lack the same room, and a selector that is one workload own',
    [
      ...full.symptoms,
      ...['c', 'd'].map((app) =>
        seen('unschedulable', `Pod/${app}-r1-1`, {
          proof: { clause: "node(s) didn't match Pod's node affinity/selector" },
        }),
      ),
    ],
    { Pod: [...full.pods, podOf('c', '1'), podOf('d', '1')] },
    {
      'Cluster/cpu InsufficientCapacity': 2,
      'Deployment/c Unschedulable': 1,
      'Deployment/d Unschedulable': 1,
    },
  ],
  [
    'R7: a workload alone that lacks room is its own',
    full.symptoms.slice(0, 1),
    { Pod: full.pods },
    { 'Deployment/a Unschedulable': 1 },
  ],
  [
    'R11: a Secret that an ExternalSecret should have made, whose store is not ready',
    [
      seen('config-error', 'Pod/a', { proof: secret }),
      seen('external-secret-not-synced', 'ExternalSecret/tls', {
        proof: { dependsOn: [ref('SecretStore', 'vault', 'shop')], makes: [secret.missing] },
      }),
      seen('secret-store-not-ready', 'SecretStore/vault', { reason: 'SecretStoreNotReady' }),
      seen('config-error', 'Pod/b', { proof: { missing: ref('Secret', 'tls', 'other') } }),
    ],
    {},
    { 'SecretStore/vault SecretStoreNotReady': 3, 'Secret/tls NotFound': 1 },
  ],
  [
    'R12: all whom a quota blocks, and what is found of the quota itself',
    [
      seen('failed-create', 'Deployment/a', {
        proof: {
          blockedBy: { ...ref('ResourceQuota', 'compute', 'shop'), reason: 'QuotaExceeded' },
        },
      }),
      seen('failed-create', 'Deployment/b', {
        proof: {
          blockedBy: { ...ref('ResourceQuota', 'compute', 'shop'), reason: 'QuotaExceeded' },
        },
      }),
      seen('deployment-short', 'Deployment/b'),
      seen('quota-full', 'ResourceQuota/compute', { reason: 'QuotaFull' }),
      seen('quota-full', 'ResourceQuota/other', { reason: 'QuotaFull' }),
    ],
    { Deployment: [deployment('a', 1, 0), deployment('b', 1, 0)] },
    { 'ResourceQuota/compute QuotaExceeded': 4, 'ResourceQuota/other QuotaFull': 1 },
  ],
  [
    'R14: whom an unreachable webhook blocks joins what is found of it, and that joins the pods behind',
    [
      webhook,
      acmeCrash,
      seen('failed-create', 'Deployment/a', denied('AdmissionWebhookUnavailable')),
    ],
    acme,
    { 'Deployment/acme CrashLoopBackOff': 3 },
  ],
  [
    'R14: without pods behind it the configuration is the root; who denies has been reached',
    [
      webhook,
      seen('failed-create', 'Deployment/a', denied('AdmissionWebhookUnavailable')),
      seen('failed-create', 'Deployment/b', denied('AdmissionWebhookDenied')),
    ],
    {},
    {
      'ValidatingWebhookConfiguration/acme WebhookNoEndpoints': 2,
      'Webhook/pods.acme.io AdmissionWebhookUnavailable': 1,
    },
  ],
  [
    'R17: one registry in two namespaces, with the pulls that do not say why; not another registry, not a wrong tag',
    [
      seen('image-pull', 'Pod/a', { reason: 'RegistryUnavailable', ...image('ghcr.io/a/b:1') }),
      seen('image-pull', 'Pod/b', {
        ...on('Pod', 'b', 'other'),
        reason: 'RegistryUnavailable',
        ...image('ghcr.io/a/c:1'),
      }),
      seen('image-pull', 'Pod/c', { reason: 'ImagePullBackOff', ...image('ghcr.io/a/d:1') }),
      seen('image-pull', 'Pod/d', { reason: 'ImageNotFound', ...image('ghcr.io/a/e:1') }),
      seen('image-pull', 'Pod/e', { reason: 'RegistryUnavailable', ...image('quay.io/a/e:1') }),
    ],
    {},
    {
      'Registry/ghcr.io RegistryUnavailable': 3,
      'Pod/d ImagePullBackOff': 1,
      'Pod/e ImagePullBackOff': 1,
    },
  ],
  [
    'R20: certificates of one issuer and the Ingress that lacks one',
    [
      seen('issuer-not-ready', 'ClusterIssuer/le', {
        ...on('ClusterIssuer', 'le'),
        reason: 'IssuerNotReady',
      }),
      seen('certificate-not-ready', 'Certificate/a', {
        proof: { dependsOn: [ref('ClusterIssuer', 'le')], makes: [ref('Secret', 'a-tls', 'shop')] },
      }),
      seen('ingress-tls-missing', 'Ingress/a', {
        proof: { dependsOn: [ref('Certificate', 'a', 'shop')] },
      }),
      seen('config-error', 'Pod/a', { proof: { missing: ref('Secret', 'a-tls', 'shop') } }),
    ],
    {},
    { 'ClusterIssuer/le IssuerNotReady': 4 },
  ],
  [
    'R21: autoscalers without metrics, from two namespaces',
    [
      seen('apiservice-unavailable', 'APIService/x', {
        ...on('APIService', 'v1beta1.metrics.k8s.io'),
        reason: 'APIServiceUnavailable',
      }),
      ...['shop', 'other'].map((namespace) =>
        seen('hpa-metrics', 'X/x', {
          ...on('HorizontalPodAutoscaler', 'api', namespace),
          proof: { dependsOn: [ref('APIService', 'v1beta1.metrics.k8s.io')] },
        }),
      ),
    ],
    {},
    { 'APIService/v1beta1.metrics.k8s.io APIServiceUnavailable': 3 },
  ],
  [
    'R24: what stands on a namespace that is being deleted',
    [
      seen('namespace-stuck', 'Namespace/shop', {
        ...on('Namespace', 'shop'),
        reason: 'NamespaceTerminatingStuck',
      }),
      webhook,
      seen('failed-create', 'Deployment/a', {
        ...on('Deployment', 'a', 'other'),
        ...denied('AdmissionWebhookUnavailable'),
      }),
    ],
    {},
    { 'Namespace/shop NamespaceTerminatingStuck': 3 },
  ],
  [
    'R25: new specs of three kinds that nobody acts on',
    ['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) =>
      seen('generation-mismatch', `${kind}/a`),
    ),
    {},
    { 'Cluster/kube-controller-manager ControllersNotActing': 3 },
  ],
  [
    'R25: of two kinds each is its own',
    ['Deployment', 'StatefulSet'].map((kind) => seen('generation-mismatch', `${kind}/a`)),
    {},
    { 'Deployment/a Reason': 1, 'StatefulSet/a Reason': 1 },
  ],
];

test.each(rows)('%s', (_, symptoms, objects, groups) => {
  expect(countsOf(symptoms, objects)).toEqual(groups);
});

test('findings that explain each other in a ring come from the strongest of them', () => {
  const ring = (name: string, other: string) =>
    seen('flux-not-ready', `Kustomization/${name}`, {
      reason: 'FluxNotReady',
      proof: { dependsOn: [ref('Kustomization', other, 'shop')] },
    });
  const tail = ring('d', 'c');
  expect(countsOf([ring('a', 'b'), ring('b', 'c'), ring('c', 'a'), tail])).toEqual({
    'Kustomization/a FluxNotReady': 4,
  });
});

const owned = (labels: object, annotations: object = {}): RawObjects => ({
  Deployment: [deployment('api', 1, 0, { labels, annotations })],
  Pod: [podOf('api', '1')],
});
const crash = seen('crash-loop', 'Pod/api-r1-1');
const custom = (kind: string, name: string, namespace: string, check = 'custom-resource'): Seen =>
  seen(check, `${kind}/${name}`, on(kind, name, namespace));

test.each<readonly [string, Seen, RawObjects]>([
  [
    'an Application, by tracking id',
    custom('Application', 'web', 'argocd', 'argo-app-degraded'),
    owned({}, { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:shop/api' }),
  ],
  [
    'an Application, by label',
    custom('Application', 'web', 'argocd'),
    owned({ 'app.kubernetes.io/instance': 'web' }),
  ],
  [
    'a Kustomization',
    custom('Kustomization', 'apps', 'flux-system'),
    owned({
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    }),
  ],
  [
    'a HelmRelease',
    custom('HelmRelease', 'api', 'flux-system'),
    owned({
      'helm.toolkit.fluxcd.io/name': 'api',
      'helm.toolkit.fluxcd.io/namespace': 'flux-system',
    }),
  ],
  [
    'a release, by annotation',
    custom('HelmRelease', 'api', 'shop'),
    owned({}, { 'meta.helm.sh/release-name': 'api' }),
  ],
])('a degraded owner is a symptom of the workload beneath it: %s', (_, owner, objects) => {
  expect(countsOf([crash, owner], objects)).toEqual({ 'Deployment/api CrashLoopBackOff': 2 });
});

test('an owner that says itself why is its own, and one of others too', () => {
  const objects = owned({ 'app.kubernetes.io/instance': 'web' });
  const failed = custom('Application', 'web', 'argocd', 'argo-sync-failed');
  const other = custom('Application', 'db', 'argocd');
  expect(countsOf([crash, failed, other], objects)).toEqual({
    'Deployment/api CrashLoopBackOff': 1,
    'Application/web Reason': 1,
    'Application/db Reason': 1,
  });
});

test('a custom resource over a StatefulSet that it owns, at two removes', () => {
  const owner = { ownerReferences: [{ kind: 'Part', name: 'p', controller: true }] };
  const objects: RawObjects = {
    StatefulSet: [{ metadata: { name: 'db', namespace: 'shop', ...owner } }],
    CustomResource: [
      {
        apiVersion: 'acme.io/v1',
        kind: 'Part',
        metadata: {
          name: 'p',
          namespace: 'shop',
          ownerReferences: [{ kind: 'Whole', name: 'w', controller: true }],
        },
        status: {},
      },
    ],
  };
  const short = seen('statefulset-short', 'StatefulSet/db');
  expect(countsOf([short, custom('Whole', 'w', 'shop')], objects)).toEqual({
    'StatefulSet/db NotReady': 2,
  });
});

test.each([
  ['nginx', 'docker.io'],
  ['acme/api:1', 'docker.io'],
  ['ghcr.io/acme/api@sha256:00', 'ghcr.io'],
  ['registry:5000/api', 'registry:5000'],
  ['localhost/api', 'localhost'],
  ['', ''],
])('the registry of %p is %p', (name, host) => {
  expect(registryOf(name)).toBe(host);
});

test('a root that several findings make together says itself how sure it is, and names itself first', () => {
  // A pod that no autoscaler brings a node for is still one pod.
  const again = full.symptoms.map((each) => ({ ...each, check: 'scale-up-impossible' }));
  const { incidents } = sceneOf([...full.symptoms, ...again], { Pod: full.pods });
  expect(incidents[0]).toMatchObject({
    cause: 'likely',
    summary: 'Cluster cpu: no node takes 2 pods of 2 workloads (Unschedulable): Insufficient cpu',
  });
  const zone = sceneOf([lost('n1', '00'), lost('n2', '00')], {
    Node: [node('n1', zoneA), node('n2', zoneA)],
  });
  expect(zone.incidents[0]).toMatchObject({
    cause: 'proven',
    summary: 'Zone eu-1a: 2 of 2 nodes are not ready (n1, n2)',
  });
});

const died = { proof: { container: 'api', exitCode: 1 } };
const spoken: Parameters<typeof seen>[2] = {
  proof: { container: 'api', exitCode: 1, lastWords: { line: 'boom' } },
  evidence: [{ source: 'log', at: 'api', text: 'boom' }],
};

test.each([
  [
    'a container',
    'looked at object states, events, nodes; not read: container logs',
    [seen('readiness-failing', 'Pod/a', { proof: { container: 'api' } })],
    {},
  ],
  [
    'a container that dies for sure',
    'looked at object states, events, nodes; not read: container logs',
    [seen('crash-loop', 'Pod/a', died)],
    {},
  ],
  [
    'a container that said something when it died',
    'looked at object states, events, nodes, last log lines; only its last words may say why',
    [seen('crash-loop', 'Pod/a', spoken)],
    {},
  ],
  [
    'a container that was done',
    null,
    [seen('crash-loop', 'Pod/a', { proof: { exitCode: 0 } })],
    {},
  ],
  [
    'a gate that nobody opens',
    null,
    [seen('readiness-gate', 'Pod/a', { proof: { saysWhy: true } })],
    {},
  ],
  [
    'a pod that never ran',
    'looked at object states, events, nodes, volume claims; none of them says why',
    [seen('readiness-failing', 'Pod/a')],
    {},
  ],
  [
    'a workload',
    'looked at object states, events, nodes, volume claims; not read: container logs',
    [seen('deployment-short', 'Deployment/a')],
    { Deployment: [deployment('a', 1, 0)] },
  ],
  [
    'a Job',
    'looked at object states, events, nodes; not read: container logs',
    [seen('job-failed', 'Job/a')],
    {},
  ],
  [
    'what has neither pods nor logs',
    'looked at object states, events; none of them says why',
    [seen('custom-resource', 'Volume/a', { proof: { saysNoWhy: true } })],
    {},
  ],
])('what was looked at for %s, and what was not', (_, said, symptoms, objects) => {
  expect(sceneOf(symptoms, objects).incidents[0]?.looked).toBe(said);
});

test.each([
  ['that waited for its workload in vain', 'context deadline exceeded', 2],
  ['that says why itself', 'values do not meet the schema', 1],
])('a release %s', (_, message, number) => {
  const release: Seen = {
    ...custom('HelmRelease', 'api', 'shop', 'flux-not-ready'),
    message: `Helm upgrade failed: ${message}`,
  };
  const objects = owned({}, { 'meta.helm.sh/release-name': 'api' });
  expect(countsOf([crash, release], objects)).toMatchObject({
    'Deployment/api CrashLoopBackOff': number,
  });
});

test('a sync that could not call a webhook joins what is found of that', () => {
  const sync: Seen = {
    ...custom('Application', 'web', 'argocd', 'argo-sync-failed'),
    message: 'one or more objects failed to apply: failed calling webhook "pods.acme.io": EOF',
  };
  expect(countsOf([webhook, sync])).toEqual({
    'ValidatingWebhookConfiguration/acme WebhookNoEndpoints': 2,
  });
  expect(countsOf([sync])).toEqual({ 'Application/web Reason': 1 });
});

test('R1: what another node does not give back explains the pod that waits for it, and the node its attachment', () => {
  const detach = seen('volume-attachment-error', 'VolumeAttachment/va', {
    ...on('VolumeAttachment', 'va'),
    reason: 'VolumeDetachError',
    proof: { node: 'n1' },
  });
  const attach = seen('volume-attach', 'Pod/db-r1-1', { since: at('10') });
  const objects: RawObjects = {
    Pod: [podOf('db', '1', { node: 'n2', claim: 'data' })],
    PersistentVolumeClaim: [
      { metadata: { name: 'data', namespace: 'shop' }, spec: { volumeName: 'pv-1' } },
    ],
    VolumeAttachment: [
      {
        metadata: { name: 'va' },
        spec: { nodeName: 'n1', source: { persistentVolumeName: 'pv-1' } },
      },
    ],
  };
  expect(countsOf([detach, attach], objects)).toEqual({
    'VolumeAttachment/va VolumeDetachError': 2,
  });
  expect(countsOf([detach, attach, lost('n1', '00')], objects)).toEqual({
    'Node/n1 NodeNotReady': 3,
  });
});

test('R25: the failing pods of the control plane are the root over what they leave undone', () => {
  const part = (name: string): Seen =>
    seen('crash-loop', 'Pod/x', { ...on('Pod', `${name}-cp-1`, 'kube-system') });
  const unseen = seen('no-scheduler', 'Pod/a', {
    proof: { blockedBy: { ...ref('Scheduler', 'default-scheduler'), reason: 'NoScheduler' } },
  });
  const stale = ['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) =>
    seen('generation-mismatch', `${kind}/a`),
  );
  expect(countsOf([unseen])).toEqual({ 'Scheduler/default-scheduler NoScheduler': 1 });
  expect(
    countsOf([unseen, ...stale, part('kube-scheduler'), part('kube-controller-manager')]),
  ).toEqual({
    'Pod/kube-scheduler-cp-1 CrashLoopBackOff': 2,
    'Pod/kube-controller-manager-cp-1 CrashLoopBackOff': 4,
  });
  const missed = (minute: string) =>
    seen('cronjob-missed', 'CronJob/a', { ...on('CronJob', 'a', 'shop'), since: at(minute) });
  const manager = { ...part('kube-controller-manager'), since: at('40') };
  expect(countsOf([stale[0] ?? unseen, missed('50'), manager])).toEqual({
    'Pod/kube-controller-manager-cp-1 CrashLoopBackOff': 3,
  });
  expect(countsOf([missed('10'), manager])).toEqual({
    'Pod/kube-controller-manager-cp-1 CrashLoopBackOff': 1,
    'CronJob/a Reason': 1,
  });
});
