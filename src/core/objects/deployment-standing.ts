import type { Evidence, Impact } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { ageSeconds } from '../model/time.ts';
import { isStale, living } from './living.ts';
import { conditionOf } from './meta.ts';
import { perArray } from './remembered.ts';
import type { Topology } from './topology.ts';
import type { Deployment } from './workloads.ts';

/** How many pods of a Deployment are wanted, ready for long enough, and ready. */
export interface DeploymentStanding {
  readonly desired: number;
  readonly available: number;
  readonly ready: number;
}

/** A Deployment that should serve, with its standing. */
export interface Judged {
  readonly ref: ObjectRef;
  readonly deployment: Deployment;
  readonly standing: DeploymentStanding;
}

/** Those of which the status tells and that should serve: neither at zero, nor paused, nor being deleted, nor unseen by their controller, nor there to be preempted (a negative priority). */
export function judgedDeployments(
  deployments: readonly Deployment[],
  topology: Topology,
): readonly Judged[] {
  return servingDeployments(deployments).filter(
    ({ ref }) => (topology.podsOf(ref)[0]?.spec?.priority ?? 0) >= 0,
  );
}

const servingDeployments = perArray((deployments: readonly Deployment[]): readonly Judged[] =>
  living('Deployment', deployments)
    .map(([ref, deployment]) => ({ ref, deployment, standing: standingOf(deployment) }))
    .filter(
      ({ deployment, standing }) =>
        standing.desired > 0 && deployment.spec?.paused !== true && !isStale(deployment),
    ),
);

function standingOf({ spec, status }: Deployment): DeploymentStanding {
  const available = status?.availableReplicas ?? 0;
  const ready = Math.max(available, status?.readyReplicas ?? 0);
  return { desired: spec?.replicas ?? 1, available, ready };
}

/** At risk: it serves in full, and something else is wrong. */
export function impactOf({ desired, available, ready }: DeploymentStanding): Impact {
  if (ready === 0) return 'outage';
  return available < desired ? 'degraded' : 'at-risk';
}

export function sayStanding({ desired, available }: DeploymentStanding): string {
  return `${available} of ${desired} replicas available`;
}

export function availability({ desired, available }: DeploymentStanding): Evidence {
  return { source: 'field', at: 'status.availableReplicas', text: `${available} of ${desired}` };
}

/** A rollout that moves and keeps as many pods as its strategy promises. */
export function isRolling({ deployment, standing }: Judged, now: number): boolean {
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
