import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { clusterRbac, namespacedRbac } from '../../scripts/rbac.ts';
import { kindNames, kinds } from '../../src/core/objects/kinds.ts';

const files = [
  ['rbac.yaml', clusterRbac(), 'ClusterRole'],
  ['rbac-namespaced.yaml', namespacedRbac(), 'Role'],
] as const;

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
