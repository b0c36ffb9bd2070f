import type { Symptom } from '../model/finding.ts';
import { isOlder } from '../model/time.ts';
import {
  endOf,
  isBackingOff,
  isOutOfMemory,
  isStartFailure,
  sayEnd,
  sayLimit,
} from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Container, ContainerStatus, Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, unfinishedInits } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import { startFailureOf } from '../objects/start-failure.ts';
import { terminationLine } from '../objects/termination-line.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const initFailing = defineCheck({
  meta: {
    id: 'init-failing',
    title: 'Init container is failing',
    why: "The pod's own containers do not start before every init container has ended well.",
    likelyCauses: [
      'a migration fails',
      'what it asks for is not there',
      'a typo in its command',
      'its memory limit is too low',
    ],
    commands: [
      {
        for: ['InitStartError'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.initContainers[*].command} {.spec.initContainers[*].args}"',
      },
      {
        for: ['InitContainerFailed', 'InitOOMKilled'],
        run: 'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      },
      {
        for: ['InitContainerFailed', 'InitOOMKilled'],
        run: 'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
      },
      'kubectl -n {namespace} describe pod {name}',
    ],
    // Two minutes or two restarts are more than a mishap.
    defaults: { graceSeconds: 120, restarts: 2 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-init-containers/',
    finds: {
      4: ['InitStartError'],
      5: ['InitOOMKilled'],
      31: ['InitContainerFailed', 'InitStartError', 'InitOOMKilled'],
    },
    cause: { role: 'cause', reason: 'InitContainerFailed' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of servingPods(objects, now))
      for (const container of unfinishedInits(pod)) {
        const trouble = troubleOf(container);
        if (trouble === undefined) continue;
        const restarts = container.status.restartCount ?? 0;
        if (
          restarts >= thresholds.restarts ||
          isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)
        )
          yield symptomOf(pod, container, trouble, topology);
      }
  },
});

interface Trouble {
  readonly reason: string;
  readonly says: string;
  readonly decidedBy: 'field' | 'message';
}

/** Undefined: it ended well, or waits for something that other checks tell. */
function troubleOf({ status, spec }: PodContainer): Trouble | undefined {
  const end = endOf(status);
  if (isOutOfMemory(end)) return end?.exitCode === 0 ? undefined : outOfMemory(status, spec);
  const waiting = status.state?.waiting?.reason;
  if (waiting === 'RunContainerError' || isStartFailure(end)) return startFailure(status);
  if (isBackingOff(status) || (end?.exitCode ?? 0) !== 0) return failure(status);
  return undefined;
}

function outOfMemory(status: ContainerStatus, spec: Container | undefined): Trouble {
  const says = `ran out of memory (${sayEnd(status)})${sayLimit(spec)}`;
  return { reason: 'InitOOMKilled', says, decidedBy: 'field' };
}

function startFailure(status: ContainerStatus): Trouble {
  const { says, decidedBy } = startFailureOf(status);
  return {
    reason: 'InitStartError',
    says: `cannot start (${sayEnd(status)}): ${says}`,
    decidedBy,
  };
}

function failure(status: ContainerStatus): Trouble {
  const words = terminationLine(endOf(status));
  const again = (status.restartCount ?? 0) > 0 ? ' again and again' : '';
  const says = `fails${again} (${sayEnd(status)})${words === '' ? '' : `: ${words}`}`;
  return { reason: 'InitContainerFailed', says, decidedBy: 'field' };
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
