import { condition, conditionOf, metadata } from './meta.ts';
import { fields, type Kept, list, map } from './shape.ts';

const end = {
  reason: 'text',
  message: 'text',
  exitCode: 'number',
  signal: 'number',
  /** How long a run lasted tells a loop from a mishap. */
  startedAt: 'text',
  finishedAt: 'text',
} as const;
const containerStatus = fields({
  name: 'text',
  ready: 'flag',
  started: 'flag',
  restartCount: 'number',
  imageID: 'text',
  state: fields({
    waiting: fields({ reason: 'text', message: 'text' }),
    running: fields({ startedAt: 'text' }),
    terminated: fields(end),
  }),
  lastState: fields({ terminated: fields(end) }),
});
/** What a container says it listens on; it may listen on others. */
export const containerPort = fields({ name: 'text', containerPort: 'number', protocol: 'text' });
const named = fields({ name: 'text' });
const container = {
  name: 'text',
  image: 'text',
  ports: list(containerPort),
  /** What the environment is taken from, never a value. */
  env: list(fields({ valueFrom: fields({ secretKeyRef: named, configMapKeyRef: named }) })),
  envFrom: list(fields({ secretRef: named, configMapRef: named })),
  resources: fields({ limits: fields({ memory: 'text' }), requests: map('textOrNumber') }),
  startupProbe: fields({
    initialDelaySeconds: 'number',
    periodSeconds: 'number',
    failureThreshold: 'number',
  }),
  readinessProbe: fields({ initialDelaySeconds: 'number', periodSeconds: 'number' }),
  /** Of an init container `Always` makes it a native sidecar; of an app's container it stands over the pod's (Kubernetes 1.34). */
  restartPolicy: 'text',
} as const;
const appContainer = fields(container);

const requirements = list(fields({ key: 'text', operator: 'text', values: list('text') }));

export const podShape = fields({
  metadata,
  spec: fields({
    nodeName: 'text',
    schedulerName: 'text',
    restartPolicy: 'text',
    activeDeadlineSeconds: 'number',
    nodeSelector: map('text'),
    /** A DaemonSet's pod names its node in `matchFields`. */
    affinity: fields({
      nodeAffinity: fields({
        requiredDuringSchedulingIgnoredDuringExecution: fields({
          nodeSelectorTerms: list(
            fields({
              matchExpressions: requirements,
              matchFields: list(fields({ key: 'text', values: list('text') })),
            }),
          ),
        }),
      }),
    }),
    priority: 'number',
    priorityClassName: 'text',
    readinessGates: list(fields({ conditionType: 'text' })),
    schedulingGates: list(fields({ name: 'text' })),
    /** Of the pod as a whole, in place of its containers'. */
    resources: fields({ requests: map('textOrNumber') }),
    containers: list(appContainer),
    initContainers: list(appContainer),
    volumes: list(
      fields({
        name: 'text',
        persistentVolumeClaim: fields({ claimName: 'text' }),
        configMap: fields({ name: 'text' }),
        secret: fields({ secretName: 'text' }),
      }),
    ),
  }),
  status: fields({
    phase: 'text',
    reason: 'text',
    message: 'text',
    startTime: 'text',
    conditions: list(condition),
    initContainerStatuses: list(containerStatus),
    containerStatuses: list(containerStatus),
  }),
});
export type Pod = Kept<typeof podShape>;
export type ContainerStatus = Kept<typeof containerStatus>;
/** A container as asked for: an app's, an init container or a native sidecar. */
export type Container = Kept<typeof appContainer>;

/** Ready by its own condition, and not on its way out. */
export function isReady(pod: Pod): boolean {
  return (
    conditionOf(pod, 'Ready')?.status === 'True' && pod.metadata?.deletionTimestamp === undefined
  );
}

/** Nothing of it runs any more, and nothing will. */
export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** The API server's mirror of a file on a node, from which the kubelet there runs it (the control plane of kubeadm). */
export function isStatic({ metadata }: Pod): boolean {
  return metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined;
}

/** Names of the claims that it mounts. */
export function claimsOf({ spec }: Pod): readonly string[] {
  return (spec?.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
}
