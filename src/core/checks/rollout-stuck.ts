import type { Symptom } from '../model/finding.ts';
import { nameOf } from '../model/snapshot.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import {
  availability,
  impactOf,
  type Judged,
  judgedDeployments,
  sayStanding,
} from '../objects/deployment-standing.ts';
import { sayMembers, sharedHash, unreadyMembers } from '../objects/members.ts';
import { type Condition, conditionOf } from '../objects/meta.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const rolloutStuck = defineCheck({
  meta: {
    id: 'rollout-stuck',
    title: 'Rollout is stuck',
    why: 'The new revision does not come up within its deadline; where the old one still serves, the next fault finds no reserve.',
    likelyCauses: [
      'the new revision fails to start: image, configuration, probe',
      'no node has room for its pods',
      'its pods cannot be created: quota, pod security, webhook, service account',
    ],
    commands: [
      'kubectl -n {namespace} describe deployment {name}',
      'kubectl -n {namespace} rollout history deployment/{name}',
      'kubectl -n {namespace} rollout undo deployment/{name} # changes the cluster',
    ],
    // `spec.progressDeadlineSeconds` (600 by default) was the grace time.
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
    finds: { 57: ['ProgressDeadlineExceeded'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Deployment'],
  helps: ['Pod'],
  *judge({ Deployment: deployments }, { topology }) {
    for (const judged of judgedDeployments(deployments, topology)) {
      const progressing = conditionOf(judged.deployment, 'Progressing');
      if (progressing?.status === 'False' && progressing.reason === 'ProgressDeadlineExceeded')
        yield stuck(judged, progressing, topology);
    }
  },
});

function stuck({ ref, standing }: Judged, progressing: Condition, topology: Topology): Symptom {
  const unready = unreadyMembers(topology.podsOf(ref));
  const since = progressing.lastTransitionTime ?? null;
  const members = sayMembers(unready);
  return {
    object: ref,
    reason: 'ProgressDeadlineExceeded',
    impact: impactOf(standing),
    since,
    message: `The rollout of Deployment ${nameOf(ref)} is stuck (ProgressDeadlineExceeded), ${sayStanding(standing)}${members === '' ? '' : `; ${members}`}${standing.available < standing.desired ? '' : '; the old revision still serves in full'}`,
    evidence: [conditionEvidence(progressing), availability(standing)],
    proof: { decidedBy: 'field', sinceExact: since !== null, templateHash: sharedHash(unready) },
  };
}
