import type { Impact, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import type { ResourceQuota } from '../objects/cluster-objects.ts';
import { living } from '../objects/living.ts';
import { needsOf, type PodNeeds } from '../objects/pod-needs.ts';
import { quantityOf } from '../objects/quantity.ts';
import { servers } from '../objects/templates.ts';
import { defineCheck } from './define.ts';

export const quotaFull = defineCheck({
  meta: {
    id: 'quota-full',
    title: 'Quota is used up',
    why: 'No further pod or object of its kind is admitted to the namespace: a rollout, a scale-up or a replacement stops there.',
    likelyCauses: [
      'growth: more replicas or larger requests than the quota was made for',
      'finished or forgotten objects still count',
    ],
    commands: [
      'kubectl -n {namespace} describe resourcequota {name}',
      'kubectl -n {namespace} get pods',
      'kubectl -n {namespace} edit resourcequota {name} # changes the cluster',
    ],
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    finds: { 118: ['QuotaFull', 'QuotaTooSmallForNextPod'] },
    cause: { role: 'root', reason: 'QuotaExceeded' },
  },
  needs: ['ResourceQuota'],
  helps: ['Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, _context) {
    if (objects.ResourceQuota.length === 0) return;
    const needs = needsOf(servers(objects));
    for (const [ref, quota] of living('ResourceQuota', objects.ResourceQuota)) {
      const tight = tightOf(quota, needs.get(ref.namespace) ?? []);
      if (tight.length > 0) yield symptomOf(ref, tight);
    }
  },
});

interface Tight {
  readonly resource: string;
  readonly used: string;
  readonly hard: string;
  readonly isFull: boolean;
  /** The workload whose next pod is refused, where the quota is not quite full. */
  readonly refuses: PodNeeds | undefined;
}

/** What counts against pods: without it none comes. */
const ofPods =
  /^(?:pods|count\/pods|(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|requests\.[a-z0-9.-]+\/[A-Za-z0-9._-]+)$/;

function tightOf({ status }: ResourceQuota, needs: readonly PodNeeds[]): readonly Tight[] {
  return Object.entries(status?.hard ?? {})
    .flatMap(([resource, limit]): Tight[] => {
      const hard = quantityOf(limit);
      const used = quantityOf(status?.used?.[resource]);
      // A quota of nothing forbids something on purpose.
      if (hard === undefined || used === undefined || hard <= 0) return [];
      const isFull = used >= hard;
      const refuses = isFull ? undefined : refusedBy(resource, hard - used, needs);
      if (!isFull && refuses === undefined) return [];
      const words = { used: String(status?.used?.[resource]), hard: String(limit) };
      return [{ resource, ...words, isFull, refuses }];
    })
    .sort(
      (a, b) =>
        Number(ofPods.test(b.resource)) - Number(ofPods.test(a.resource)) ||
        compareText(a.resource, b.resource),
    );
}

/** Where what is left is too little even for the smallest pod of the namespace. */
function refusedBy(
  resource: string,
  left: number,
  needs: readonly PodNeeds[],
): PodNeeds | undefined {
  const asking = needs
    .flatMap((each) => {
      const amount = each.amounts.get(resource) ?? 0;
      return amount > 0 ? [{ each, amount }] : [];
    })
    .sort((a, b) => a.amount - b.amount);
  const [smallest] = asking;
  // Sums of fractions miss by a hair.
  const isTooMuch = smallest !== undefined && smallest.amount * (1 - 1e-6) > left;
  return isTooMuch ? smallest.each : undefined;
}

function symptomOf(ref: ObjectRef, tight: readonly Tight[]): Symptom {
  const [first] = tight;
  const impact: Impact = tight.some(({ resource }) => ofPods.test(resource)) ? 'at-risk' : 'info';
  const says = tight
    .slice(0, 3)
    .map(({ resource, used, hard }) => `${resource} ${used} of ${hard}`)
    .join(', ');
  const isFull = first?.isFull !== false;
  const next =
    first?.refuses === undefined
      ? `no further ${impact === 'at-risk' ? 'pod' : 'object'} is admitted`
      : `the next pod of ${first.refuses.ref.kind} ${first.refuses.ref.name} is not admitted`;
  return {
    object: ref,
    reason: isFull ? 'QuotaFull' : 'QuotaTooSmallForNextPod',
    impact,
    since: null,
    message: `ResourceQuota ${nameOf(ref)} ${isFull ? 'is used up' : 'has too little left'}: ${says}; ${next} (exceeded quota)`,
    evidence: tight.slice(0, 5).map(({ resource, used, hard }) => ({
      source: 'field',
      at: `status.used[${resource}]`,
      text: `${used} of ${hard}`,
    })),
    proof: { decidedBy: 'field', sinceExact: false, unconfirmed: true },
  };
}
