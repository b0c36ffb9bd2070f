import { applicationsOf, healthOf, illOf, isSteady } from '../objects/argo-applications.ts';
import { customSymptom } from '../objects/custom-symptom.ts';
import type { Trouble } from '../objects/custom-trouble.ts';
import { defineCheck } from './define.ts';

export const argoAppDegraded = defineCheck({
  meta: {
    id: 'argo-app-degraded',
    title: 'Argo CD application is degraded',
    why: 'Something that the application consists of does not work, or is not there.',
    likelyCauses: [
      'a workload of it does not become ready',
      'a custom resource of it is refused or fails',
      'an object of it was deleted, or never made',
    ],
    commands: [
      'kubectl -n {namespace} get {resource} {name} -o jsonpath="{.status.resources}"',
      'argocd app get {name}',
    ],
    // The taxonomy's 15 min: a rollout may be degraded for its progress deadline and mend.
    defaults: { graceSeconds: 900 },
    docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/health/',
    finds: { 122: ['ArgoAppDegraded', 'ArgoAppMissing'] },
    cause: { role: 'symptom', reason: 'ArgoAppDegraded' },
  },
  needs: ['CustomResource'],
  helps: [],
  *judge({ CustomResource }, { now, thresholds }) {
    for (const application of applicationsOf(CustomResource)) {
      const health = healthOf(application);
      if (health === undefined || !['Degraded', 'Missing'].includes(health.text)) continue;
      if (!isSteady(health.since, application, thresholds.graceSeconds, now)) continue;
      const ill = illOf(application);
      const trouble: Trouble = {
        by: 'word',
        type: health.text,
        reason: health.text,
        message: health.message ?? ill.map(({ kind, name }) => `${kind} ${name}`).join(', '),
        at: health.path,
        since: health.since ?? null,
        failing: true,
      };
      yield customSymptom(application, trouble, {
        reason: `ArgoApp${health.text}`,
        impact: 'at-risk',
        proof: { dependsOn: ill },
      });
    }
  },
});
