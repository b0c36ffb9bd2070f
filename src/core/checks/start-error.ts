import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import {
  endOf,
  impactOfLoop,
  isBackingOff,
  isBetweenDeaths,
  isStartFailure,
  loopRestarts,
  loopSince,
  sayEnd,
} from '../objects/container-ends.ts';
import { isJobPod, judgedPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, servingContainers } from '../objects/pod-containers.ts';
import { notReadySince, proofOf, startOf } from '../objects/pod-questions.ts';
import { startFailureOf } from '../objects/start-failure.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Init containers that cannot start are `init-failing`. */
export const startError = defineCheck({
  meta: {
    id: 'start-error',
    title: 'Container cannot start',
    why: 'The command never runs, so no retry will help until pod or image change.',
    likelyCauses: [
      'a typo in the command, or a binary that is not in the image',
      'a file that is not executable, or an image for another processor',
      'a mount, device or hook that fails',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].command} {.spec.containers[*].args}"',
      'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
    ],
    // One minute: enough for the second try.
    defaults: { graceSeconds: 60 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    finds: { 4: ['StartError'] },
    cause: { role: 'cause', reason: 'RunContainerError' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of judgedPods(objects, now)) {
      if (!isOlder(startOf(pod), thresholds.graceSeconds, now)) continue;
      for (const container of servingContainers(pod))
        if (cannotStart(pod, container.status, now)) yield errorOf(pod, container, topology);
    }
  },
});

/** A Job's pod only where it waits for ever: what it tried and failed is its Job's matter. */
function cannotStart(pod: Pod, status: ContainerStatus, now: number): boolean {
  const waiting = status.state?.waiting?.reason ?? '';
  if (neverCreated.includes(waiting)) return pod.status?.phase !== 'Failed';
  if (isJobPod(pod)) return false;
  if (neverStarted.includes(waiting)) return true;
  const down = status.state?.terminated !== undefined || isBackingOff(status);
  return isStartFailure(endOf(status)) && (down || isBetweenDeaths(status, loopRestarts, now));
}

const neverCreated = ['CreateContainerError', 'PreCreateHookError', 'PreStartHookError'];
const neverStarted = ['RunContainerError', 'PostStartHookError'];

function errorOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const { status, name } = container;
  const waits = neverCreated.includes(status.state?.waiting?.reason ?? '');
  const failure = startFailureOf(status);
  const { since, exact } = notReadySince(pod);
  return {
    object: refOf('Pod', pod),
    reason: failure.reason,
    impact: impactOfLoop(pod, topology),
    since: waits ? since : loopSince(pod, status, topology),
    message: `Container ${name} cannot start (${waits ? status.state?.waiting?.reason : sayEnd(status)}): ${failure.says}`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, failure.field),
        text: cut(failure.text, 300),
      },
    ],
    proof: {
      decidedBy: failure.decidedBy,
      sinceExact: waits && exact,
      ...proofOf(pod, container),
      exitCode: endOf(status)?.exitCode,
    },
  };
}
