import type { Evidence, Symptom } from '../model/finding.ts';
import { cut } from '../model/text.ts';
import { isOlder } from '../model/time.ts';
import { isJobPod, troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import { eventsOfContainer, isFresh } from '../objects/object-events.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { notReadySince, proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const lifecycleHook = defineCheck({
  meta: {
    id: 'lifecycle-hook',
    title: 'Lifecycle hook fails',
    why: 'The kubelet kills the container each time that its hook fails, so it never serves.',
    likelyCauses: [
      'the command of the postStart hook exits with an error, or is not in the image',
      'the hook needs what is not up yet at that moment',
      "the hook runs out of memory within the container's limit",
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.spec.containers[*].lifecycle}"',
      'kubectl -n {namespace} logs {name} -c {container} --previous --tail=50',
    ],
    // Two minutes: a hook that waits for another service may fail once and succeed at the second try.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#debugging-hook-handlers',
    finds: { 24: ['PostStartHookError', 'PreCreateHookError', 'PreStartHookError'] },
    cause: { role: 'cause', reason: 'LifecycleHookFailed' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      if (pod.status?.phase === 'Failed' || isJobPod(pod)) continue;
      if (!isOlder(notReadySince(pod).since, thresholds.graceSeconds, now)) continue;
      for (const container of containersOf(pod)) {
        const failure = failureOf(pod, container, topology, now);
        if (failure !== undefined) yield hookOf(pod, container, failure, topology);
      }
    }
  },
});

const hooks = ['PostStartHookError', 'PreCreateHookError', 'PreStartHookError'];

interface Failure {
  readonly reason: string;
  readonly text: string;
  readonly evidence: Evidence;
}

/** By the container's own state; between two tries the state is that of any crash loop, and only the event tells. */
function failureOf(
  pod: Pod,
  container: PodContainer,
  topology: Topology,
  now: number,
): Failure | undefined {
  const { waiting, terminated } = container.status.state ?? {};
  const word = waiting?.reason ?? '';
  const lies = word === 'CrashLoopBackOff' || terminated !== undefined;
  if (!hooks.includes(word) && !lies) return undefined;
  const event = eventsOfContainer(pod, container.name, ['FailedPostStartHook'], topology).find(
    (each) => isFresh(each, now),
  );
  const told = event?.message ?? '';
  if (hooks.includes(word)) {
    const text = waiting?.message ?? told;
    const at = pathOf(container, 'state.waiting');
    const evidence: Evidence = { source: 'field', at, text: `${word} ${text}`.trim() };
    return { reason: word, text, evidence };
  }
  if (event === undefined) return undefined;
  const evidence: Evidence = { source: 'event', at: 'FailedPostStartHook', text: told };
  return { reason: 'PostStartHookError', text: told, evidence };
}

function hookOf(
  pod: Pod,
  container: PodContainer,
  { reason, text, evidence }: Failure,
  topology: Topology,
): Symptom {
  const { since, exact } = notReadySince(pod);
  const what = reason.replace(/HookError$/, '').replace(/^P/, 'p');
  return {
    object: refOf('Pod', pod),
    reason,
    impact: topology.impactOf(pod),
    since,
    message: `The ${what} hook of container ${container.name} fails (${reason})${text === '' ? '' : `: ${cut(text, 200)}`}`,
    evidence: [evidence],
    proof: { decidedBy: 'field', sinceExact: exact, ...proofOf(pod, container) },
  };
}
