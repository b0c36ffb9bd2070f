import { expect, test } from '@jest/globals';
import type { Check } from '../../../src/core/checks/define.ts';
import { runChecks } from '../../../src/core/checks/run.ts';
import type { Symptom } from '../../../src/core/model/finding.ts';
import type { NamespaceFilter } from '../../../src/core/model/namespaces.ts';
import type { Gap } from '../../../src/core/model/snapshot.ts';
import { buildTopology } from '../../../src/core/objects/topology.ts';
import { byKind } from '../../../src/core/objects/trim.ts';
import { type RawObjects, snapshotOf } from '../../support/objects.ts';

/** One row of a check's table: raw objects in, symptoms out. Every listed field must match; the number and order too. */
export interface Case {
  readonly name: string;
  readonly objects: RawObjects;
  /** RFC 3339; the cases' own clock, default 2026-01-01T12:00:00Z. */
  readonly now?: string;
  readonly gaps?: readonly Gap[];
  /** Those that were read; absent: all. */
  readonly namespaces?: NamespaceFilter;
  readonly expect: readonly Expected[];
}
export type Expected = Partial<Omit<Symptom, 'message' | 'proof' | 'object'>> & {
  readonly object?: Partial<Symptom['object']>;
  readonly proof?: Partial<Symptom['proof']>;
  /** Each must occur in the message. */
  readonly says?: readonly string[];
};

export const defaultNow = '2026-01-01T12:00:00Z';

/** What one check says of raw objects. */
export function symptomsOf(
  check: Check,
  each: Pick<Case, 'objects' | 'now' | 'gaps' | 'namespaces'>,
): readonly Symptom[] {
  const snapshot = snapshotOf(each.objects, each.now ?? defaultNow, each.gaps);
  const objects = byKind(snapshot);
  const checked = runChecks([check], objects, snapshot.gaps, {
    now: Date.parse(snapshot.takenAt),
    topology: buildTopology(objects, snapshot.gaps, each.namespaces),
    limits: {},
  });
  expect(checked.gaps.filter(({ reason }) => reason !== 'partial')).toEqual([]);
  return checked.symptoms;
}

/** A check's cases, and the laws that hold for every check. */
export function checkSuite(check: Check, cases: readonly Case[]): void {
  test.each(cases)(`${check.meta.id}: $name`, (each) => {
    const symptoms = symptomsOf(check, each);
    expect(
      symptoms.map(({ reason, object, message }) => ({ reason, object, message })),
    ).toHaveLength(each.expect.length);
    each.expect.forEach(({ says = [], ...wanted }, index) => {
      expect(symptoms[index]).toMatchObject(wanted);
      for (const words of says) expect(symptoms[index]?.message).toContain(words);
    });
  });
  test(`${check.meta.id}: fires in some case and is quiet in some case`, () => {
    expect(cases.some((each) => each.expect.length > 0)).toBe(true);
    expect(cases.some((each) => each.expect.length === 0)).toBe(true);
  });
  test(`${check.meta.id}: says nothing where a kind it needs was not read`, () => {
    for (const kind of check.needs)
      for (const each of cases) {
        const gaps: Gap[] = [{ kind, namespace: null, reason: 'forbidden', detail: '' }];
        expect(symptomsOf(check, { ...each, gaps })).toEqual([]);
      }
  });
  test(`${check.meta.id}: the order of the objects changes nothing`, () => {
    for (const each of cases) {
      const reversed = Object.fromEntries(
        Object.entries(each.objects).map(([kind, items]) => [kind, [...(items ?? [])].reverse()]),
      );
      const bySaying = (list: readonly Symptom[]): string[] =>
        list.map((symptom) => JSON.stringify(symptom)).sort();
      expect(bySaying(symptomsOf(check, { ...each, objects: reversed }))).toEqual(
        bySaying(symptomsOf(check, each)),
      );
    }
  });
  test(`${check.meta.id}: messages are short and evidence is there`, () => {
    for (const symptom of cases.flatMap((each) => symptomsOf(check, each))) {
      expect(symptom.message.length).toBeLessThanOrEqual(300);
      expect(symptom.evidence.length).toBeGreaterThan(0);
      expect(symptom.object.name).not.toBe('');
    }
  });
}
