import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder } from '../model/time.ts';
import { isStale, living, type Observed } from '../objects/living.ts';
import type { Topology } from '../objects/topology.ts';
import { specChangedAt, type WorkloadMeta } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const generationMismatch = defineCheck({
  meta: {
    id: 'generation-mismatch',
    title: 'Controller has not seen the newest spec',
    why: 'What was changed last does not happen, and the status tells of an older spec.',
    likelyCauses: [
      'kube-controller-manager is down or cannot reach the API server',
      'it is overloaded, or its leader election hangs',
    ],
    commands: [
      'kubectl -n {namespace} get {kind} {name} -o jsonpath="{.metadata.generation} {.status.observedGeneration}"',
      'kubectl -n kube-system get pods -l component=kube-controller-manager',
      'kubectl -n kube-system get lease kube-controller-manager -o jsonpath="{.spec.renewTime}"',
    ],
    // kubernetes-mixin, KubeDeploymentGenerationMismatch.
    defaults: { graceSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status',
    finds: { 65: ['GenerationMismatch'] },
    cause: { role: 'other' },
  },
  needs: [],
  helps: ['Deployment', 'StatefulSet', 'DaemonSet', 'Pod'],
  *judge(objects, { now, thresholds, topology }) {
    const workloads = [
      ...living('Deployment', objects.Deployment),
      ...living('StatefulSet', objects.StatefulSet),
      ...living('DaemonSet', objects.DaemonSet),
    ];
    for (const [ref, workload] of workloads) {
      if (!isStale(workload) || isCutShort(ref, workload, topology)) continue;
      const changed = specChangedAt(workload);
      const since = changed ?? workload.metadata?.creationTimestamp;
      if (isOlder(since, thresholds.graceSeconds, now)) yield unseen(ref, workload, changed);
    }
  },
});

/** A status that says nothing at all, of a workload whose pods are there or that no API server has seen (it gives each a generation): the dump does not say. */
function isCutShort(ref: ObjectRef, { metadata, status }: Observed, topology: Topology): boolean {
  if (status?.observedGeneration !== undefined) return false;
  return metadata?.generation === undefined || topology.podsOf(ref).length > 0;
}

function unseen(
  ref: ObjectRef,
  {
    metadata,
    status,
  }: WorkloadMeta & {
    readonly status?: { readonly observedGeneration?: number | undefined } | undefined;
  },
  changed: string | undefined,
): Symptom {
  const { generation = 0 } = metadata ?? {};
  const observed = status?.observedGeneration ?? 'none';
  return {
    object: ref,
    reason: 'GenerationMismatch',
    impact: 'at-risk',
    since: changed ?? null,
    message: `${ref.kind} ${nameOf(ref)}: its controller has not seen the newest spec (generation ${generation}, observedGeneration ${observed})`,
    evidence: [
      {
        source: 'field',
        at: 'status.observedGeneration',
        text: `${observed}, metadata.generation ${generation}`,
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: false,
      unconfirmed: changed === undefined ? true : undefined,
    },
  };
}
