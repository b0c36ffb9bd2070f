import type { Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { sayDuration } from '../model/time.ts';
import { endOf, impactOfLoop, sayEnd } from '../objects/container-ends.ts';
import { isJobPod, judgedPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { type PodContainer, servingContainers } from '../objects/pod-containers.ts';
import { isOnLostNode, proofOf } from '../objects/pod-questions.ts';
import {
  mayBeKilled,
  type ProbeFailures,
  probeFailuresOf,
  tellsOf,
} from '../objects/probe-failures.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

/** Events alone decide it: with a large failureThreshold the pod stays Running and Ready. */
export const livenessFailing = defineCheck({
  meta: {
    id: 'liveness-failing',
    title: 'Liveness probe fails',
    why: 'The kubelet kills the container for it, now or when the probe has failed often enough; every kill loses what it worked on.',
    likelyCauses: [
      'the probe asks the wrong port or path',
      'its timeout (1 s) is too short: garbage collection, throttled processor',
      'the application hangs',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].livenessProbe}"',
      {
        for: ['LivenessProbeFailing'],
        run: 'kubectl -n {namespace} logs {name} -c {container} --tail=100',
      },
      {
        for: ['LivenessProbeKilling'],
        run: 'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
      },
    ],
    // Three failures that span five minutes are no slow start. The kubelet's event recorder lets one event of a pod through each five minutes, once 25 are spent: ten minutes without one are an end, and fewer than one in five minutes is a blip.
    defaults: { failures: 3, spanSeconds: 300, freshSeconds: 600 },
    docs: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#liveness-probe',
    finds: { 10: ['LivenessProbeFailing', 'LivenessProbeKilling'] },
    cause: { role: 'cause', reason: 'LivenessProbeFailing' },
  },
  needs: ['Pod', 'Event'],
  helps: ['Job', 'Node', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    const failing = new Set(
      objects.Event.filter((event) => tellsOf(event, 'Liveness')).map(
        ({ involvedObject }) => involvedObject?.uid,
      ),
    );
    if (failing.size === 0) return;
    for (const pod of judgedPods(objects, now)) {
      if (!failing.has(pod.metadata?.uid) || isJobPod(pod) || isOnLostNode(pod, topology)) continue;
      for (const container of servingContainers(pod)) {
        const failures = probeFailuresOf(
          pod,
          container,
          'Liveness',
          topology,
          thresholds.freshSeconds,
          now,
        );
        if (failures !== undefined && isLasting(failures, thresholds) && mayBeKilled(container))
          yield failingOf(pod, container, failures, topology);
      }
    }
  },
});

function isLasting(
  { count, spanSeconds }: ProbeFailures,
  { failures, spanSeconds: least }: { readonly failures: number; readonly spanSeconds: number },
): boolean {
  return count >= Math.max(failures, spanSeconds / least) && spanSeconds >= least;
}

function failingOf(
  pod: Pod,
  container: PodContainer,
  { text, first, spanSeconds }: ProbeFailures,
  topology: Topology,
): Symptom {
  const { status, name } = container;
  const killed = (status.restartCount ?? 0) > 0 && endOf(status) !== undefined;
  const what = killed
    ? `is killed because its liveness probe fails (${sayEnd(status)})`
    : `fails its liveness probe, for ${sayDuration(spanSeconds)} so far`;
  return {
    object: refOf('Pod', pod),
    reason: killed ? 'LivenessProbeKilling' : 'LivenessProbeFailing',
    impact: killed || !isReady(pod) ? impactOfLoop(pod, topology) : 'at-risk',
    since: first,
    message: `Container ${name} ${what}: ${cut(text, 160)}`,
    evidence: [{ source: 'event', at: 'Unhealthy', text }],
    proof: {
      decidedBy: 'message',
      sinceExact: false,
      ...proofOf(pod, container),
      exitCode: endOf(status)?.exitCode,
    },
  };
}
