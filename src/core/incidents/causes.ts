/**
 * What a check's finding is to the others on its workload.
 * root: stands above workloads (a node, a claim).
 * cause: explains the symptoms of its workload, and weaker causes of the same container.
 * alone: explains the symptoms of its workload; no other cause explains it.
 * symptom: joins the strongest cause of its workload, where there is one.
 * other: neither explains nor is explained (a check that this table does not name).
 */
export type Role = 'root' | 'cause' | 'alone' | 'symptom' | 'other';

interface Cause {
  readonly check: string;
  /** The one word for it, whatever sub-cause or passing state the check names: part of the fingerprint. */
  readonly reason: string;
  readonly role: Role;
}

/** A pod that is not ready and the shortage that it makes are one thing, whichever is seen first. */
const notReady = 'NotReady';

/** Every check, the strongest cause first. */
const causes: readonly Cause[] = [
  { check: 'node-not-ready', reason: 'NodeNotReady', role: 'root' },
  { check: 'pvc-pending', reason: 'Pending', role: 'root' },
  { check: 'image-pull', reason: 'ImagePullBackOff', role: 'cause' },
  { check: 'config-error', reason: 'CreateContainerConfigError', role: 'cause' },
  { check: 'volume-mount', reason: 'FailedMount', role: 'cause' },
  { check: 'start-error', reason: 'RunContainerError', role: 'cause' },
  { check: 'init-failing', reason: 'InitContainerFailing', role: 'cause' },
  { check: 'oom-killed', reason: 'OOMKilled', role: 'cause' },
  { check: 'crash-loop', reason: 'CrashLoopBackOff', role: 'cause' },
  { check: 'unschedulable', reason: 'Unschedulable', role: 'cause' },
  { check: 'stuck-terminating', reason: 'StuckTerminating', role: 'alone' },
  { check: 'pod-not-ready', reason: notReady, role: 'symptom' },
  { check: 'job-failed', reason: 'JobFailed', role: 'symptom' },
  { check: 'deployment-short', reason: notReady, role: 'symptom' },
  { check: 'replicas-short', reason: notReady, role: 'symptom' },
  { check: 'service-no-endpoints', reason: 'NoEndpoints', role: 'symptom' },
];
const byCheck = new Map(causes.map((cause, rank) => [cause.check, { ...cause, rank }]));

/** 0 is the strongest; a check that the table does not name comes last. */
export function rankOf(check: string): number {
  return byCheck.get(check)?.rank ?? causes.length;
}

export function roleOf(check: string): Role {
  return byCheck.get(check)?.role ?? 'other';
}

/** The canonical reason: the same for ErrImagePull and ImagePullBackOff, for every clause of the scheduler. */
export function canonicalReason(check: string, reason: string): string {
  // A claim whose volume is gone is not one that waits for its volume: data may be lost.
  if (check === 'pvc-pending' && reason.includes('Lost')) return 'Lost';
  return byCheck.get(check)?.reason ?? reason;
}

/** What one look calls a crash loop is called out of memory, or a failed start, by the next one at the same container. */
const explainedElsewhere: { readonly [check: string]: readonly string[] } = {
  'crash-loop': ['oom-killed', 'start-error'],
};

/** Whether `strong` on one pod may explain `weak` on another pod of the same revision and container. */
export function explainsAcrossPods(strong: string, weak: string): boolean {
  return explainedElsewhere[weak]?.includes(strong) ?? false;
}
