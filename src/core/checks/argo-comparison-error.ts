import { applicationsOf, isSteady } from '../objects/argo-applications.ts';
import { customSymptom } from '../objects/custom-symptom.ts';
import { defineCheck } from './define.ts';

export const argoComparisonError = defineCheck({
  meta: {
    id: 'argo-comparison-error',
    title: 'Argo CD cannot compare an application with its source',
    why: 'Argo CD does not know what should run: nothing is synced, and drift is not seen.',
    likelyCauses: [
      'the repository cannot be read: credentials, address, branch or tag',
      'the chart or kustomization does not render',
      'the project, the destination cluster or a plugin does not exist',
    ],
    commands: [
      'kubectl -n {namespace} get {resource} {name} -o jsonpath="{.status.conditions}"',
      'argocd app get {name} --hard-refresh',
    ],
    // The taxonomy's 15 min: an unreachable repository is tried again every 3 min.
    defaults: { graceSeconds: 900 },
    docs: 'https://argo-cd.readthedocs.io/en/stable/faq/',
    finds: { 122: ['ComparisonError', 'InvalidSpecError', 'UnknownError', 'DeletionError'] },
    cause: { role: 'root', reason: 'ArgoComparisonError' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const application of applicationsOf(CustomResource)) {
      // These conditions have no status: they are there or not. A sync's own error is told by its operation.
      const found = application.status?.conditions?.find(({ type = '' }) => errors.includes(type));
      if (found?.type === undefined) continue;
      const { type, message = '', lastTransitionTime } = found;
      if (!isSteady(lastTransitionTime, application, thresholds.graceSeconds, now)) continue;
      const trouble = {
        by: 'condition',
        type,
        reason: type,
        message,
        at: `status.conditions[${type}]`,
        since: lastTransitionTime ?? null,
        failing: true,
      } as const;
      yield customSymptom(application, trouble, { reason: type, impact: 'at-risk' });
    }
  },
});

/** The strongest first: a spec that is wrong cannot be compared either. */
const errors = ['InvalidSpecError', 'ComparisonError', 'UnknownError', 'DeletionError'];
