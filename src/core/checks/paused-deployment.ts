import { nameOf } from '../model/snapshot.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { living } from '../objects/living.ts';
import { conditionOf } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const pausedDeployment = defineCheck({
  meta: {
    id: 'paused-deployment',
    title: 'Deployment is paused for long',
    why: 'New revisions are accepted and not rolled out; a pause is easily forgotten.',
    likelyCauses: ['`kubectl rollout pause` without a resume', 'a tool that pauses and died'],
    commands: [
      'kubectl -n {namespace} rollout history deployment/{name}',
      'kubectl -n {namespace} rollout resume deployment/{name} # changes the cluster',
    ],
    // A pause of a day is a canary or a night: our own figure.
    defaults: { graceSeconds: 86_400 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment',
    finds: { 66: ['PausedForgotten'] },
  },
  needs: ['Deployment'],
  helps: [],
  *judge({ Deployment: deployments }, { now, thresholds }) {
    for (const [ref, { metadata, spec, status }] of living('Deployment', deployments)) {
      const progressing = conditionOf({ status }, 'Progressing');
      if (spec?.paused !== true || progressing?.reason !== 'DeploymentPaused') continue;
      const since = progressing.lastTransitionTime ?? metadata?.creationTimestamp ?? null;
      if (!isOlder(since, thresholds.graceSeconds, now)) continue;
      yield {
        object: ref,
        reason: 'PausedForgotten',
        impact: 'info',
        since,
        message: `Deployment ${nameOf(ref)} has been paused for ${sayDuration(ageSeconds(since, now) ?? 0)} (DeploymentPaused): new revisions wait`,
        evidence: [conditionEvidence(progressing)],
        proof: { decidedBy: 'field', sinceExact: progressing.lastTransitionTime !== undefined },
      };
    }
  },
});
