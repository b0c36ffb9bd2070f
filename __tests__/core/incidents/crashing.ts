import { defaultCatalog } from '../../../src/core/model/catalog.ts';
import type { Observation } from '../../../src/core/model/incident.ts';
import type { ContainerLog, Gap, Snapshot } from '../../../src/core/model/snapshot.ts';
import { observe } from '../../../src/core/observe.ts';
import { type RawObjects, snapshotOf } from '../../support/objects.ts';

/** What tests of last words are played with: Deployments whose pods crash, and what they wrote. */
export const now = '2026-01-01T12:00:00Z';
const begun = '2026-01-01T11:30:00Z';
const end = {
  exitCode: 1,
  reason: 'Error',
  startedAt: '2026-01-01T11:57:00Z',
  finishedAt: '2026-01-01T11:57:02Z',
};

export interface Crash {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: object;
  /** Over the status of its one container. */
  readonly status?: object;
  /** `a`: the pod is `<name>-7d9f-a`. */
  readonly suffix?: string;
}

/** A pod of Deployment `name` that backs off after five crashes. */
export function crashing({
  name,
  namespace = 'shop',
  labels,
  status,
  suffix = 'a',
}: Crash): object {
  return {
    metadata: {
      name: `${name}-7d9f-${suffix}`,
      namespace,
      uid: `${namespace}-${name}-${suffix}`,
      creationTimestamp: begun,
      labels: { app: name, 'pod-template-hash': '7d9f', ...labels },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-7d9f`, controller: true }],
    },
    spec: { nodeName: 'node-a', containers: [{ name: 'app', image: 'registry.example/app:1' }] },
    status: {
      phase: 'Running',
      startTime: begun,
      conditions: [
        { type: 'Initialized', status: 'True', lastTransitionTime: begun },
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: begun },
      ],
      containerStatuses: [
        {
          name: 'app',
          ready: false,
          restartCount: 5,
          state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s restarting' } },
          lastState: { terminated: end },
          ...status,
        },
      ],
    },
  };
}

/** A Service, of its own selector where one is given. */
export function service(name: string, namespace: string, spec: object = {}): object {
  return {
    metadata: { name, namespace },
    spec: { type: 'ClusterIP', selector: { app: name }, ports: [{ port: 5432 }], ...spec },
  };
}

export function wrote(
  name: string,
  lines: readonly string[],
  more: Partial<ContainerLog> = {},
): ContainerLog {
  const pod = `${name}-7d9f-a`;
  return { namespace: 'shop', pod, container: 'app', previous: true, lines, ...more };
}

export function snapshot(
  objects: RawObjects,
  logs?: readonly ContainerLog[],
  gaps: readonly Gap[] = [],
): Snapshot {
  const lists = snapshotOf(objects, now, gaps);
  return logs === undefined ? lists : { ...lists, logs };
}

export function see(
  objects: RawObjects,
  logs?: readonly ContainerLog[],
  gaps: readonly Gap[] = [],
): Observation {
  return observe(snapshot(objects, logs, gaps), defaultCatalog, Date.parse(now));
}
