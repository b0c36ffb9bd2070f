/** Raw objects that the cases of several workload checks share. `metadata`, `spec`, `status` are laid over each other one level deep. */
export interface Parts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

/** A pod of a workload: not ready since `since`, or ready where `since` is null. */
export function member(
  name: string,
  owner: { readonly kind: string; readonly name: string },
  since: string | null,
  { metadata, spec, status }: Parts = {},
): object {
  return {
    metadata: {
      name,
      namespace: 'shop',
      creationTimestamp: '2026-01-01T09:00:00Z',
      ownerReferences: [{ ...owner, controller: true }],
      ...metadata,
    },
    spec: { nodeName: 'node-a', containers: [{ name: 'app' }], ...spec },
    status: {
      phase: 'Running',
      startTime: '2026-01-01T09:00:00Z',
      conditions: [
        {
          type: 'Ready',
          status: since === null ? 'True' : 'False',
          reason: since === null ? undefined : 'ContainersNotReady',
          lastTransitionTime: since ?? '2026-01-01T09:01:00Z',
        },
      ],
      ...status,
    },
  };
}

/** A container's status that waits for a reason. */
export function waiting(reason: string): object {
  return { containerStatuses: [{ name: 'app', ready: false, state: { waiting: { reason } } }] };
}

/** A container that runs since `startedAt` and is not ready yet. */
export function starting(startedAt: string, started = false): object {
  return {
    containerStatuses: [
      { name: 'app', ready: false, started, restartCount: 0, state: { running: { startedAt } } },
    ],
  };
}

/** The pod waits for a node since `since`. */
export function unscheduled(since: string, message: string): object {
  return {
    phase: 'Pending',
    startTime: undefined,
    conditions: [
      { type: 'Ready', status: 'False', lastTransitionTime: since },
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        lastTransitionTime: since,
      },
    ],
  };
}

/** A Warning event about an object. */
export function warning(uid: string, reason: string, message: string, times: object = {}): object {
  return {
    metadata: { name: `${uid}.1`, namespace: 'shop' },
    type: 'Warning',
    reason,
    message,
    firstTimestamp: '2026-01-01T11:50:00Z',
    lastTimestamp: '2026-01-01T11:59:00Z',
    involvedObject: { uid },
    ...times,
  };
}

export const terminatingShop = { metadata: { name: 'shop' }, status: { phase: 'Terminating' } };

/** What the API server says when it refuses a pod, the sub-cause, and words that must be in the message. */
export const refusals: readonly (readonly [message: string, reason: string, ...says: string[]])[] =
  [
    [
      'pods "api-1" is forbidden: exceeded quota: compute, requested: cpu=1,memory=1Gi, used: cpu=8,memory=4Gi, limited: cpu=8,memory=16Gi',
      'QuotaExceeded',
      'quota compute',
      'requested: cpu=1,memory=1Gi, used: cpu=8',
    ],
    [
      'pods "api-1" is forbidden: failed quota: compute: must specify limits.cpu for: app; requests.memory for: app',
      'QuotaMissingRequests',
      'quota compute',
      'limits.cpu for: app',
    ],
    [
      'pods "api-1" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
      'LimitRangeViolation',
      'maximum memory usage per Container is 1Gi',
    ],
    [
      'pods "api-1" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true',
      'PodSecurityViolation',
      'restricted:latest',
      'runAsNonRoot',
    ],
    [
      'pods "api-1" is forbidden: unable to validate against any security context constraint: [provider "anyuid": Forbidden]',
      'PodSecurityViolation',
      'anyuid',
    ],
    [
      'admission webhook "policy.example.com" denied the request: no team label',
      'AdmissionWebhookDenied',
      'policy.example.com',
      'no team label',
    ],
    [
      'Internal error occurred: failed calling webhook "inject.example.com": failed to call webhook: Post "https://inject.mesh.svc:443/": connection refused',
      'AdmissionWebhookUnavailable',
      'inject.example.com',
      'connection refused',
    ],
    [
      'pods "api-1" is forbidden: error looking up service account shop/api: serviceaccount "api" not found',
      'ServiceAccountMissing',
      'service account api',
    ],
    ['etcdserver: request timed out', 'FailedCreate', 'etcdserver: request timed out'],
  ];
