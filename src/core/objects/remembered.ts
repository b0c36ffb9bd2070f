/** `make`, done once for each array for as long as the array lives: several checks ask for the same index of the same objects. */
export function perArray<T, R>(make: (items: readonly T[]) => R): (items: readonly T[]) => R {
  const made = new WeakMap<readonly T[], { readonly of: R }>();
  return (items) => {
    const known = made.get(items);
    if (known !== undefined) return known.of;
    const fresh = make(items);
    made.set(items, { of: fresh });
    return fresh;
  };
}
