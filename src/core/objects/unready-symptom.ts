import type { Evidence, Proof, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import { eventEvidence } from './event-evidence.ts';
import { refOf } from './meta.ts';
import { isReady, type Pod } from './pod.ts';
import { notReadySince, proofOf } from './pod-questions.ts';
import { type Unreadiness, type Unready, unreadinessOf } from './pod-unreadiness.ts';
import type { Topology } from './topology.ts';

/** What a check with one grace time hands on; `now` in ms. */
export interface GraceContext {
  readonly now: number;
  readonly thresholds: { readonly graceSeconds: number };
  readonly topology: Topology;
}

/** Of these pods, those that are not ready for the one reason that a check tells, and for longer than their probes and the check allow. */
export function* notReady(
  check: Unready,
  pods: Iterable<Pod>,
  { now, thresholds, topology }: GraceContext,
): Iterable<Symptom> {
  for (const pod of pods) {
    if (isReady(pod)) continue;
    const why = unreadinessOf(pod, topology, now);
    if (why?.check !== check) continue;
    if (isOlder(why.since, Math.max(thresholds.graceSeconds, why.budgetSeconds), now))
      yield symptomOf(pod, why, topology, now);
  }
}

function symptomOf(pod: Pod, why: Unreadiness, topology: Topology, now: number): Symptom {
  const { check } = why;
  const { since, exact } = notReadySince(pod);
  const age = sayDuration(ageSeconds(since, now) ?? 0);
  const event = why.event?.message;
  const evidence: readonly Evidence[] = [
    { source: 'field', at: why.at, text: why.text },
    ...(event === undefined ? [] : eventEvidence(why.event)),
  ];
  return {
    object: refOf('Pod', pod),
    reason: why.reason,
    impact: topology.impactOf(pod),
    since,
    message: `Pod ${pod.metadata?.name} has not been ready for ${age}: ${why.says}${event === undefined ? '' : `: ${cut(withoutWrapping(event), 140)}`}`,
    evidence,
    proof: {
      decidedBy: why.decidedBy,
      sinceExact: exact,
      ...proofOf(pod, why.container),
      saysWhy: check === 'readiness-gate',
      blockedBy: check === 'pod-on-lost-node' ? unseenNode(pod, topology) : undefined,
    },
  };
}

/** The lost node, where nodes were not read: else it has a finding of its own, or is gone. */
function unseenNode({ spec }: Pod, topology: Topology): Proof['blockedBy'] {
  const name = spec?.nodeName;
  if (name === undefined || topology.read('Node')) return undefined;
  return { kind: 'Node', namespace: null, name, reason: 'NodeNotReady' };
}

/** What the network plugin says, without what the kubelet and the runtime wrote around it. */
function withoutWrapping(event: string): string {
  return event
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^Failed to create pod sandbox: /, '')
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(
      /^failed to (?:setup|set up|create) (?:network for sandbox|sandbox container) "[^"]*"(?: network for pod "[^"]*")?: /,
      '',
    );
}
