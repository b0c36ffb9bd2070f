import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { addonRoleOf, addonWords } from '../objects/addons.ts';
import { judgedDeployments } from '../objects/deployment-standing.ts';
import type { Objects } from '../objects/kinds.ts';
import {
  daemonSets,
  type MemberSet,
  readiness,
  shortageOf,
  statefulSets,
} from '../objects/member-sets.ts';
import { sayMembers, sharedHash, unreadyMembers } from '../objects/members.ts';
import { conditionOf } from '../objects/meta.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const addonDown = defineCheck({
  meta: {
    id: 'addon-down',
    title: 'Cluster add-on is down',
    why: 'DNS, the pod network, volumes or the way in from outside stand on it: what fails elsewhere may come from here.',
    likelyCauses: [
      'an upgrade of the add-on or of its nodes',
      'no node has room for it, or it tolerates none',
      'its image, configuration or credentials',
    ],
    commands: [
      'kubectl -n {namespace} describe {kind} {name}',
      'kubectl -n {namespace} get pods -o wide',
      'kubectl -n {namespace} logs {workload} --all-containers --tail=50',
    ],
    defaults: {
      // A restart in place is over by then.
      graceSeconds: 120,
      // Of the nodes that should have it, more than a tenth: our own figure.
      missingPercent: 10,
    },
    docs: 'https://kubernetes.io/docs/concepts/cluster-administration/addons/',
    finds: { 71: ['CriticalAddonDown'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: [],
  helps: ['Deployment', 'DaemonSet', 'StatefulSet', 'Pod', 'Node', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    for (const set of addonsOf(objects, topology)) {
      const shortage = shortageOf(set, topology, now);
      if (shortage === undefined) continue;
      const since = set.unavailableSince ?? shortage.since;
      const isOver =
        set.ready === 0
          ? isOlder(since, thresholds.graceSeconds, now) &&
            shortage.newest >= thresholds.graceSeconds
          : set.ref.kind === 'DaemonSet' &&
            shortage.oldest >= thresholds.graceSeconds &&
            shortage.late.length * 100 > set.desired * thresholds.missingPercent;
      if (!isOver) continue;
      yield symptomOf(set, {
        since,
        sinceExact: set.unavailableSince !== undefined || shortage.sinceExact,
        says: sayMembers(shortage.late),
        templateHash: sharedHash(shortage.late),
      });
    }
  },
});

interface Addon extends MemberSet {
  readonly without: string;
  /** A Deployment says since when none is available. */
  readonly unavailableSince?: string | undefined;
}

function addonsOf(
  objects: Pick<Objects, 'Deployment' | 'DaemonSet' | 'StatefulSet' | 'Node'>,
  topology: Topology,
): readonly Addon[] {
  const sets: readonly (MemberSet & Pick<Addon, 'unavailableSince'>)[] = [
    ...deployments(objects, topology),
    ...daemonSets(objects, topology),
    ...statefulSets(objects, topology),
  ];
  return sets.flatMap((set) => {
    const role = addonRoleOf(set.ref, set.metadata?.labels);
    return role === undefined ? [] : [{ ...set, without: addonWords[role] }];
  });
}

function deployments({ Deployment }: Pick<Objects, 'Deployment'>, topology: Topology) {
  const down = judgedDeployments(Deployment, topology).filter(
    ({ standing }) => standing.ready === 0,
  );
  return down.map(({ ref, deployment, standing }) => {
    const available = conditionOf(deployment, 'Available');
    return {
      ref,
      metadata: deployment.metadata,
      desired: standing.desired,
      ready: standing.ready,
      unready: unreadyMembers(topology.podsOf(ref)),
      isRolling: false,
      unavailableSince: available?.status === 'False' ? available.lastTransitionTime : undefined,
    };
  });
}

function symptomOf(
  set: Addon,
  found: {
    readonly since: string | null;
    readonly sinceExact: boolean;
    readonly says: string;
    readonly templateHash: string | undefined;
  },
): Symptom {
  const { ref, ready, desired, without } = set;
  return {
    object: ref,
    reason: 'CriticalAddonDown',
    impact: ready === 0 ? 'outage' : 'degraded',
    since: found.since,
    message: `Add-on ${sayName(ref)} is down (${ready} of ${desired} pods ready${found.says === '' ? '' : `; ${found.says}`}): without it ${without}`,
    evidence: [readiness(set)],
    proof: { decidedBy: 'field', sinceExact: found.sinceExact, templateHash: found.templateHash },
  };
}

function sayName(ref: ObjectRef): string {
  return `${ref.kind} ${nameOf(ref)}`;
}
