import { ago } from './pods.ts';

/** Laid over the base one level deep. */
interface Parts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

/** A raw node, ten days old and ready since: conditions of the types given go over its own. */
export function node(
  given: Parts & { readonly name?: string; readonly conditions?: readonly Condition[] } = {},
): object {
  const { name = 'node-a', conditions = [], metadata, spec, status } = given;
  const types = conditions.map(({ type }) => type);
  return {
    metadata: { name, uid: `uid-${name}`, creationTimestamp: ago(14_400), ...metadata },
    spec: { ...spec },
    status: {
      conditions: [...well.filter(({ type }) => !types.includes(type)), ...conditions],
      allocatable: { cpu: '4', memory: '16Gi', pods: '110' },
      capacity: { cpu: '4', memory: '16Gi', pods: '110' },
      nodeInfo: { kubeletVersion: 'v1.33.4' },
      ...status,
    },
  };
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

const long = ago(14_390);
const well: readonly Condition[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    lastTransitionTime: long,
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    lastTransitionTime: long,
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    lastTransitionTime: long,
  },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', lastTransitionTime: long },
];

/** A condition that is so since so many minutes. */
export function since(type: string, status: string, minutes: number, more: object = {}): Condition {
  return { type, status, lastTransitionTime: ago(minutes), ...more };
}

export const silent = (minutes: number): Condition =>
  since('Ready', 'Unknown', minutes, {
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  });
export const notReady = (minutes: number): Condition =>
  since('Ready', 'False', minutes, {
    reason: 'KubeletNotReady',
    message: 'container runtime is down',
  });

/** Nodes that somebody means to go, each with its name: no check of what ails a node may speak of them. */
export const leaving: readonly (readonly [name: string, parts: Parts])[] = [
  ['being deleted', { metadata: { deletionTimestamp: ago(1) } }],
  ['cordoned, as a drain does first', { spec: { unschedulable: true } }],
  ...[
    'ToBeDeletedByClusterAutoscaler',
    'DeletionCandidateOfClusterAutoscaler',
    'karpenter.sh/disrupted',
    'karpenter.sh/disruption',
    'cloud.google.com/impending-node-termination',
    'aws-node-termination-handler/spot-itn',
    'node.kubernetes.io/out-of-service',
  ].map(
    (key) => [`with taint ${key}`, { spec: { taints: [{ key, effect: 'NoSchedule' }] } }] as const,
  ),
];

/** Nodes without a kubelet of their own. */
export const virtual: readonly (readonly [name: string, parts: Parts])[] = [
  ['of a virtual kubelet', { metadata: { labels: { type: 'virtual-kubelet' } } }],
  ['of Fargate', { metadata: { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } } }],
];

/** An event about a node: the kubelet names it by its name, the node controller by its uid. */
export function nodeEvent(
  reason: string,
  message: string,
  more: { readonly by?: 'kubelet' | 'controller'; readonly [field: string]: unknown } = {},
): object {
  const { by = 'kubelet', ...rest } = more;
  return {
    metadata: { namespace: 'default', name: `node-a.${reason}` },
    type: 'Warning',
    reason,
    message,
    firstTimestamp: ago(20),
    lastTimestamp: ago(20),
    count: 1,
    involvedObject: {
      kind: 'Node',
      name: 'node-a',
      uid: by === 'kubelet' ? 'node-a' : 'uid-node-a',
    },
    ...rest,
  };
}

/** A pod on a node that asks for something, running and ready. */
export function podOn(
  nodeName: string | undefined,
  name: string,
  more: Parts & { readonly requests?: object } = {},
): object {
  return {
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: ago(600),
      ...more.metadata,
    },
    spec: {
      ...(nodeName === undefined ? {} : { nodeName }),
      containers: [
        {
          name: 'app',
          ...(more.requests === undefined ? {} : { resources: { requests: more.requests } }),
        },
      ],
      ...more.spec,
    },
    status: {
      phase: nodeName === undefined ? 'Pending' : 'Running',
      conditions: [
        {
          type: 'Ready',
          status: nodeName === undefined ? 'False' : 'True',
          lastTransitionTime: ago(500),
        },
      ],
      containerStatuses: [{ name: 'app', ready: nodeName !== undefined, restartCount: 0 }],
      ...more.status,
    },
  };
}

export const ofDaemonSet = (name: string): Parts => ({
  metadata: { ownerReferences: [{ kind: 'DaemonSet', name, controller: true }] },
});
