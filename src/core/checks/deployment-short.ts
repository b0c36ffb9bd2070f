import type { Evidence, Impact, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { ageSeconds, isOlder } from '../model/time.ts';
import { creationFailureOf } from '../objects/creation-failure.ts';
import { isStale, living } from '../objects/living.ts';
import {
  agesOf,
  firstOf,
  overdue,
  sayMembers,
  sharedHash,
  type Unready,
  unreadyMembers,
} from '../objects/members.ts';
import { type Condition, conditionOf } from '../objects/meta.ts';
import type { Topology } from '../objects/topology.ts';
import type { Deployment } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const deploymentShort = defineCheck({
  meta: {
    id: 'deployment-short',
    title: 'Deployment is short of pods or its rollout is stuck',
    why: 'Fewer pods serve than are wanted, or a new revision does not come up and the next fault finds no reserve.',
    likelyCauses: [
      'the new revision fails to start: image, configuration, probe',
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
      // The controller tries again with a back-off that passes two minutes after the sixth try.
      failedCreateSeconds: 120,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment',
    finds: { 55: ['DeploymentUnavailable'], 56: ['DeploymentReplicasMismatch'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Deployment'],
  helps: ['Pod'],
  *judge({ Deployment: deployments }, { now, thresholds, topology }) {
    for (const [ref, deployment] of living('Deployment', deployments)) {
      const standing = standingOf(deployment);
      if (standing.desired === 0 || deployment.spec?.paused === true || isStale(deployment))
        continue;
      const scene: Scene = { ref, deployment, standing, now, thresholds, topology };
      const symptom = failedCreate(scene) ?? stalled(scene) ?? short(scene);
      if (symptom !== undefined) yield symptom;
    }
  },
});

interface Standing {
  readonly desired: number;
  readonly available: number;
  readonly ready: number;
}
interface Scene {
  readonly ref: ObjectRef;
  readonly deployment: Deployment;
  readonly standing: Standing;
  readonly now: number;
  readonly thresholds: {
    readonly noneAvailableSeconds: number;
    readonly someAvailableSeconds: number;
    readonly failedCreateSeconds: number;
  };
  readonly topology: Topology;
}

function standingOf({ spec, status }: Deployment): Standing {
  const available = status?.availableReplicas ?? 0;
  const ready = Math.max(available, status?.readyReplicas ?? 0);
  return { desired: spec?.replicas ?? 1, available, ready };
}

function impactOf({ desired, available, ready }: Standing): Impact {
  if (ready === 0) return 'outage';
  return available < desired ? 'degraded' : 'at-risk';
}

/** `ReplicaFailure` mirrors what the ReplicaSet was told when it wanted to make a pod. */
function failedCreate({ ref, deployment, standing, now, thresholds }: Scene): Symptom | undefined {
  const failure = conditionOf(deployment, 'ReplicaFailure');
  if (failure?.status !== 'True') return undefined;
  const { lastTransitionTime: since = null, message = '' } = failure;
  if (!isOlder(since, thresholds.failedCreateSeconds, now)) return undefined;
  const { reason, says, missing, decidedBy } = creationFailureOf(message, ref.namespace);
  return {
    object: ref,
    reason,
    impact: impactOf(standing),
    since,
    message: `Deployment ${nameOf(ref)} cannot create pods (${failure.reason ?? 'FailedCreate'}), ${sayStanding(standing)}: ${says}`,
    evidence: [evidenceOf(failure), availability(standing)],
    proof: { decidedBy, sinceExact: since !== null, missing },
  };
}

/** The deadline was the grace time. */
function stalled({ ref, deployment, standing, topology }: Scene): Symptom | undefined {
  const progressing = conditionOf(deployment, 'Progressing');
  if (progressing?.status !== 'False' || progressing.reason !== 'ProgressDeadlineExceeded')
    return undefined;
  const unready = unreadyMembers(topology.podsOf(ref));
  const since = progressing.lastTransitionTime ?? null;
  return {
    object: ref,
    reason: 'ProgressDeadlineExceeded',
    impact: impactOf(standing),
    since,
    message: `The rollout of Deployment ${nameOf(ref)} is stuck (ProgressDeadlineExceeded), ${sayStanding(standing)}${withMembers(sayMembers(unready))}${standing.available < standing.desired ? '' : '; the old revision still serves in full'}`,
    evidence: [evidenceOf(progressing), availability(standing)],
    proof: { decidedBy: 'field', sinceExact: since !== null, templateHash: sharedHash(unready) },
  };
}

function short(scene: Scene): Symptom | undefined {
  const { ref, deployment, standing, now, topology } = scene;
  if (standing.available >= standing.desired || isRolling(scene)) return undefined;
  const unready = unreadyMembers(topology.podsOf(ref));
  const late = overdue(unready, topology, now);
  if (unready.length > 0 && late.length === 0) return undefined;
  const beginning = beginningOf(deployment, late);
  if (!isLate(scene, beginning, late)) return undefined;
  const available = conditionOf(deployment, 'Available');
  return {
    object: ref,
    reason: standing.ready === 0 ? 'DeploymentUnavailable' : 'DeploymentReplicasMismatch',
    impact: impactOf(standing),
    since: beginning.since,
    message: `Deployment ${nameOf(ref)}: ${sayStanding(standing)} (${available?.reason ?? 'too few replicas'})${withMembers(sayMembers(late))}`,
    evidence: [
      availability(standing),
      ...(available?.status === 'False' ? [evidenceOf(available)] : []),
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
  { deployment, standing, now, thresholds }: Scene,
  { since }: Beginning,
  late: readonly Unready[],
): boolean {
  const status = conditionOf(deployment, 'Available')?.status;
  if (status === 'True' && late.length === 0) return false;
  const age = ageSeconds(since, now) ?? Number.POSITIVE_INFINITY;
  const noneFor = status === 'False' || late.length === 0 ? age : agesOf(late, now).newest;
  if (standing.ready === 0 && noneFor >= thresholds.noneAvailableSeconds) return true;
  return Math.max(age, agesOf(late, now).oldest) >= thresholds.someAvailableSeconds;
}

/** A rollout that moves and keeps as many pods as its strategy promises. */
function isRolling({ deployment, standing, now }: Scene): boolean {
  const progressing = conditionOf(deployment, 'Progressing');
  if (progressing?.status !== 'True' || progressing.reason === 'NewReplicaSetAvailable')
    return false;
  const moved = progressing.lastUpdateTime ?? progressing.lastTransitionTime;
  const deadline = deployment.spec?.progressDeadlineSeconds ?? 600;
  return (
    (ageSeconds(moved, now) ?? deadline) < deadline &&
    standing.desired - standing.available <= mayLack(deployment, standing.desired)
  );
}

/** maxUnavailable in pods: a quarter by default, rounded down; one where nothing else could move; all for Recreate. */
function mayLack({ spec }: Deployment, desired: number): number {
  if (spec?.strategy?.type === 'Recreate') return desired;
  const { maxUnavailable = '25%', maxSurge = '25%' } = spec?.strategy?.rollingUpdate ?? {};
  const lacking = podsOf(maxUnavailable, desired, Math.floor);
  return lacking === 0 && podsOf(maxSurge, desired, Math.ceil) === 0 ? 1 : lacking;
}

function podsOf(amount: number | string, desired: number, round: (pods: number) => number): number {
  if (typeof amount === 'number') return amount;
  const percent = Number.parseFloat(amount);
  return Number.isFinite(percent) ? round((percent / 100) * desired) : 0;
}

function sayStanding({ desired, available }: Standing): string {
  return `${available} of ${desired} replicas available`;
}

function withMembers(members: string): string {
  return members === '' ? '' : `; ${members}`;
}

function evidenceOf({ type, status, reason, message }: Condition): Evidence {
  const text = [status, reason, message].filter((part) => part !== undefined).join(' ');
  return { source: 'field', at: `status.conditions[${type}]`, text };
}

function availability({ desired, available }: Standing): Evidence {
  return { source: 'field', at: 'status.availableReplicas', text: `${available} of ${desired}` };
}
