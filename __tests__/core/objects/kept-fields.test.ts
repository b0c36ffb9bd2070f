import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { Check } from '../../../src/core/checks/define.ts';
import { registry } from '../../../src/core/checks/registry.ts';
import { customShape } from '../../../src/core/objects/custom.ts';
import { kindNames, kinds, type Subject } from '../../../src/core/objects/kinds.ts';
import type { Shape } from '../../../src/core/objects/shape.ts';
import type { RawObjects } from '../../support/objects.ts';
import { type Case, symptomsOf } from '../checks/suite.ts';

/** Fields that no check reads, and who does, now or later. Everything else that is kept must change what some check says in one of its cases. */
const keptForOthers: { readonly [field: string]: string } = {
  'metadata.annotations.kube-vigil/priority': 'priority',
  'metadata.annotations.deployment.kubernetes.io/revision': 'what changed',
  'metadata.annotations.meta.helm.sh/release-name': 'what changed',
  'metadata.annotations.argocd.argoproj.io/tracking-id': 'what changed',
  'metadata.managedFields.manager': 'what changed',
  'Pod.spec.priorityClassName': 'priority',
  'Pod.status.containerStatuses.imageID': 'what changed',
  'Pod.status.initContainerStatuses.imageID': 'what changed',
  'Node.status.nodeInfo.bootID': 'what changed',
  'Node.status.nodeInfo.osImage': 'what changed',
};

/** A field of one kind, or of the tables that all kinds share. */
interface Field {
  readonly name: string;
  readonly kinds: readonly Subject[];
  readonly path: readonly string[];
}

function leavesOf(shape: Shape, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof shape === 'string' || 'map' in shape) return [above];
  if ('list' in shape) return leavesOf(shape.list, above);
  return Object.entries(shape.fields).flatMap(([name, inner]) => leavesOf(inner, [...above, name]));
}

/** metadata and conditions are one table each: they are turned off in every kind at once. */
const shared = /^(?:metadata\.|status\.conditions\.)/;

function allFields(): readonly Field[] {
  const found = new Map<string, Field>();
  const subjects: readonly Subject[] = [...kindNames, 'CustomResource'];
  for (const kind of subjects)
    for (const each of leavesOf(kind === 'CustomResource' ? customShape : kinds[kind].shape)) {
      const name = each.join('.');
      const isShared = shared.test(name);
      const key = isShared ? name : `${kind}.${name}`;
      found.set(key, { name: key, kinds: isShared ? subjects : [kind], path: each });
    }
  return [...found.values()];
}

/** The same reference where there is nothing to take away. */
function without(value: unknown, [first = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each: unknown) => without(each, [first, ...rest]));
    return items.every((each, at) => each === value[at]) ? value : items;
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return value;
  const { [first]: inner, ...others } = value as { readonly [name: string]: unknown };
  if (rest.length === 0) return others;
  const less = without(inner, rest);
  return less === inner ? value : { ...others, [first]: less };
}

function withoutField(objects: RawObjects, field: Field): RawObjects {
  let less = objects;
  for (const kind of field.kinds) {
    const items = without(objects[kind], field.path) as readonly object[] | undefined;
    if (items !== undefined && items !== objects[kind]) less = { ...less, [kind]: items };
  }
  return less;
}

interface Row {
  readonly check: Check;
  readonly each: Case;
  readonly says: string;
}

const folder = path.resolve(import.meta.dirname, '../checks');
const tables = new Set(readdirSync(folder));
const rows: Row[] = [];
for (const check of registry) {
  const file = `${check.meta.id}.cases.ts`;
  if (!tables.has(file)) continue;
  const { cases } = (await import(path.join(folder, file))) as { cases: readonly Case[] };
  for (const each of cases)
    rows.push({ check, each, says: JSON.stringify(symptomsOf(check, each)) });
}

function isRead(field: Field): boolean {
  return rows.some(({ check, each, says }) => {
    const objects = withoutField(each.objects, field);
    return (
      objects !== each.objects && JSON.stringify(symptomsOf(check, { ...each, objects })) !== says
    );
  });
}

test.each(allFields().map((field) => [field.name, field] as const))(
  'kept because it is read: %s',
  (name, field) => {
    if (Object.hasOwn(keptForOthers, name)) expect(isRead(field)).toBe(false);
    else expect(isRead(field)).toBe(true);
  },
);

test('what is kept for others is kept', () => {
  const names = new Set(allFields().map(({ name }) => name));
  for (const name of Object.keys(keptForOthers)) expect(names).toContain(name);
});
