import { keyOf } from '../model/snapshot.ts';
import type { Objects } from './kinds.ts';
import { conditionOf, refOf } from './meta.ts';

/** Which condition of a kind says that it is well. */
const wellness = { Deployment: 'Available', Node: 'Ready' } as const;

/** By object (`keyOf`), since when its own condition says that it is well, RFC 3339; what does not say it, or not since when, is left out. */
export function wellSince(objects: Pick<Objects, keyof typeof wellness>): {
  readonly [object: string]: string;
} {
  const found: { [object: string]: string } = {};
  for (const kind of ['Deployment', 'Node'] as const)
    for (const object of objects[kind]) {
      const { status, lastTransitionTime } = conditionOf(object, wellness[kind]) ?? {};
      if (status === 'True' && lastTransitionTime !== undefined)
        found[keyOf(refOf(kind, object))] = lastTransitionTime;
    }
  return found;
}
