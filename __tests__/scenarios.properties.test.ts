import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import {
  loadScenario,
  type Scenario,
  scenarioNames,
  scenariosFolder,
} from '../scripts/scenarios.ts';
import { within } from '../src/adapters/kubernetes/dump-namespaces.ts';
import { isObjectWanted, metadataOf } from '../src/adapters/kubernetes/namespaces.ts';
import { everyNamespace } from '../src/core/model/namespaces.ts';
import { type KubeObject, keyOf, type Snapshot } from '../src/core/model/snapshot.ts';
import { kindOf } from '../src/core/objects/kinds.ts';
import { trim, trimCustom } from '../src/core/objects/trim.ts';
import { observe } from '../src/core/observe.ts';

const scenarios: Scenario[] = [];
for (const name of scenarioNames()) scenarios.push(await loadScenario(name));
/** By name, so that a counterexample names it and does not print it. */
function named(name: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no scenario ${name}`);
  return scenario;
}
const names = scenarios.map(({ name }) => name);
/** Well in every object of their first file: in the others something is ill and excused by another field, which may go. */
const allWell = ['databases-partitioned', 'eks-web-platform', 'three-hundred-pods'].map(
  (name) => `healthy-${name}`,
);

interface Written {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
  readonly items?: readonly Written[];
}
const keyIn = ({ kind, metadata: { namespace, name } }: Written): string =>
  keyOf({ kind, namespace: namespace ?? null, name });

/** The places of these objects among a cluster's. */
function wellPlaces(name: string): readonly number[] {
  const text = readFileSync(path.join(scenariosFolder, name, 'objects.yaml'), 'utf8');
  const documents = parseAllDocuments(text).map((each) => each.toJS() as Written);
  const first = new Set(documents.flatMap((each) => each.items ?? [each]).map(keyIn));
  // Paused within the day: without that time it is as old as the Deployment.
  first.delete('Deployment/data/admin');
  return named(name).snapshot.items.flatMap((item, at) =>
    first.has(keyIn(item as unknown as Written)) ? [at] : [],
  );
}
const places = new Map(allWell.map((name) => [name, wellPlaces(name)]));

test.each(allWell)('%s has objects that are well', (name) => {
  expect(places.get(name)?.length).toBeGreaterThan(20);
});

function see({ expected, catalog }: Scenario, snapshot: Snapshot) {
  return observe(snapshot, catalog, Date.parse(expected.now));
}

/** What is told, whatever the order: each incident with its findings' words. */
function told(scenario: Scenario, snapshot: Snapshot): readonly string[] {
  const { incidents, findings } = see(scenario, snapshot);
  return incidents
    .map(({ fingerprint, summary, findings: members }) =>
      [fingerprint, summary, ...members.map((at) => findings[at]?.message).sort()].join('\n'),
    )
    .sort();
}

test('the order of objects changes nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.infiniteStream(fc.nat()), (name, numbers) => {
      const scenario = named(name);
      const keyed = scenario.snapshot.items.map((item) => ({ item, key: numbers.next().value }));
      const items = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
      expect(told(scenario, { ...scenario.snapshot, items })).toEqual(
        told(scenario, scenario.snapshot),
      );
    }),
  );
});

/** A namespace of its own with a Deployment, its pod and its Service, all well, as old as the scenario allows. */
function wellNeighbour(now: string): readonly KubeObject[] {
  const old = new Date(Date.parse(now) - 86_400_000).toISOString();
  const metadata = (name: string, labels = {}) => ({
    name,
    namespace: 'well-neighbour',
    uid: `well-${name}`,
    creationTimestamp: old,
    labels,
  });
  const yes = (type: string) => ({ type, status: 'True', lastTransitionTime: old });
  const labels = { app: 'well' };
  const raw: readonly (readonly ['Namespace' | 'Deployment' | 'Pod' | 'Service', object])[] = [
    [
      'Namespace',
      {
        metadata: { ...metadata('well-neighbour'), namespace: undefined },
        status: { phase: 'Active' },
      },
    ],
    [
      'Deployment',
      {
        metadata: metadata('well', labels),
        spec: { replicas: 1, template: { metadata: { labels } } },
        status: {
          readyReplicas: 1,
          availableReplicas: 1,
          updatedReplicas: 1,
          replicas: 1,
          conditions: [yes('Available')],
        },
      },
    ],
    [
      'Pod',
      {
        metadata: {
          ...metadata('well-1-a', { ...labels, 'pod-template-hash': '1' }),
          ownerReferences: [{ kind: 'ReplicaSet', name: 'well-1', controller: true }],
        },
        spec: { containers: [{ name: 'app', image: 'acme/well:1' }] },
        status: {
          phase: 'Running',
          startTime: old,
          conditions: ['PodScheduled', 'ContainersReady', 'Ready'].map(yes),
          containerStatuses: [
            { name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: old } } },
          ],
        },
      },
    ],
    ['Service', { metadata: metadata('well'), spec: { selector: labels, ports: [{ port: 80 }] } }],
  ];
  return raw.flatMap(([kind, each]) => trim(kind, each) ?? []);
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'an unrelated healthy neighbour changes nothing in %s',
  (_, scenario) => {
    const items = [...scenario.snapshot.items, ...wellNeighbour(scenario.expected.now)];
    expect(told(scenario, { ...scenario.snapshot, items })).toEqual(
      told(scenario, scenario.snapshot),
    );
  },
);

/** What is found, not in whose name: of a node's evicted pods one speaks for the others, and that may be another one. */
function found(scenario: Scenario, snapshot: Snapshot): readonly string[] {
  return see(scenario, snapshot).findings.map(({ check, reason, object }) =>
    check === 'evicted' ? `${check} ${reason}` : `${check} ${reason} ${keyOf(object)}`,
  );
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'a namespace that is not looked at makes no finding in %s',
  (_, scenario) => {
    const { snapshot } = scenario;
    const whole = found(scenario, snapshot);
    const names = new Set(snapshot.items.map((item) => metadataOf(item).namespace));
    names.delete('');
    for (const name of names)
      for (const part of [
        { include: [name], exclude: [] },
        { include: [], exclude: [name] },
      ]) {
        const namespaces = within(part, snapshot.namespaces ?? everyNamespace);
        const items = snapshot.items.filter((item) => isObjectWanted(item, part));
        const invented = found(scenario, { ...snapshot, namespaces, items }).filter(
          (each) => !whole.includes(each),
        );
        expect(invented).toEqual([]);
      }
  },
);

type Path = readonly (string | number)[];

/** Every path in an object that leads to a value below `status` or `spec`. */
function pathsIn(value: unknown, above: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [above];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((each: unknown, at) => [at, each] as const)
    : Object.entries(value);
  return [
    ...(above.length > 1 ? [above] : []),
    ...entries.flatMap(([key, inner]) => pathsIn(inner, [...above, key])),
  ];
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: unknown, at) => (at === first ? replaced(each, rest, by) : each));
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...value,
    [first]: replaced((value as { readonly [key: string]: unknown })[first], rest, by),
  };
}

/** What a server, a proxy or a hand might put in place of a value. */
const wrongs: readonly unknown[] = [undefined, null, 7, '', 'x', true, [], {}, [null], { a: 1 }];

function valueAt(value: unknown, steps: Path): unknown {
  return steps.reduce<unknown>(
    (at, step) => (at as { readonly [key: string | number]: unknown })[step],
    value,
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** One value of one object gone, null or of another type, trimmed as it would come in. */
function broken(
  items: readonly KubeObject[],
  at: number,
  pick: number,
  by: unknown,
): readonly KubeObject[] {
  return items.flatMap((item, place) => {
    if (place !== at) return [item];
    const paths = pathsIn(item).filter(([top]) => top === 'status' || top === 'spec');
    const chosen = paths[pick % Math.max(1, paths.length)];
    // Another value of the right type may be a fault.
    if (chosen === undefined || typeOf(valueAt(item, chosen)) === typeOf(by)) return [item];
    const raw = replaced(item, chosen, by) as { readonly [field: string]: unknown };
    const kind = kindOf(item.kind, item.apiVersion);
    if (kind === undefined) return trimCustom(raw) ?? [];
    const trimmed = trim(kind, raw);
    // A port or an amount may be a number or a text: another one may be a fault too.
    const isAnother = by != null && trimmed !== undefined && trimmed.unreadable === undefined;
    return isAnother ? [item] : (trimmed ?? []);
  });
}

test('a field that is missing, null or of another type never throws and never makes a finding of a healthy cluster', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...allWell),
      fc.nat(100_000),
      fc.nat(10_000),
      fc.constantFrom(...wrongs),
      (name, at, pick, by) => {
        const scenario = named(name);
        const { items } = scenario.snapshot;
        const well = places.get(name) ?? [];
        const mutated = broken(items, well[at % well.length] ?? 0, pick, by);
        const { findings, gaps } = see(scenario, { ...scenario.snapshot, items: mutated });
        expect(gaps.filter(({ reason }) => reason === 'check-failed')).toEqual([]);
        expect(findings.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a field that is missing, null or of another type never throws in a faulty cluster either', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(100_000),
      fc.nat(10_000),
      fc.constantFrom(...wrongs),
      (name, at, pick, by) => {
        const scenario = named(name);
        const { items } = scenario.snapshot;
        const mutated = broken(items, at % items.length, pick, by);
        const { gaps } = see(scenario, { ...scenario.snapshot, items: mutated });
        expect(gaps.filter(({ reason }) => reason === 'check-failed')).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});
