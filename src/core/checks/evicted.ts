import { type Impact, impacts, type Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { keyOf, nameOf as nameOfRef } from '../model/snapshot.ts';
import { compareText, count, cut } from '../model/text.ts';
import { ageSeconds, isOlder, parseTime } from '../model/time.ts';
import { failedPods, isOwed, putOutAt } from '../objects/ended-pods.ts';
import { controllerOf, refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const evicted = defineCheck({
  meta: {
    id: 'evicted',
    title: 'Pods were evicted by their node',
    why: 'The kubelet killed them to save the node or to hold them to their own limit; nobody misses one that was replaced.',
    likelyCauses: [
      'the node ran out of memory, disk or process ids',
      'pods without requests use more than they asked for, and are the first to go',
      'the pod wrote more than its ephemeral-storage limit or the sizeLimit of an emptyDir',
    ],
    commands: [
      { for: ['Evicted'], run: 'kubectl describe node {node}' },
      'kubectl -n {namespace} describe pod {name}',
      {
        for: ['Evicted'],
        run: 'kubectl get pods -A --field-selector status.phase=Failed,spec.nodeName={node}',
      },
    ],
    defaults: {
      // A replacement needs a minute or two.
      graceSeconds: 300,
      // An hour: an eviction further back says nothing of now (kubernetes-mixin's KubeNodeEviction looks 15 min back).
      recentSeconds: 3600,
      // From three in an hour on, a node or a workload evicts again and again, though each pod was replaced.
      repeated: 3,
      // A bare pod that was evicted a day ago is a tombstone.
      tombstoneSeconds: 86_400,
    },
    docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
    finds: { 47: ['Evicted', 'StorageLimitExceeded'] },
    cause: { role: 'symptom' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    const { graceSeconds, recentSeconds, tombstoneSeconds, repeated } = thresholds;
    const evictions = failedPods(objects)
      .filter(({ status }) => status?.reason === 'Evicted')
      .map((pod) => ({ pod, owns: isOwnLimit(pod), ...putOutAt(pod, 'Evicted', topology) }))
      .filter(
        ({ pod, since }) =>
          (ageSeconds(since, now) ?? 0) <
          (controllerOf(pod) === undefined ? tombstoneSeconds : recentSeconds),
      );
    const groups = groupBy(evictions, ({ pod, owns }) =>
      owns ? keyOf(topology.workloadOf(pod)) : `node ${pod.spec?.nodeName ?? ''}`,
    );
    for (const group of groups.values()) {
      const sorted = group.sort((a, b) => compareText(nameOf(a.pod), nameOf(b.pod)));
      const recent = sorted.filter(({ since }) => (ageSeconds(since, now) ?? 0) < recentSeconds);
      const [first] = [...recent].sort(bySince);
      if (first !== undefined && recent.length >= repeated)
        yield repeatedly(first, recent, topology);
      else
        for (const each of sorted)
          if (isOlder(each.since, graceSeconds, now) && isOwed(each.pod, topology))
            yield once(each, topology);
    }
  },
});

interface Eviction {
  readonly pod: Pod;
  /** The pod broke its own limit; the node was well. */
  readonly owns: boolean;
  readonly since: string | null;
  readonly exact: boolean;
}

function nameOf({ metadata }: Pod): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

function isOwnLimit({ status }: Pod): boolean {
  return /exceed(?:s|ed) (?:the total|the|its) (?:local ephemeral storage )?limit/i.test(
    status?.message ?? '',
  );
}

function once({ pod, owns, since, exact }: Eviction, topology: Topology): Symptom {
  const text = pod.status?.message ?? '';
  return {
    object: refOf('Pod', pod),
    reason: owns ? 'StorageLimitExceeded' : 'Evicted',
    impact: topology.impactOf(pod),
    since,
    message: `Pod ${pod.metadata?.name} was evicted from node ${pod.spec?.nodeName} (Evicted)${text === '' ? '' : `: ${cut(text, 200)}`}`,
    evidence: [{ source: 'field', at: 'status.reason', text: `Evicted ${text}`.trim() }],
    proof: { decidedBy: owns ? 'message' : 'field', sinceExact: exact, ...proofOf(pod) },
  };
}

/** Of a node in trouble the node, of a workload that breaks its own limit its first pod. */
function repeatedly(first: Eviction, all: readonly Eviction[], topology: Topology): Symptom {
  const { pod, owns, since, exact } = first;
  const single = once(first, topology);
  const impact = worstOf(all, topology);
  const text = cut(pod.status?.message ?? '', 120);
  const many = `${count(all.length, 'pod')} within an hour (Evicted)`;
  if (owns) {
    const workload = topology.workloadOf(pod);
    const who = `${workload.kind} ${nameOfRef(workload)}`;
    return { ...single, impact, message: `${who} lost ${many}: ${text}` };
  }
  const node = pod.spec?.nodeName ?? '';
  const names = sayNames(all.map((each) => nameOf(each.pod)));
  return {
    object: { kind: 'Node', namespace: null, name: node },
    reason: 'Evicted',
    impact,
    since,
    message: `Node ${node} evicted ${many}: ${names}: ${text}`,
    evidence: single.evidence,
    proof: { decidedBy: 'field', sinceExact: exact, node },
  };
}

/** At most three, as many as fit whole, and how many more there are. */
function sayNames(names: readonly string[]): string {
  const fit = (at: number) => at === 0 || names.slice(0, at + 1).join(', ').length <= 120;
  const shown = names.slice(0, 3).filter((_, at) => fit(at));
  const rest = names.length - shown.length;
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest} more`;
}

function bySince(a: Eviction, b: Eviction): number {
  return (parseTime(a.since) ?? 0) - (parseTime(b.since) ?? 0);
}

/** Where each was replaced, the node is in trouble all the same. */
function worstOf(evictions: readonly Eviction[], topology: Topology): Impact {
  const owed = evictions.filter(({ pod }) => isOwed(pod, topology));
  const found = owed.map(({ pod }) => topology.impactOf(pod));
  return impacts.find((each) => found.includes(each)) ?? 'at-risk';
}
