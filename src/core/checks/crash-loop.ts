import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import {
  endEvidence,
  endOf,
  impactOfLoop,
  isBackingOff,
  isBetweenDeaths,
  isOutOfMemory,
  isStartFailure,
  loopRestarts,
  loopSince,
  sayEnd,
} from '../objects/container-ends.ts';
import { servingPods, troubledStaticPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import {
  type PodContainer,
  restartPolicyOf,
  servingContainers,
} from '../objects/pod-containers.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import { mayBeKilled, type ProbeFailures, probeFailuresOf } from '../objects/probe-failures.ts';
import { terminationLine } from '../objects/termination-line.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** How it dies out of memory, without ever starting or by its liveness probe is told by `oom-killed`, `start-error` and `liveness-failing`. */
export const crashLoop = defineCheck({
  meta: {
    id: 'crash-loop',
    title: 'Container is in a crash loop',
    why: 'A container that keeps dying serves nothing, or only between its deaths.',
    likelyCauses: [
      'the application fails at start: configuration, migration, expired certificate',
      'a dependency that it needs at start is down',
      'the liveness or startup probe kills it',
      'the command ends by itself (exit 0)',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
    ],
    // Three restarts are the third back-off; 5 min cover a slow first crash (kubernetes-mixin waits 15 min, and for a rate).
    defaults: { restarts: loopRestarts, graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
    finds: { 1: ['CrashLoopBackOff'], 2: ['CrashLoopHidden'], 3: ['CrashLoopExit0'] },
    cause: { role: 'cause', reason: 'CrashLoopBackOff' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of [...servingPods(objects, now), ...troubledStaticPods(objects, now)])
      for (const container of servingContainers(pod)) {
        const { status } = container;
        const known = isOutOfMemory(endOf(status)) || isStartFailure(endOf(status));
        const looping = isBackingOff(status)
          ? (status.restartCount ?? 0) >= thresholds.restarts ||
            isOlder(startOf(pod), thresholds.graceSeconds, now)
          : isBetweenDeaths(status, thresholds.restarts, now) && !isDone(pod, container);
        if (looping && !known) yield loopOf(pod, container, topology, now);
      }
  },
});

/** It ended well at last, and nobody wants it to run on. */
function isDone(pod: Pod, container: PodContainer): boolean {
  const ended = container.status.state?.terminated?.exitCode === 0;
  return ended && restartPolicyOf(pod, container) !== 'Always';
}

function loopOf(pod: Pod, container: PodContainer, topology: Topology, now: number): Symptom {
  const { status, name } = container;
  const probe = probeThatKills(pod, container, topology, now);
  const { reason, how } = kindOf(pod, container, probe);
  return {
    object: refOf('Pod', pod),
    reason,
    impact: impactOfLoop(pod, topology),
    since: loopSince(pod, status, topology),
    message: `Container ${name} is in a crash loop (${sayEnd(status)})${how === '' ? '' : `: ${how}`}`,
    evidence: [
      endEvidence(container),
      ...(probe === undefined
        ? []
        : [{ source: 'event' as const, at: 'Unhealthy', text: probe.text }]),
    ],
    proof: {
      decidedBy: probe === undefined ? 'field' : 'message',
      sinceExact: false,
      ...proofOf(pod, container),
      exitCode: endOf(status)?.exitCode,
    },
  };
}

/** Between two deaths it seems to run; what ends well is restarted only where its policy is Always. */
function kindOf(
  pod: Pod,
  container: PodContainer,
  probe: ProbeFailures | undefined,
): { readonly reason: string; readonly how: string } {
  const { status } = container;
  const looped = isBackingOff(status) ? 'CrashLoopBackOff' : 'CrashLoopHidden';
  if (probe !== undefined)
    return {
      reason: looped,
      how: `killed after its ${cut(probe.text, 160).replace(/^[LS]/, (first) => first.toLowerCase())}`,
    };
  if (endOf(status)?.exitCode === 0 && restartPolicyOf(pod, container) === 'Always')
    return { reason: 'CrashLoopExit0', how: 'ends by itself, which a service never should' };
  return { reason: looped, how: terminationLine(endOf(status)) };
}

/** A probe that failed lately, where the container ended as one that is killed for it. */
function probeThatKills(
  pod: Pod,
  container: PodContainer,
  topology: Topology,
  now: number,
): ProbeFailures | undefined {
  if (!mayBeKilled(container)) return undefined;
  return (
    probeFailuresOf(pod, container, 'Liveness', topology, freshSeconds, now) ??
    probeFailuresOf(pod, container, 'Startup', topology, freshSeconds, now)
  );
}

/** Longer than the longest back-off (5 min) and a run. */
const freshSeconds = 900;
