/** What a pod is like. `since`: when it got that way, ms. */
export type Condition =
  | { readonly is: 'ready' }
  | {
      readonly is: 'waiting';
      readonly reason: string;
      readonly message: string;
      readonly since: number;
    }
  | {
      readonly is: 'crashing';
      readonly reason: string;
      readonly exitCode: number;
      readonly restarts: number;
      readonly since: number;
    }
  | { readonly is: 'starting'; readonly since: number }
  | { readonly is: 'lost'; readonly since: number };

export interface App {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly image: string;
  readonly revision: number;
  /** Node of each pod, in order: as many pods as nodes. */
  readonly nodes: readonly string[];
  /** Of each pod, in order; the rest is ready. */
  readonly pods?: readonly Condition[];
  readonly started: number;
}

export interface Pod {
  readonly name: string;
  readonly node: string;
  readonly condition: Condition;
}

export const time = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
const hash = (text: string): string => {
  let sum = 2166136261;
  for (const letter of text) sum = Math.imul(sum ^ letter.charCodeAt(0), 16777619) >>> 0;
  return sum.toString(36);
};
export const uid = (...parts: readonly string[]): string => `demo-${hash(parts.join('/'))}`;

function podName({ kind, name, revision }: App, index: number): string {
  if (kind === 'StatefulSet') return `${name}-${index}`;
  const suffix = hash(`${name}${index}`).padEnd(5, 'x').slice(0, 5);
  return kind === 'DaemonSet' ? `${name}-${suffix}` : `${name}-${hash(name + revision)}-${suffix}`;
}

function labels({ name, kind, revision }: App): object {
  const template = hash(name + revision);
  return {
    app: name,
    ...(kind === 'Deployment'
      ? { 'pod-template-hash': template }
      : { 'controller-revision-hash': template }),
  };
}

/** The one container of each of its pods. */
export function containerOf({ name, image }: App): object {
  return {
    name,
    image,
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: { periodSeconds: 10 },
  };
}

/** A pod as the API server shows it. */
export function podObject(app: App, { name, node, condition }: Pod): object {
  const owner =
    app.kind === 'Deployment'
      ? { kind: 'ReplicaSet', name: `${app.name}-${hash(app.name + app.revision)}` }
      : { kind: app.kind, name: app.name };
  const ready = condition.is === 'ready';
  const since = condition.is === 'ready' ? app.started + 30_000 : condition.since;
  return {
    metadata: {
      name,
      namespace: app.namespace,
      uid: uid(app.namespace, name),
      creationTimestamp: time(condition.is === 'waiting' ? since : app.started),
      labels: labels(app),
      ownerReferences: [
        { apiVersion: 'apps/v1', controller: true, uid: uid(owner.name), ...owner },
      ],
    },
    spec: {
      nodeName: node,
      restartPolicy: 'Always',
      containers: [containerOf(app)],
    },
    status: {
      phase: condition.is === 'waiting' ? 'Pending' : 'Running',
      startTime: time(condition.is === 'waiting' ? since : app.started),
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: time(app.started) },
        { type: 'Initialized', status: 'True', lastTransitionTime: time(app.started) },
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          ...(ready
            ? {}
            : {
                reason: 'ContainersNotReady',
                message: `containers with unready status: [${app.name}]`,
              }),
          lastTransitionTime: time(since),
        },
      ],
      containerStatuses: [
        { name: app.name, image: app.image, ready, ...containerState(condition, app.started) },
      ],
    },
  };
}

function containerState(condition: Condition, started: number): object {
  switch (condition.is) {
    case 'waiting':
      return {
        started: false,
        restartCount: 0,
        state: { waiting: { reason: condition.reason, message: condition.message } },
      };
    case 'crashing': {
      const last = {
        reason: condition.reason,
        exitCode: condition.exitCode,
        finishedAt: time(condition.since + 60_000),
      };
      return {
        started: false,
        restartCount: condition.restarts,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: 'back-off 5m0s restarting failed container',
          },
        },
        lastState: { terminated: last },
      };
    }
    case 'starting':
      return {
        started: true,
        restartCount: 0,
        state: { running: { startedAt: time(condition.since) } },
      };
    case 'ready':
    case 'lost':
      return { started: true, restartCount: 0, state: { running: { startedAt: time(started) } } };
  }
}

/** The app's pods with their conditions. */
export function podsOf(app: App): readonly Pod[] {
  return app.nodes.map((node, index) => ({
    name: podName(app, index),
    node,
    condition: app.pods?.[index] ?? { is: 'ready' },
  }));
}

/** A warning about a workload's first pod. */
export function warning(
  app: App,
  reason: string,
  message: string,
  at: number,
  count: number,
): object {
  const name = podName(app, 0);
  return {
    metadata: {
      name: `${name}.${hash(reason)}`,
      namespace: app.namespace,
      uid: uid('event', name, reason),
    },
    type: 'Warning',
    reason,
    message,
    count,
    lastTimestamp: time(at),
    involvedObject: { kind: 'Pod', namespace: app.namespace, name, uid: uid(app.namespace, name) },
  };
}
