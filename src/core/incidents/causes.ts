import type { Finding } from '../model/finding.ts';

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
  /** A check's id, or the name of a finer cause that some of its reasons stand for. */
  readonly name: string;
  /** The one word for it, whatever sub-cause or passing state the check names: part of the fingerprint. */
  readonly reason: string;
  readonly role: Role;
}

/** A pod that is not ready and the shortage that it makes are one thing, whichever is seen first. */
const notReady = 'NotReady';

/** Every check, the strongest cause first. */
const causes: readonly Cause[] = [
  { name: 'node-not-ready', reason: 'NodeNotReady', role: 'root' },
  { name: 'pvc-pending', reason: 'Pending', role: 'root' },
  { name: 'image-pull', reason: 'ImagePullBackOff', role: 'cause' },
  { name: 'config-error', reason: 'CreateContainerConfigError', role: 'cause' },
  { name: 'volume-mount', reason: 'FailedMount', role: 'cause' },
  { name: 'start-error', reason: 'RunContainerError', role: 'cause' },
  { name: 'init-failing', reason: 'InitContainerFailing', role: 'cause' },
  { name: 'oom-killed', reason: 'OOMKilled', role: 'cause' },
  { name: 'crash-loop', reason: 'CrashLoopBackOff', role: 'cause' },
  { name: 'unschedulable', reason: 'Unschedulable', role: 'cause' },
  { name: 'creation-refused', reason: 'FailedCreate', role: 'alone' },
  { name: 'selector-mismatch', reason: 'NoEndpoints', role: 'alone' },
  { name: 'stuck-terminating', reason: 'StuckTerminating', role: 'alone' },
  { name: 'pod-not-ready', reason: notReady, role: 'symptom' },
  { name: 'job-failed', reason: 'JobFailed', role: 'symptom' },
  { name: 'deployment-short', reason: notReady, role: 'symptom' },
  { name: 'replicas-short', reason: notReady, role: 'symptom' },
  { name: 'service-no-endpoints', reason: 'NoEndpoints', role: 'symptom' },
];
const byName = new Map(causes.map((cause, rank) => [cause.name, { ...cause, rank }]));

/** Reasons of a symptom's check that name its cause: no pod is missing by chance where the API server refuses to make one. */
const finer: { readonly [reason: string]: string | undefined } = {
  QuotaExceeded: 'creation-refused',
  QuotaMissingRequests: 'creation-refused',
  LimitRangeViolation: 'creation-refused',
  PodSecurityViolation: 'creation-refused',
  AdmissionWebhookDenied: 'creation-refused',
  AdmissionWebhookUnavailable: 'creation-refused',
  ServiceAccountMissing: 'creation-refused',
  FailedCreate: 'creation-refused',
  ServiceSelectorMatchesNothing: 'selector-mismatch',
};

/** What a cause is told by. */
type Sign = Pick<Finding, 'check' | 'reason'>;

function causeOf({ check, reason }: Sign): (Cause & { readonly rank: number }) | undefined {
  const named = byName.get(check);
  const more = Object.hasOwn(finer, reason) ? finer[reason] : undefined;
  return named?.role === 'symptom' && more !== undefined ? byName.get(more) : named;
}

/** 0 is the strongest; what the table does not name comes last. */
export function rankOf(sign: Sign): number {
  return causeOf(sign)?.rank ?? causes.length;
}

export function roleOf(sign: Sign): Role {
  return causeOf(sign)?.role ?? 'other';
}

/** The canonical reason: the same for ErrImagePull and ImagePullBackOff, for every clause of the scheduler. */
export function canonicalReason(sign: Sign): string {
  // A claim whose volume is gone is not one that waits for its volume: data may be lost.
  if (sign.check === 'pvc-pending' && sign.reason.includes('Lost')) return 'Lost';
  return causeOf(sign)?.reason ?? sign.reason;
}

/** Whether it says that something fails and nobody says why: a symptom, or the kubelet's bare word for a pull that fails. */
export function isUnexplained(sign: Sign): boolean {
  const isBarePull = sign.check === 'image-pull' && sign.reason === 'ImagePullBackOff';
  return roleOf(sign) === 'symptom' || isBarePull;
}

/** What one look calls a crash loop is called out of memory, or a failed start, by the next one at the same container. */
const explainedElsewhere: { readonly [check: string]: readonly string[] } = {
  'crash-loop': ['oom-killed', 'start-error'],
};

/** Whether `strong` on one pod may explain `weak` on another pod of the same revision and container. */
export function explainsAcrossPods(strong: string, weak: string): boolean {
  return explainedElsewhere[weak]?.includes(strong) ?? false;
}
