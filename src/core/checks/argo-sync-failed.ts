import { applicationsOf, isSteady } from '../objects/argo-applications.ts';
import { customSymptom } from '../objects/custom-symptom.ts';
import { defineCheck } from './define.ts';

export const argoSyncFailed = defineCheck({
  meta: {
    id: 'argo-sync-failed',
    title: 'Argo CD cannot sync an application',
    why: 'What was committed is not in the cluster, and no later commit will be until the sync succeeds.',
    likelyCauses: [
      'a manifest is refused: by its schema, an admission webhook, a quota, an immutable field',
      'a namespace or a custom resource definition does not exist',
      'a hook (a job before or after the sync) failed',
      "the project or Argo CD's rights do not allow an object",
    ],
    commands: [
      'kubectl -n {namespace} get {resource} {name} -o jsonpath="{.status.operationState.message}"',
      'argocd app get {name} --show-operation',
    ],
    // The taxonomy's 15 min: automated syncs retry with backoff within it.
    defaults: { graceSeconds: 900 },
    docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
    finds: { 122: ['ArgoSyncFailed'] },
    cause: { role: 'root' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const application of applicationsOf(CustomResource)) {
      const { phase = '', message = '', finishedAt } = application.status?.operationState ?? {};
      if (phase !== 'Failed' && phase !== 'Error') continue;
      if (!isSteady(finishedAt, application, thresholds.graceSeconds, now)) continue;
      const trouble = {
        by: 'word',
        type: phase,
        reason: phase,
        message,
        at: 'status.operationState.phase',
        since: finishedAt ?? null,
        failing: true,
      } as const;
      yield customSymptom(application, trouble, { reason: 'ArgoSyncFailed', impact: 'at-risk' });
    }
  },
});
