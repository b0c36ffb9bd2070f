import type { Proof, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import type { Node } from '../objects/cluster-objects.ts';
import { cordonedSince } from '../objects/cordon.ts';
import { guardedPods, judgedBudgets, sayRule } from '../objects/disruption.ts';
import { isStale } from '../objects/living.ts';
import { controllerOf } from '../objects/meta.ts';
import type { PodDisruptionBudget } from '../objects/network-and-storage.ts';
import { defineCheck } from './define.ts';

export const pdbBlocksDrain = defineCheck({
  meta: {
    id: 'pdb-blocks-drain',
    title: 'Disruption budget holds up the drain of a node',
    why: 'A node is to be emptied and cannot be: an upgrade or a scale-down waits for ever.',
    likelyCauses: [
      'minAvailable is all of the pods, or maxUnavailable is 0',
      'the workload has a single replica',
      'two budgets guard the same pods',
    ],
    commands: [
      'kubectl -n {namespace} get pdb {name} -o yaml',
      'kubectl -n {namespace} get pods -o wide --field-selector spec.nodeName={node}',
      'kubectl get node {node}',
    ],
    // A drain waits for pods to start elsewhere (kubernetes-mixin waits 15 min for a budget).
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    finds: { 81: ['PDBBlocksDrain'] },
    cause: { role: 'alone' },
  },
  needs: ['PodDisruptionBudget', 'Node', 'Pod'],
  helps: [],
  *judge(objects, { now, thresholds }) {
    const draining = cordonedNodes(objects.Node);
    if (draining.size === 0) return;
    for (const [ref, budget] of judgedBudgets(objects.PodDisruptionBudget)) {
      const { currentHealthy = 0, expectedPods, disruptionsAllowed } = budget.status ?? {};
      if (disruptionsAllowed !== 0 || currentHealthy !== expectedPods || isStale(budget)) continue;
      const held = guardedPods(budget, objects.Pod).filter(
        (pod) =>
          draining.has(pod.spec?.nodeName ?? '') &&
          pod.metadata?.deletionTimestamp === undefined &&
          controllerOf(pod)?.kind !== 'DaemonSet',
      );
      const names = [...new Set(held.map(({ spec }) => spec?.nodeName ?? ''))].sort();
      const [node] = names;
      if (node === undefined) continue;
      const since = draining.get(node) ?? null;
      if (!isOlder(since, thresholds.graceSeconds, now)) continue;
      const pods = held.map(({ metadata }) => metadata?.name ?? '').sort();
      yield blocked(ref, budget, { node, since, pods });
    }
  },
});

/** Cordoned nodes, since when where their taint says it. */
function cordonedNodes(nodes: readonly Node[]): ReadonlyMap<string, string | null> {
  const staying = nodes.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  return new Map(
    staying.flatMap((node) => {
      const since = cordonedSince(node);
      return since === undefined ? [] : [[node.metadata?.name ?? '', since] as const];
    }),
  );
}

function blocked(
  ref: ObjectRef,
  budget: PodDisruptionBudget,
  held: {
    readonly node: string;
    readonly since: string | null;
    readonly pods: readonly string[];
  },
): Symptom {
  const { currentHealthy = 0, expectedPods = 0 } = budget.status ?? {};
  const { node, since, pods } = held;
  const proof: Proof = {
    decidedBy: 'field',
    sinceExact: since !== null,
    node,
    unconfirmed: since === null ? true : undefined,
  };
  return {
    object: ref,
    reason: 'PDBBlocksDrain',
    impact: 'at-risk',
    since,
    message: `PodDisruptionBudget ${nameOf(ref)}${sayRule(budget)} allows no disruption (${currentHealthy} of ${expectedPods} pods healthy) and keeps ${pods.slice(0, 3).join(', ')}${pods.length > 3 ? ', …' : ''} on cordoned node ${node}`,
    evidence: [
      { source: 'field', at: 'status.disruptionsAllowed', text: '0' },
      { source: 'field', at: 'spec.unschedulable', text: `true (Node ${node})` },
    ],
    proof,
  };
}
