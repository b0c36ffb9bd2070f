import type { Evidence, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { targetNodeOf } from './capacity.ts';
import type { Objects } from './kinds.ts';
import { isStale, living } from './living.ts';
import {
  agesOf,
  firstOf,
  overdue,
  sayMembers,
  sharedHash,
  type Unready,
  unreadyMembers,
} from './members.ts';
import type { Metadata } from './meta.ts';
import { nodesWithoutDuty } from './node-questions.ts';
import { isReady } from './pod.ts';
import type { Topology } from './topology.ts';

/** What StatefulSets and DaemonSets have in common: neither says since when it is short. */
export interface MemberSet {
  readonly ref: ObjectRef;
  readonly metadata: Metadata | undefined;
  /** The one that its template asks for. */
  readonly serviceAccount?: string | undefined;
  readonly desired: number;
  readonly ready: number;
  /** Empty where all are ready. */
  readonly unready: readonly Unready[];
  /** A new revision is on its way. */
  readonly isRolling: boolean;
}

/** StatefulSets of which the status tells. */
export function statefulSets(
  { StatefulSet }: Pick<Objects, 'StatefulSet'>,
  topology: Topology,
): readonly MemberSet[] {
  const sets = living('StatefulSet', StatefulSet).filter(([, set]) => !isStale(set));
  return sets.map(([ref, { metadata, spec, status }]) => {
    const { replicas: desired = 1 } = spec ?? {};
    // The API leaves a zero out: where pods are ready all the same, it is unreadable.
    const { readyReplicas: ready = topology.podsOf(ref).filter(isReady).length } = status ?? {};
    return {
      ref,
      metadata,
      serviceAccount: spec?.template?.spec?.serviceAccountName,
      desired,
      ready,
      unready: ready < desired ? unreadyMembers(topology.podsOf(ref)) : [],
      isRolling: status?.currentRevision !== status?.updateRevision,
    };
  });
}

/** DaemonSets of which the status tells. Pods on nodes that are down or leaving are the node's matter, and are neither wanted nor missing here. */
export function daemonSets(
  { DaemonSet, Node }: Pick<Objects, 'DaemonSet' | 'Node'>,
  topology: Topology,
): readonly MemberSet[] {
  const off = nodesWithoutDuty(Node);
  const sets = living('DaemonSet', DaemonSet).filter(
    ([, set]) => !isStale(set) && set.status?.numberReady !== undefined,
  );
  return sets.map(([ref, { metadata, spec, status }]) => {
    const { desiredNumberScheduled = 0, numberReady: ready = 0 } = status ?? {};
    const all = ready < desiredNumberScheduled ? unreadyMembers(topology.podsOf(ref)) : [];
    const unready = all.filter(
      ({ pod }) => !off.has(pod.spec?.nodeName ?? targetNodeOf(pod) ?? ''),
    );
    const desired = desiredNumberScheduled - (all.length - unready.length);
    const isRolling =
      spec?.updateStrategy?.type !== 'OnDelete' &&
      (status?.updatedNumberScheduled ?? 0) < desiredNumberScheduled;
    const serviceAccount = spec?.template?.spec?.serviceAccountName;
    return { ref, metadata, serviceAccount, desired, ready, unready, isRolling };
  });
}

/** Of which members nothing excuses that they are not ready, and since when. */
export interface Shortage {
  readonly set: MemberSet;
  readonly late: readonly Unready[];
  readonly since: string | null;
  readonly sinceExact: boolean;
  /** In seconds, of the first and the last that went. */
  readonly oldest: number;
  readonly newest: number;
}

/** The unready members have times of their own; where none is there at all, it is as old as the set. Undefined: nothing is wrong, or something excuses it. */
export function shortageOf(set: MemberSet, topology: Topology, now: number): Shortage | undefined {
  if (set.ready >= set.desired) return undefined;
  const late = overdue(set.unready, topology, now);
  if (late.length === 0 && (set.unready.length > 0 || set.isRolling)) return undefined;
  const first = firstOf(late);
  const since = first === undefined ? (set.metadata?.creationTimestamp ?? null) : first.since;
  const ages = agesOf(late.length > 0 ? late : [{ since }], now);
  return { set, late, since, sinceExact: first?.exact ?? false, ...ages };
}

/** Past `noneSeconds` where none is ready, past `someSeconds` otherwise. */
export function isLate(
  { set, oldest, newest }: Shortage,
  grace: { readonly noneReadySeconds: number; readonly someReadySeconds: number },
): boolean {
  const noneFor = set.ready === 0 ? newest : 0;
  return noneFor >= grace.noneReadySeconds || oldest >= grace.someReadySeconds;
}

/** What a check says of it, but for its word. */
export function shortSymptom({ set, late, since, sinceExact }: Shortage, reason: string): Symptom {
  const members = sayMembers(late);
  return {
    object: set.ref,
    reason,
    impact: set.ready === 0 ? 'outage' : 'degraded',
    since,
    message: `${sayName(set)}: ${sayReady(set)}${members === '' ? ', and no pod is there for the others' : `; ${members}${sayWhich(late)}`}`,
    evidence: [readiness(set)],
    proof: {
      decidedBy: 'field',
      sinceExact,
      templateHash: sharedHash(late),
      node: late.length === 1 ? late[0]?.pod.spec?.nodeName : undefined,
    },
  };
}

function sayName({ ref }: MemberSet): string {
  return `${ref.kind} ${nameOf(ref)}`;
}

export function sayReady({ ready, desired }: MemberSet): string {
  return `${ready} of ${desired} pods ready`;
}

/** ` (db-0, db-1, db-2, …)`. */
export function sayWhich(late: readonly Unready[]): string {
  const names = late.map(({ pod }) => pod.metadata?.name ?? '').sort();
  return ` (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`;
}

export function readiness({ ref, ready, desired }: MemberSet): Evidence {
  const at = ref.kind === 'DaemonSet' ? 'status.numberReady' : 'status.readyReplicas';
  return { source: 'field', at, text: `${ready} of ${desired}` };
}
