import { indexByRef } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from './kinds.ts';
import { refOf } from './meta.ts';

/** Of a pod that is gone: the workload whose controller gives its pods such names; undefined where there is none. */
export function formerOwners(
  objects: Pick<Objects, 'Deployment' | 'StatefulSet' | 'DaemonSet'>,
): (namespace: string | null, pod: string) => ObjectRef | undefined {
  const there = indexByRef(
    kinds.flatMap((kind) => objects[kind].map((each) => refOf(kind, each))),
    (ref) => ref,
  );
  return (namespace, pod) => {
    for (const [kind, suffix] of suffixes) {
      const name = pod.replace(suffix, '');
      const ref = name === pod ? undefined : there.get({ kind, namespace, name });
      if (ref !== undefined) return ref;
    }
    return undefined;
  };
}

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
/** `api-7d9f5c-x2k4p`, `db-0`, `agent-x2k4p`. */
const suffixes = [
  ['Deployment', /-[a-z0-9]{4,10}-[a-z0-9]{5}$/],
  ['StatefulSet', /-\d{1,5}$/],
  ['DaemonSet', /-[a-z0-9]{5}$/],
] as const;
