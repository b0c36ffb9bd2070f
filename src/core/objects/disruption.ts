import { distinct } from '../model/ref-map.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import type { Objects } from './kinds.ts';
import { living } from './living.ts';
import { isHook } from './meta.ts';
import type { PodDisruptionBudget } from './network-and-storage.ts';
import type { Pod } from './pod.ts';
import { podsByLabels } from './selection.ts';
import { serversByLabels, type WorkloadObjects } from './templates.ts';

/** Budgets that guard something and of which the status tells: of none expected nothing can be short. */
export function judgedBudgets(
  budgets: Objects['PodDisruptionBudget'],
): readonly (readonly [ref: ObjectRef, budget: PodDisruptionBudget])[] {
  return living('PodDisruptionBudget', budgets).filter(
    ([, budget]) => (budget.status?.expectedPods ?? 0) > 0 && !isHook(budget),
  );
}

/** The pods that a budget guards and that have not ended; without a selector none. */
export function guardedPods(budget: PodDisruptionBudget, pods: readonly Pod[]): readonly Pod[] {
  const { selector } = budget.spec ?? {};
  if (selector === undefined) return [];
  return podsByLabels(pods).meeting(budget.metadata?.namespace ?? null, selector);
}

/** The workloads whose pods a budget guards. */
export function guardedWorkloads(
  budget: PodDisruptionBudget,
  objects: WorkloadObjects,
): readonly ObjectRef[] {
  const { selector } = budget.spec ?? {};
  if (selector === undefined) return [];
  const found = serversByLabels(objects).meeting(budget.metadata?.namespace ?? null, selector);
  return distinct(found.map(({ ref }) => ref));
}

/** ` (minAvailable 2)`, as it was asked for. */
export function sayRule({ spec }: PodDisruptionBudget): string {
  const { minAvailable, maxUnavailable } = spec ?? {};
  if (minAvailable !== undefined) return ` (minAvailable ${minAvailable})`;
  return maxUnavailable === undefined ? '' : ` (maxUnavailable ${maxUnavailable})`;
}
