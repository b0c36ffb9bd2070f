import type { RawObjects } from '../../support/objects.ts';
import { type Case, defaultNow } from './suite.ts';

/** RFC 3339, so many minutes before the cases' clock. */
export function ago(minutes: number): string {
  return `${new Date(Date.parse(defaultNow) - minutes * 60_000).toISOString().slice(0, 19)}Z`;
}

/** A raw pod as far as the cases vary it. */
export interface RawPod {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: Readonly<Record<string, unknown>>;
}
export type Parts = { readonly [part in keyof RawPod]?: RawPod[part] };

export const hash = '7d9f';
/** The one container of the cases' pod. */
export const api = { name: 'api', image: 'registry.example/shop/api:1' };

export const ownedBy = (kind: string, name: string) => ({
  ownerReferences: [{ kind, name, controller: true }],
});
export const bare = { ownerReferences: [], labels: {} };
export const ofJob = ownedBy('Job', 'import-1');

/** Pod api-7d9f-x of Deployment api on node-a, half an hour old and never ready; `parts` go over it, field by field. */
export function pod(...parts: readonly Parts[]): RawPod {
  const base: RawPod = {
    metadata: {
      namespace: 'shop',
      name: 'api-7d9f-x',
      uid: 'uid-1',
      creationTimestamp: ago(30),
      labels: { 'pod-template-hash': hash },
      ...ownedBy('ReplicaSet', `api-${hash}`),
    },
    spec: { nodeName: 'node-a', containers: [api] },
    status: { phase: 'Running', startTime: ago(30), conditions: conditions() },
  };
  return parts.reduce(vary, base);
}

export function vary(from: RawPod, { metadata, spec, status }: Parts): RawPod {
  return {
    metadata: { ...from.metadata, ...metadata },
    spec: { ...from.spec, ...spec },
    status: { ...from.status, ...status },
  };
}

export function conditions(
  given: {
    readonly ready?: string;
    readonly since?: string;
    readonly initialized?: string;
    readonly more?: readonly object[];
  } = {},
): readonly object[] {
  const { ready = 'False', since = ago(30), initialized = 'True', more = [] } = given;
  return [
    { type: 'PodScheduled', status: 'True', lastTransitionTime: since },
    { type: 'Initialized', status: initialized, lastTransitionTime: since },
    { type: 'Ready', status: ready, lastTransitionTime: since, reason: 'ContainersNotReady' },
    ...more,
  ];
}

/** The status part with one app container. */
export function status(container: object, more: object = {}): Parts {
  return { status: { containerStatuses: [{ name: 'api', ready: false, ...container }], ...more } };
}

/** The status part with one init container of a pod that waits for it. */
export function init(container: object, more: object = {}): Parts {
  return {
    spec: { initContainers: [{ name: 'migrate', image: 'registry.example/shop/migrate:1' }] },
    status: {
      phase: 'Pending',
      conditions: conditions({ initialized: 'False' }),
      initContainerStatuses: [{ name: 'migrate', ready: false, ...container }],
      containerStatuses: [
        { name: 'api', ready: false, state: { waiting: { reason: 'PodInitializing' } } },
      ],
      ...more,
    },
  };
}

export const waiting = (reason: string, message?: string) => ({
  waiting: { reason, message },
});

/** A Warning event about the cases' pod. */
export function event(reason: string, message: string, more: object = {}): object {
  return {
    metadata: { namespace: 'shop', name: `api.${reason}` },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: ago(2),
    involvedObject: { kind: 'Pod', namespace: 'shop', name: 'api-7d9f-x', uid: 'uid-1' },
    ...more,
  };
}

/** A Deployment of the cases' pod. */
export function deployment(replicas: number, availableReplicas: number): object {
  return {
    metadata: { namespace: 'shop', name: 'api' },
    spec: { replicas },
    status: { availableReplicas },
  };
}

/** What no check of pods may speak of, whatever the pod says: each row is `bad`, which fires, with one thing changed. Static pods fire too where a check judges them. */
export function traps(
  bad: RawPod,
  objects: RawObjects = {},
  { statics = false } = {},
): readonly Case[] {
  const changed = (name: string, parts: Parts, more: RawObjects = {}): Case => ({
    name: `quiet: ${name}`,
    objects: { ...objects, ...more, Pod: [vary(bad, parts)] },
    expect: [],
  });
  return [
    ...setAside(bad, objects).filter(({ name }) => !statics || !name.endsWith('a mirror pod')),
    changed('completed', { status: { phase: 'Succeeded' } }),
    changed('completed by its condition', {
      status: { conditions: [{ type: 'Ready', status: 'False', reason: 'PodCompleted' }] },
    }),
    changed('terminating', { metadata: { deletionTimestamp: ago(1) } }),
    changed('made a moment ago', { metadata: { creationTimestamp: '2026-01-01T11:59:58Z' } }),
    changed('scheduling gates', { spec: { schedulingGates: [{ name: 'queue' }] } }),
    changed('gated by its condition', {
      status: {
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      },
    }),
    changed('evicted and replaced', { status: { phase: 'Failed', reason: 'Evicted' } }),
  ];
}

/** A pod of kubeadm's control plane, which the kubelet of node-a runs from a file: `parts` as in `pod`. */
export function staticPod(component: string, ...parts: readonly Parts[]): RawPod {
  return pod(
    {
      metadata: {
        namespace: 'kube-system',
        name: `${component}-node-a`,
        labels: { component, tier: 'control-plane' },
        annotations: { 'kubernetes.io/config.mirror': 'abc' },
        ...ownedBy('Node', 'node-a'),
      },
      spec: { priority: 2_000_001_000, containers: [{ name: component, image: `${component}:1` }] },
    },
    ...parts,
  );
}

/** An init container that does the same is another check's. */
export const initElsewhere = (container: object): Case => ({
  name: 'quiet: an init container is told elsewhere',
  objects: {
    Pod: [
      pod({
        spec: { initContainers: [{ name: 'migrate' }] },
        status: { initContainerStatuses: [{ name: 'migrate', ...container }] },
      }),
    ],
  },
  expect: [],
});

/** What not even a stuck termination may be told of. */
export function setAside(bad: RawPod, objects: RawObjects = {}): readonly Case[] {
  const changed = (name: string, parts: Parts, more: RawObjects = {}): Case => ({
    name: `quiet: ${name}`,
    objects: { ...objects, ...more, Pod: [vary(bad, parts)] },
    expect: [],
  });
  return [
    changed('a Helm hook', { metadata: { annotations: { 'helm.sh/hook': 'pre-install' } } }),
    changed('an Argo hook', { metadata: { annotations: { 'argocd.argoproj.io/hook': 'Sync' } } }),
    changed(
      "a hook's Job",
      { metadata: ofJob },
      {
        Job: [
          {
            metadata: {
              namespace: 'shop',
              name: 'import-1',
              annotations: { 'helm.sh/hook': 'post-upgrade' },
            },
          },
        ],
      },
    ),
    changed('a mirror pod', {
      metadata: { annotations: { 'kubernetes.io/config.mirror': 'abc' } },
    }),
    changed('a placeholder', { spec: { priority: -10 } }),
    changed(
      'its namespace goes',
      {},
      { Namespace: [{ metadata: { name: 'shop' }, status: { phase: 'Terminating' } }] },
    ),
  ];
}
