import type { ObjectRef } from '../model/snapshot.ts';
import { quantityOf } from './quantity.ts';
import type { Templated } from './templates.ts';

/** What one more pod of a workload counts for in a quota, by the quota's words (`requests.cpu`, `limits.memory`). */
export interface PodNeeds {
  readonly ref: ObjectRef;
  readonly amounts: ReadonlyMap<string, number>;
}

/** Of workloads that should have pods, by namespace. What a LimitRange would add is not known. */
export function needsOf(
  workloads: readonly Templated[],
): ReadonlyMap<string | null, readonly PodNeeds[]> {
  const found = new Map<string | null, PodNeeds[]>();
  for (const { ref, desired, template } of workloads) {
    if (desired === 0) continue;
    const amounts = new Map<string, number>();
    for (const { resources } of template.spec?.containers ?? []) {
      const { limits = {}, requests = {} } = resources ?? {};
      // Where only a limit is given it is the request, says the API.
      addTo(amounts, 'requests.', { ...limits, ...requests });
      addTo(amounts, 'limits.', limits);
    }
    const known = found.get(ref.namespace);
    if (known === undefined) found.set(ref.namespace, [{ ref, amounts }]);
    else known.push({ ref, amounts });
  }
  return found;
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
