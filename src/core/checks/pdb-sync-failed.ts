import { nameOf } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { living } from '../objects/living.ts';
import { conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const pdbSyncFailed = defineCheck({
  meta: {
    id: 'pdb-sync-failed',
    title: 'Disruption budget cannot be computed',
    why: 'Evictions of its pods are refused until it is, so that their nodes cannot be drained.',
    likelyCauses: [
      'it selects pods without a controller, or of one without a scale subresource',
      'pods of several controllers in one budget with a percentage',
    ],
    commands: [
      'kubectl -n {namespace} describe pdb {name}',
      'kubectl -n {namespace} get pods --show-labels',
    ],
    // As for the other conditions of a budget: our own figure.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
    finds: { 81: ['PDBSyncFailed'] },
    cause: { role: 'alone' },
  },
  needs: ['PodDisruptionBudget'],
  helps: [],
  *judge({ PodDisruptionBudget: budgets }, { now, thresholds }) {
    for (const [ref, budget] of living('PodDisruptionBudget', budgets)) {
      const allowed = conditionOf(budget, 'DisruptionAllowed');
      if (allowed?.status !== 'False' || allowed.reason !== 'SyncFailed') continue;
      const since = allowed.lastTransitionTime ?? budget.metadata?.creationTimestamp ?? null;
      if (!isOlder(since, thresholds.graceSeconds, now)) continue;
      yield {
        object: ref,
        reason: 'PDBSyncFailed',
        impact: 'at-risk',
        since,
        message: `PodDisruptionBudget ${nameOf(ref)} cannot be computed (SyncFailed): ${allowed.message ?? 'no message says why'}`,
        evidence: [conditionEvidence(allowed)],
        proof: { decidedBy: 'field', sinceExact: allowed.lastTransitionTime !== undefined },
      };
    }
  },
});
