import { groupBy } from '../model/group.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { quantityOf } from './quantity.ts';
import type { Templated } from './templates.ts';
import type { Template } from './workloads.ts';

/** What one more pod of a workload counts for in a quota, by the quota's words (`requests.cpu`, `limits.memory`). */
export interface PodNeeds {
  readonly ref: ObjectRef;
  readonly amounts: ReadonlyMap<string, number>;
}

/** Of workloads that should have pods, by namespace. What a LimitRange would add is not known. */
export function needsOf(
  workloads: readonly Templated[],
): ReadonlyMap<string | null, readonly PodNeeds[]> {
  const needs = workloads
    .filter(({ desired }) => desired > 0)
    .map(({ ref, template }) => ({ ref, amounts: amountsOf(template) }));
  return groupBy(needs, ({ ref }) => ref.namespace);
}

function amountsOf({ spec }: Template): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const { resources } of spec?.containers ?? []) {
    const { limits = {}, requests = {} } = resources ?? {};
    // Where only a limit is given it is the request, says the API.
    addTo(amounts, 'requests.', { ...limits, ...requests });
    addTo(amounts, 'limits.', limits);
  }
  return amounts;
}

function addTo(
  amounts: Map<string, number>,
  prefix: 'requests.' | 'limits.',
  resources: { readonly [name: string]: string | number | undefined },
): void {
  for (const [name, value] of Object.entries(resources)) {
    const amount = quantityOf(value) ?? 0;
    // A quota's `cpu` means `requests.cpu`.
    for (const word of prefix === 'requests.' ? [`requests.${name}`, name] : [`limits.${name}`])
      amounts.set(word, (amounts.get(word) ?? 0) + amount);
  }
}
