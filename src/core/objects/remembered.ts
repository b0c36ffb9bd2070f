import { refMap } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';

/** Answers by what was asked; boxed, for an answer may be undefined. */
interface Answers<K, R> {
  get(key: K): { readonly of: R } | undefined;
  set(key: K, answer: { readonly of: R }): unknown;
}

function remembered<K, R>(made: Answers<K, R>, make: (key: K) => R): (key: K) => R {
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known.of;
    const fresh = make(key);
    made.set(key, { of: fresh });
    return fresh;
  };
}

/** `make`, done once for each object for as long as it lives. */
export function perObject<T extends object, R>(make: (object: T) => R): (object: T) => R {
  return remembered(new WeakMap(), make);
}

/** The same for an array: several checks ask for the same index of the same objects. */
export function perArray<T, R>(make: (items: readonly T[]) => R): (items: readonly T[]) => R {
  return perObject(make);
}

/** `make`, done once for each text or number: of whatever there are few. */
export function perKey<K extends string | number, R>(make: (key: K) => R): (key: K) => R {
  return remembered(new Map(), make);
}

/** `make`, done once for each object of a look by its name: ten thousand pods of one Deployment ask the same. */
export function remembering<R>(make: (object: ObjectRef) => R): (object: ObjectRef) => R {
  return remembered(refMap(), make);
}

/** `make`, done when it is first asked for: most checks find nothing that needs it. */
export function once<R>(make: () => R): () => R {
  let made: { readonly of: R } | undefined;
  return () => {
    made ??= { of: make() };
    return made.of;
  };
}
