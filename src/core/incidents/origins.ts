import type { Finding } from '../model/finding.ts';
import type { Certainty, Root } from '../model/incident.ts';
import type { Order } from './order.ts';

/** What is said of a root that several findings together point at, and no single one is about. */
export interface Told {
  readonly cause: Certainty;
  readonly said: string;
}

/** Where a finding comes from: another finding, and whatever that comes from, or a root by name. `guess`: nothing says so but that both fail. */
export type Link =
  | { readonly from: Finding; readonly guess?: true }
  | { readonly root: Root; readonly told?: Told };

/** Where it comes from in the end. `leads`: nothing stands between it and the root. */
export interface Origin {
  readonly root: Root;
  readonly leads: boolean;
  readonly told?: Told | undefined;
  /** A step on the way is a guess. */
  readonly guess?: true | undefined;
}

/** Follows every finding to its root, each step once. Findings that explain each other in a ring come from the strongest of them. */
export function originsOf(
  findings: readonly Finding[],
  linkOf: (finding: Finding) => Link,
  ownRoot: (finding: Finding) => Root,
  order: Order,
): ReadonlyMap<Finding, Origin> {
  const origins = new Map<Finding, Origin>();
  for (const finding of findings) {
    const path: Finding[] = [];
    const places = new Map<Finding, number>();
    const guesses = new Set<Finding>();
    let at = finding;
    while (!origins.has(at)) {
      const place = places.get(at);
      if (place !== undefined) {
        settleRing(path.slice(place));
        break;
      }
      places.set(at, path.length);
      path.push(at);
      const link = linkOf(at);
      if ('root' in link) origins.set(at, { root: link.root, leads: true, told: link.told });
      else {
        if (link.guess === true) guesses.add(at);
        at = link.from;
      }
    }
    let origin = origins.get(at);
    for (const each of path.reverse()) {
      if (origin === undefined || origins.has(each)) continue;
      origin = { ...origin, leads: false, ...(guesses.has(each) ? { guess: true } : {}) };
      origins.set(each, origin);
    }
  }
  return origins;

  function settleRing(ring: readonly Finding[]): void {
    const strongest = [...ring].sort(order)[0];
    if (strongest === undefined) return;
    const root = ownRoot(strongest);
    for (const each of ring) origins.set(each, { root, leads: each === strongest });
  }
}
