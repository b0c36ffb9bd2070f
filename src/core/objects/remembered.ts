/** `make`, done once for each object for as long as it lives. */
export function perObject<T extends object, R>(make: (object: T) => R): (object: T) => R {
  const made = new WeakMap<T, { readonly of: R }>();
  return (object) => {
    const known = made.get(object);
    if (known !== undefined) return known.of;
    const fresh = make(object);
    made.set(object, { of: fresh });
    return fresh;
  };
}

/** The same for an array: several checks ask for the same index of the same objects. */
export function perArray<T, R>(make: (items: readonly T[]) => R): (items: readonly T[]) => R {
  return perObject(make);
}

/** `make`, done when it is first asked for: most checks find nothing that needs it. */
export function once<R>(make: () => R): () => R {
  let made: { readonly of: R } | undefined;
  return () => {
    made ??= { of: make() };
    return made.of;
  };
}
