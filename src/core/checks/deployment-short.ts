import type { Symptom } from '../model/finding.ts';
import { nameOf } from '../model/snapshot.ts';
import { ageSeconds } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import {
  availability,
  impactOf,
  isRolling,
  type Judged,
  judgedDeployments,
  sayStanding,
} from '../objects/deployment-standing.ts';
import {
  agesOf,
  firstOf,
  overdue,
  sayMembers,
  sharedHash,
  type Unready,
  unreadyMembers,
} from '../objects/members.ts';
import { conditionOf } from '../objects/meta.ts';
import type { Topology } from '../objects/topology.ts';
import type { Deployment } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const deploymentShort = defineCheck({
  meta: {
    id: 'deployment-short',
    title: 'Deployment is short of pods',
    why: 'Fewer pods serve than are wanted, or none.',
    likelyCauses: [
      'its pods fail to start: image, configuration, probe',
      'no node has room for its pods',
      'a quota, pod security, a webhook or a missing service account keeps pods from being created',
    ],
    commands: [
      'kubectl -n {namespace} describe deployment {name}',
      'kubectl -n {namespace} rollout history deployment/{name}',
      'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
      'kubectl -n {namespace} rollout undo deployment/{name} # changes the cluster',
    ],
    defaults: {
      // A restart in place is over by then.
      noneAvailableSeconds: 120,
      // kubernetes-mixin, KubeDeploymentReplicasMismatch.
      someAvailableSeconds: 900,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment',
    finds: { 55: ['DeploymentUnavailable'], 56: ['DeploymentReplicasMismatch'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Deployment'],
  helps: ['Pod'],
  *judge({ Deployment: deployments }, { now, thresholds, topology }) {
    for (const judged of judgedDeployments(deployments, topology)) {
      const { standing } = judged;
      if (standing.available >= standing.desired || isRolling(judged, now)) continue;
      const symptom = short({ judged, now, thresholds, topology });
      if (symptom !== undefined) yield symptom;
    }
  },
});

interface Scene {
  readonly judged: Judged;
  readonly now: number;
  readonly thresholds: {
    readonly noneAvailableSeconds: number;
    readonly someAvailableSeconds: number;
  };
  readonly topology: Topology;
}

function short(scene: Scene): Symptom | undefined {
  const { judged, now, topology } = scene;
  const { ref, deployment, standing } = judged;
  const unready = unreadyMembers(topology.podsOf(ref));
  const late = overdue(unready, topology, now);
  if (unready.length > 0 && late.length === 0) return undefined;
  const beginning = beginningOf(deployment, late);
  if (!isLate(scene, beginning, late)) return undefined;
  const available = conditionOf(deployment, 'Available');
  const members = sayMembers(late);
  return {
    object: ref,
    reason: standing.ready === 0 ? 'DeploymentUnavailable' : 'DeploymentReplicasMismatch',
    impact: impactOf(standing),
    since: beginning.since,
    message: `Deployment ${nameOf(ref)}: ${sayStanding(standing)} (${available?.reason ?? 'too few replicas'})${members === '' ? '' : `; ${members}`}`,
    evidence: [
      availability(standing),
      ...(available?.status === 'False' ? [conditionEvidence(available)] : []),
    ],
    proof: { decidedBy: 'field', sinceExact: beginning.exact, templateHash: sharedHash(late) },
  };
}

type Beginning = Pick<Unready, 'since' | 'exact'>;

/** The condition's own time; within maxUnavailable it stays True, and the first of the pods tells. Where the condition says well and no pod is unready, there is nothing to be late. */
function beginningOf(deployment: Deployment, late: readonly Unready[]): Beginning {
  const available = conditionOf(deployment, 'Available');
  if (available?.status === 'False' && available.lastTransitionTime !== undefined)
    return { since: available.lastTransitionTime, exact: true };
  const first = firstOf(late);
  if (first !== undefined) return { since: first.since, exact: first.exact };
  return { since: deployment.metadata?.creationTimestamp ?? null, exact: false };
}

function isLate(
  { judged, now, thresholds }: Scene,
  { since }: Beginning,
  late: readonly Unready[],
): boolean {
  const status = conditionOf(judged.deployment, 'Available')?.status;
  if (status === 'True' && late.length === 0) return false;
  const age = ageSeconds(since, now) ?? Number.POSITIVE_INFINITY;
  const noneFor = status === 'False' || late.length === 0 ? age : agesOf(late, now).newest;
  if (judged.standing.ready === 0 && noneFor >= thresholds.noneAvailableSeconds) return true;
  return Math.max(age, agesOf(late, now).oldest) >= thresholds.someAvailableSeconds;
}
