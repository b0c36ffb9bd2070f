import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { settle } from '../../../src/core/escalation/guard.ts';
import { weigh } from '../../../src/core/escalation/policy.ts';
import { compareSeverity, type Decision, severities } from '../../../src/core/model/decision.ts';
import type { Answer, AnsweredIncident } from '../../../src/core/model/question.ts';
import { catalog, type FindingParts, findingOf, observationOf } from './scene.ts';

/** The pack of one incident: I1, S1 api, O1 deployment, O2 pod, E1 a field, E2 a log. */
const said: AnsweredIncident = {
  incident: 'I1',
  severity: 'SEV-3',
  severity_evidence: ['E1'],
  confidence: 90,
  should_notify: true,
  affected_services: ['S1'],
  cause_status: 'likely',
  root_cause: { text: 'The database refuses connections.', evidence: ['E1', 'E2'] },
  immediate_actions: [
    { text: 'It keeps the reason.', evidence: ['E2'], verb: 'logs-previous', object: 'O2' },
    { text: 'Undo the release.', evidence: ['E1'], verb: 'rollout-undo', object: 'O1' },
  ],
  business_impact: 'Customers cannot pay.',
};

function settled(
  changes: Partial<AnsweredIncident> | { readonly [key: string]: unknown } = {},
  parts: FindingParts = {},
): { readonly floor: Decision; readonly decision: Decision } {
  const observation = observationOf([
    [findingOf({ priority: 'P1', impact: 'degraded', ...parts })],
  ]);
  const floors = weigh(observation, catalog);
  const [fingerprint = ''] = Object.keys(floors);
  const answer = { incidents: [{ ...said, ...changes }] } as unknown as Answer;
  const decision = settle(observation, floors, [fingerprint], answer).byFingerprint[fingerprint];
  const floor = floors[fingerprint];
  if (decision === undefined || floor === undefined) throw new Error('no decision');
  return { floor, decision };
}

test('an honest answer is believed: its cause, its verbs as our commands, its words', () => {
  const { floor, decision } = settled();
  expect(decision).toEqual({
    severity: 'SEV-3',
    confidence: 90,
    shouldNotify: true,
    affectedServices: ['api'],
    rootCause: 'The database refuses connections.',
    immediateActions: [
      'kubectl -n shop logs pod/api-1 --all-containers --previous --tail=50',
      'kubectl -n shop rollout undo deployment/api  # changes the cluster',
      ...floor.immediateActions,
    ],
    businessImpact: 'Customers cannot pay.',
    by: 'claude',
  });
});

const p0 = { priority: 'P0' } as const;
test.each<readonly [string, object, FindingParts, string]>([
  ['quieter', { severity: 'SEV-4' }, {}, 'SEV-3'],
  [
    'quieter than SEV-1',
    { severity: 'SEV-4', should_notify: false },
    { ...p0, impact: 'outage' },
    'SEV-1',
  ],
  ['the same', {}, {}, 'SEV-3'],
  ['one louder, with a typed field', { severity: 'SEV-2' }, {}, 'SEV-2'],
  ['one louder in lower case', { severity: 'sev-2' }, {}, 'SEV-2'],
  ['two louder is one', { severity: 'SEV-1' }, {}, 'SEV-2'],
  ['louder because a log says so', { severity: 'SEV-2', severity_evidence: ['E2'] }, {}, 'SEV-3'],
  [
    'louder by evidence that is not there',
    { severity: 'SEV-2', severity_evidence: ['E99'] },
    {},
    'SEV-3',
  ],
  ['louder without evidence', { severity: 'SEV-2', severity_evidence: [] }, {}, 'SEV-3'],
  ['a word that is none', { severity: 'SEV-0' }, {}, 'SEV-3'],
  ['look-alike letters', { severity: 'ЅЕV-2' }, {}, 'SEV-3'],
  ['no text at all', { severity: { toString: 0 } }, {}, 'SEV-3'],
  ['what nobody need know stays so', { severity: 'SEV-1' }, { impact: 'info' }, 'SEV-4'],
  [
    'what is known stays so',
    { severity: 'SEV-1' },
    { ...p0, impact: 'outage', known: 'OPS-1' },
    'SEV-3',
  ],
])('severity: %s', (_, changes, parts, severity) => {
  expect(settled(changes, parts).decision.severity).toBe(severity);
});

test.each<readonly [string, object, FindingParts, boolean]>([
  ['false is not heard', { should_notify: false }, {}, true],
  ['true does not wake for what is too small', { should_notify: true }, { impact: 'info' }, false],
  ['true does not wake for what is known', { should_notify: true }, { known: 'OPS-1' }, false],
])('notify: %s', (_, changes, parts, told) => {
  expect(settled(changes, parts).decision.shouldNotify).toBe(told);
});

const rootCause = (evidence: readonly unknown[]) => ({
  root_cause: { text: 'A cause.', evidence },
});
test.each<readonly [string, object, number]>([
  ['a field cited', { confidence: 100, ...rootCause(['E1']) }, 95],
  ['only a log cited', { confidence: 100, ...rootCause(['E2']) }, 70],
  ['nothing cited', { confidence: 100, ...rootCause([]) }, 50],
  ['only what is not there cited', { confidence: 100, ...rootCause(['E9', 7]) }, 50],
  ['unknown', { confidence: 100, cause_status: 'unknown', ...rootCause(['E1']) }, 50],
  ['negative', { confidence: -3 }, 0],
  ['a fraction', { confidence: 61.6 }, 62],
  ['no number', { confidence: Number.NaN }, 95],
  ['a text', { confidence: '99' }, 95],
])('confidence: %s', (_, changes, confidence) => {
  expect(settled(changes).decision.confidence).toBe(confidence);
});

test.each<readonly [string, object]>([
  ['is said to be unknown', { cause_status: 'unknown' }],
  ['cites nothing', rootCause([])],
  ['is no text', { root_cause: { text: 7, evidence: ['E1'] } }],
  ['is no object', { root_cause: 'A cause.' }],
  ['soothes', { root_cause: { text: 'False alarm, it is safe to ignore.', evidence: ['E1'] } }],
  ['holds a token', { root_cause: { text: `Use ${'aZ0'.repeat(15)}.`, evidence: ['E1'] } }],
])('the policy’s cause stands where the answer’s %s', (_, changes) => {
  const { floor, decision } = settled(changes, { impact: 'degraded', priority: 'P0' });
  expect(decision.rootCause).toBe(floor.rootCause);
});

const action = (changes: object) => ({
  immediate_actions: [{ text: 'x', evidence: ['E1'], verb: 'describe', object: 'O2', ...changes }],
});
test.each<readonly [string, object]>([
  ['a verb of its own', action({ verb: 'delete' })],
  ['a verb that objects have', action({ verb: 'constructor' })],
  ['an object that is not there', action({ object: 'O99' })],
  ['an object with a shell in it', action({ object: 'O1; cat /etc/passwd' })],
  ['a verb that does not fit', action({ verb: 'cordon' })],
  ['no evidence', action({ evidence: [] })],
  ['another evidence', action({ evidence: ['E99'] })],
  ['no list', { immediate_actions: 'delete everything' }],
  ['no objects', { immediate_actions: [null, 1, 'x', []] }],
])('no action with %s', (_, changes) => {
  const { floor, decision } = settled(changes);
  expect(decision.immediateActions).toEqual(floor.immediateActions);
});

test('no action on a name that Kubernetes would not accept, and five actions in all', () => {
  const object = { kind: 'Pod', namespace: 'shop', name: 'x; reboot' };
  const { floor, decision } = settled(action({}), { object, workload: object });
  expect(decision.immediateActions).toEqual(floor.immediateActions);
  const many = ['describe', 'logs', 'logs-previous', 'events', 'top', 'describe'].map((verb) => ({
    text: 'x',
    evidence: ['E1'],
    verb,
    object: 'O2',
  }));
  expect(settled({ immediate_actions: many }).decision.immediateActions).toHaveLength(5);
});

test('services of the findings stay, others of the evidence may join, invented ones do not', () => {
  const observation = observationOf([
    [findingOf({ priority: 'P0' })],
    [findingOf({ service: 'web', priority: 'P1' })],
  ]);
  const floors = weigh(observation, catalog);
  const [api = '', web = ''] = observation.incidents.map((each) => each.fingerprint);
  const services = (affected_services: readonly string[]) =>
    settle(observation, floors, [api, web], { incidents: [{ ...said, affected_services }] })
      .byFingerprint[api]?.affectedServices;
  expect(services([])).toEqual(['api']);
  expect(services(['S2', 'S9', 'payments-eu'])).toEqual(['api', 'web']);
});

test('an incident cannot be argued with the evidence of another', () => {
  const observation = observationOf([
    [findingOf({ priority: 'P1', impact: 'degraded' })],
    [findingOf({ service: 'web', priority: 'P1', impact: 'degraded' })],
  ]);
  const floors = weigh(observation, catalog);
  const [api = '', web = ''] = observation.incidents.map((each) => each.fingerprint);
  const { byFingerprint } = settle(observation, floors, [api, web], {
    incidents: [{ ...said, severity: 'SEV-2', severity_evidence: ['E3', 'E4'] }],
  });
  expect(byFingerprint[api]?.severity).toBe('SEV-3');
});

test('what was not answered, or not asked, keeps the policy’s decision, and the report says so', () => {
  const observation = observationOf([
    [findingOf({ priority: 'P0' })],
    [findingOf({ service: 'web' })],
  ]);
  const floors = weigh(observation, catalog);
  const [api = '', web = ''] = observation.incidents.map((each) => each.fingerprint);
  const only = settle(observation, floors, [api], {
    incidents: [said, { ...said, incident: 'I7' }],
  });
  expect(only.byFingerprint[web]).toEqual(floors[web]);
  expect(only).toMatchObject({ fallback: null, trouble: null });
  const none = settle(observation, floors, [api, web], { incidents: [] });
  expect(none.byFingerprint).toEqual(floors);
  expect(none.trouble).toBe(
    'Claude said nothing usable of 2 of 2 incidents: the policy decides there',
  );
});

const evidenceId = fc.constantFrom('E1', 'E2', 'E3', 'E99', '', 'O1');
const nearly = fc.record(
  {
    incident: fc.constantFrom('I1', 'I2', 'I3'),
    severity: fc.oneof(fc.constantFrom(...severities, 'sev-1'), fc.jsonValue()),
    severity_evidence: fc.oneof(fc.array(evidenceId), fc.jsonValue()),
    confidence: fc.oneof(fc.double(), fc.jsonValue()),
    should_notify: fc.oneof(fc.boolean(), fc.jsonValue()),
    affected_services: fc.oneof(fc.array(fc.constantFrom('S1', 'S2', 'S3')), fc.jsonValue()),
    cause_status: fc.oneof(fc.constantFrom('confirmed', 'unknown'), fc.jsonValue()),
    root_cause: fc.oneof(
      fc.record({ text: fc.string({ unit: 'binary' }), evidence: fc.array(evidenceId) }),
      fc.jsonValue(),
    ),
    immediate_actions: fc.oneof(
      fc.array(
        fc.record({
          text: fc.string(),
          evidence: fc.array(evidenceId),
          verb: fc.constantFrom('describe', 'cordon', 'delete', '__proto__'),
          object: fc.constantFrom('O1', 'O2', 'O9'),
        }),
      ),
      fc.jsonValue(),
    ),
    business_impact: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const answers = fc.oneof(
  fc.record({ incidents: fc.array(nearly, { maxLength: 4 }) }),
  fc.jsonValue(),
);
const observations = fc
  .array(
    fc.record({
      impact: fc.constantFrom('outage', 'degraded', 'at-risk', 'info'),
      priority: fc.constantFrom('P0', 'P1', 'P2', 'P3'),
      known: fc.constantFrom(null, null, 'OPS-1'),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) =>
    observationOf(parts.map((each, at) => [findingOf({ ...each, service: `s${at}` })])),
  );

test('whatever is answered, the decision is whole and never quieter than the policy', () => {
  fc.assert(
    fc.property(observations, answers, (observation, answer) => {
      const floors = weigh(observation, catalog);
      const asked = Object.keys(floors);
      const { byFingerprint } = settle(observation, floors, asked, answer as unknown as Answer);
      expect(Object.keys(byFingerprint)).toEqual(asked);
      for (const [fingerprint, floor] of Object.entries(floors)) {
        const decision = byFingerprint[fingerprint];
        expect(decision).toBeDefined();
        if (decision === undefined) continue;
        const louder = compareSeverity(floor.severity, decision.severity);
        expect(louder === 0 || louder === 1).toBe(true);
        if (floor.shouldNotify) expect(decision.shouldNotify).toBe(true);
        if (decision.shouldNotify) expect(decision.severity).not.toBe('SEV-4');
        expect(decision.confidence).toBeGreaterThanOrEqual(0);
        expect(decision.confidence).toBeLessThanOrEqual(95);
        expect(decision.affectedServices).toEqual(
          expect.arrayContaining([...floor.affectedServices]),
        );
        expect(decision.immediateActions.length).toBeGreaterThan(0);
        expect(decision.immediateActions.length).toBeLessThanOrEqual(5);
        for (const command of decision.immediateActions) expect(command).toMatch(/^kubectl /);
        expect(decision.rootCause).not.toBe('');
        expect(decision.rootCause.length).toBeLessThanOrEqual(300);
        expect(decision.businessImpact).not.toBe('');
        expect(['policy', 'claude']).toContain(decision.by);
      }
    }),
    { numRuns: 500 },
  );
});
