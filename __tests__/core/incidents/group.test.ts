import { expect, test } from '@jest/globals';
import type { Service } from '../../../src/core/model/catalog.ts';
import type { RawObjects } from '../../support/objects.ts';
import {
  service as catalogService,
  deployment,
  groupsOf,
  podOf,
  type Seen,
  sceneOf,
  seen,
} from './scene.ts';

const before = '2026-01-01T10:00:00Z';
const after = '2026-01-01T11:03:00Z';
const node = seen('node-not-ready', 'Node/n1', { proof: { node: 'n1' } });
const onNode = { node: 'n1' };
const service = {
  metadata: { name: 'api-svc', namespace: 'shop' },
  spec: { selector: { app: 'api' } },
};
const shortApi = seen('deployment-short', 'Deployment/api');
const missing = { missing: { kind: 'ConfigMap', namespace: 'shop', name: 'cfg' } };

const rows: readonly {
  readonly name: string;
  readonly symptoms: readonly Seen[];
  readonly objects?: RawObjects;
  readonly groups: { readonly [root: string]: readonly string[] };
}[] = [
  {
    name: "a Deployment's bad image is one incident: its pods, its shortage, its Service",
    objects: {
      Pod: [podOf('api', 'a'), podOf('api', 'b')],
      Deployment: [deployment('api', 2, 0)],
      Service: [service],
    },
    symptoms: [
      seen('service-no-endpoints', 'Service/api-svc'),
      shortApi,
      seen('readiness-failing', 'Pod/api-r1-a'),
      seen('image-pull', 'Pod/api-r1-b', { reason: 'ErrImagePull', proof: { container: 'api' } }),
      seen('image-pull', 'Pod/api-r1-a', { reason: 'ImageNotFound', proof: { container: 'api' } }),
    ],
    groups: {
      'Deployment/api ImagePullBackOff': [
        'image-pull api-r1-a',
        'image-pull api-r1-b',
        'readiness-failing api-r1-a',
        'deployment-short api',
        'service-no-endpoints api-svc',
      ],
    },
  },
  {
    name: 'a lost node takes its pods, the DaemonSet, the Deployment and the Service that it explains',
    objects: {
      Pod: [podOf('api', 'a', onNode), podOf('api', 'b', { node: 'n2', ready: true })],
      Deployment: [deployment('api', 2, 1)],
      Service: [service],
    },
    symptoms: [
      node,
      seen('readiness-failing', 'Pod/api-r1-a', { since: after }),
      seen('stuck-terminating', 'Pod/api-r1-a', { since: after }),
      shortApi,
      seen('service-no-endpoints', 'Service/api-svc'),
    ],
    groups: {
      'Node/n1 NodeNotReady': [
        'node-not-ready n1',
        'stuck-terminating api-r1-a',
        'readiness-failing api-r1-a',
        'deployment-short api',
        'service-no-endpoints api-svc',
      ],
    },
  },
  {
    name: 'a DaemonSet is short by the pods on the lost node',
    objects: {
      Pod: [
        {
          metadata: {
            name: 'agent-1',
            namespace: 'shop',
            ownerReferences: [{ kind: 'DaemonSet', name: 'agent', controller: true }],
          },
          spec: { nodeName: 'n1' },
          status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] },
        },
      ],
      DaemonSet: [
        {
          metadata: { name: 'agent', namespace: 'shop' },
          status: { desiredNumberScheduled: 3, numberReady: 2 },
        },
      ],
    },
    symptoms: [node, seen('daemonset-short', 'DaemonSet/agent')],
    groups: { 'Node/n1 NodeNotReady': ['node-not-ready n1', 'daemonset-short agent'] },
  },
  {
    name: 'a shortage that the node explains only in part is its own',
    objects: {
      Pod: [podOf('api', 'a', onNode), podOf('api', 'b', { node: 'n2' })],
      Deployment: [deployment('api', 2, 0)],
    },
    symptoms: [node, shortApi],
    groups: {
      'Node/n1 NodeNotReady': ['node-not-ready n1'],
      'Deployment/api NotReady': ['deployment-short api'],
    },
  },
  {
    name: 'a pod on a well node is its own incident beside a lost node',
    objects: { Pod: [podOf('api', 'a', { node: 'n2' })] },
    symptoms: [node, seen('readiness-failing', 'Pod/api-r1-a', { since: after })],
    groups: {
      'Node/n1 NodeNotReady': ['node-not-ready n1'],
      'Deployment/api NotReady': ['readiness-failing api-r1-a'],
    },
  },
  {
    name: 'a crash before the node was lost is evidence of its own, and keeps its shortage',
    objects: { Pod: [podOf('api', 'a', onNode)], Deployment: [deployment('api', 1, 0)] },
    symptoms: [
      node,
      seen('crash-loop', 'Pod/api-r1-a', { since: before, proof: { container: 'api' } }),
      shortApi,
    ],
    groups: {
      'Node/n1 NodeNotReady': ['node-not-ready n1'],
      'Deployment/api CrashLoopBackOff': ['crash-loop api-r1-a', 'deployment-short api'],
    },
  },
  {
    name: 'a crash that began with the loss of the node belongs to the node',
    objects: { Pod: [podOf('api', 'a', onNode)] },
    symptoms: [node, seen('crash-loop', 'Pod/api-r1-a', { since: after })],
    groups: { 'Node/n1 NodeNotReady': ['node-not-ready n1', 'crash-loop api-r1-a'] },
  },
  {
    name: 'what the lost node does to a pod does not explain a crash from before',
    objects: { Pod: [podOf('api', 'a', onNode)] },
    symptoms: [
      node,
      seen('volume-mount', 'Pod/api-r1-a', { since: after }),
      seen('crash-loop', 'Pod/api-r1-a', { since: before }),
    ],
    groups: {
      'Node/n1 NodeNotReady': ['node-not-ready n1', 'volume-mount api-r1-a'],
      'Deployment/api CrashLoopBackOff': ['crash-loop api-r1-a'],
    },
  },
  {
    name: 'a pod that failed and was replaced says nothing about the shortage',
    objects: {
      Pod: [
        podOf('api', 'a', onNode),
        { ...podOf('api', 'old', { node: 'n2' }), status: { phase: 'Failed' } },
      ],
      Deployment: [deployment('api', 1, 0)],
    },
    symptoms: [node, shortApi],
    groups: { 'Node/n1 NodeNotReady': ['node-not-ready n1', 'deployment-short api'] },
  },
  {
    name: 'a pod that is not ready joins the cause on itself before a stronger one on its sister',
    objects: { Pod: [podOf('api', 'a'), podOf('api', 'b')] },
    symptoms: [
      seen('image-pull', 'Pod/api-r1-a', { proof: { container: 'api', templateHash: 'r2' } }),
      seen('crash-loop', 'Pod/api-r1-b', { proof: { container: 'api', templateHash: 'r1' } }),
      seen('readiness-failing', 'Pod/api-r1-b'),
    ],
    groups: {
      'Deployment/api ImagePullBackOff': ['image-pull api-r1-a'],
      'Deployment/api CrashLoopBackOff': ['crash-loop api-r1-b', 'readiness-failing api-r1-b'],
    },
  },
  {
    name: 'a bad image on a lost node is a bad image',
    objects: { Pod: [podOf('api', 'a', onNode)] },
    symptoms: [node, seen('image-pull', 'Pod/api-r1-a', { since: after })],
    groups: {
      'Node/n1 NodeNotReady': ['node-not-ready n1'],
      'Deployment/api ImagePullBackOff': ['image-pull api-r1-a'],
    },
  },
  {
    name: 'a claim takes the pods that wait for it and their shortage',
    objects: { Pod: [podOf('db', 'a', { claim: 'data' })], Deployment: [deployment('db', 1, 0)] },
    symptoms: [
      seen('pvc-pending', 'PersistentVolumeClaim/data', { reason: 'ProvisioningFailed' }),
      seen('unschedulable', 'Pod/db-r1-a', { proof: { claims: ['data'] } }),
      seen('deployment-short', 'Deployment/db'),
    ],
    groups: {
      'PersistentVolumeClaim/data Pending': [
        'pvc-pending data',
        'unschedulable db-r1-a',
        'deployment-short db',
      ],
    },
  },
  {
    name: 'a claim of the same name in another namespace explains nothing',
    objects: { Pod: [podOf('db', 'a')] },
    symptoms: [
      seen('pvc-lost', 'PersistentVolumeClaim/data', {
        object: { kind: 'PersistentVolumeClaim', namespace: 'other', name: 'data' },
      }),
      seen('unschedulable', 'Pod/db-r1-a', { proof: { claims: ['data'] } }),
    ],
    groups: {
      'PersistentVolumeClaim/data Lost': ['pvc-lost data'],
      'Deployment/db Unschedulable': ['unschedulable db-r1-a'],
    },
  },
  {
    name: 'a StorageClass that is not there is the root over its claims and their pods',
    objects: { Pod: [podOf('db', 'a')] },
    symptoms: [
      seen('pvc-pending', 'PersistentVolumeClaim/data', {
        proof: { missing: { kind: 'StorageClass', namespace: null, name: 'fast' } },
      }),
      seen('unschedulable', 'Pod/db-r1-a', { proof: { claims: ['data'] } }),
    ],
    groups: { 'StorageClass/fast NotFound': ['pvc-pending data', 'unschedulable db-r1-a'] },
  },
  {
    name: 'a missing ConfigMap is the root over all workloads that wait for it, and over their symptoms',
    objects: {
      Pod: [podOf('api', 'a'), podOf('web', 'a')],
      Deployment: [deployment('api', 1, 0), deployment('web', 1, 0)],
    },
    symptoms: [
      seen('config-error', 'Pod/api-r1-a', { proof: missing }),
      seen('volume-mount', 'Pod/web-r1-a', { proof: missing }),
      shortApi,
      seen('deployment-short', 'Deployment/web'),
    ],
    groups: {
      'ConfigMap/cfg NotFound': [
        'config-error api-r1-a',
        'volume-mount web-r1-a',
        'deployment-short api',
        'deployment-short web',
      ],
    },
  },
  {
    name: 'a missing key is not a missing object',
    symptoms: [
      seen('config-error', 'Pod/a', { proof: missing }),
      seen('config-error', 'Pod/b', { proof: { missing: { ...missing.missing, key: 'url' } } }),
    ],
    groups: {
      'ConfigMap/cfg KeyNotFound': ['config-error b'],
      'ConfigMap/cfg NotFound': ['config-error a'],
    },
  },
  {
    name: 'two causes in two containers are two incidents; the shortage joins the stronger',
    objects: { Pod: [podOf('api', 'a')], Deployment: [deployment('api', 1, 0)] },
    symptoms: [
      seen('crash-loop', 'Pod/api-r1-a', { proof: { container: 'sidecar' } }),
      seen('image-pull', 'Pod/api-r1-a', { proof: { container: 'api' } }),
      shortApi,
    ],
    groups: {
      'Deployment/api ImagePullBackOff': ['image-pull api-r1-a', 'deployment-short api'],
      'Deployment/api CrashLoopBackOff': ['crash-loop api-r1-a'],
    },
  },
  {
    name: 'out of memory explains the crash loop of the same container, also of its sister pod',
    objects: { Pod: [podOf('api', 'a'), podOf('api', 'b')] },
    symptoms: [
      seen('crash-loop', 'Pod/api-r1-a', { proof: { container: 'api', templateHash: 'r1' } }),
      seen('oom-killed', 'Pod/api-r1-a', { proof: { container: 'api', templateHash: 'r1' } }),
      seen('crash-loop', 'Pod/api-r1-b', { proof: { container: 'api', templateHash: 'r1' } }),
    ],
    groups: {
      'Deployment/api OOMKilled': [
        'oom-killed api-r1-a',
        'crash-loop api-r1-a',
        'crash-loop api-r1-b',
      ],
    },
  },
  {
    name: 'out of memory in one revision does not explain the crash loop of another',
    objects: { Pod: [podOf('api', 'a'), podOf('api', 'b')] },
    symptoms: [
      seen('crash-loop', 'Pod/api-r1-a', { proof: { container: 'api', templateHash: 'r1' } }),
      seen('oom-killed', 'Pod/api-r1-b', { proof: { container: 'api', templateHash: 'r2' } }),
    ],
    groups: {
      'Deployment/api OOMKilled': ['oom-killed api-r1-b'],
      'Deployment/api CrashLoopBackOff': ['crash-loop api-r1-a'],
    },
  },
  {
    name: 'failed Jobs of a CronJob are one incident, and so are their pods',
    objects: {
      Job: ['j1', 'j2'].map((name) => ({
        metadata: {
          name,
          namespace: 'shop',
          ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }],
        },
      })),
      Pod: [
        {
          metadata: {
            name: 'j1-x',
            namespace: 'shop',
            ownerReferences: [{ kind: 'Job', name: 'j1', controller: true }],
          },
        },
      ],
    },
    symptoms: [
      seen('job-failed', 'Job/j1'),
      seen('job-failed', 'Job/j2'),
      seen('crash-loop', 'Pod/j1-x', { proof: { container: 'main' } }),
    ],
    groups: {
      'CronJob/nightly CrashLoopBackOff': ['crash-loop j1-x', 'job-failed j1', 'job-failed j2'],
    },
  },
  {
    name: 'a Service that selects nobody is its own root',
    objects: { Service: [service], Deployment: [deployment('web', 1, 1)] },
    symptoms: [seen('service-no-endpoints', 'Service/api-svc')],
    groups: { 'Service/api-svc NoEndpoints': ['service-no-endpoints api-svc'] },
  },
  {
    name: 'a Service over a Deployment without pods joins its shortage',
    objects: { Service: [service], Deployment: [deployment('api', 1, 0)] },
    symptoms: [shortApi, seen('service-no-endpoints', 'Service/api-svc')],
    groups: { 'Deployment/api NotReady': ['deployment-short api', 'service-no-endpoints api-svc'] },
  },
  {
    name: 'a Service over a bare pod that has ended joins what ended it',
    objects: {
      Service: [service],
      Pod: [
        {
          metadata: { name: 'tool', namespace: 'shop', labels: { app: 'api' } },
          status: { phase: 'Failed' },
        },
      ],
    },
    symptoms: [seen('evicted', 'Pod/tool'), seen('service-no-endpoints', 'Service/api-svc')],
    groups: { 'Pod/tool Reason': ['evicted tool', 'service-no-endpoints api-svc'] },
  },
  {
    name: 'a shortage because the API server refuses new pods is a cause, beside a crash of its own',
    objects: {
      Pod: [podOf('api', 'a')],
      Service: [service],
      Deployment: [deployment('web', 1, 0)],
    },
    symptoms: [
      seen('crash-loop', 'Pod/api-r1-a'),
      seen('failed-create', 'Deployment/api', { reason: 'PodSecurityViolation' }),
      seen('failed-create', 'Deployment/web', { reason: 'FailedCreate' }),
    ],
    groups: {
      'Deployment/api CrashLoopBackOff': ['crash-loop api-r1-a'],
      'Deployment/api FailedCreate': ['failed-create api'],
      'Deployment/web FailedCreate': ['failed-create web'],
    },
  },
  {
    name: 'a check that the table does not know stands for itself and takes nothing along',
    objects: { Deployment: [deployment('api', 1, 0)] },
    symptoms: [seen('brand-new', 'Deployment/api', { reason: 'Odd' }), shortApi],
    groups: {
      'Deployment/api Odd': ['brand-new api'],
      'Deployment/api NotReady': ['deployment-short api'],
    },
  },
  {
    name: 'a bare pod is its own root',
    objects: { Pod: [{ metadata: { name: 'tool', namespace: 'shop' } }] },
    symptoms: [seen('readiness-failing', 'Pod/tool')],
    groups: { 'Pod/tool NotReady': ['readiness-failing tool'] },
  },
];

test.each(rows)('$name', ({ symptoms, objects, groups }) => {
  expect(groupsOf(symptoms, objects)).toEqual(groups);
  expect(groupsOf([...symptoms].reverse(), objects)).toEqual(groups);
});

const fingerprint = (symptoms: readonly Seen[], objects?: RawObjects): string | undefined =>
  sceneOf(symptoms, objects).incidents[0]?.fingerprint;

test('a fingerprint is 16 hex digits and names no pod but a bare one', () => {
  const api = (suffix: string) =>
    fingerprint([seen('crash-loop', `Pod/api-r1-${suffix}`)], { Pod: [podOf('api', suffix)] });
  expect(api('a')).toMatch(/^[0-9a-f]{16}$/);
  expect(api('a')).toBe(api('b'));
  expect(fingerprint([seen('crash-loop', 'Pod/a')])).not.toBe(
    fingerprint([seen('crash-loop', 'Pod/b')]),
  );
});

test.each([
  ['image-pull', 'ErrImagePull', 'ImagePullBackOff'],
  ['crash-loop', 'CrashLoopBackOff', 'CrashLoopHidden'],
  ['unschedulable', 'InsufficientResources', 'UntoleratedTaint'],
  ['node-not-ready', 'NodeNotReady', 'NodeUnreachable'],
  ['pvc-pending', 'Pending', 'ProvisioningFailed'],
  ['deployment-short', 'ProgressDeadlineExceeded', 'DeploymentUnavailable'],
  ['service-no-endpoints', 'ServiceSelectorMatchesNothing', 'ServiceNoReadyEndpoints'],
  ['failed-create', 'QuotaExceeded', 'WebhookDenied'],
])('%s: %s and %s are one incident over time', (check, first, second) => {
  expect(fingerprint([seen(check, 'Pod/x', { reason: first })])).toBe(
    fingerprint([seen(check, 'Pod/x', { reason: second })]),
  );
});

test('a fingerprint never changes: people and states refer to it', () => {
  expect(fingerprint([seen('node-not-ready', 'Node/n1')])).toBe('f4f06b273126f8c5');
});

test('an incident says its facts', () => {
  const { incidents } = sceneOf(
    [
      seen('deployment-short', 'Deployment/api', {
        since: '2026-01-01T10:30:00Z',
        proof: { sinceExact: false },
      }),
      seen('image-pull', 'Pod/api-r1-a', { message: 'Container api cannot pull x:1.' }),
      seen('image-pull', 'Pod/api-r1-b', { since: '2026-01-01T11:30:00Z' }),
    ],
    { Pod: [podOf('api', 'a'), podOf('api', 'b')], Deployment: [deployment('api', 2, 0)] },
    {},
    (check) => [`kubectl -n {namespace} describe {kind} {name}`, `${check} {workload}`],
  );
  expect(incidents).toEqual([
    {
      fingerprint: expect.any(String),
      root: { kind: 'Deployment', namespace: 'shop', name: 'api', reason: 'ImagePullBackOff' },
      cause: 'proven',
      looked: null,
      summary: 'Container api cannot pull x:1; 2 pods in all',
      symptoms: [
        {
          check: 'image-pull',
          reason: 'Reason',
          count: 2,
          examples: ['shop/api-r1-a', 'shop/api-r1-b'],
          message: 'Container api cannot pull x:1.',
        },
        {
          check: 'deployment-short',
          reason: 'Reason',
          count: 1,
          examples: ['shop/api'],
          message: 'deployment-short on api',
        },
      ],
      findings: [1, 2, 0],
      impact: 'outage',
      imminent: false,
      priority: 'P2',
      services: ['api'],
      maxDowntimeSeconds: 900,
      since: '2026-01-01T11:00:00Z',
      sinceExact: true,
      known: null,
      foundation: false,
      commands: [
        'kubectl -n shop describe pod api-r1-a',
        'image-pull deployment/api',
        'kubectl -n shop describe deployment api',
      ],
      digest: 'outage|ImagePullBackOff|image-pull|2+',
    },
  ]);
});

test.each([
  ['field', 'crash-loop', 'Reason', 'proven'],
  ['message', 'crash-loop', 'Reason', 'likely'],
  ['field', 'readiness-failing', 'Reason', 'unknown'],
  ['message', 'readiness-failing', 'Reason', 'likely'],
  ['field', 'image-pull', 'ImagePullBackOff', 'unknown'],
  ['field', 'image-pull', 'InvalidImageName', 'proven'],
  ['message', 'image-pull', 'ImageNotFound', 'likely'],
  ['field', 'failed-create', 'FailedCreate', 'proven'],
  ['field', 'crash-loop', 'constructor', 'proven'],
] as const)('decided by %s, %s %s is %s', (decidedBy, check, reason, cause) => {
  const { incidents } = sceneOf([seen(check, 'Pod/a', { reason, proof: { decidedBy } })]);
  expect(incidents[0]?.cause).toBe(cause);
});

test.each([
  [1, '1+'],
  [2, '2+'],
  [5, '3+'],
  [10, '6+'],
  [25, '11+'],
  [26, '26+'],
])('the digest of %d affected objects says %s', (number, bucket) => {
  const names = Array.from({ length: number }, (_, index) => `p${index}`);
  const { incidents } = sceneOf(
    names.map((name) => seen('config-error', `Pod/${name}`, { proof: missing })),
  );
  expect(incidents[0]?.digest.split('|').at(-1)).toBe(bucket);
});

test('a shortage whose grace time ends later does not change what people were told', () => {
  const cause = seen('image-pull', 'Pod/api', { proof: missing });
  const shortage = seen('deployment-short', 'Deployment/api');
  const [before, after, alone] = [[cause], [cause, shortage], [shortage]].map((symptoms) =>
    sceneOf(symptoms).incidents[0]?.digest.split('|').slice(1),
  );
  expect(after?.slice(1)).toEqual(before?.slice(1));
  expect(alone?.[1]).toBe('deployment-short');
});

const front = seen('deployment-short', 'Deployment/ingress-nginx-controller');
const exposed: RawObjects = {
  Deployment: [deployment('ingress-nginx-controller', 1, 0), deployment('api', 1, 1)],
  Service: [service],
  Ingress: [
    {
      metadata: { name: 'i', namespace: 'shop' },
      spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'api-svc' } } }] } }] },
    },
  ],
};
const pay = catalogService('api', { priority: 'P0' });
test.each<readonly [string, Seen, RawObjects, Partial<Service>, boolean]>([
  ['an ingress controller before a P0 service', front, exposed, {}, true],
  ['an ingress controller before no P0 service', front, exposed, { priority: 'P1' }, false],
  ['one that is degraded only', { ...front, impact: 'degraded' }, exposed, {}, false],
  ['a StatefulSet of a P0 service', seen('statefulset-short', 'StatefulSet/api'), {}, {}, true],
  ['a StatefulSet of another', seen('statefulset-short', 'StatefulSet/db'), {}, {}, false],
  ['a Deployment of a P0 service', shortApi, {}, {}, false],
])('foundation: %s', (_, symptom, objects, changes, expected) => {
  const { incidents } = sceneOf([symptom], objects, { services: [{ ...pay, ...changes }] });
  expect(incidents[0]?.foundation).toBe(expected);
});

test('pods of the root and workloads that fail with it are counted apart in its summary', () => {
  const clients = ['web', 'api'].map((name) =>
    seen('crash-loop', `Pod/${name}-r1-a`, {
      proof: { dependsOn: [{ kind: 'Deployment', namespace: 'shop', name: 'db' }] },
    }),
  );
  const own = ['a', 'b'].map((suffix) => seen('crash-loop', `Pod/db-r1-${suffix}`));
  const objects = {
    Pod: [podOf('db', 'a'), podOf('db', 'b'), podOf('web', 'a'), podOf('api', 'a')],
    Deployment: [deployment('db', 2, 0), deployment('web', 1, 0), deployment('api', 1, 0)],
  };
  const { incidents } = sceneOf([...own, ...clients], objects);
  expect(incidents[0]?.summary).toBe(
    'crash-loop on db-r1-a; 2 pods in all; 2 workloads fail with it',
  );
});

const stands = (check: string, kind: string, name: string): Seen =>
  seen(check, `${kind}/${name}`, {
    proof: { dependsOn: [{ kind: 'Issuer', namespace: 'shop', name: 'i' }] },
  });

test('whom a full quota stops is counted in its summary', () => {
  const blockedBy = {
    ...{ kind: 'ResourceQuota', namespace: 'shop', name: 'compute' },
    reason: 'QuotaExceeded',
  };
  const { incidents } = sceneOf([
    seen('quota-full', 'ResourceQuota/compute', { message: 'compute is used up' }),
    seen('failed-create', 'Deployment/a', { proof: { blockedBy } }),
  ]);
  expect(incidents[0]?.summary).toBe('compute is used up; 1 workload waits for it');
});

test.each<readonly [string, readonly Seen[], string]>([
  [
    'of one kind by it',
    [...['a', 'b'].map((name) => stands('certificate-not-ready', 'Certificate', name))],
    'i is not well; 2 Certificates hang on it',
  ],
  [
    'of several kinds as objects, none of them a Service',
    [
      stands('certificate-not-ready', 'Certificate', 'a'),
      stands('flux-not-ready', 'HelmRelease', 'b'),
      stands('service-no-endpoints', 'Service', 'c'),
    ],
    'i is not well; 2 objects hang on it',
  ],
  ['which may be nothing', [], 'i is not well'],
  [
    'not where pods fail, whose workloads say more',
    [stands('certificate-not-ready', 'Certificate', 'a'), stands('crash-loop', 'Pod', 'b')],
    'i is not well; 1 workload fails with it',
  ],
])('what hangs on a custom resource is counted in its summary: %s', (_, symptoms, summary) => {
  const issuer = seen('issuer-not-ready', 'Issuer/i', { message: 'i is not well' });
  expect(sceneOf([issuer, ...symptoms]).incidents.map((each) => each.summary)).toEqual([summary]);
});

test('whoever waits is counted once', () => {
  const summaryOf = (root: Seen, ...names: string[]) =>
    sceneOf([root, ...names.map((name) => waits(root, name))]).incidents[0]?.summary;
  const waits = ({ object }: Seen, name: string) =>
    seen('unschedulable', `Pod/${name}`, { proof: { claims: ['c'], dependsOn: [object] } });
  const claim = (message: string) => seen('pvc-pending', 'PersistentVolumeClaim/c', { message });
  const short = (message: string) => seen('node-pressure', 'Node/n', { message });
  expect(summaryOf(claim('c is Pending, and 1 pod waits for it'), 'a')).toBe(
    'c is Pending, and 1 pod waits for it',
  );
  expect(summaryOf(claim('c is Pending'), 'a')).toBe('c is Pending; 1 workload waits for it');
  expect(summaryOf(claim('c is Pending, and 2 pods wait for it'), 'a', 'b')).toBe(
    'c is Pending, and 2 pods wait for it; 2 workloads wait for it',
  );
  expect(summaryOf(short('n offers no GPU, and 1 pod waits for it'), 'a')).toBe(
    'n offers no GPU, and 1 pod waits for it',
  );
  expect(summaryOf(short('n is short'), 'a')).toBe('n is short; 1 pod down with it');
});

test("an attachment is nobody's service: those that it keeps down are named", () => {
  const on = { kind: 'VolumeAttachment', namespace: null, name: 'csi-0c4a' };
  const { incidents } = sceneOf([
    seen('volume-attachment-error', 'X/x', { object: on }),
    seen('volume-attach', 'Pod/a', { proof: { dependsOn: [on] } }),
  ]);
  expect(incidents.map(({ root, services }) => [root.kind, services])).toEqual([
    ['VolumeAttachment', ['a']],
  ]);
});

test('its pods wait for a missing object, not the claim or the autoscaler beside them', () => {
  const { incidents } = sceneOf([
    seen('pvc-pending', 'PersistentVolumeClaim/c', { proof: missing, message: 'c is Pending' }),
    seen('config-error', 'Pod/a', { proof: missing }),
    seen('config-error', 'Pod/b', { proof: missing }),
    seen('hpa-target-missing', 'HorizontalPodAutoscaler/d', { proof: missing }),
  ]);
  expect(incidents[0]?.summary).toBe('c is Pending; 2 workloads wait for it');
});

test('what waits for a missing object is counted in its summary, and a long message leaves room', () => {
  const { incidents } = sceneOf([
    seen('config-error', 'Pod/a', { proof: missing, message: 'x'.repeat(300) }),
    seen('config-error', 'Pod/b', { proof: missing }),
  ]);
  expect(incidents[0]?.summary).toMatch(/^x{100,}…; 2 workloads wait for it$/);
  expect(incidents[0]?.summary.length).toBeLessThanOrEqual(300);
});
