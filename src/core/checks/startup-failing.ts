import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import {
  impactOfLoop,
  isBackingOff,
  isBetweenDeaths,
  loopRestarts,
  sayEnd,
} from '../objects/container-ends.ts';
import { servingPods, troubledStaticPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { type PodContainer, servingContainers } from '../objects/pod-containers.ts';
import { isOnLostNode, notReadySince, proofOf } from '../objects/pod-questions.ts';
import { mayBeKilled, type ProbeFailures, probeFailuresOf } from '../objects/probe-failures.ts';
import type { Topology } from '../objects/topology.ts';
import { notReady } from '../objects/unready-symptom.ts';
import { defineCheck } from './define.ts';

export const startupFailing = defineCheck({
  meta: {
    id: 'startup-failing',
    title: 'Startup probe fails',
    why: 'The container runs, but does not count as started: it gets no traffic, and in the end it is killed.',
    likelyCauses: [
      'it needs longer to start than its startup probe allows',
      'the probe asks the wrong port or path',
      'a dependency that it waits for is down',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      {
        for: ['StartupProbeFailing'],
        run: 'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      },
      {
        for: ['StartupProbeKilling'],
        run: 'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
      },
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].startupProbe}"',
    ],
    // Five minutes, or the probe's own budget and a tenth more where that is longer; a failure that is older than 15 min may be over.
    defaults: { graceSeconds: 300, freshSeconds: 900 },
    docs: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#startup-probe',
    finds: { 12: ['StartupProbeFailing', 'StartupProbeKilling'] },
    cause: { role: 'symptom', reason: 'NotReady' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, context) {
    const { now, thresholds, topology } = context;
    const pods = [...servingPods(objects, now), ...troubledStaticPods(objects, now)];
    yield* notReady('startup-failing', pods, context);
    for (const pod of pods) {
      if (isOnLostNode(pod, topology)) continue;
      if (!isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
      for (const container of servingContainers(pod)) {
        if (!isLooping(container, now)) continue;
        const failures = probeFailuresOf(
          pod,
          container,
          'Startup',
          topology,
          thresholds.freshSeconds,
          now,
        );
        if (failures !== undefined) yield killing(pod, container, failures, topology);
      }
    }
  },
});

/** The kubelet kills it again and again, and never lets it become ready. */
function isLooping(container: PodContainer, now: number): boolean {
  const { status } = container;
  const loops = isBackingOff(status) || isBetweenDeaths(status, loopRestarts, now);
  return loops && mayBeKilled(container);
}

function killing(
  pod: Pod,
  container: PodContainer,
  { text }: ProbeFailures,
  topology: Topology,
): Symptom {
  const { since } = notReadySince(pod);
  return {
    object: refOf('Pod', pod),
    reason: 'StartupProbeKilling',
    impact: impactOfLoop(pod, topology),
    since,
    message: `Container ${container.name} is killed before it has started, by its startup probe (${sayEnd(container.status)}): ${cut(text, 160)}`,
    evidence: [{ source: 'event', at: 'Unhealthy', text }],
    proof: { decidedBy: 'message', sinceExact: false, ...proofOf(pod, container) },
  };
}
