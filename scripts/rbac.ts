// Writes deploy/rbac.yaml and deploy/rbac-namespaced.yaml from the table of kinds that are read: `node scripts/rbac.ts`.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { groupBy } from '../src/core/model/group.ts';
import { type Kind, kindNames, kinds } from '../src/core/objects/kinds.ts';

const account = { name: 'kube-vigil', namespace: 'kube-vigil' };
const subjects = [{ kind: 'ServiceAccount', ...account }];
const rbac = 'rbac.authorization.k8s.io';

/** What the monitor may read: get and list on exactly the kinds of the table, and pods' logs. Nothing is written, no Secret is read. */
function rules(wanted: readonly Kind[]): readonly object[] {
  const groups = groupBy(wanted, (kind) => kinds[kind].group);
  const lists = [...groups].map(([group, members]) => ({
    apiGroups: [group],
    resources: members.map((kind) => kinds[kind].plural),
    verbs: ['get', 'list'],
  }));
  return [...lists, { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }];
}

const accountDocuments = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: account.namespace } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account },
];

/** deploy/rbac.yaml: the whole cluster may be read. */
export function clusterRbac(): string {
  const metadata = { name: account.name };
  return print(
    `Kube Vigil reads the whole cluster: get and list on what it looks at, never a Secret, nothing is written.
kubectl apply -f deploy/rbac.yaml
kubectl -n kube-vigil create token kube-vigil --duration=2160h`,
    [
      ...accountDocuments,
      { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata, rules: rules(kindNames) },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRoleBinding',
        metadata,
        roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: account.name },
        subjects,
      },
    ],
  );
}

/** deploy/rbac-namespaced.yaml: one namespace may be read; what lies in none (nodes, volumes) is a gap then. */
export function namespacedRbac(): string {
  const metadata = { name: account.name, namespace: 'default' };
  const namespaced = kindNames.filter((kind) => kinds[kind].namespaced);
  return print(
    `Kube Vigil reads one namespace: instead of deploy/rbac.yaml, where the whole cluster may not be read.
Repeat Role and RoleBinding for each namespace (here: default), and name these in the input \`namespaces\`.
What lies in no namespace (nodes, namespaces, persistent volumes) stays unknown, and the report says so.`,
    [
      ...accountDocuments,
      { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules: rules(namespaced) },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: rbac, kind: 'Role', name: account.name },
        subjects,
      },
    ],
  );
}

function print(comment: string, documents: readonly object[]): string {
  const head = `# Made by scripts/rbac.ts: change src/core/objects/kinds.ts instead.\n${comment.replace(/^/gm, '# ')}\n`;
  return head + documents.map((each) => `---\n${stringify(each)}`).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const deploy = new URL('../deploy/', import.meta.url);
  writeFileSync(new URL('rbac.yaml', deploy), clusterRbac());
  writeFileSync(new URL('rbac-namespaced.yaml', deploy), namespacedRbac());
}
