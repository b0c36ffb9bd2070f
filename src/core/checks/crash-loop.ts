import type { Evidence, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import {
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
import { isJobPod, judgedPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { eventsOfContainer, isFresh } from '../objects/object-events.ts';
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, servingContainers } from '../objects/pod-containers.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** How it dies out of memory or without ever starting is told by `oom-killed` and `start-error`. */
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
    finds: { 1: ['CrashLoopBackOff'], 2: ['CrashLoopBackOff'], 3: ['CrashLoopExit0'] },
    cause: { role: 'cause', reason: 'CrashLoopBackOff' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now).filter((each) => !isJobPod(each)))
      for (const container of servingContainers(pod)) {
        const { status } = container;
        const known = isOutOfMemory(endOf(status)) || isStartFailure(endOf(status));
        const looping = isBackingOff(status)
          ? (status.restartCount ?? 0) >= thresholds.restarts ||
            isOlder(startOf(pod), thresholds.graceSeconds, now)
          : isBetweenDeaths(status, thresholds.restarts, now);
        if (looping && !known) yield loopOf(pod, container, topology, now);
      }
  },
});

function loopOf(pod: Pod, container: PodContainer, topology: Topology, now: number): Symptom {
  const { status, name } = container;
  const probe = probeThatKills(pod, container, topology, now);
  const end = endOf(status);
  const done = end?.exitCode === 0;
  const how =
    probe?.how ?? (done ? 'ends by itself, which a service never should' : lastWords(status));
  return {
    object: refOf('Pod', pod),
    reason: probe?.reason ?? (done ? 'CrashLoopExit0' : 'CrashLoopBackOff'),
    impact: impactOfLoop(pod, topology),
    since: loopSince(pod, status, topology),
    message: `Container ${name} is in a crash loop (${sayEnd(status)})${how === '' ? '' : `: ${how}`}`,
    evidence: [stateEvidence(container), ...(probe === undefined ? [] : [probe.evidence])],
    proof: {
      decidedBy: probe === undefined ? 'field' : 'message',
      sinceExact: false,
      ...proofOf(pod, container),
      exitCode: end?.exitCode,
    },
  };
}

function stateEvidence(container: PodContainer): Evidence {
  const { state, lastState } = container.status;
  const text =
    state?.waiting?.message ??
    `running since ${state?.running?.startedAt}, last ended ${lastState?.terminated?.finishedAt}`;
  const field = state?.waiting === undefined ? 'lastState.terminated' : 'state.waiting';
  return { source: 'field', at: pathOf(container, field), text };
}

/** The last line of the termination message, where the container left one. */
function lastWords(status: ContainerStatus): string {
  return cut(endOf(status)?.message?.trim().split('\n').at(-1) ?? '', 160);
}

/** A liveness or startup probe that failed lately: the kubelet kills what it fails for. */
function probeThatKills(
  pod: Pod,
  { name }: PodContainer,
  topology: Topology,
  now: number,
): { readonly reason: string; readonly how: string; readonly evidence: Evidence } | undefined {
  for (const event of eventsOfContainer(pod, name, ['Unhealthy'], topology)) {
    const { message = '' } = event;
    const kind = /^(Liveness|Startup) probe (?:failed|errored)/.exec(message)?.[1];
    if (kind === undefined || !isFresh(event, now)) continue;
    const evidence: Evidence = { source: 'event', at: 'Unhealthy', text: message };
    return { reason: `${kind}ProbeKilling`, how: cut(message, 160), evidence };
  }
  return undefined;
}
