import type { RawByKind } from './api-server.ts';
import { type App, containerOf, type Pod, podObject, podsOf, time, uid } from './pods.ts';

/** One workload with its pods, its Service and the Service's endpoints. */
export function appObjects(app: App): RawByKind {
  const pods = podsOf(app);
  const ready = pods.filter(({ condition }) => condition.is === 'ready').length;
  return {
    Pod: pods.map((pod) => podObject(app, pod)),
    [app.kind]: [workload(app, ready)],
    ...(app.kind === 'DaemonSet'
      ? {}
      : { Service: [service(app)], EndpointSlice: [slice(app, pods)] }),
  };
}

function workload(app: App, ready: number): object {
  const desired = app.nodes.length;
  const metadata = {
    name: app.name,
    namespace: app.namespace,
    uid: uid(app.kind, app.namespace, app.name),
    generation: app.revision,
    creationTimestamp: time(app.started - 30 * 86_400_000),
    labels: { app: app.name },
    annotations: { 'deployment.kubernetes.io/revision': String(app.revision) },
  };
  const spec = {
    replicas: desired,
    selector: { matchLabels: { app: app.name } },
    template: { metadata: { labels: { app: app.name } }, spec: { containers: [containerOf(app)] } },
  };
  if (app.kind === 'DaemonSet')
    return {
      metadata,
      spec: { selector: spec.selector, template: spec.template },
      status: {
        observedGeneration: app.revision,
        desiredNumberScheduled: desired,
        currentNumberScheduled: desired,
        updatedNumberScheduled: desired,
        numberReady: ready,
        numberUnavailable: desired - ready,
      },
    };
  const status = {
    observedGeneration: app.revision,
    replicas: desired,
    updatedReplicas: desired,
    readyReplicas: ready,
    availableReplicas: ready,
  };
  return {
    metadata,
    spec,
    status: app.kind === 'Deployment' ? { ...status, ...conditions(app, ready) } : status,
  };
}

function conditions(app: App, ready: number): object {
  const since = (app.pods ?? []).flatMap((each) => (each.is === 'ready' ? [] : [each.since]));
  const available = ready >= Math.ceil(app.nodes.length * 0.75);
  return {
    conditions: [
      {
        type: 'Available',
        status: available ? 'True' : 'False',
        reason: available ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        lastTransitionTime: time(available ? app.started : Math.min(...since)),
      },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        lastTransitionTime: time(app.started),
      },
    ],
  };
}

function service({ name, namespace }: App): object {
  return {
    metadata: {
      name,
      namespace,
      uid: uid('service', namespace, name),
      creationTimestamp: '2026-01-05T08:00:00Z',
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.1',
      selector: { app: name },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}

function slice({ name, namespace }: App, pods: readonly Pod[]): object {
  return {
    metadata: {
      name: `${name}-x`,
      namespace,
      uid: uid('slice', namespace, name),
      labels: { 'kubernetes.io/service-name': name },
    },
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: pods.map((pod) => ({
      conditions: {
        ready: pod.condition.is === 'ready',
        serving: pod.condition.is === 'ready',
        terminating: false,
      },
      targetRef: { kind: 'Pod', namespace, name: pod.name, uid: uid(namespace, pod.name) },
    })),
  };
}

/** A node, ready or not heard of since `lost` (ms). */
export function nodeObject(name: string, lost: number | null): object {
  return {
    metadata: {
      name,
      uid: uid('node', name),
      creationTimestamp: '2026-01-05T08:00:00Z',
      labels: { 'kubernetes.io/hostname': name },
    },
    spec: {},
    status: {
      conditions: [
        lost === null
          ? {
              type: 'Ready',
              status: 'True',
              reason: 'KubeletReady',
              lastTransitionTime: '2026-01-05T08:01:00Z',
            }
          : {
              type: 'Ready',
              status: 'Unknown',
              reason: 'NodeStatusUnknown',
              message: 'Kubelet stopped posting node status.',
              lastTransitionTime: time(lost),
            },
      ],
      nodeInfo: { kubeletVersion: 'v1.34.2' },
    },
  };
}

/** Objects of several apps, kind by kind. */
export function together(parts: readonly RawByKind[]): RawByKind {
  const all: { [kind: string]: object[] } = {};
  for (const part of parts)
    for (const [kind, items] of Object.entries(part)) {
      all[kind] ??= [];
      all[kind].push(...items);
    }
  return all;
}
