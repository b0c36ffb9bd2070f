import type { Condition } from './meta.ts';
import type { Pod } from './pod.ts';
import { requestsOf } from './pod-requests.ts';
import { isServing } from './steady-pod.ts';

/** Conditions that a steady pod has, and that say no more than its being ready. */
const implied = ['PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'PodScheduled'];

/**
 * A pod that serves and never fell keeps who it is, where it runs, what it runs and what it mounts; the probes, limits,
 * references and times that only tell why a pod does not serve go. Most of ten thousand pods are such, and it halves them.
 */
export function leanPod(pod: Pod): Pod {
  if (!isServing(pod)) return pod;
  const { spec, status, metadata, ...rest } = pod;
  const { generation: _, ...who } = metadata ?? {};
  const requests = requestsOf(pod);
  const claims = (spec?.volumes ?? []).filter((each) => each.persistentVolumeClaim !== undefined);
  return {
    ...rest,
    metadata: { ...who, ...ownedBy(pod) },
    spec: defined({
      nodeName: spec?.nodeName,
      priorityClassName: spec?.priorityClassName,
      priority: spec?.priority === 0 ? undefined : spec?.priority,
      resources: Object.keys(requests).length === 0 ? undefined : { requests },
      containers: (spec?.containers ?? []).map(({ name, image }) => defined({ name, image })),
      volumes: claims.length === 0 ? undefined : claims,
    }),
    status: {
      phase: 'Running',
      conditions: (status?.conditions ?? []).filter(saysMore),
      containerStatuses: (status?.containerStatuses ?? []).map(({ name, ready, imageID }) =>
        defined({ name, ready, imageID: digestOf(imageID) }),
      ),
    },
  };
}

/** A controller that every cluster has is known by its kind. */
function ownedBy({ metadata }: Pod) {
  const owners = metadata?.ownerReferences;
  if (owners === undefined) return {};
  return {
    ownerReferences: owners.map((each) => {
      const { apiVersion = '', ...owner } = each;
      return /^(?:apps|batch)\/v1$/.test(apiVersion) ? owner : each;
    }),
  };
}

function saysMore({ type = '', status }: Condition): boolean {
  return status !== 'True' || !implied.includes(type);
}

/** `sha256:…` alone, which some runtimes write by themselves: the repository stands in the container's `image`. */
function digestOf(imageID: string | undefined): string | undefined {
  return imageID?.slice(imageID.lastIndexOf('@') + 1);
}

/** Without the fields that are undefined, so that JSON and equality see the same. */
function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(object)) if (value !== undefined) kept[name] = value;
  return kept as { [K in keyof T]?: Exclude<T[K], undefined> };
}
