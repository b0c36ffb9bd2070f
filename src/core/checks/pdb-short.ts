import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { isOlder, parseTime } from '../model/time.ts';
import { guardedPods, guardedWorkloads, judgedBudgets, sayRule } from '../objects/disruption.ts';
import { isStale } from '../objects/living.ts';
import { overdue, sayMembers, type Unready, unreadyMembers } from '../objects/members.ts';
import { conditionOf } from '../objects/meta.ts';
import type { PodDisruptionBudget } from '../objects/network-and-storage.ts';
import { defineCheck } from './define.ts';

export const pdbShort = defineCheck({
  meta: {
    id: 'pdb-short',
    title: 'Fewer pods are healthy than the disruption budget demands',
    why: 'No node that carries them can be drained, and one fault more may be one too many.',
    likelyCauses: [
      'pods of the workload fail or cannot be scheduled',
      'the budget demands more pods than the workload has',
    ],
    commands: [
      'kubectl -n {namespace} describe pdb {name}',
      'kubectl -n {namespace} get pods -o wide',
    ],
    // kubernetes-mixin, KubePdbNotEnoughHealthyPods.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
    finds: { 81: ['PDBNotEnoughHealthy'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['PodDisruptionBudget'],
  helps: ['Pod', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const [ref, budget] of judgedBudgets(objects.PodDisruptionBudget)) {
      const { currentHealthy, desiredHealthy = 0, expectedPods = 0 } = budget.status ?? {};
      if (currentHealthy === undefined || currentHealthy >= desiredHealthy || isStale(budget))
        continue;
      const unready = unreadyMembers(guardedPods(budget, objects.Pod));
      const late = overdue(unready, topology, now);
      if (unready.length > 0 && late.length === 0) continue;
      const beginning = beginningOf(budget, unready, expectedPods - desiredHealthy);
      if (!isOlder(beginning.since, thresholds.graceSeconds, now)) continue;
      yield short(ref, budget, beginning, {
        says: sayMembers(late),
        workloads: guardedWorkloads(budget, objects),
      });
    }
  },
});

type Beginning = Pick<Unready, 'since' | 'exact'>;

/** As long as so many are away at once as the budget does not allow: the condition's own time is older, where it allows none. */
function beginningOf(
  budget: PodDisruptionBudget,
  unready: readonly Unready[],
  mayLack: number,
): Beginning {
  const inOrder = [...unready].sort(
    (a, b) => (parseTime(a.since) ?? 0) - (parseTime(b.since) ?? 0),
  );
  const first = inOrder[Math.min(Math.max(0, mayLack), inOrder.length - 1)];
  if (first !== undefined) return { since: first.since, exact: first.exact };
  const allowed = conditionOf(budget, 'DisruptionAllowed')?.lastTransitionTime;
  return { since: allowed ?? budget.metadata?.creationTimestamp ?? null, exact: false };
}

function short(
  ref: ObjectRef,
  budget: PodDisruptionBudget,
  { since, exact }: Beginning,
  found: { readonly says: string; readonly workloads: readonly ObjectRef[] },
): Symptom {
  const { currentHealthy = 0, desiredHealthy = 0, expectedPods = 0 } = budget.status ?? {};
  return {
    object: ref,
    reason: 'PDBNotEnoughHealthy',
    impact: 'at-risk',
    since,
    message: `PodDisruptionBudget ${nameOf(ref)}${sayRule(budget)} demands ${count(desiredHealthy, 'healthy pod')} of ${expectedPods} and has ${currentHealthy}${found.says === '' ? '' : ` (${found.says})`}: its pods may not be evicted`,
    evidence: [
      {
        source: 'field',
        at: 'status.currentHealthy',
        text: `${currentHealthy}, desired ${desiredHealthy}, expected ${expectedPods}`,
      },
    ],
    proof: { decidedBy: 'field', sinceExact: exact, dependsOn: found.workloads },
  };
}
