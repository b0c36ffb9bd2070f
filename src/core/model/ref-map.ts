import type { ObjectRef } from './snapshot.ts';

/** Values by object. */
export interface RefMap<T> {
  get(ref: ObjectRef): T | undefined;
  set(ref: ObjectRef, value: T): void;
}

/** By kind, namespace and name in turn: ten thousand pods are looked up many times, and a key for each would have to be built each time. */
export function refMap<T>(): RefMap<T> {
  const kinds = new Map<string, Map<string | null, Map<string, T>>>();
  return {
    get: ({ kind, namespace, name }) => kinds.get(kind)?.get(namespace)?.get(name),
    set({ kind, namespace, name }, value) {
      const namespaces = inside(kinds, kind);
      inside(namespaces, namespace).set(name, value);
    },
  };
}

/** The map at a key, made where there is none. */
function inside<K, J, T>(maps: Map<K, Map<J, T>>, key: K): Map<J, T> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const fresh = new Map<J, T>();
  maps.set(key, fresh);
  return fresh;
}

/** Each object once, in order of first sight. */
export function distinct(refs: readonly ObjectRef[]): readonly ObjectRef[] {
  if (refs.length < 2) return refs;
  const seen = refMap<true>();
  return refs.filter((ref) => {
    if (seen.get(ref) === true) return false;
    seen.set(ref, true);
    return true;
  });
}

/** The last item of each object. */
export function indexByRef<T>(items: readonly T[], refOf: (item: T) => ObjectRef): RefMap<T> {
  const index = refMap<T>();
  for (const item of items) index.set(refOf(item), item);
  return index;
}

/** Adds to the list of an object. */
export function addTo<T>(groups: RefMap<T[]>, ref: ObjectRef, item: T): void {
  const group = groups.get(ref);
  if (group === undefined) groups.set(ref, [item]);
  else group.push(item);
}

/** Items by object, each list in order of first sight. */
export function groupByRef<T>(
  items: readonly T[],
  refOf: (item: T) => ObjectRef,
): RefMap<readonly T[]> {
  const groups = refMap<T[]>();
  for (const item of items) addTo(groups, refOf(item), item);
  return groups;
}
