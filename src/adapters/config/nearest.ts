/** The one of `names` that was likely meant by `written`: the same but for case, hyphens or a plural, or at most two slips away (one in a short word); undefined: none. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  // Neither names nor what people mistake for them are longer; the distance is quadratic.
  if (written.length > 100) return undefined;
  const wanted = plain(written);
  const slips = wanted.length <= 5 ? 1 : 2;
  const ranked = names
    .filter((name) => Math.abs(plain(name).length - wanted.length) <= slips)
    .map((name): [string, number] => [name, distance(wanted, plain(name))])
    .filter(([, apart]) => apart <= slips)
    .sort(([, a], [, b]) => a - b);
  return ranked[0]?.[0];
}

/** `; did you mean crash-loop?`, or nothing. */
export function didYouMean(written: string, names: readonly string[]): string {
  const meant = nearest(written, names);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

function plain(name: string): string {
  return name.replace(/[-_. ]/g, '').toLowerCase();
}

/** Letters to insert, drop, replace or swap with their neighbour until `a` is `b`. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + same,
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
