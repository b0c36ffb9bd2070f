import type { Symptom } from '../model/finding.ts';
import { ageSeconds, sayDuration } from '../model/time.ts';
import {
  endOf,
  isBackingOff,
  isBetweenDeaths,
  loopRestarts,
  sayEnd,
} from '../objects/container-ends.ts';
import { servingPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, servingContainers } from '../objects/pod-containers.ts';
import { isOnLostNode, proofOf, startOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** A loop is told by `crash-loop`, whose restarts follow each other faster. */
export const highRestarts = defineCheck({
  meta: {
    id: 'high-restarts',
    title: 'Container restarts again and again',
    why: 'It serves between its restarts, and each of them drops what it was at.',
    likelyCauses: [
      'a memory leak, or a crash that a certain request brings',
      'a liveness probe that fails under load',
      'a dependency that goes away for moments',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.status.containerStatuses[*].lastState}"',
      'kubectl -n {namespace} describe pod {name}',
    ],
    // kwatch's first tier, at one an hour or more; over less than an hour it is a bad start.
    defaults: { restarts: loopRestarts, perHour: 1, leastSeconds: 3600 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
    finds: { 9: ['HighRestartRate'] },
    cause: { role: 'symptom' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of servingPods(objects, now)) {
      const seconds = ageSeconds(startOf(pod), now) ?? 0;
      if (seconds < thresholds.leastSeconds || isOnLostNode(pod, topology)) continue;
      for (const container of servingContainers(pod)) {
        const { restartCount = 0 } = container.status;
        if (restartCount < Math.max(thresholds.restarts, (seconds / 3600) * thresholds.perHour))
          continue;
        if (isGoingOn(container, seconds / restartCount, now))
          yield rateOf(pod, container, seconds, topology);
      }
    }
  },
});

/** It runs, and the last restart was not longer ago than twice the usual time between two: else it has settled. */
function isGoingOn({ status }: PodContainer, between: number, now: number): boolean {
  const end = status.lastState?.terminated;
  if (end === undefined || status.state?.running === undefined || isBackingOff(status))
    return false;
  return (
    !isBetweenDeaths(status, loopRestarts, now) &&
    (ageSeconds(end.finishedAt, now) ?? Number.POSITIVE_INFINITY) <= 2 * between
  );
}

function rateOf(pod: Pod, container: PodContainer, seconds: number, topology: Topology): Symptom {
  const { status, name } = container;
  const every = sayDuration(seconds / (status.restartCount ?? 1));
  return {
    object: refOf('Pod', pod),
    reason: 'HighRestartRate',
    impact: isReady(pod) ? 'at-risk' : topology.impactOf(pod),
    since: startOf(pod),
    message: `Container ${name} restarts every ${every} (last: ${sayEnd(status)})`,
    evidence: [
      { source: 'field', at: pathOf(container, 'restartCount'), text: String(status.restartCount) },
      {
        source: 'field',
        at: pathOf(container, 'lastState.terminated.finishedAt'),
        text: endOf(status)?.finishedAt ?? 'unknown',
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: false,
      ...proofOf(pod, container),
      exitCode: endOf(status)?.exitCode,
    },
  };
}
