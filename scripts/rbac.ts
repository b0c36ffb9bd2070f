/** Writes deploy/rbac.yaml and deploy/rbac-namespaced.yaml from the table of kinds that are read, deploy/rbac-custom.yaml from the groups of well-known operators: `node scripts/rbac.ts` (Node 24). */
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { groupBy } from '../src/core/model/group.ts';
import { knownGroups } from '../src/core/objects/custom-rules.ts';
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

const label = { 'kube-vigil/custom-resources': 'true' };

/** API groups of operators beside those of the table. Each by its name: a rule for all groups would allow to read Secrets. */
const operatorGroups = [
  'acid.zalan.do',
  'actions.github.com',
  'agent.k8s.elastic.co',
  'apm.k8s.elastic.co',
  'app.terraform.io',
  'apps.kruise.io',
  'beat.k8s.elastic.co',
  'bootstrap.cluster.x-k8s.io',
  'cdi.kubevirt.io',
  'cilium.io',
  'controlplane.cluster.x-k8s.io',
  'eventing.knative.dev',
  'fission.io',
  'flagger.app',
  'flink.apache.org',
  'fluxcd.controlplane.io',
  'image.toolkit.fluxcd.io',
  'infrastructure.cluster.x-k8s.io',
  'k8s.mariadb.com',
  'karpenter.azure.com',
  'karpenter.k8s.aws',
  'kibana.k8s.elastic.co',
  'kyverno.io',
  'leaderworkerset.x-k8s.io',
  'machineconfiguration.openshift.io',
  'messaging.knative.dev',
  'metal3.io',
  'minio.min.io',
  'mongodb.com',
  'mongodbcommunity.mongodb.com',
  'monitoring.coreos.com',
  'mysql.oracle.com',
  'networking.istio.io',
  'notification.toolkit.fluxcd.io',
  'numaflow.numaproj.io',
  'opentelemetry.io',
  'operator.openshift.io',
  'operator.tigera.io',
  'operators.coreos.com',
  'pgv2.percona.com',
  'platform.confluent.io',
  'policies.kyverno.io',
  'postgres-operator.crunchydata.com',
  'psmdb.percona.com',
  'pxc.percona.com',
  'ray.io',
  'redis.redis.opstreelabs.in',
  'route.openshift.io',
  'sailoperator.io',
  'secrets.hashicorp.com',
  'serving.kserve.io',
  'snapshot.storage.k8s.io',
  'sources.knative.dev',
  'sparkoperator.k8s.io',
  'tekton.dev',
  'trident.netapp.io',
  'trust.cert-manager.io',
];

/** deploy/rbac-custom.yaml: beside deploy/rbac.yaml, what operators say of their objects may be read, too. */
export function customRbac(): string {
  const name = 'kube-vigil-custom-resources';
  const role = (metadata: object, more: object) => ({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata,
    ...more,
  });
  const apiGroups = [...new Set([...knownGroups, ...operatorGroups])].sort();
  return print(
    `Kube Vigil reads custom resources of well-known operators: beside deploy/rbac.yaml.
For other operators add a ClusterRole with the label kube-vigil/custom-resources: "true" and get and list on their
resources, group by group: a rule for all groups ("*") would allow to read Secrets.`,
    [
      role({ name }, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: label }] } }),
      role(
        { name: `${name}-known`, labels: label },
        { rules: [{ apiGroups, resources: ['*'], verbs: ['get', 'list'] }] },
      ),
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
        subjects,
      },
    ],
  );
}

function print(comment: string, documents: readonly object[]): string {
  const head = `# Made by scripts/rbac.ts: change that or src/core/objects/kinds.ts instead.\n${comment.replace(/^/gm, '# ')}\n`;
  return head + documents.map((each) => `---\n${stringify(each)}`).join('');
}

if (process.argv[1] === import.meta.filename) {
  const deploy = new URL('../deploy/', import.meta.url);
  writeFileSync(new URL('rbac.yaml', deploy), clusterRbac());
  writeFileSync(new URL('rbac-namespaced.yaml', deploy), namespacedRbac());
  writeFileSync(new URL('rbac-custom.yaml', deploy), customRbac());
}
