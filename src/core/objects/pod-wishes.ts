import { compareText } from '../model/text.ts';
import { requiredTerms } from './capacity.ts';
import type { Node } from './cluster-objects.ts';
import type { Pod } from './pod.ts';
import { perArray, perKey } from './remembered.ts';
import { shortResources } from './scheduler-message.ts';

/** `; it asks for cpu 4, nvidia.com/gpu 1+1`: of what clauses say is short, each container's request. */
export function sayRequests(pod: Pod, clauses: readonly string[]): string {
  const wishes = [...new Set(shortResources(clauses))].flatMap((resource) => {
    const amounts = (pod.spec?.containers ?? []).flatMap(
      ({ resources }) => resources?.requests?.[resource] ?? [],
    );
    return amounts.length === 0 ? [] : [`${resource} ${amounts.slice(0, 4).join('+')}`];
  });
  return wishes.length === 0 ? '' : `; it asks for ${wishes.slice(0, 4).join(', ')}`;
}

/** Of the node selector and the required node affinity, what no node carries: `disk=ssd`, `zone in (a, b)`; nothing where nodes were not read. */
export function unmetLabels(pod: Pod, nodes: readonly Node[]): readonly string[] {
  if (nodes.length === 0) return [];
  const valuesOf = labelValues(nodes);
  const selected = Object.entries(pod.spec?.nodeSelector ?? {})
    .filter(([key, value]) => !valuesOf(key).has(value))
    .map(([key, value]) => `${key}=${value}`);
  return [...selected, ...unmetTerms(pod, valuesOf)].slice(0, 4);
}

/** One term must hold: where each has an expression that no node meets, the first term's. */
function unmetTerms(pod: Pod, valuesOf: ReturnType<typeof labelValues>): readonly string[] {
  const unmet = requiredTerms(pod).map(({ matchExpressions = [] }) =>
    matchExpressions.flatMap(({ key = '', operator, values = [] }) => {
      const there = valuesOf(key);
      if (operator === 'Exists' && there.size === 0) return [key];
      if (operator !== 'In' || values.some((value) => there.has(value))) return [];
      return [values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`];
    }),
  );
  return unmet.every((each) => each.length > 0) ? (unmet[0] ?? []) : [];
}

/** What nodes carry of a label: thousands of pods that wait for the same ask it. */
const labelValues = perArray((nodes: readonly Node[]) =>
  perKey(
    (key: string): ReadonlySet<string | undefined> =>
      new Set(nodes.flatMap(({ metadata }) => metadata?.labels?.[key] ?? [])),
  ),
);

/** `dedicated=gpu`: taints that keep pods away, of all nodes, at most four. */
export const blockingTaints = perArray((nodes: readonly Node[]): readonly string[] => {
  const found = nodes
    .flatMap(({ spec }) => spec?.taints ?? [])
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .map(({ key = '', value = '' }) => (value === '' ? key : `${key}=${value}`));
  return [...new Set(found)].sort(compareText).slice(0, 4);
});
