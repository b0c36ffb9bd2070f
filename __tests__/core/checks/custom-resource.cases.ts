import { condition, custom, quiet, seen } from './custom-objects.ts';
import { ago } from './pods.ts';
import type { Case } from './suite.ts';

const widget = (status: object, more: { metadata?: object; spec?: object } = {}) =>
  custom('acme.example/v1', 'Widget', 'main', { status, ...more });
const with1 = (...conditions: readonly object[]) => widget({ conditions });
const failing = condition('Ready', 'False', 'CreateFailed', { message: 'no quota' });
const ready = condition('Ready', 'True', 'Ready');
const found = { object: { kind: 'Widget', namespace: 'shop', name: 'main' } };

/** Fails, but for what the row adds. */
const but = (name: string, more: { metadata?: object; spec?: object; status?: object }) =>
  quiet(
    name,
    widget({ conditions: [failing], ...more.status }, {
      metadata: more.metadata,
      spec: more.spec,
    } as object),
  );
const paused = (annotation: string, value: string) =>
  but(`paused by ${annotation}`, { metadata: { annotations: { [annotation]: value } } });

const backup = (name: string, minutes: number, status: object, metadata: object = {}) =>
  custom('velero.io/v1', 'Backup', name, {
    metadata: {
      creationTimestamp: ago(minutes),
      labels: { 'velero.io/schedule-name': 'daily' },
      ...metadata,
    },
    status,
  });

/** A NodeClaim whose instance was launched an hour ago. */
const claim = (...conditions: readonly object[]) =>
  custom('karpenter.sh/v1', 'NodeClaim', 'default-x1', {
    metadata: { namespace: undefined },
    status: { conditions: [condition('Launched', 'True', 'Launched'), ...conditions] },
  });
const unknown = (type: string, reason: string, minutes = 60) =>
  condition(type, 'Unknown', reason, { since: ago(minutes) });
const registered = (minutes: number) =>
  condition('Registered', 'True', 'Registered', { since: ago(minutes) });

export const cases: readonly Case[] = [
  seen('Ready is False with a reason that names a failure', [with1(failing)], {
    ...found,
    reason: 'CustomResourceNotReady',
    impact: 'at-risk',
    since: ago(60),
    says: ['Widget shop/main is not well (Ready, CreateFailed): no quota'],
    evidence: [{ source: 'field', at: 'status.conditions[Ready]', text: 'CreateFailed: no quota' }],
    proof: { decidedBy: 'field', sinceExact: true, resource: 'widget.acme.example', dependsOn: [] },
  }),
  seen('Ready is False, and nobody says why', [with1(condition('Ready', 'False'))], {
    says: ['Widget shop/main is not well (Ready)'],
  }),
  seen(
    'a message that begins with an error, whatever the reason is',
    [with1(condition('Ready', 'False', 'Migrating', { message: 'Error: checksum mismatch' }))],
    { proof: { decidedBy: 'message' } },
  ),
  ...['Healthy', 'Available', 'Synced', 'ResolvedRefs', 'Established', 'Reconciled', 'Valid'].map(
    (type) => seen(`${type} is False`, [with1(condition(type, 'False', 'Whatever'))], found),
  ),
  ...[
    'Degraded',
    'ReconcileError',
    'ReplicaFailure',
    'DiskPressure',
    'Conflicted',
    'ACK.Terminal',
  ].map((type) =>
    seen(`${type} is True`, [with1(ready, condition(type, 'True', 'Whatever'))], found),
  ),
  seen(
    'Stalled is told at once',
    [with1(condition('Stalled', 'True', 'InvalidSpec', { since: ago(1) }))],
    {
      reason: 'CustomResourceStalled',
    },
  ),
  seen(
    'degraded beside being available',
    [with1(condition('Available', 'True'), condition('Degraded', 'True', 'X'))],
    {
      reason: 'CustomResourceDegraded',
    },
  ),
  seen(
    'a part fails, and nothing sums the parts up',
    [with1(condition('SecretsApplied', 'False', 'ApplyFailed'))],
    found,
  ),
  seen(
    'a part says why the whole is not ready',
    [
      with1(
        condition('Ready', 'False', 'PartNotReady'),
        condition('DatabaseReady', 'False', 'ConnectFailed', { message: 'refused' }),
      ),
    ],
    { says: ['DatabaseReady, ConnectFailed'] },
  ),
  seen('an end that is a failure', [with1(condition('Complete', 'True', 'JobFailed'))], found),
  seen(
    'a motion that failed',
    [with1(condition('Progressing', 'False', 'ProgressDeadlineExceeded'))],
    found,
  ),
  seen(
    'it could not find out',
    [with1(condition('ClusterAvailable', 'Unknown', 'CouldNotRetrieveEndpoints'))],
    found,
  ),
  seen(
    'severity Error',
    [with1(condition('Ready', 'False', 'Whatever', { severity: 'Error' }))],
    found,
  ),
  ...[
    'Failed',
    'Error',
    'Degraded',
    'UpdateFailed',
    'FailedValidation',
    'PartiallyFailed',
    'Unavailable',
    'error',
    'CrashLoopBackOff',
  ].map((phase) =>
    seen(`phase ${phase}`, [widget({ phase, message: 'why not' })], {
      reason: 'CustomResourceFailed',
      since: null,
      says: [`Widget shop/main says phase ${phase}: why not`],
      proof: { unconfirmed: true, sinceExact: false },
    }),
  ),
  seen(
    'words by any name, also one level deeper',
    [widget({ engine: { state: 'FAILED', lastTransitionTime: ago(5) } })],
    {
      since: ago(5),
      says: ['says engine.state FAILED'],
    },
  ),
  seen(
    'a terminal failure',
    [widget({ failureReason: 'CreateError', failureMessage: 'no such image' })],
    {
      says: ['no such image'],
    },
  ),
  seen('an error message', [widget({ errorMessage: 'no such image' })], {
    says: ['no such image'],
  }),
  seen(
    'not applied',
    [
      custom('postgresql.cnpg.io/v1', 'Database', 'app', {
        status: { applied: false, observedGeneration: 1, message: 'denied' },
      }),
    ],
    { says: ['not applied', 'denied'] },
  ),
  seen(
    'a listener of something',
    [
      widget({
        listeners: [
          { name: 'http', conditions: [condition('Accepted', 'False', 'PortUnavailable')] },
        ],
      }),
    ],
    {
      evidence: [
        {
          source: 'field',
          at: 'status.listeners[http].conditions[Accepted]',
          text: 'PortUnavailable',
        },
      ],
    },
  ),
  seen(
    'an ancestor of a policy',
    [
      widget({
        ancestors: [
          {
            ancestorRef: { name: 'web' },
            conditions: [condition('Accepted', 'False', 'TargetNotFound')],
          },
        ],
      }),
    ],
    found,
  ),
  seen(
    'an OpenShift route that is not admitted',
    [
      custom('route.openshift.io/v1', 'Route', 'web', {
        status: {
          ingress: [
            {
              host: 'a.example',
              conditions: [condition('Admitted', 'False', 'HostAlreadyClaimed')],
            },
          ],
        },
      }),
    ],
    { object: { kind: 'Route' } },
  ),
  seen(
    'half of a database serves',
    [
      custom('postgresql.cnpg.io/v1', 'Cluster', 'db', {
        spec: { instances: 3 },
        status: {
          instances: 3,
          readyInstances: 2,
          phase: 'Failing over',
          phaseReason: 'from db-2',
        },
      }),
    ],
    { object: { kind: 'Cluster' }, impact: 'degraded', says: ['Failing over: from db-2'] },
  ),
  seen(
    'nothing of a database serves',
    [
      custom('postgresql.cnpg.io/v1', 'Cluster', 'db', {
        spec: { instances: 3 },
        status: { instances: 3, conditions: [condition('Ready', 'False', 'NoPrimary')] },
      }),
    ],
    { impact: 'outage' },
  ),
  ...(['availableReplicas', 'readyReplicas'] as const).map((field) =>
    seen(
      `counted by ${field}`,
      [widget({ replicas: 2, [field]: 0, conditions: [failing] }, { spec: { replicas: 2 } })],
      { impact: 'outage' },
    ),
  ),
  seen(
    'a backup that no longer works',
    [
      custom('postgresql.cnpg.io/v1', 'Cluster', 'db', {
        status: { conditions: [ready, condition('ContinuousArchiving', 'False', 'Whatever')] },
      }),
    ],
    { impact: 'at-risk' },
  ),
  seen(
    'a Knative service without a revision that serves bears its group',
    [
      custom('serving.knative.dev/v1', 'Service', 'web', {
        status: { conditions: [condition('Ready', 'False', 'RevisionFailed')] },
      }),
    ],
    {
      object: { kind: 'Service.serving.knative.dev', name: 'web' },
      impact: 'outage',
      proof: { resource: 'service.serving.knative.dev' },
    },
  ),
  seen(
    'a Knative service whose old revision serves',
    [
      custom('serving.knative.dev/v1', 'Service', 'web', {
        status: {
          latestReadyRevisionName: 'web-1',
          conditions: [condition('Ready', 'False', 'RevisionFailed')],
        },
      }),
    ],
    { impact: 'at-risk' },
  ),
  seen(
    'the first of the steps that a node claim has not come to',
    [
      claim(
        unknown('Initialized', 'AwaitingReconciliation'),
        unknown('Registered', 'NodeNotFound', 40),
        unknown('Ready', 'ReconcilingDependents'),
      ),
    ],
    {
      object: { kind: 'NodeClaim', namespace: null, name: 'default-x1' },
      reason: 'CustomResourceNotReady',
      since: ago(40),
      says: ['NodeClaim default-x1 is not well (Registered, NodeNotFound)'],
    },
  ),
  seen(
    'a node claim that is not initialised since it registered',
    [claim(unknown('Initialized', 'StartupTaintsExist'), registered(20))],
    { since: ago(20), says: ['Initialized, StartupTaintsExist'] },
  ),
  ...[{ nodeName: 'node-a' }, { nodeRef: { name: 'node-a' } }].map((node) =>
    seen(
      `it stands for a node (${Object.keys(node)})`,
      [widget({ ...node, conditions: [failing] })],
      { proof: { dependsOn: [{ kind: 'Node', namespace: null, name: 'node-a' }] } },
    ),
  ),
  quiet('registering', claim(unknown('Registered', 'NodeNotFound', 10))),
  quiet('registered late', claim(unknown('Initialized', 'NodeNotReady'), registered(5))),
  quiet(
    'Unknown, of a kind that need not come to it',
    with1(unknown('Registered', 'NodeNotFound')),
  ),
  seen(
    'a node claim that broke a step says so, not that it waits for the next',
    [
      claim(
        condition('Registered', 'False', 'MultipleNodesFound'),
        unknown('Initialized', 'AwaitingReconciliation'),
        condition('Ready', 'False', 'UnhealthyDependents'),
      ),
    ],
    { says: ['Ready, UnhealthyDependents'] },
  ),
  seen(
    'a node pool whose nodes do not register, one after the other',
    [
      custom('karpenter.sh/v1', 'NodePool', 'default', {
        metadata: { namespace: undefined },
        status: {
          conditions: [ready, condition('NodeRegistrationHealthy', 'False', 'RegistrationFailed')],
        },
      }),
    ],
    { says: ['NodeRegistrationHealthy, RegistrationFailed'] },
  ),
  seen(
    'Ceph in error',
    [
      custom('ceph.rook.io/v1', 'CephCluster', 'rook', {
        status: { ceph: { health: 'HEALTH_ERR', lastChanged: ago(30) } },
      }),
    ],
    {
      impact: 'degraded',
      since: ago(30),
    },
  ),
  seen(
    'Ceph that warns',
    [
      custom('ceph.rook.io/v1', 'CephCluster', 'rook', {
        status: { phase: 'Ready', ceph: { health: 'HEALTH_WARN' } },
      }),
    ],
    {
      impact: 'info',
    },
  ),
  seen(
    'Longhorn without a replica',
    [
      custom('longhorn.io/v1beta2', 'Volume', 'pvc-1', {
        status: { state: 'detached', robustness: 'faulted' },
      }),
    ],
    {
      impact: 'outage',
    },
  ),
  seen(
    'a whole stands on the parts that it made',
    [
      widget({ conditions: [condition('Ready', 'False', 'ComposeFailed')] }),
      custom('part.example/v1', 'Bucket', 'b', {
        metadata: {
          ownerReferences: [
            { apiVersion: 'acme.example/v1', kind: 'Widget', name: 'main', controller: true },
          ],
        },
        status: { conditions: [condition('Synced', 'False', 'ReconcileError')] },
      }),
    ],
    { ...found, proof: { dependsOn: [{ kind: 'Bucket', namespace: 'shop', name: 'b' }] } },
    { object: { kind: 'Bucket' } },
  ),
  seen(
    'the newest of a schedule failed',
    [
      backup('b-1', 600, { phase: 'Completed' }),
      backup('b-2', 60, { phase: 'Failed', completionTimestamp: ago(50) }),
    ],
    { object: { name: 'b-2' }, since: ago(50) },
  ),
  ...['completionTime', 'finishedAt', 'stoppedAt'].map((field) =>
    seen(`the end of a run: ${field}`, [backup('b', 60, { phase: 'Failed', [field]: ago(50) })], {
      since: ago(50),
    }),
  ),
  seen(
    'a workflow that a schedule starts',
    [
      custom('argoproj.io/v1alpha1', 'Workflow', 'nightly-1', {
        metadata: { labels: { 'workflows.argoproj.io/cron-workflow': 'nightly' } },
        status: { phase: 'Failed', finishedAt: ago(5) },
      }),
    ],
    { object: { name: 'nightly-1' } },
  ),
  quiet('ready', with1(ready)),
  quiet('nothing is said yet', widget({})),
  quiet(
    'within the grace time',
    with1(condition('Ready', 'False', 'CreateFailed', { since: ago(10) })),
  ),
  quiet(
    'without a time, and young',
    widget(
      { conditions: [condition('Ready', 'False', 'CreateFailed', { since: null })] },
      { metadata: { creationTimestamp: ago(10) } },
    ),
  ),
  quiet('unknown is on its way', with1(condition('Ready', 'Unknown', 'RevisionMissing'))),
  ...[
    'Creating',
    'Waiting',
    'Pending',
    'InProgress',
    'Reconciling',
    'Progressing',
    'WaitingForInfrastructure',
    'DependencyNotReady',
    'StatefulSetNotReady',
    'bucket in CREATING state',
  ].map((reason) =>
    quiet(`not ready, for it is ${reason}`, with1(condition('Ready', 'False', reason))),
  ),
  ...[
    'Pending',
    'Provisioning',
    'Setting up primary',
    'Restarting',
    'ImportInProgress',
    'Succeeded',
  ].map((phase) =>
    quiet(
      `not ready in phase ${phase}`,
      widget({ phase, conditions: [condition('Ready', 'False', 'Whatever')] }),
    ),
  ),
  quiet(
    'not ready while another condition says that it goes on',
    with1(condition('Ready', 'False', 'Whatever'), condition('RollingUpdate', 'True')),
  ),
  quiet(
    'not ready while a part waits',
    with1(condition('Ready', 'False', 'Whatever'), condition('PodsReady', 'False', 'Pending')),
  ),
  quiet('severity Info', with1(condition('Ready', 'False', 'Whatever', { severity: 'Info' }))),
  quiet(
    'scaled to nothing',
    widget({ replicas: 0, conditions: [condition('Available', 'False')] }),
  ),
  quiet(
    'parts beside a whole that is well',
    with1(ready, condition('UpgradeReady', 'False', 'NotSupported')),
  ),
  quiet(
    'what says nothing of health',
    with1(
      ready,
      condition('Upgradeable', 'False', 'Whatever'),
      condition('NoWarnings', 'False', 'Whatever'),
    ),
  ),
  quiet(
    'a negative that is False',
    with1(ready, condition('CatalogSourcesUnhealthy', 'False', 'AllHealthy')),
  ),
  quiet(
    'T32: the operator has not seen the newest spec',
    widget(
      { observedGeneration: 1, conditions: [failing], phase: 'Failed' },
      { metadata: { generation: 2 } },
    ),
  ),
  quiet(
    'T32: the condition tells of an older spec',
    widget(
      { conditions: [condition('Ready', 'False', 'CreateFailed', { observedGeneration: 1 })] },
      { metadata: { generation: 2 } },
    ),
  ),
  quiet(
    'T32: the scheduler has not',
    widget(
      { schedulerObservedGeneration: 1, conditions: [failing] },
      { metadata: { generation: 2 } },
    ),
  ),
  but('T33: being deleted', { metadata: { deletionTimestamp: ago(30) } }),
  but('T13: suspended', { spec: { suspend: true } }),
  but('suspended by another name', { spec: { suspended: true } }),
  but('paused', { spec: { paused: true } }),
  but('pause', { spec: { pause: true } }),
  but('a machine that shall not run', { spec: { running: false } }),
  but('a machine that is halted', { spec: { runStrategy: 'Halted' } }),
  but('a cluster that sleeps', { spec: { powerState: 'Hibernating' } }),
  but('its own word for rest', { status: { phase: 'Paused' } }),
  but('a condition for rest', {
    status: { conditions: [failing, condition('ReconciliationPaused', 'True')] },
  }),
  paused('cnpg.io/hibernation', 'on'),
  paused('cnpg.io/reconciliation', 'disabled'),
  paused('crossplane.io/paused', 'true'),
  paused('autoscaling.keda.sh/paused', 'true'),
  paused('autoscaling.keda.sh/paused-replicas', '0'),
  paused('kustomize.toolkit.fluxcd.io/reconcile', 'disabled'),
  paused('helm.toolkit.fluxcd.io/reconcile', 'disabled'),
  paused('fluxcd.controlplane.io/reconcile', 'disabled'),
  paused('cluster.x-k8s.io/paused', ''),
  paused('strimzi.io/pause-reconciliation', 'true'),
  paused('rabbitmq.com/pauseReconciliation', 'true'),
  paused('common.k8s.elastic.co/managed', 'false'),
  paused('baremetalhost.metal3.io/paused', ''),
  paused('serving.kserve.io/stop', 'true'),
  seen(
    'an annotation that says no',
    [
      widget(
        { conditions: [failing] },
        { metadata: { annotations: { 'cnpg.io/hibernation': 'off' } } },
      ),
    ],
    found,
  ),
  quiet(
    'an error message that was left standing',
    widget({ errorMessage: 'once', conditions: [ready] }),
  ),
  quiet(
    'not applied yet',
    custom('postgresql.cnpg.io/v1', 'Database', 'app', { status: { applied: false } }),
  ),
  quiet(
    'Elasticsearch on one node',
    custom('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 'es', {
      status: { health: 'yellow', phase: 'Ready' },
    }),
  ),
  quiet('a previous state', widget({ previousState: 'Failed', state: 'Ready' })),
  quiet(
    'T03: a newer run of the schedule succeeded',
    backup('b-1', 600, { phase: 'Failed', completionTimestamp: ago(590) }),
    backup('b-2', 60, { phase: 'Completed' }),
  ),
  quiet(
    'a run that failed days ago',
    backup('b', 3000, { phase: 'Failed', completionTimestamp: ago(2900) }),
  ),
  quiet(
    'a run whose owner is here and well',
    custom('cert-manager.io/v1', 'Certificate', 'tls', { status: { conditions: [ready] } }),
    custom('cert-manager.io/v1', 'CertificateRequest', 'tls-1', {
      metadata: {
        ownerReferences: [
          { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'tls', controller: true },
        ],
      },
      status: { conditions: [condition('Ready', 'False', 'Failed')] },
    }),
  ),
  quiet(
    'T31: a workflow that somebody starts',
    custom('argoproj.io/v1alpha1', 'Workflow', 'build-1', { status: { phase: 'Failed' } }),
  ),
  quiet(
    'T31: a pipeline of a build',
    custom('tekton.dev/v1', 'PipelineRun', 'build-1', {
      status: { conditions: [condition('Succeeded', 'False', 'Failed')] },
    }),
  ),
  quiet(
    'a kind of Kubernetes itself',
    custom('apps/v1', 'ReplicaSet', 'api-1', {
      status: { conditions: [condition('ReplicaFailure', 'True', 'FailedCreate')] },
    }),
  ),
  quiet(
    'what another check tells',
    custom('cert-manager.io/v1', 'Issuer', 'ca', { status: { conditions: [failing] } }),
  ),
  quiet(
    'what another check tells of snapshots',
    custom('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', 's', { status: { errorMessage: 'x' } }),
  ),
  ...(['listeners', 'ancestors', 'ingress'] as const).flatMap((part) => {
    const conditions = (more: object) => [
      condition('Accepted', 'False', 'Refused', { message: 'why not', ...more }),
    ];
    return [
      seen(`${part} say why`, [widget({ [part]: [{ conditions: conditions({}) }] })], {
        since: ago(60),
        says: ['Accepted, Refused', 'why not'],
      }),
      quiet(
        `T32: ${part} tell of an older spec`,
        widget(
          { [part]: [{ conditions: conditions({ observedGeneration: 1 }) }] },
          { metadata: { generation: 2 } },
        ),
      ),
    ];
  }),
  seen('by a flag', [widget({ healthy: false, observedGeneration: 1 })], { says: ['not healthy'] }),
  seen('its last transition', [widget({ phase: 'Failed', lastTransitionTime: ago(7) })], {
    since: ago(7),
  }),
  seen(
    'a condition that bears the time of its last update alone',
    [with1(condition('Ready', 'False', 'CreateFailed', { since: null, lastUpdateTime: ago(20) }))],
    { since: ago(20) },
  ),
  seen('an error in a text of its own', [widget({ error: 'no such class' })], {
    reason: 'CustomResourceFailed',
    since: null,
    says: ['Widget shop/main says error: no such class'],
    evidence: [{ source: 'field', at: 'status.error', text: 'an error: no such class' }],
  }),
  seen('an error one level deeper', [widget({ sync: { errorMessage: 'no such class' } })], {
    says: ['says sync.errorMessage: no such class'],
  }),
  seen('a last error, and nothing says that it is well', [widget({ lastError: 'denied' })], {
    says: ['denied'],
  }),
  seen('a message that begins with a failure', [widget({ message: 'Failed to connect to LDAP' })], {
    says: ['Failed to connect to LDAP'],
    proof: { decidedBy: 'message' },
  }),
  seen(
    'on its way, but its message speaks of a crash loop',
    [widget({ state: 'initializing', message: 'db: back-off 5m0s restarting failed container' })],
    { says: ['back-off 5m0s'] },
  ),
  seen(
    'members of a list',
    [
      widget({
        members: [
          { name: 'a', state: 'Running' },
          { clusterName: 'b', health: 'Unhealthy', message: 'disk lost' },
        ],
      }),
    ],
    {
      says: ['says members[b].health Unhealthy: disk lost'],
      evidence: [{ source: 'field', at: 'status.members[b].health', text: 'Unhealthy: disk lost' }],
    },
  ),
  seen('members of a map', [widget({ sets: { rs0: { status: 'error' } } })], {
    says: ['says sets[rs0].status error'],
  }),
  seen('members one level deeper', [widget({ engine: { tasks: [{ state: 'FAILED' }] } })], {
    says: ['says engine.tasks[0].state FAILED'],
  }),
  seen(
    'a member that is not applied',
    [widget({ targets: [{ cluster: 'west', applied: false, appliedMessage: 'denied' }] })],
    { says: ['says targets[west].applied false: denied'] },
  ),
  seen('a count of what failed', [widget({ state: 'RUNNING', failedTasksCount: 1 })], {
    says: ['says failedTasksCount 1'],
    proof: { saysNoWhy: true },
  }),
  seen('none serves, by a ratio', [widget({ scale: { statusReplicas: '0/2' } })], {
    says: ['is not well (scale.statusReplicas 0/2)'],
    proof: { saysNoWhy: true },
  }),
  seen('none serves, by counts', [widget({ numberReady: 0, desiredNumberScheduled: 3 })], {
    impact: 'outage',
    says: ['is not well (numberReady 0 of 3)'],
  }),
  seen('not compliant', [widget({ compliant: 'NonCompliant' })], {
    says: ['says compliant NonCompliant'],
  }),
  ...(
    [
      ['SourceSynchronized', 'False', 'ApplyFailed'],
      ['EngineCompatible', 'False', 'UnsupportedArchitecture'],
      ['FolderUIDMismatch', 'True', 'ParentFolderUIDMismatch'],
      ['ReconcileBlocked', 'True', 'AdmissionWebhookDenied'],
      ['Irreconcilable', 'True', 'ReconcileError'],
      ['Progressing', 'True', 'ObjectCollisionDetected'],
      ['PassedAnalysis', 'False', 'errorsFound'],
      ['Analysis', 'False', 'ErrorsFound'],
    ] as const
  ).map(([type, status, reason]) =>
    seen(`${type} is ${status} for ${reason}`, [with1(condition(type, status, reason))], {
      says: [`(${type}, ${reason})`],
    }),
  ),
  seen(
    'unknown, and the message says that it could not find out',
    [
      with1(
        condition('Healthy', 'Unknown', 'UnknownHealth', { message: 'cannot resolve packages' }),
      ),
    ],
    { proof: { decidedBy: 'message' } },
  ),
  seen(
    'a reason that only waits, and a message that tells of a failure',
    [
      with1(
        condition('Ready', 'False', 'PullRequestNotReady', {
          message: 'it is not ready: failed to merge: 405',
        }),
      ),
    ],
    { proof: { decidedBy: 'message' } },
  ),
  seen('a word says no why', [widget({ phase: 'Failed' })], { proof: { saysNoWhy: true } }),
  seen('a condition gives no reason', [with1(condition('Ready', 'False'))], {
    proof: { saysNoWhy: true },
  }),
  ...([{ conditions: [ready] }, { state: 'Running' }, { phase: 'Succeeded' }] as const).map(
    (status) =>
      quiet(
        `errors beside ${JSON.stringify(status).slice(0, 30)}`,
        widget({ error: 'once', message: 'Failed once', sync: { lastError: 'once' }, ...status }),
      ),
  ),
  ...['none', 'No errors', '', '0'].map((error) =>
    quiet(`no error in words: ${error}`, widget({ error, lastErrorMessage: error })),
  ),
  quiet('a last error of what goes on', widget({ state: 'Updating', lastError: 'once' })),
  quiet('members of the past', widget({ history: [{ name: 'a', state: 'Failed' }] })),
  quiet(
    'a member fails while it goes on',
    widget({
      members: [{ name: 'a', state: 'Failed' }],
      conditions: [condition('Progressing', 'True', 'RollingOut')],
    }),
  ),
  quiet('some serve', widget({ scale: { statusReplicas: '1/2' } })),
  quiet('none shall serve', widget({ scale: { statusReplicas: '0/0' }, numberReady: 0 })),
  quiet(
    'none serves yet',
    widget({ phase: 'Creating', numberReady: 0, desiredNumberScheduled: 3 }),
  ),
  quiet(
    'none serves, and it is young',
    widget(
      { numberReady: 0, desiredNumberScheduled: 3 },
      { metadata: { creationTimestamp: ago(5) } },
    ),
  ),
  quiet(
    'what is missing is awaited',
    with1(
      condition('Ready', 'False', 'MissingShards', { message: 'Waiting for all shards' }),
      condition('Progressing', 'True', 'Reconciling'),
    ),
  ),
  quiet(
    'no reason, and all parts are well',
    with1(
      condition('Ready', 'False'),
      condition('DeploymentsAvailable', 'True'),
      condition('ControlPlaneCreating', 'False', 'created'),
    ),
  ),
  quiet('what should not be done is not', with1(condition('Throttled', 'False', 'NotFound'))),
  quiet(
    'a type that says nothing beside a whole that is well',
    with1(ready, condition('Analysis', 'False', 'ErrorsFound')),
  ),
  quiet('the outcome of a scan', widget({ phase: 'DONE', result: 'NON-COMPLIANT' })),
  quiet(
    'T32: it was evaluated for an older spec',
    widget(
      { lastEvaluatedGeneration: 1, compliant: 'NonCompliant' },
      { metadata: { generation: 2 } },
    ),
  ),
  seen(
    'a condition of a member, beside a whole that is ready',
    [
      widget({
        conditions: [ready],
        disks: {
          a: {
            conditions: [
              condition('Ready', 'False', 'FilesystemChanged', { observedGeneration: 0 }),
            ],
          },
          b: { conditions: [ready, condition('Paused', 'True')] },
        },
      }),
    ],
    {
      since: ago(60),
      says: ['is not well (Ready, FilesystemChanged)'],
      evidence: [
        { source: 'field', at: 'status.disks[a].conditions[Ready]', text: 'FilesystemChanged' },
      ],
    },
  ),
  seen(
    'a bad condition of a member',
    [widget({ targets: [{ name: 'a', conditions: [condition('Degraded', 'True', 'DiskLost')] }] })],
    { says: ['(Degraded, DiskLost)'] },
  ),
  quiet(
    'members that wait, rest or go on',
    widget({
      targets: [
        { name: 'a', conditions: [condition('Ready', 'False', 'Pending')] },
        { name: 'b', conditions: [condition('Paused', 'True', 'Whatever')] },
        { name: 'c', conditions: [condition('Degraded', 'False', 'Whatever')] },
      ],
    }),
  ),
  quiet(
    'a member of the past, or of which another kind tells',
    widget({
      history: [{ name: 'a', conditions: [failing] }],
      refs: [{ name: 'a', conditions: [failing] }],
    }),
  ),
];
