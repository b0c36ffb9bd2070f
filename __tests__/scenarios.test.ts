import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { judge, loadScenario, look, type Scenario, scenarioNames } from '../scripts/scenarios.ts';
import { accuracyPage } from '../scripts/score.ts';
import { registry } from '../src/core/checks/registry.ts';

const scenarios: Scenario[] = [];
for (const name of scenarioNames()) scenarios.push(await loadScenario(name));
const ids = registry.map(({ meta }) => meta.id);
const expectedIn = (check: string) =>
  scenarios.filter(({ expected }) =>
    expected.incidents.some(({ checks }) => checks.includes(check)),
  );

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  expect(judge(scenario, look(scenario)).wrong).toEqual([]);
});

test.each(ids)('without %s some scenario is wrong', (check) => {
  const rest = registry.filter(({ meta }) => meta.id !== check);
  expect(
    expectedIn(check).some((scenario) => judge(scenario, look(scenario, rest)).wrong.length > 0),
  ).toBe(true);
});

test('docs/accuracy.md is what `npm run score` writes', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../docs/accuracy.md'), 'utf8');
  const scored = scenarios.map((scenario) => ({
    scenario,
    verdict: judge(scenario, look(scenario)),
  }));
  expect(page).toBe(accuracyPage(scored));
});

const of = (kind: string) => scenarios.filter(({ expected }) => expected.kind === kind);

test('expected checks exist, and quiet scenarios expect nothing', () => {
  const named = scenarios.flatMap(({ expected }) =>
    expected.incidents.flatMap(({ checks }) => checks),
  );
  expect(named.filter((check) => !ids.includes(check))).toEqual([]);
  for (const { name, expected } of scenarios)
    expect([name, expected.incidents.length > 0]).toEqual([
      name,
      expected.kind === 'fault' || expected.kind === 'composite',
    ]);
});

test('twenty composite outages, ten healthy clusters, sixty scenarios that nobody of us made up', () => {
  expect(of('composite').length).toBeGreaterThanOrEqual(20);
  expect(of('healthy').length).toBeGreaterThanOrEqual(10);
  expect(
    scenarios.filter(({ expected }) => expected.source !== 'hand-made').length,
  ).toBeGreaterThanOrEqual(60);
});

test('ten of the healthy clusters have 100 pods or more', () => {
  const podsOf = ({ snapshot }: Scenario) => snapshot.items.filter(({ kind }) => kind === 'Pod');
  const large = of('healthy').filter((scenario) => podsOf(scenario).length >= 100);
  expect(large.length).toBeGreaterThanOrEqual(10);
});

// T42 is about samples of usage and T43 about alerts of other systems, which are not read; T47 is not followed: the first cycle tells what is wrong.
const traps = Array.from({ length: 46 }, (_, at) => `T${String(at + 1).padStart(2, '0')}`);
test.each(traps.filter((trap) => trap !== 'T42' && trap !== 'T43'))(
  'trap %s is set somewhere',
  (trap) => {
    expect(scenarios.some(({ expected }) => expected.traps.includes(trap))).toBe(true);
  },
);

const rules = Array.from({ length: 26 }, (_, at) => `R${at + 1}`);
test.each(rules)(
  'collapse %s: five symptoms or more are one incident, and an unrelated fault stays its own',
  (rule) => {
    const tried = scenarios.filter(({ expected }) => expected.collapse.includes(rule));
    expect(
      tried.some(
        ({ expected: { incidents } }) =>
          incidents.length === 1 && (incidents[0]?.symptoms ?? 0) >= 5,
      ),
    ).toBe(true);
    expect(tried.some(({ expected }) => expected.incidents.length > 1)).toBe(true);
  },
);
