import { expect, test } from '@jest/globals';
import { conservativeDefault, fallenBack } from '../../../src/core/escalation/fallback.ts';
import { weigh } from '../../../src/core/escalation/policy.ts';
import { catalog, findingOf, observationOf } from './scene.ts';

const contract = {
  severity: 'SEV-2',
  confidence: 50,
  shouldNotify: true,
  affectedServices: ['api', 'pay', 'toy'],
  rootCause: 'Unable to assess escalation, conservative default',
  immediateActions: ['Manual review required'],
  businessImpact: 'Potential incident detected',
  by: 'conservative-default',
};

const observation = observationOf([
  [findingOf()],
  [findingOf({ priority: 'P0', service: 'pay' })],
  [findingOf({ service: 'old', known: 'OPS-1' })],
  [findingOf({ service: 'toy', impact: 'degraded', priority: 'P1' })],
]);
const [api = '', pay = '', old = '', toy = ''] = observation.incidents.map(
  (each) => each.fingerprint,
);
const floors = weigh(observation, catalog);

test('the default is the contract’s object, to the letter, known findings left out', () => {
  expect(conservativeDefault(observation)).toEqual(contract);
});

test('without a service in any finding the services are unknown', () => {
  const node = observationOf([[findingOf({ service: null })]]);
  expect(conservativeDefault(node).affectedServices).toEqual(['unknown']);
  expect(conservativeDefault(observationOf([])).affectedServices).toEqual(['unknown']);
});

test('the stage failed: every incident gets the default, a known one tells nobody', () => {
  const { byFingerprint, fallback, trouble } = fallenBack(observation, null, null);
  expect(fallback).toEqual(contract);
  expect(trouble).toBeNull();
  for (const [fingerprint, service] of [
    [api, 'api'],
    [pay, 'pay'],
    [toy, 'toy'],
  ] as const)
    expect(byFingerprint[fingerprint]).toEqual({ ...contract, affectedServices: [service] });
  expect(byFingerprint[old]).toMatchObject({ severity: 'SEV-3', shouldNotify: false });
});

test('Claude failed: the default for what was asked, SEV-1 where the policy says so, the rest as it was', () => {
  const { byFingerprint, fallback } = fallenBack(observation, floors, [api, pay]);
  expect(byFingerprint[api]).toEqual({ ...contract, affectedServices: ['api'] });
  expect(byFingerprint[pay]).toEqual({ ...contract, severity: 'SEV-1', affectedServices: ['pay'] });
  expect(byFingerprint[toy]).toEqual(floors[toy]);
  expect(byFingerprint[old]).toEqual(floors[old]);
  expect(fallback).toEqual({ ...contract, severity: 'SEV-1' });
});

test('Claude failed where nothing is SEV-1: the default stays SEV-2', () => {
  const quiet = observationOf([[findingOf()]]);
  const asked = quiet.incidents.map((each) => each.fingerprint);
  expect(fallenBack(quiet, weigh(quiet, catalog), asked).fallback?.severity).toBe('SEV-2');
});

test('nobody knows what was asked: it stands for everything', () => {
  expect(fallenBack(observation, floors, null).byFingerprint[toy]?.by).toBe('conservative-default');
});
