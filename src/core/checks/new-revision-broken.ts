import type { Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { isOlder, parseTime } from '../model/time.ts';
import {
  availability,
  impactOf,
  type Judged,
  judgedDeployments,
  sayStanding,
} from '../objects/deployment-standing.ts';
import { firstOf, overdue, sayMembers, type Unready, unreadyMembers } from '../objects/members.ts';
import { conditionOf } from '../objects/meta.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { isOnLostNode, templateHashOf } from '../objects/pod-questions.ts';
import { unreadinessOf } from '../objects/pod-unreadiness.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const newRevisionBroken = defineCheck({
  meta: {
    id: 'new-revision-broken',
    title: 'New revision fails while the old one serves',
    why: 'The rolling update has caught a bad release: what runs is the old revision, and nobody gets the new one.',
    likelyCauses: [
      'the release itself: image, configuration, probe, resources',
      'something that only the new revision asks for: a Secret, a volume, a node',
    ],
    commands: [
      'kubectl -n {namespace} rollout history deployment/{name}',
      'kubectl -n {namespace} describe deployment {name}',
      'kubectl -n {namespace} rollout undo deployment/{name} # changes the cluster',
    ],
    // A restart in place is over by then; what only does not become ready gets as long as `readiness-failing` gives it, and what its probes allow.
    defaults: { graceSeconds: 120, notReadySeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-back-a-deployment',
    finds: { 58: ['NewRevisionBroken'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Deployment', 'Pod'],
  helps: ['Node', 'Event'],
  *judge({ Deployment: deployments }, { now, thresholds, topology }) {
    for (const judged of judgedDeployments(deployments, topology)) {
      const pods = topology.podsOf(judged.ref);
      if (pods.every(isReady)) continue;
      const revisions = revisionsOf(judged, pods);
      if (revisions === undefined || revisions.newest.some(isReady)) continue;
      const failing = failingOf(revisions.newest, topology, now).filter(({ pod, since }) => {
        const slow = unreadinessOf(pod, topology, now) !== undefined;
        return isOlder(since, thresholds[slow ? 'notReadySeconds' : 'graceSeconds'], now);
      });
      const first = firstOf(failing);
      if (first !== undefined) yield broken(judged, revisions, failing, first);
    }
  },
});

interface Revisions {
  readonly hash: string;
  readonly newest: readonly Pod[];
  /** Ready pods of the revisions before. */
  readonly serving: readonly Pod[];
}

/** The newest revision and who serves beside it; undefined where there is one revision, or nobody serves. */
function revisionsOf({ deployment }: Judged, pods: readonly Pod[]): Revisions | undefined {
  const byHash = groupBy(pods, (pod) => templateHashOf(pod) ?? '');
  if (byHash.size < 2 || byHash.has('')) return undefined;
  const said = conditionOf(deployment, 'Progressing')?.message ?? '';
  const hash =
    [...byHash.keys()].find((each) => said.includes(`-${each}"`)) ??
    [...byHash].sort(([, a], [, b]) => firstMade(b) - firstMade(a))[0]?.[0];
  const newest = byHash.get(hash ?? '');
  const serving = pods.filter((pod) => templateHashOf(pod) !== hash && isReady(pod));
  if (hash === undefined || newest === undefined || serving.length === 0) return undefined;
  return { hash, newest, serving };
}

/** The Progressing condition names the newest ReplicaSet; without it, it is the one whose first pod is the youngest. */
function firstMade(pods: readonly Pod[]): number {
  return Math.min(...pods.map(({ metadata }) => parseTime(metadata?.creationTimestamp) ?? 0));
}

function failingOf(newest: readonly Pod[], topology: Topology, now: number): readonly Unready[] {
  const own = newest.filter(
    (pod) => pod.metadata?.deletionTimestamp === undefined && !isOnLostNode(pod, topology),
  );
  return overdue(unreadyMembers(own), topology, now);
}

function broken(
  { ref, standing }: Judged,
  { hash, serving }: Revisions,
  failing: readonly Unready[],
  first: Unready,
): Symptom {
  const old = [...new Set(serving.map((pod) => templateHashOf(pod) ?? ''))].sort().join(', ');
  return {
    object: ref,
    reason: 'NewRevisionBroken',
    impact: impactOf(standing),
    since: first.since,
    message: `New revision ${hash} of Deployment ${nameOf(ref)} fails (${sayMembers(failing)}); ${count(serving.length, 'pod')} of ${old} still serve${serving.length === 1 ? 's' : ''}, ${sayStanding(standing)}`,
    evidence: [
      {
        source: 'field',
        at: 'metadata.labels[pod-template-hash]',
        text: `${hash}: 0 of ${failing.length} pods ready; ${old}: ${serving.length} ready`,
      },
      availability(standing),
    ],
    proof: { decidedBy: 'field', sinceExact: first.exact, templateHash: hash },
  };
}
