import type { ObjectRef } from '../model/snapshot.ts';
import type { Namespace } from './cluster-objects.ts';
import type { Kind } from './kinds.ts';
import type { Metadata } from './meta.ts';

interface Owned {
  readonly metadata?: Metadata | undefined;
}

/** Objects with their names, without those that are being deleted, by themselves or with their namespace: what they lack is no news. */
export function living<T extends Owned>(
  kind: Kind,
  objects: readonly T[],
  namespaces: readonly Namespace[],
): readonly (readonly [ref: ObjectRef, object: T])[] {
  const going = new Set(
    namespaces.flatMap(({ status, metadata }) =>
      status?.phase === 'Terminating' ? (metadata?.name ?? []) : [],
    ),
  );
  return objects.flatMap((object): (readonly [ObjectRef, T])[] => {
    const { name, namespace = null, deletionTimestamp } = object.metadata ?? {};
    if (name === undefined || deletionTimestamp !== undefined || going.has(namespace ?? ''))
      return [];
    return [[{ kind, namespace, name }, object]];
  });
}

/** Whether the controller has not yet seen the newest spec: then the status tells of another one. */
export function isStale(object: {
  readonly metadata?: { readonly generation?: number | undefined } | undefined;
  readonly status?: { readonly observedGeneration?: number | undefined } | undefined;
}): boolean {
  const { generation = 0 } = object.metadata ?? {};
  return (object.status?.observedGeneration ?? 0) < generation;
}
