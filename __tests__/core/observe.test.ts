import { expect, test } from '@jest/globals';
import { defaultCatalog } from '../../src/core/model/catalog.ts';
import { observe } from '../../src/core/observe.ts';
import { snapshotOf } from '../support/objects.ts';

const node = {
  metadata: { name: 'n1' },
  status: {
    conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: '2026-01-01T11:00:00Z' }],
  },
};
const gap = { kind: 'Job', namespace: null, reason: 'forbidden', detail: 'no' } as const;
const snapshot = snapshotOf({ Node: [node] }, '2026-01-01T11:59:30Z', [gap]);
const at = (time: string): number => Date.parse(time);

test('a lost node is one finding and one incident, with its commands and the gaps', () => {
  const observation = observe(snapshot, defaultCatalog, at('2026-01-01T12:00:00Z'));
  expect(observation).toMatchObject({
    takenAt: '2026-01-01T12:00:00Z',
    snapshotAt: '2026-01-01T11:59:30Z',
    source: 'live',
    clusterUid: 'test-cluster',
    findings: [{ check: 'node-not-ready', service: null, priority: 'P1', known: null }],
    incidents: [
      {
        root: { kind: 'Node', namespace: null, name: 'n1', reason: 'NodeNotReady' },
        cause: 'proven',
        impact: 'outage',
        priority: 'P1',
        maxDowntimeSeconds: 300,
        services: [],
        since: '2026-01-01T11:00:00Z',
        findings: [0],
      },
    ],
  });
  expect(observation.incidents[0]?.commands[0]).toBe('kubectl describe node n1');
  expect(observation.gaps).toEqual([gap]);
});

test("ages are counted from now, and the catalog's thresholds go before the check's", () => {
  const young = observe(snapshot, defaultCatalog, at('2026-01-01T11:04:00Z'));
  expect(young.incidents).toEqual([]);
  const checks = { 'node-not-ready': { graceSeconds: 60 } };
  const strict = observe(snapshot, { ...defaultCatalog, checks }, at('2026-01-01T11:04:00Z'));
  expect(strict.incidents).toHaveLength(1);
});

test('what was not read is no finding', () => {
  const blind = { ...gap, kind: 'Node' };
  const observation = observe(
    { ...snapshot, gaps: [blind] },
    defaultCatalog,
    at('2026-01-01T12:00:00Z'),
  );
  expect(observation).toMatchObject({ findings: [], incidents: [], gaps: [blind] });
});

test('of an object with a field of another type nothing is said but that, once a kind and namespace', () => {
  const odd = { ...node, spec: { unschedulable: 'no' } };
  const nodes = ['n1', 'n2'].map((name) => ({ ...odd, metadata: { name } }));
  const seen = observe(
    snapshotOf({ Node: nodes }, '2026-01-01T11:59:30Z'),
    defaultCatalog,
    at('2026-01-01T12:00:00Z'),
  );
  expect(seen.findings).toEqual([]);
  expect(seen.gaps).toEqual([
    {
      kind: 'Node',
      namespace: null,
      reason: 'partial',
      detail:
        'Node n1, and 1 more: spec.unschedulable is not of the type that Kubernetes gives it, so nothing is said of it',
    },
  ]);
});
