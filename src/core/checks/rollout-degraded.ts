import type { Impact } from '../model/finding.ts';
import { type CustomResource, ofKinds } from '../objects/custom.ts';
import { customSymptom, isRipe } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { conditionOf } from '../objects/meta.ts';
import { wordsOf } from '../objects/status-words.ts';
import { defineCheck } from './define.ts';

export const rolloutDegraded = defineCheck({
  meta: {
    id: 'rollout-degraded',
    title: 'Argo Rollout is degraded',
    why: 'The new revision was aborted or does not come up; the stable one serves on as far as its pods are ready.',
    likelyCauses: [
      'an analysis of the canary failed',
      'pods of the new revision do not become ready in time',
      'the spec is not valid, or a Service that it names does not exist',
    ],
    commands: [
      'kubectl -n {namespace} describe {resource} {name}',
      'kubectl argo rollouts get rollout {name} -n {namespace}',
      'kubectl -n {namespace} get analysisruns.argoproj.io',
    ],
    // The taxonomy's 5 min.
    defaults: { graceSeconds: 300 },
    docs: 'https://argo-rollouts.readthedocs.io/en/stable/features/kubectl-plugin/',
    finds: {
      82: ['RolloutDegraded', 'RolloutAborted', 'ProgressDeadlineExceeded', 'InvalidSpec'],
    },
    cause: { role: 'symptom', reason: 'RolloutDegraded' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const rollout of ofKinds(CustomResource, 'argoproj.io', 'Rollout')) {
      const trouble = rolloutTrouble(rollout);
      if (trouble === undefined || !isRipe(rollout, trouble, thresholds.graceSeconds, now))
        continue;
      const known = ['RolloutAborted', 'ProgressDeadlineExceeded', 'InvalidSpec'];
      yield customSymptom(rollout, trouble, {
        reason: known.includes(trouble.reason) ? trouble.reason : 'RolloutDegraded',
        impact: impactOf(rollout),
      });
    }
  },
});

/** Its phase says so, or (before 1.0, which had none) its conditions. */
function rolloutTrouble(rollout: CustomResource): Trouble | undefined {
  const { metadata, spec, status } = rollout;
  if (metadata?.deletionTimestamp !== undefined || spec?.paused === true) return undefined;
  if (Number(status?.observedGeneration ?? 'none') < (metadata?.generation ?? 0)) return undefined;
  const phase = wordsOf(rollout).find(({ path }) => path === 'status.phase')?.text;
  if (phase !== undefined && phase !== 'Degraded') return undefined;
  const progressing = conditionOf(rollout, 'Progressing');
  const invalid = conditionOf(rollout, 'InvalidSpec');
  const told = invalid?.status === 'True' ? invalid : progressing;
  const refused =
    invalid?.status === 'True' ||
    (progressing?.status === 'False' && /Aborted|Exceeded|Error/.test(progressing.reason ?? ''));
  if (phase === undefined && !refused) return undefined;
  const { type = 'phase', reason = '', message = '' } = refused && told !== undefined ? told : {};
  return {
    by: 'condition',
    type: refused ? type : 'Degraded',
    reason: type === 'InvalidSpec' ? 'InvalidSpec' : reason === '' ? 'Degraded' : reason,
    message: message === '' ? (status?.message ?? '') : message,
    at: refused ? `status.conditions[${type}]` : 'status.phase',
    since: told?.lastTransitionTime ?? told?.lastUpdateTime ?? null,
    failing: true,
  };
}

/** What of all revisions serves. */
function impactOf({ spec, status }: CustomResource): Impact {
  const desired = spec?.replicas ?? 1;
  const serving = status?.availableReplicas ?? 0;
  if (desired === 0 || serving >= desired) return 'at-risk';
  return serving === 0 ? 'outage' : 'degraded';
}
