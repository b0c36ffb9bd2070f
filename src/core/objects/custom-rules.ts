import type { Impact } from '../model/finding.ts';
import type { Polarity } from './custom-words.ts';

/** What a kind says differently from the conventions. */
export interface CustomRule {
  /** An API group; `*.x.io`: every group below. */
  readonly group: string;
  readonly kind?: string;
  /** Condition types that mean something else here. */
  readonly conditions?: { readonly [type: string]: Polarity };
  /** Words that are bad here, though they sound like nothing. */
  readonly failing?: readonly string[];
  /** Words that say no fault here, whatever they sound like. */
  readonly calm?: readonly string[];
  /** Conditions that it must come to, in this order: Unknown is the wait for them, and is told when it lasts beyond the grace. */
  readonly awaited?: readonly string[];
  /** What a failure costs, where it is known; else it is at risk. */
  readonly impact?: { readonly [word: string]: Impact };
  /** Not judged here. `unread`: nor anywhere, so that it need not be read: runs of CI, which fail in the everyday of those who start them, and what lies below another kind. */
  readonly quiet?: 'unread' | 'elsewhere';
}

/** Small, for most kinds keep to the conventions. Sources: the API types of each project. */
const rules: readonly CustomRule[] = [
  {
    group: 'postgresql.cnpg.io',
    kind: 'Cluster',
    conditions: { ContinuousArchiving: 'good', LastBackupSucceeded: 'good' },
    failing: [
      'Failing over',
      'Waiting for user action',
      'Unable to create required cluster objects',
      'Cluster has incomplete or invalid image catalog',
      'Cluster is unrecoverable and needs manual intervention',
    ],
  },
  { group: 'external-secrets.io', conditions: { PartiallyReady: 'bad' } },
  {
    group: 'cluster.x-k8s.io',
    kind: 'MachineHealthCheck',
    conditions: { RemediationAllowed: 'good' },
  },
  // Ready in 0.x only: HEALTH_WARN lasts for weeks in clusters that serve.
  {
    group: 'ceph.rook.io',
    failing: ['HEALTH_WARN'],
    impact: { HEALTH_WARN: 'info', HEALTH_ERR: 'degraded' },
  },
  // yellow: replicas of shards are missing, as with every single node.
  { group: '*.k8s.elastic.co', calm: ['yellow', 'unknown'], impact: { red: 'degraded' } },
  {
    group: 'longhorn.io',
    kind: 'Volume',
    calm: ['unknown'],
    impact: { faulted: 'outage', degraded: 'at-risk' },
  },
  // Karpenter gives a node 15 minutes to register (registrationTimeout), and has no limit for the rest.
  {
    group: 'karpenter.sh',
    kind: 'NodeClaim',
    awaited: ['Launched', 'Registered', 'Initialized'],
  },
  // Not part of its Ready: what does not register is deleted and tried again, for ever.
  { group: 'karpenter.sh', kind: 'NodePool', conditions: { NodeRegistrationHealthy: 'good' } },
  { group: 'longhorn.io', kind: 'Replica', quiet: 'unread' },
  { group: 'longhorn.io', kind: 'Engine', quiet: 'unread' },
  // Upgradeable, RetrievedUpdates and the like say nothing of what runs.
  { group: 'config.openshift.io', conditions: { ReleaseAccepted: 'good', Invalid: 'bad' } },
  { group: 'operators.coreos.com', conditions: { CatalogSourcesUnhealthy: 'bad' } },
  { group: 'apps.openshift.io', kind: 'DeploymentConfig', conditions: { Progressing: 'good' } },
  { group: 'numaflow.numaproj.io', conditions: { Configured: 'good', Deployed: 'good' } },
  { group: 'minio.min.io', failing: ['Different versions across MinIO Pools'] },
  // Pipelines of builds and tests: red ones are seen where they are started.
  { group: 'tekton.dev', kind: 'PipelineRun', quiet: 'unread' },
  { group: 'tekton.dev', kind: 'TaskRun', quiet: 'unread' },
  { group: 'tekton.dev', kind: 'CustomRun', quiet: 'unread' },
  { group: 'tekton.dev', kind: 'Run', quiet: 'unread' },
  { group: 'actions.github.com', kind: 'EphemeralRunner', quiet: 'unread' },
  { group: 'kubevirt.io', kind: 'VirtualMachineInstanceMigration', quiet: 'unread' },
  // The result of a check on a commit, good or bad.
  { group: 'promoter.argoproj.io', kind: 'CommitStatus', quiet: 'unread' },
  // One for each pod, and for each set of labels.
  { group: 'cilium.io', kind: 'CiliumEndpoint', quiet: 'unread' },
  { group: 'cilium.io', kind: 'CiliumIdentity', quiet: 'unread' },
  // Another check tells of these.
  { group: 'snapshot.storage.k8s.io', quiet: 'elsewhere' },
  { group: 'groupsnapshot.storage.k8s.io', quiet: 'elsewhere' },
];

const none: CustomRule = { group: '' };

/** The row of a kind; an empty one where it keeps to the conventions. */
export function ruleFor(group: string, kind: string): CustomRule {
  const isOf = (rule: CustomRule) =>
    rule.group === group || (rule.group.startsWith('*.') && group.endsWith(rule.group.slice(1)));
  return rules.find((rule) => (rule.kind ?? kind) === kind && isOf(rule)) ?? none;
}

/** Groups of which something is known here, in the order in which they are read where not all can be. */
export const knownGroups: readonly string[] = [
  'cert-manager.io',
  'argoproj.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'external-secrets.io',
  'bitnami.com',
  'gateway.networking.k8s.io',
  'keda.sh',
  'acme.cert-manager.io',
  'postgresql.cnpg.io',
  'acid.zalan.do',
  'kafka.strimzi.io',
  'config.openshift.io',
  'ceph.rook.io',
  'elasticsearch.k8s.elastic.co',
  'serving.knative.dev',
  'karpenter.sh',
  'cluster.x-k8s.io',
  'pkg.crossplane.io',
  'longhorn.io',
  'velero.io',
  'rabbitmq.com',
  'kubevirt.io',
];
