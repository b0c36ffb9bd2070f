import type { Evidence, Impact, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { creationFailureOf } from '../objects/creation-failure.ts';
import type { Objects } from '../objects/kinds.ts';
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
import type { Metadata } from '../objects/meta.ts';
import { nodesWithoutDuty } from '../objects/node-questions.ts';
import { freshEvent } from '../objects/object-events.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const replicasShort = defineCheck({
  meta: {
    id: 'replicas-short',
    title: 'StatefulSet or DaemonSet is short of ready pods',
    why: 'A member of a cluster (a database, a queue) or the agent of a node (network, storage, logs) does not serve.',
    likelyCauses: [
      'a member cannot start, and ordered StatefulSets wait for it',
      'its volume or its node is not there',
      'no pods can be created: quota, pod security, webhook, service account',
    ],
    commands: [
      'kubectl -n {namespace} describe {kind} {name}',
      'kubectl -n {namespace} rollout status {kind}/{name} --timeout=5s',
      'kubectl -n {namespace} get events --sort-by=.lastTimestamp',
    ],
    defaults: {
      // A restart in place is over by then.
      noneReadySeconds: 120,
      // A member's own readiness time, as for any pod that is not ready; kubernetes-mixin waits 15 min because it has none.
      someReadySeconds: 300,
      // The controller tries again with a back-off that passes two minutes after the sixth try.
      failedCreateSeconds: 120,
    },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-statefulset/',
    finds: { 67: ['StatefulSetReplicasMismatch'], 69: ['DaemonSetUnavailable'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  // Either kind can be judged without the other, so that neither is needed.
  needs: [],
  helps: ['StatefulSet', 'DaemonSet', 'Pod', 'Node', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    for (const set of [...statefulSets(objects, topology), ...daemonSets(objects, topology)]) {
      if (set.ready >= set.desired) continue;
      const scene: Scene = { set, now, thresholds, topology };
      const symptom = failedCreate(scene) ?? short(scene);
      if (symptom !== undefined) yield symptom;
    }
  },
});

/** What both kinds have in common. */
interface Members {
  readonly ref: ObjectRef;
  readonly metadata: Metadata | undefined;
  readonly desired: number;
  readonly ready: number;
  readonly unready: readonly Unready[];
  /** A new revision is on its way. */
  readonly isRolling: boolean;
}
interface Scene {
  readonly set: Members;
  readonly now: number;
  readonly thresholds: {
    readonly noneReadySeconds: number;
    readonly someReadySeconds: number;
    readonly failedCreateSeconds: number;
  };
  readonly topology: Topology;
}

function statefulSets(
  { StatefulSet }: Pick<Objects, 'StatefulSet'>,
  topology: Topology,
): readonly Members[] {
  const sets = living('StatefulSet', StatefulSet).filter(([, set]) => !isStale(set));
  return sets.map(([ref, { metadata, spec, status }]) => ({
    ref,
    metadata,
    desired: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    unready: unreadyMembers(topology.podsOf(ref)),
    isRolling: status?.currentRevision !== status?.updateRevision,
  }));
}

/** Pods on nodes that are down or leaving are the node's matter, and are neither wanted nor missing here. */
function daemonSets(
  { DaemonSet, Node }: Pick<Objects, 'DaemonSet' | 'Node'>,
  topology: Topology,
): readonly Members[] {
  const off = nodesWithoutDuty(Node);
  const sets = living('DaemonSet', DaemonSet).filter(([, set]) => !isStale(set));
  return sets.map(([ref, { metadata, status }]) => {
    const all = unreadyMembers(topology.podsOf(ref));
    const unready = all.filter(({ pod }) => !off.has(pod.spec?.nodeName ?? ''));
    const desired = (status?.desiredNumberScheduled ?? 0) - (all.length - unready.length);
    const isRolling = (status?.updatedNumberScheduled ?? 0) < (status?.desiredNumberScheduled ?? 0);
    return { ref, metadata, desired, ready: status?.numberReady ?? 0, unready, isRolling };
  });
}

/** An event is all that a StatefulSet and a DaemonSet say of pods they could not make, so that only a fresh one counts. */
function failedCreate({ set, now, thresholds, topology }: Scene): Symptom | undefined {
  const { ref } = set;
  const event = freshEvent(set, 'FailedCreate', topology, now);
  if (event === undefined) return undefined;
  const since =
    event.firstTimestamp ?? event.eventTime ?? event.metadata?.creationTimestamp ?? null;
  if (!isOlder(since, thresholds.failedCreateSeconds, now)) return undefined;
  const { reason, says, missing, decidedBy } = creationFailureOf(
    event.message ?? '',
    ref.namespace,
  );
  return {
    object: ref,
    reason,
    impact: impactOf(set),
    since,
    message: `${sayName(set)} cannot create pods (FailedCreate), ${sayReady(set)}: ${says}`,
    evidence: [{ source: 'event', at: 'FailedCreate', text: event.message ?? '' }, readiness(set)],
    proof: { decidedBy, sinceExact: false, missing },
  };
}

/** The status has no time of its own: its unready members have, and where none is there at all, it is as old as the set. */
function short({ set, now, thresholds, topology }: Scene): Symptom | undefined {
  const late = overdue(set.unready, topology, now);
  if (late.length === 0 && (set.unready.length > 0 || set.isRolling)) return undefined;
  const first = firstOf(late);
  const since = first === undefined ? (set.metadata?.creationTimestamp ?? null) : first.since;
  const { oldest, newest } = agesOf(late.length > 0 ? late : [{ since }], now);
  const noneFor = set.ready === 0 ? newest : 0;
  if (noneFor < thresholds.noneReadySeconds && oldest < thresholds.someReadySeconds)
    return undefined;
  const members = sayMembers(late);
  return {
    object: set.ref,
    reason: set.ref.kind === 'DaemonSet' ? 'DaemonSetUnavailable' : 'StatefulSetReplicasMismatch',
    impact: impactOf(set),
    since,
    message: `${sayName(set)}: ${sayReady(set)}${members === '' ? ', and no pod is there for the others' : `; ${members}${sayWhich(late)}`}`,
    evidence: [readiness(set)],
    proof: {
      decidedBy: 'field',
      sinceExact: first?.exact ?? false,
      templateHash: sharedHash(late),
      node: late.length === 1 ? late[0]?.pod.spec?.nodeName : undefined,
    },
  };
}

function impactOf({ ready }: Members): Impact {
  return ready === 0 ? 'outage' : 'degraded';
}

function sayName({ ref }: Members): string {
  return `${ref.kind} ${nameOf(ref)}`;
}

function sayReady({ ready, desired }: Members): string {
  return `${ready} of ${desired} pods ready`;
}

function sayWhich(late: readonly Unready[]): string {
  const names = late.map(({ pod }) => pod.metadata?.name ?? '').sort();
  return ` (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`;
}

function readiness({ ref, ready, desired }: Members): Evidence {
  const at = ref.kind === 'DaemonSet' ? 'status.numberReady' : 'status.readyReplicas';
  return { source: 'field', at, text: `${ready} of ${desired}` };
}
