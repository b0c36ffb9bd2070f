import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { clusterRbac, customRbac, namespacedRbac } from '../../scripts/rbac.ts';
import { isBuiltInGroup } from '../../src/core/objects/custom-names.ts';
import { kindNames, kinds } from '../../src/core/objects/kinds.ts';

const files = [
  ['rbac.yaml', clusterRbac(), 'ClusterRole'],
  ['rbac-namespaced.yaml', namespacedRbac(), 'Role'],
] as const;

test('deploy/rbac-custom.yaml is what scripts/rbac.ts makes', () => {
  const file = new URL('../../deploy/rbac-custom.yaml', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(customRbac());
});

test('deploy/rbac-custom.yaml names groups of operators one by one, none of which holds Secrets', () => {
  const documents = parseAllDocuments(customRbac()).map((document) => document.toJS());
  const rules: readonly Rule[] = documents.flatMap((each) => each.rules ?? []);
  expect(rules).toHaveLength(1);
  for (const { apiGroups, resources, verbs } of rules) {
    expect([resources, verbs]).toEqual([['*'], ['get', 'list']]);
    expect(apiGroups.length).toBeGreaterThan(50);
    for (const group of apiGroups) expect(group).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    expect(apiGroups.filter(isBuiltInGroup)).toEqual([]);
  }
});

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

function rulesIn(text: string, roleKind: string): readonly Rule[] {
  const documents = parseAllDocuments(text).map((document) => document.toJS());
  return documents.find(({ kind }) => kind === roleKind).rules;
}

test.each(files)('deploy/%s is what scripts/rbac.ts makes', (name, text, _kind) => {
  expect(readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8')).toBe(text);
});

test.each(files)('deploy/%s allows exactly what is read', (_name, text, roleKind) => {
  const allowed = rulesIn(text, roleKind).flatMap(({ apiGroups, resources, verbs }) =>
    resources.map((resource) => `${verbs.join()} ${apiGroups.join()}/${resource}`),
  );
  const read = kindNames
    .filter((kind) => roleKind === 'ClusterRole' || kinds[kind].namespaced)
    .map((kind) => `get,list ${kinds[kind].group}/${kinds[kind].plural}`);
  expect(allowed.sort()).toEqual([...read, 'get /pods/log'].sort());
});
