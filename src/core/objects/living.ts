import type { ObjectRef } from '../model/snapshot.ts';
import type { Kind } from './kinds.ts';
import { type ObjectMeta, refOf } from './meta.ts';

/** Objects with their names, without those that are being deleted: what they lack is no news. */
export function living<T extends ObjectMeta>(
  kind: Kind,
  objects: readonly T[],
): readonly (readonly [ref: ObjectRef, object: T])[] {
  return objects
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map((object) => [refOf(kind, object), object]);
}

/** Whether the controller has not yet seen the newest spec: then the status tells of another one. */
export function isStale(object: {
  readonly metadata?: { readonly generation?: number | undefined } | undefined;
  readonly status?: { readonly observedGeneration?: number | undefined } | undefined;
}): boolean {
  const { generation = 0 } = object.metadata ?? {};
  return (object.status?.observedGeneration ?? 0) < generation;
}
