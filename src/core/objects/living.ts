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

/** A spec that its controller counts, and the status that says which of them it is of. */
export interface Observed {
  readonly metadata?: { readonly generation?: number | undefined } | undefined;
  readonly status?: { readonly observedGeneration?: number | undefined } | undefined;
}

/** Whether the controller has not yet seen the newest spec: then the status tells of another one. A status that says something and not of which spec (cut by hand, or of an old API) is taken at its word. */
export function isStale({ metadata, status }: Observed): boolean {
  const observed = status?.observedGeneration;
  if (observed !== undefined) return observed < (metadata?.generation ?? 0);
  return !saysSomething(status ?? {});
}

/** The API server itself writes zeros for the counts that it cannot leave out. */
function saysSomething(status: object): boolean {
  return Object.values(status).some(
    (value) => value !== undefined && value !== 0 && !(Array.isArray(value) && value.length === 0),
  );
}
