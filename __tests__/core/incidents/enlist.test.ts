import { expect, test } from '@jest/globals';
import { matchesGlob } from '../../../src/core/incidents/glob.ts';
import type { Catalog, KnownIssue } from '../../../src/core/model/catalog.ts';
import type { RawObjects } from '../../support/objects.ts';
import { deployment, podOf, type Seen, sceneOf, seen, service } from './scene.ts';

const crash = seen('crash-loop', 'Pod/api-r1-a');
const apiPod: RawObjects = { Pod: [podOf('api', 'a')], Deployment: [deployment('api', 1, 0)] };

/** What one symptom becomes. */
function first(symptom: Seen, objects: RawObjects, catalog: Partial<Catalog> = {}) {
  const [finding] = sceneOf([symptom], objects, catalog).findings;
  return finding;
}

test('a pod is its top controller, with how many of it serve', () => {
  expect(first(crash, apiPod)).toMatchObject({
    workload: { kind: 'Deployment', namespace: 'shop', name: 'api' },
    service: 'api',
    known: null,
    priority: 'P2',
    standing: { desired: 1, ready: 0 },
  });
});

const claim = { metadata: { name: 'data', namespace: 'shop' } };
const claimed: RawObjects = {
  PersistentVolumeClaim: [claim],
  Pod: [podOf('db', 'a', { claim: 'data' })],
};
const webService = {
  metadata: { name: 'front', namespace: 'shop' },
  spec: { selector: { app: 'api' } },
};
const p0 = service('pay', { priority: 'P0', selector: { app: 'api' } });

test.each<{
  readonly name: string;
  readonly symptom: Seen;
  readonly objects: RawObjects;
  readonly services?: Catalog['services'];
  readonly expected: { readonly service: string | null; readonly priority: string };
}>([
  {
    name: 'labels before a namespace, whatever the order of the catalog',
    symptom: crash,
    objects: apiPod,
    services: [service('shop', { namespaces: ['shop'], priority: 'P3' }), p0],
    expected: { service: 'pay', priority: 'P0' },
  },
  {
    name: 'more labels before fewer',
    symptom: crash,
    objects: { Pod: [podOf('api', 'a', { labels: { tier: 'web' } })] },
    services: [p0, service('edge', { selector: { app: 'api', tier: 'web' } })],
    expected: { service: 'edge', priority: 'P2' },
  },
  {
    name: 'equals by the order of the catalog',
    symptom: crash,
    objects: apiPod,
    services: [service('one', { selector: { app: 'api' } }), p0],
    expected: { service: 'one', priority: 'P2' },
  },
  {
    name: 'a selector does not reach beyond its namespaces',
    symptom: crash,
    objects: apiPod,
    services: [{ ...p0, namespaces: ['other'] }],
    expected: { service: 'api', priority: 'P2' },
  },
  {
    name: 'a service with a name only is the workload of that name, and not everything',
    symptom: crash,
    objects: apiPod,
    services: [service('web', { priority: 'P3' }), service('api', { priority: 'P1' })],
    expected: { service: 'api', priority: 'P1' },
  },
  {
    name: 'a Service is whom it selects',
    symptom: seen('service-no-endpoints', 'Service/front'),
    objects: { ...apiPod, Service: [webService] },
    services: [p0],
    expected: { service: 'pay', priority: 'P0' },
  },
  {
    name: 'a Service that selects nobody goes by its own name',
    symptom: seen('service-no-endpoints', 'Service/front'),
    objects: { Service: [webService] },
    expected: { service: 'front', priority: 'P2' },
  },
  {
    name: 'a claim is whom it blocks',
    symptom: seen('pvc-pending', 'PersistentVolumeClaim/data'),
    objects: claimed,
    services: [service('store', { namespaces: ['shop'], selector: { app: 'db' }, priority: 'P1' })],
    expected: { service: 'store', priority: 'P1' },
  },
  {
    name: 'a claim that nobody mounts serves nobody',
    symptom: seen('pvc-pending', 'PersistentVolumeClaim/data'),
    objects: { PersistentVolumeClaim: [claim] },
    expected: { service: null, priority: 'P2' },
  },
  {
    name: 'a quota is no service, and as important as its namespace',
    symptom: seen('quota-full', 'ResourceQuota/compute'),
    objects: {
      Namespace: [{ metadata: { name: 'shop', labels: { 'kube-vigil/priority': 'P1' } } }],
    },
    expected: { service: null, priority: 'P1' },
  },
  {
    name: 'an empty node is P1 and serves nobody',
    symptom: seen('node-not-ready', 'Node/n1'),
    objects: {},
    expected: { service: null, priority: 'P1' },
  },
  {
    name: 'a node is worth what it carries',
    symptom: seen('node-not-ready', 'Node/n1'),
    objects: { Pod: [podOf('api', 'a', { node: 'n1' })] },
    services: [p0],
    expected: { service: null, priority: 'P0' },
  },
  {
    name: 'a node does not carry what has been given up',
    symptom: seen('node-not-ready', 'Node/n1'),
    objects: { Pod: [podOf('api', 'a', { node: 'n1', deleted: true })] },
    services: [p0],
    expected: { service: null, priority: 'P1' },
  },
  {
    name: 'the label on the workload',
    symptom: crash,
    objects: {
      Pod: [podOf('api', 'a')],
      Deployment: [deployment('api', 1, 0, { labels: { 'kube-vigil/priority': 'p1' } })],
      Namespace: [{ metadata: { name: 'shop', labels: { 'kube-vigil/priority': 'P3' } } }],
    },
    expected: { service: 'api', priority: 'P1' },
  },
  {
    name: 'the annotation on the namespace; a word that is no priority says nothing',
    symptom: crash,
    objects: {
      Pod: [podOf('api', 'a', { labels: { 'kube-vigil/priority': 'high' } })],
      Namespace: [{ metadata: { name: 'shop', annotations: { 'kube-vigil/priority': 'P3' } } }],
    },
    expected: { service: 'api', priority: 'P3' },
  },
  {
    name: 'the catalog before the label',
    symptom: crash,
    objects: { Pod: [podOf('api', 'a', { labels: { 'kube-vigil/priority': 'P3' } })] },
    services: [p0],
    expected: { service: 'pay', priority: 'P0' },
  },
  {
    name: 'the system class is P0',
    symptom: seen('readiness-failing', 'Pod/dns'),
    objects: {
      Pod: [
        {
          metadata: { name: 'dns', namespace: 'shop' },
          spec: { priorityClassName: 'system-cluster-critical' },
        },
      ],
    },
    expected: { service: 'dns', priority: 'P0' },
  },
  {
    name: 'the rest of kube-system is P1',
    symptom: seen('readiness-failing', 'Pod/x', {
      object: { kind: 'Pod', namespace: 'kube-system', name: 'x' },
    }),
    objects: {},
    expected: { service: 'x', priority: 'P1' },
  },
])('belongs: $name', ({ symptom, objects, services = [], expected }) => {
  expect(first(symptom, objects, { services })).toMatchObject(expected);
});

test('DaemonSets and static pods are part of a node, not its load', () => {
  const system = { priorityClassName: 'system-node-critical', nodeName: 'n1' };
  const objects: RawObjects = {
    Pod: [
      {
        metadata: {
          name: 'kube-proxy-x',
          namespace: 'kube-system',
          ownerReferences: [{ kind: 'DaemonSet', name: 'kube-proxy', controller: true }],
        },
        spec: system,
      },
      {
        metadata: {
          name: 'static',
          namespace: 'kube-system',
          annotations: { 'kubernetes.io/config.mirror': 'x' },
        },
        spec: system,
      },
    ],
  };
  expect(first(seen('node-not-ready', 'Node/n1'), objects)?.priority).toBe('P1');
});

const hour = 3600;
test.each<readonly [string, Omit<KnownIssue, 'note'>, boolean]>([
  ['its check', { check: 'crash-loop' }, true],
  ['another check', { check: 'image-pull' }, false],
  ['its reason', { reason: 'CrashLoopHidden' }, true],
  ['its canonical reason', { reason: 'CrashLoopBackOff' }, true],
  ['another reason', { reason: 'OOMKilled' }, false],
  ['the pod by a glob', { kind: 'Pod', name: 'api-*' }, true],
  ['the Deployment by name', { kind: 'Deployment', name: 'api' }, true],
  ['a kind that has another name', { kind: 'Pod', name: 'api' }, false],
  ['part of a name', { name: 'pi' }, false],
  ['every key but one', { check: 'crash-loop', name: 'web*' }, false],
  ['until later', { check: 'crash-loop', until: '2026-01-01T12:00:01Z' }, true],
  ['until just now', { check: 'crash-loop', until: '2026-01-01T12:00:00Z' }, false],
  ['an until that is no time', { check: 'crash-loop', until: 'soon' }, false],
  ['younger than a slow start', { check: 'crash-loop', forSeconds: hour + 1 }, true],
  ['as old as a slow start', { check: 'crash-loop', forSeconds: hour }, false],
])('known issue: %s', (_, issue, isKnown) => {
  const knownIssues = [{ ...issue, note: 'OPS-1' }];
  const catalog = { services: [service('api', { knownIssues })] };
  const hidden = { ...crash, reason: 'CrashLoopHidden' };
  expect(first(hidden, apiPod, catalog)?.known).toBe(isKnown ? 'OPS-1' : null);
});

test('a known issue of one service does not hide the same thing of another', () => {
  const catalog = {
    services: [service('web', { knownIssues: [{ check: 'crash-loop', note: 'OPS-1' }] })],
  };
  expect(first(crash, apiPod, catalog)?.known).toBeNull();
});

test('what does not say since when is not in its slow start', () => {
  const knownIssues = [{ check: 'crash-loop', forSeconds: hour, note: 'slow' }];
  const catalog = { services: [service('api', { knownIssues })] };
  expect(first({ ...crash, since: null }, apiPod, catalog)?.known).toBeNull();
});

test('known findings do not count, unless all are known', () => {
  const knownIssues = [{ check: 'crash-loop', note: 'OPS-1' }];
  const catalog = { services: [service('api', { knownIssues })] };
  const short = seen('deployment-short', 'Deployment/api', { impact: 'degraded' });
  const [both] = sceneOf([crash, short], apiPod, catalog).incidents;
  expect(both).toMatchObject({ impact: 'degraded', known: null });
  expect(both?.findings).toHaveLength(2);
  const [alone] = sceneOf([crash], apiPod, catalog).incidents;
  expect(alone).toMatchObject({ impact: 'outage', known: 'OPS-1' });
});

test('what is known stands before no other cause, nor before what comes from that', () => {
  const knownIssues = [{ check: 'config-error', note: 'OPS-1' }];
  const catalog = { services: [service('api', { knownIssues })] };
  const config = { ...crash, check: 'config-error', reason: 'CreateContainerConfigError' };
  const short = seen('deployment-short', 'Deployment/api');
  const { findings, incidents } = sceneOf([config, crash, short], apiPod, catalog);
  const shown = incidents.map((each) => [
    ...[each.root.reason, each.known],
    ...each.findings.map((index) => findings[index]?.check),
  ]);
  expect(shown).toEqual([
    ['CreateContainerConfigError', 'OPS-1', 'config-error'],
    ['CrashLoopBackOff', null, 'crash-loop', 'deployment-short'],
  ]);
});

test.each([
  ['*', '', true],
  ['a*c', 'abbc', true],
  ['a*c', 'abcd', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*a*b*', 'xxaxxbxx', true],
  ['', 'a', false],
  ['a.c', 'abc', false],
])('glob %s on %s: %s', (glob, text, matches) => {
  expect(matchesGlob(glob, text)).toBe(matches);
});
