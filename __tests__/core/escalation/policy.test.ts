import { expect, test } from '@jest/globals';
import { weigh } from '../../../src/core/escalation/policy.ts';
import type { Decision, Severity } from '../../../src/core/model/decision.ts';
import type { Finding, Impact } from '../../../src/core/model/finding.ts';
import type { Incident } from '../../../src/core/model/incident.ts';
import type { Priority } from '../../../src/core/model/priority.ts';
import { ago, catalog, type FindingParts, findingOf, first, observationOf } from './scene.ts';

function decisionOf(
  findings: readonly Finding[],
  parts: Partial<Incident> = {},
): Decision | undefined {
  return weigh(observationOf([findings], parts), catalog)[first];
}

const within = { P0: 0, P1: 299, P2: 899, P3: 9e6 } as const;
const past = { P0: 0, P1: 300, P2: 900, P3: 9e6 } as const;
const rows: readonly {
  readonly row: string;
  readonly impact: Impact;
  readonly age: { readonly [priority in Priority]: number };
  readonly imminent?: boolean;
  readonly cells: { readonly [priority in Priority]: Severity };
}[] = [
  {
    row: 'outage past the max downtime',
    impact: 'outage',
    age: past,
    cells: { P0: 'SEV-1', P1: 'SEV-2', P2: 'SEV-3', P3: 'SEV-4' },
  },
  {
    row: 'outage within it',
    impact: 'outage',
    age: within,
    cells: { P0: 'SEV-1', P1: 'SEV-3', P2: 'SEV-4', P3: 'SEV-4' },
  },
  {
    row: 'degraded',
    impact: 'degraded',
    age: past,
    cells: { P0: 'SEV-2', P1: 'SEV-3', P2: 'SEV-3', P3: 'SEV-4' },
  },
  {
    row: 'at risk',
    impact: 'at-risk',
    age: past,
    cells: { P0: 'SEV-3', P1: 'SEV-3', P2: 'SEV-4', P3: 'SEV-4' },
  },
  {
    row: 'at risk, imminent',
    impact: 'at-risk',
    age: past,
    imminent: true,
    cells: { P0: 'SEV-2', P1: 'SEV-3', P2: 'SEV-4', P3: 'SEV-4' },
  },
  {
    row: 'info',
    impact: 'info',
    age: past,
    cells: { P0: 'SEV-4', P1: 'SEV-4', P2: 'SEV-4', P3: 'SEV-4' },
  },
];
const cells = rows.flatMap(({ cells: byPriority, age, ...row }) =>
  (['P0', 'P1', 'P2', 'P3'] as const).map((priority) => ({
    ...row,
    priority,
    age: age[priority],
    severity: byPriority[priority],
    told: byPriority[priority] !== 'SEV-4',
  })),
);

test.each(cells)('$row of $priority is $severity, told: $told', (cell) => {
  const finding = findingOf({
    impact: cell.impact,
    priority: cell.priority,
    since: ago(cell.age),
    proof: { imminent: cell.imminent },
  });
  expect(decisionOf([finding])).toMatchObject({
    severity: cell.severity,
    shouldNotify: cell.told,
    by: 'policy',
  });
});

test.each<readonly [string, FindingParts, number | null, Severity]>([
  ['is past what its priority allows', { since: null }, null, 'SEV-3'],
  ['is past what the catalog allows', { since: null, service: 'shop' }, 600, 'SEV-3'],
  ['is never past for ever', { since: null, service: 'shop' }, null, 'SEV-4'],
])('an outage that does not say since when %s', (_, parts, maxDowntimeSeconds, severity) => {
  const shop = {
    name: 'shop',
    priority: 'P2' as const,
    namespaces: [],
    selector: {},
    maxDowntimeSeconds,
    knownIssues: [],
  };
  const decisions = weigh(observationOf([[findingOf(parts)]]), { ...catalog, services: [shop] });
  expect(decisions[first]?.severity).toBe(severity);
});

test("the catalog's max downtime goes before the priority's", () => {
  const shop = {
    name: 'api',
    priority: 'P1' as const,
    namespaces: [],
    selector: {},
    maxDowntimeSeconds: 3600,
    knownIssues: [],
  };
  const observation = observationOf([[findingOf({ priority: 'P1' })]]);
  expect(weigh(observation, catalog)[first]?.severity).toBe('SEV-2');
  expect(weigh(observation, { ...catalog, services: [shop] })[first]?.severity).toBe('SEV-3');
});

test('each finding is weighed by itself: an idle P0 beside a dead P3 is no SEV-1', () => {
  const findings = [
    findingOf({ impact: 'at-risk', priority: 'P0', service: 'pay' }),
    findingOf({ impact: 'outage', priority: 'P3', service: 'toy' }),
  ];
  expect(decisionOf(findings, { impact: 'outage', priority: 'P0' })?.severity).toBe('SEV-3');
});

test('a finding that brings no priority has the incident’s', () => {
  const finding = findingOf({ priority: undefined });
  expect(decisionOf([finding], { priority: 'P1', maxDowntimeSeconds: 60 })?.severity).toBe('SEV-2');
});

const degraded = (service: string, parts: FindingParts = {}) =>
  findingOf({ impact: 'degraded', priority: 'P0', service, ...parts });
const severities = (groups: readonly (readonly Finding[])[]) =>
  Object.values(weigh(observationOf(groups), catalog)).map(({ severity }) => severity);
const daemon = (service: string) =>
  degraded(service, { workload: { kind: 'DaemonSet', namespace: 'kube-system', name: service } });

test.each<readonly [string, readonly (readonly Finding[])[], readonly Severity[]]>([
  ['one P0 service degraded', [[degraded('a')], [degraded('a')]], ['SEV-2', 'SEV-2']],
  [
    'two P0 services, others as they are',
    [[degraded('a')], [degraded('b')], [findingOf()]],
    ['SEV-1', 'SEV-1', 'SEV-4'],
  ],
  ['two in one incident', [[degraded('a'), degraded('b')]], ['SEV-1']],
  [
    'a P0 at risk is not hit',
    [[degraded('a')], [degraded('b', { impact: 'at-risk' })]],
    ['SEV-2', 'SEV-3'],
  ],
  [
    'a known one does not count',
    [[degraded('a')], [degraded('b', { known: 'OPS-1' })]],
    ['SEV-2', 'SEV-3'],
  ],
  ['DaemonSets short of one node are no services hit', [[daemon('a'), daemon('b')]], ['SEV-2']],
])('hit at once: %s', (_, groups, expected) => {
  expect(severities(groups)).toEqual(expected);
});

test('a foundation that is out is SEV-1, whatever its own priority', () => {
  expect(decisionOf([findingOf()], { foundation: true })?.severity).toBe('SEV-1');
  const risk = findingOf({ impact: 'at-risk' });
  expect(decisionOf([risk], { foundation: true })?.severity).toBe('SEV-4');
});

test.each<readonly [Priority, Severity]>([
  ['P0', 'SEV-3'],
  ['P3', 'SEV-4'],
])('known altogether: %s is %s and tells nobody', (priority, severity) => {
  const known = findingOf({ priority, known: 'OPS-1' });
  expect(decisionOf([known])).toMatchObject({ severity, shouldNotify: false });
  expect(decisionOf([known], { foundation: true })).toMatchObject({
    severity,
    shouldNotify: false,
  });
});

test('what is known is taken out before severity, the rest decides', () => {
  const findings = [
    findingOf({ priority: 'P0', known: 'OPS-1' }),
    findingOf({ impact: 'degraded', priority: 'P1' }),
  ];
  expect(decisionOf(findings)).toMatchObject({ severity: 'SEV-3', shouldNotify: true });
});

test.each([
  ['field', 95],
  ['message', 70],
] as const)('decided by %s: confidence %d', (decidedBy, confidence) => {
  expect(decisionOf([findingOf({ proof: { decidedBy } })])?.confidence).toBe(confidence);
});

test('the decision is facts: cause, commands, and what it means for the service', () => {
  const standing = { desired: 3, ready: 0 };
  expect(decisionOf([findingOf({ standing }), findingOf({ standing })])).toMatchObject({
    affectedServices: ['api'],
    rootCause: 'Container app exits with 1',
    immediateActions: ['kubectl -n shop describe pod api-1'],
    businessImpact: 'P2 api: out for 10 min; 0 of 3 pods ready; 15 min of downtime allowed.',
  });
});

test.each<readonly [string, FindingParts, Partial<Incident>, string]>([
  [
    'no time',
    { since: null },
    {},
    'P2 api: out since an unknown time; 15 min of downtime allowed.',
  ],
  [
    'a bound',
    {},
    { sinceExact: false },
    'P2 api: out for about 10 min; 15 min of downtime allowed.',
  ],
  ['none allowed', { priority: 'P0' }, {}, 'P0 api: out for 10 min; no downtime allowed.'],
  ['for ever', { priority: 'P3' }, {}, 'P3 api: out for 10 min; no limit on downtime.'],
  [
    'nobody',
    {},
    { services: [] },
    'P2 Deployment shop/api: out for 10 min; 15 min of downtime allowed.',
  ],
  [
    'many',
    {},
    { services: ['a', 'b', 'c', 'd', 'e'] },
    'P2 a, b, c and 2 more services: out for 10 min; 15 min of downtime allowed.',
  ],
  [
    'one of them hit',
    { service: 'b' },
    { services: ['a', 'b', 'c'] },
    'P2 b: out for 10 min; 15 min of downtime allowed.',
  ],
])('business impact with %s', (_, parts, incident, text) => {
  expect(decisionOf([findingOf(parts)], incident)?.businessImpact).toBe(text);
});

test('without a command the action says what to look at', () => {
  expect(decisionOf([findingOf()], { commands: [] })?.immediateActions).toEqual([
    'Look at Deployment shop/api and its events',
  ]);
});
