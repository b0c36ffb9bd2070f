import type { Case, Expected } from './suite.ts';
import { member, type Parts } from './workload-objects.ts';

/** A case that says one thing, and one that says nothing. */
export const fires = (name: string, objects: Case['objects'], expected: Expected): Case => ({
  name,
  objects,
  expect: [expected],
});
export const quiet = (name: string, objects: Case['objects'], gaps: Case['gaps'] = []): Case => ({
  name: `quiet: ${name}`,
  objects,
  gaps,
  expect: [],
});

/** Deployment shop/api of three, of which so many are available. */
export const deployment = (
  available: number,
  conditions: readonly object[],
  parts: Parts = {},
): object => ({
  metadata: {
    name: 'api',
    namespace: 'shop',
    generation: 3,
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...parts.metadata,
  },
  spec: { replicas: 3, ...parts.spec },
  status: {
    observedGeneration: 3,
    readyReplicas: available,
    availableReplicas: available,
    conditions,
    ...parts.status,
  },
});
export const unavailable = (since: string): object => ({
  type: 'Available',
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
  lastTransitionTime: since,
});
export const availableEnough = {
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  lastTransitionTime: '2026-01-01T01:00:00Z',
};
export const progressing = (reason: string, lastUpdateTime: string, status = 'True'): object => ({
  type: 'Progressing',
  status,
  reason,
  message: 'ReplicaSet "api-6d4" has timed out progressing.',
  lastTransitionTime: status === 'True' ? '2026-01-01T01:00:00Z' : lastUpdateTime,
  lastUpdateTime,
});
export const exceeded = progressing('ProgressDeadlineExceeded', '2026-01-01T11:59:00Z', 'False');
/** A pod of revision 6d4 of Deployment api. */
export const apiPod = (name: string, since: string | null, parts: Parts = {}, hash = '6d4') =>
  member(name, { kind: 'ReplicaSet', name: `api-${hash}` }, since, {
    ...parts,
    metadata: { labels: { app: 'api', 'pod-template-hash': hash }, ...parts.metadata },
  });

/** StatefulSet shop/db of three, of which so many are ready. */
export const statefulSet = (ready: number, parts: Parts = {}): object => ({
  metadata: {
    name: 'db',
    uid: 'sts-1',
    namespace: 'shop',
    generation: 2,
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...parts.metadata,
  },
  spec: { replicas: 3, ...parts.spec },
  status: {
    observedGeneration: 2,
    readyReplicas: ready,
    currentRevision: 'db-1',
    updateRevision: 'db-1',
    ...parts.status,
  },
});
export const dbPod = (name: string, since: string | null, parts: Parts = {}): object =>
  member(name, { kind: 'StatefulSet', name: 'db' }, since, parts);

/** DaemonSet shop/agent on three nodes, ready on so many. */
export const daemonSet = (ready: number, status: object = {}, metadata: object = {}): object => ({
  metadata: {
    name: 'agent',
    uid: 'ds-1',
    namespace: 'shop',
    generation: 2,
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  },
  status: {
    observedGeneration: 2,
    desiredNumberScheduled: 3,
    currentNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberReady: ready,
    ...status,
  },
});
export const agentPod = (
  name: string,
  since: string | null,
  nodeName?: string,
  status?: object,
  agent = 'agent',
): object =>
  member(name, { kind: 'DaemonSet', name: agent }, since, {
    spec: { nodeName, containers: [{ name: 'app' }] },
    ...(status === undefined ? {} : { status }),
  });

export const node = (name: string, ready: string, parts: Parts = {}): object => ({
  metadata: { name, ...parts.metadata },
  spec: parts.spec ?? {},
  status: {
    conditions: [{ type: 'Ready', status: ready, lastTransitionTime: '2026-01-01T00:00:00Z' }],
  },
});

/** A Job that started at 10:00 unless its status says otherwise. */
export const job = (name: string, status: object, parts: Parts = {}): object => ({
  metadata: {
    name,
    namespace: 'shop',
    uid: name,
    creationTimestamp: '2026-01-01T10:00:00Z',
    ...parts.metadata,
  },
  spec: { ...parts.spec },
  status: { startTime: '2026-01-01T10:00:00Z', ...status },
});
export const jobFailure = (at = '2026-01-01T11:00:00Z', reason = 'BackoffLimitExceeded') => ({
  conditions: [
    {
      type: 'Failed',
      status: 'True',
      reason,
      message: 'Job has reached the specified backoff limit',
      lastTransitionTime: at,
    },
  ],
});
export const jobSuccess = (at = '2026-01-01T11:30:00Z') => ({
  succeeded: 1,
  completionTime: at,
  conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: at }],
});
/** Metadata of a run of CronJob nightly. */
export const nightly = {
  ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }],
};
/** CronJob shop/nightly. */
export const cronJob = (status: object, parts: Parts = {}): object => ({
  metadata: {
    name: 'nightly',
    namespace: 'shop',
    uid: 'cron-1',
    creationTimestamp: '2025-12-01T00:00:00Z',
    ...parts.metadata,
  },
  spec: parts.spec ?? {},
  status,
});
