import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { weigh } from '../../../src/core/escalation/policy.ts';
import { type Catalog, defaultCatalog } from '../../../src/core/model/catalog.ts';
import { compareSeverity, louder, type Severity } from '../../../src/core/model/decision.ts';
import { impacts } from '../../../src/core/model/finding.ts';
import type { Observation } from '../../../src/core/model/incident.ts';
import type { RawObjects } from '../../support/objects.ts';
import { deployment, now, podOf, type Seen, sceneOf, seen, service } from './scene.ts';

const objects: RawObjects = {
  Pod: [
    podOf('api', 'a', { node: 'n1' }),
    podOf('api', 'b', { node: 'n2' }),
    podOf('web', 'a', { node: 'n1', claim: 'data' }),
    { metadata: { name: 'tool', namespace: 'shop' }, spec: { nodeName: 'n1' } },
  ],
  Deployment: [deployment('api', 2, 0), deployment('web', 1, 0)],
  Node: ['n1', 'n2'].map((name) => ({
    metadata: { name, labels: { 'topology.kubernetes.io/zone': 'a' } },
  })),
  Service: [{ metadata: { name: 'api', namespace: 'shop' }, spec: { selector: { app: 'api' } } }],
};
const catalog: Catalog = {
  ...defaultCatalog,
  services: [
    service('api', { priority: 'P0', maxDowntimeSeconds: 0 }),
    service('web', { priority: 'P1', knownIssues: [{ check: 'crash-loop', note: 'OPS-1' }] }),
  ],
};

const targets: { readonly [check: string]: readonly string[] } = {
  'node-not-ready': ['Node/n1', 'Node/n2'],
  'node-pressure': ['Node/n1', 'Node/n2'],
  'failed-create': ['Deployment/api', 'Deployment/web'],
  'pvc-pending': ['PersistentVolumeClaim/data'],
  'deployment-short': ['Deployment/api', 'Deployment/web'],
  'service-no-endpoints': ['Service/api'],
  'brand-new': ['Deployment/api', 'Pod/tool'],
};
const pods = ['Pod/api-r1-a', 'Pod/api-r1-b', 'Pod/web-r1-a', 'Pod/tool'];
const checks = [
  ...Object.keys(targets),
  'image-pull',
  'config-error',
  'volume-mount',
  'oom-killed',
  'crash-loop',
  'unschedulable',
  'sandbox-failed',
  'evicted',
  'stuck-terminating',
  'readiness-failing',
];

const symptom: fc.Arbitrary<Seen> = fc.constantFrom(...checks).chain((check) =>
  fc
    .record({
      object: fc.constantFrom(...(targets[check] ?? pods)),
      impact: fc.constantFrom(...impacts),
      since: fc.constantFrom(
        '2026-01-01T10:00:00Z',
        '2026-01-01T11:00:00Z',
        '2026-01-01T11:58:00Z',
        null,
      ),
      container: fc.constantFrom('a', 'b', undefined),
      missing: fc.constantFrom(
        { kind: 'ConfigMap', namespace: 'shop', name: 'cfg' },
        undefined,
        undefined,
      ),
      claims: fc.constantFrom(['data'], undefined),
      node: fc.constantFrom('n1', 'n2', undefined),
      exitCode: fc.constantFrom(1, undefined, undefined),
      clause: fc.constantFrom('Insufficient cpu', 'node(s) had volume node affinity conflict'),
      dependsOn: fc.constantFrom(
        [{ kind: 'Service', namespace: 'shop', name: 'api' }],
        [{ kind: 'Node', namespace: null, name: 'n2' }],
        [{ kind: 'Deployment', namespace: 'shop', name: 'web' }],
        undefined,
        undefined,
      ),
      blockedBy: fc.constantFrom(
        { kind: 'ResourceQuota', namespace: 'shop', name: 'q', reason: 'QuotaExceeded' },
        undefined,
        undefined,
        undefined,
      ),
      decidedBy: fc.constantFrom('field' as const, 'message' as const),
      imminent: fc.boolean(),
    })
    .map(({ object, impact, since, ...proof }) => seen(check, object, { impact, since, proof })),
);
const symptoms = fc.array(symptom, { maxLength: 14 });

function observe(list: readonly Seen[]): Observation {
  const { findings, incidents } = sceneOf(list, objects, catalog);
  return {
    takenAt: now,
    snapshotAt: now,
    source: 'live',
    clusterUid: null,
    findings,
    incidents,
    gaps: [],
  };
}

/** What is said of every incident, without indices. */
function sayings(list: readonly Seen[]): readonly string[] {
  const { findings, incidents } = observe(list);
  return incidents
    .map(({ findings: members, ...incident }) =>
      JSON.stringify({ ...incident, members: members.map((index) => findings[index]) }),
    )
    .sort();
}

/** Of the incidents that count: a known one is shown as SEV-3 at most, and the first finding that counts decides alone. */
function loudest(list: readonly Seen[]): Severity {
  const observation = observe(list);
  const decisions = weigh(observation, catalog);
  return observation.incidents
    .filter(({ known }) => known === null)
    .map(({ fingerprint }) => decisions[fingerprint]?.severity ?? 'SEV-4')
    .reduce(louder, 'SEV-4');
}

test('every finding is in exactly one incident, and no two incidents have one fingerprint', () => {
  fc.assert(
    fc.property(symptoms, (list) => {
      const { incidents } = observe(list);
      const members = incidents.flatMap((each) => each.findings);
      expect([...members].sort((a, b) => a - b)).toEqual(list.map((_, index) => index));
      expect(new Set(incidents.map((each) => each.fingerprint)).size).toBe(incidents.length);
    }),
  );
});

test('the order of the findings changes nothing', () => {
  const shuffled = symptoms.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      expect(sayings(other)).toEqual(sayings(list));
    }),
  );
});

test('another finding never lowers the loudest severity', () => {
  fc.assert(
    fc.property(symptoms, symptom, (list, more) => {
      expect(compareSeverity(loudest([...list, more]), loudest(list))).toBeLessThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});

test('an incident is at least as loud as each of its findings alone would be', () => {
  fc.assert(
    fc.property(symptoms, (list) => {
      const whole = observe(list);
      const decisions = weigh(whole, catalog);
      for (const incident of whole.incidents)
        for (const index of incident.findings) {
          const alone = list.slice(index, index + 1);
          const severity = decisions[incident.fingerprint]?.severity ?? 'SEV-4';
          if (whole.findings[index]?.known !== null) continue;
          expect(compareSeverity(severity, loudest(alone))).toBeLessThanOrEqual(0);
        }
    }),
  );
});

test('an incident that keeps its findings and gets another is not lowered', () => {
  fc.assert(
    fc.property(symptoms, symptom, (list, more) => {
      const [less, grown] = [observe(list), observe([...list, more])];
      const [before, after] = [weigh(less, catalog), weigh(grown, catalog)];
      for (const { fingerprint, findings, known } of less.incidents) {
        if (known !== null) continue;
        const now = grown.incidents.find((each) => each.fingerprint === fingerprint);
        if (now === undefined || !findings.every((index) => now.findings.includes(index))) continue;
        const [was, is] = [before[fingerprint]?.severity, after[fingerprint]?.severity];
        expect(compareSeverity(is ?? 'SEV-4', was ?? 'SEV-4')).toBeLessThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
});
