import type { CheckMeta } from '../model/check-meta.ts';
import type { Symptom } from '../model/finding.ts';
import type { Objects, Subject } from '../objects/kinds.ts';
import type { Topology } from '../objects/topology.ts';

export interface CheckContext<T extends string = string> {
  /** The snapshot's time in ms. */
  readonly now: number;
  readonly thresholds: { readonly [name in T]: number };
  readonly topology: Topology;
}

/** A pure rule over a snapshot. */
export interface Check<N extends Subject = Subject, H extends Subject = Subject> {
  readonly meta: CheckMeta;
  /** Without these it cannot judge: where one is a gap it says nothing, per kind and namespace. */
  readonly needs: readonly N[];
  /** These only refine the cause; empty where they were not read (ask `topology.read`). */
  readonly helps: readonly H[];
  readonly judge: (
    objects: { readonly [K in N | H]: Objects[K] },
    context: CheckContext,
  ) => Iterable<Symptom>;
}

/** A check whose objects and thresholds are typed by what it declares. */
export function defineCheck<
  const N extends Subject,
  const M extends CheckMeta,
  const H extends Subject = never,
>(check: {
  readonly meta: M;
  readonly needs: readonly N[];
  readonly helps: readonly H[];
  readonly judge: (
    objects: { readonly [K in N | H]: Objects[K] },
    context: CheckContext<keyof M['defaults'] & string>,
  ) => Iterable<Symptom>;
}): Check {
  return check as unknown as Check;
}
