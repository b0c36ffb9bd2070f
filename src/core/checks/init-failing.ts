import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import {
  endOf,
  isBackingOff,
  isOutOfMemory,
  isStartFailure,
  sayEnd,
  sayLimit,
} from '../objects/container-ends.ts';
import { isJobPod, judgedPods } from '../objects/judged-pods.ts';
import { conditionOf, refOf } from '../objects/meta.ts';
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import { startFailureOf } from '../objects/start-failure.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const initFailing = defineCheck({
  meta: {
    id: 'init-failing',
    title: 'Init container is failing',
    why: "The pod's own containers do not start before every init container has ended well.",
    likelyCauses: [
      'a migration fails',
      'what it waits for never comes',
      'a typo in its command',
      'its memory limit is too low',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Two minutes or two restarts are more than a mishap; a run of 15 min (kubernetes-mixin, KubePodNotReady) waits for what does not come; after 5 min an init container that "succeeded" out of memory holds the pod.
    defaults: { graceSeconds: 120, restarts: 2, runningSeconds: 900, killedSeconds: 300 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-init-containers/',
    finds: { 31: ['InitContainerFailing'] },
    cause: { role: 'cause', reason: 'InitContainerFailing' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now).filter((each) => !isJobPod(each)))
      for (const container of waitedFor(pod)) {
        const trouble = troubleOf(container, now);
        if (trouble === undefined) continue;
        const { since } = notReadySince(pod);
        const restarts = container.status.restartCount ?? 0;
        const ripe = {
          failed: isOlder(since, thresholds.graceSeconds, now) || restarts >= thresholds.restarts,
          killed: isOlder(since, thresholds.killedSeconds, now),
          running: isOlder(
            container.status.state?.running?.startedAt,
            thresholds.runningSeconds,
            now,
          ),
        }[trouble.ripens];
        if (ripe) yield symptomOf(pod, container, trouble, topology);
      }
  },
});

/** Init containers of a pod that is not initialized yet. */
function waitedFor(pod: Pod): readonly PodContainer[] {
  if (conditionOf(pod, 'Initialized')?.status === 'True') return [];
  return containersOf(pod).filter(({ role }) => role === 'init');
}

interface Trouble {
  readonly reason: string;
  readonly says: string;
  readonly decidedBy: 'field' | 'message';
  readonly ripens: 'failed' | 'killed' | 'running';
}

/** Undefined: it ended well, or waits for something that other checks tell. */
function troubleOf(container: PodContainer, now: number): Trouble | undefined {
  const { status } = container;
  const end = endOf(status);
  if (isOutOfMemory(end)) return outOfMemory(container);
  const waiting = status.state?.waiting?.reason;
  if (waiting === 'RunContainerError' || isStartFailure(end)) return startFailure(status);
  if (isBackingOff(status) || (end?.exitCode ?? 0) !== 0) return failure(status);
  const since = status.state?.running?.startedAt;
  if (since === undefined) return undefined;
  const says = `has been running for ${sayDuration(ageSeconds(since, now) ?? 0)} and has not ended`;
  return { reason: 'InitContainerStuck', says, decidedBy: 'field', ripens: 'running' };
}

/** Exit 0: its child was killed, it "succeeded", and the kubelet holds the pod (kubernetes#116676). */
function outOfMemory({ status, spec }: PodContainer): Trouble {
  const says = `ran out of memory (${sayEnd(status)})${sayLimit(spec)}`;
  const ripens = endOf(status)?.exitCode === 0 ? 'killed' : 'failed';
  return { reason: 'InitOOMKilled', says, decidedBy: 'field', ripens };
}

function startFailure(status: ContainerStatus): Trouble {
  const { says, decidedBy } = startFailureOf(status);
  return {
    reason: 'InitStartError',
    says: `${loops(status)}cannot start (${sayEnd(status)}): ${says}`,
    decidedBy,
    ripens: 'failed',
  };
}

function failure(status: ContainerStatus): Trouble {
  const words = cut(endOf(status)?.message?.trim().split('\n').at(-1) ?? '', 160);
  const says = `${loops(status)}fails (${sayEnd(status)})${words === '' ? '' : `: ${words}`}`;
  return { reason: 'InitContainerFailed', says, decidedBy: 'field', ripens: 'failed' };
}

function loops({ restartCount = 0 }: ContainerStatus): string {
  return restartCount > 0 ? 'is in a crash loop, it ' : '';
}

function symptomOf(
  pod: Pod,
  container: PodContainer,
  trouble: Trouble,
  topology: Topology,
): Symptom {
  const { since, exact } = notReadySince(pod);
  const end = endOf(container.status);
  const { state } = container.status;
  const word = state?.waiting?.reason ?? (state?.running === undefined ? 'terminated' : 'running');
  return {
    object: refOf('Pod', pod),
    reason: trouble.reason,
    impact: topology.impactOf(pod),
    since,
    message: `Init container ${container.name} ${trouble.says}`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, 'state'),
        text: `${word} ${state?.waiting?.message ?? end?.message ?? ''}`.trim(),
      },
    ],
    proof: {
      decidedBy: trouble.decidedBy,
      sinceExact: exact,
      ...proofOf(pod, container),
      exitCode: end?.exitCode,
    },
  };
}
