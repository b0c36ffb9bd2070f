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
import { servingPods, troubledStaticPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { ContainerStatus, Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, servingContainers } from '../objects/pod-containers.ts';
import { proofOf, startOf } from '../objects/pod-questions.ts';
import { startFailureOf } from '../objects/start-failure.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Init containers that cannot start are `init-failing`, containers that cannot be made `create-error`, hooks that fail `lifecycle-hook`. */
export const startError = defineCheck({
  meta: {
    id: 'start-error',
    title: 'Container cannot start',
    why: 'The command never runs, so no retry will help until pod or image change.',
    likelyCauses: [
      'a typo in the command, or a binary that is not in the image',
      'a file that is not executable, or an image for another processor',
      'a mount that the runtime refuses',
    ],
    commands: [
      {
        for: ['CommandNotFound', 'CommandNotExecutable', 'StartError'],
        run: 'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].command} {.spec.containers[*].args}"',
      },
      { for: ['WrongArchitecture'], run: 'kubectl get node {node} -L kubernetes.io/arch' },
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} rollout undo {workload} # changes the cluster',
    ],
    // One minute: enough for the second try.
    defaults: { graceSeconds: 60 },
    docs: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
    finds: { 4: ['CommandNotFound', 'CommandNotExecutable', 'WrongArchitecture', 'StartError'] },
    cause: { role: 'cause', reason: 'StartError' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of [...servingPods(objects, now), ...troubledStaticPods(objects, now)]) {
      if (!isOlder(startOf(pod), thresholds.graceSeconds, now)) continue;
      for (const container of servingContainers(pod))
        if (cannotStart(container.status, now)) yield errorOf(pod, container, topology);
    }
  },
});

function cannotStart(status: ContainerStatus, now: number): boolean {
  if (status.state?.waiting?.reason === 'RunContainerError') return true;
  const down = status.state?.terminated !== undefined || isBackingOff(status);
  return isStartFailure(endOf(status)) && (down || isBetweenDeaths(status, loopRestarts, now));
}

function errorOf(pod: Pod, container: PodContainer, topology: Topology): Symptom {
  const { status, name } = container;
  const failure = startFailureOf(status);
  return {
    object: refOf('Pod', pod),
    reason: failure.reason,
    impact: impactOfLoop(pod, topology),
    since: loopSince(pod, status, topology),
    message: `Container ${name} cannot start (${sayEnd(status)}): ${failure.says}`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, failure.field),
        text: cut(failure.text, 300),
      },
    ],
    proof: {
      decidedBy: failure.decidedBy,
      sinceExact: false,
      ...proofOf(pod, container),
      exitCode: endOf(status)?.exitCode,
    },
  };
}
