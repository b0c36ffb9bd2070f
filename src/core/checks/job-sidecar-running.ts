import type { Symptom } from '../model/finding.ts';
import { ageSeconds, isOlder, sayDuration } from '../model/time.ts';
import { jobOf, troubledPods } from '../objects/judged-pods.ts';
import { refOf } from '../objects/meta.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import { isOnLostNode, latest, proofOf } from '../objects/pod-questions.ts';
import { defineCheck } from './define.ts';

/** A native sidecar (an init container with restartPolicy Always) is ended by the kubelet and holds nothing up. */
export const jobSidecarRunning = defineCheck({
  meta: {
    id: 'job-sidecar-running',
    title: "Job's work is done, its sidecar runs on",
    why: 'The Job never completes: its resources stay taken, and a CronJob that forbids concurrency does not run again.',
    likelyCauses: [
      "a mesh's or database's proxy that is an ordinary container of the Job",
      'one of several workers hangs',
    ],
    commands: [
      'kubectl -n {namespace} logs {name} -c {container} --tail=50',
      'kubectl -n {namespace} get pod {name} -o jsonpath="{.status.containerStatuses[*].state}"',
    ],
    // A proxy has nothing left to do after 15 min; a second worker may well have more to do than the first.
    defaults: { graceSeconds: 900, workerSeconds: 14_400 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers',
    finds: { 34: ['JobPodStuckOnSidecar'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'Node', 'CronJob'],
  *judge(objects, { now, thresholds, topology }) {
    for (const pod of troubledPods(objects, now)) {
      if (pod.status?.phase !== 'Running' || jobOf(pod) === undefined) continue;
      if (isOnLostNode(pod, topology)) continue;
      const stuck = stuckOf(pod);
      if (stuck === undefined) continue;
      const grace = isProxy(stuck.running) ? thresholds.graceSeconds : thresholds.workerSeconds;
      if (isOlder(stuck.since, grace, now)) yield symptomOf(pod, stuck, now);
    }
  },
});

interface Stuck {
  readonly done: PodContainer;
  readonly running: PodContainer;
  /** When the last of the others ended. */
  readonly since: string | null;
}

/** One of its containers runs while all others ended, and well. */
function stuckOf(pod: Pod): Stuck | undefined {
  const apps = containersOf(pod).filter(({ role }) => role === 'app');
  const [running, ...more] = apps.filter(({ status }) => status.state?.running !== undefined);
  const ended = apps.filter(({ status }) => status.state?.terminated?.exitCode === 0);
  const [done] = ended;
  if (running === undefined || done === undefined) return undefined;
  if (more.some((each) => !isProxy(each)) || ended.length + 1 + more.length < apps.length)
    return undefined;
  return {
    done,
    running,
    since: latest(ended.map(({ status }) => status.state?.terminated?.finishedAt)),
  };
}

/** What meshes, databases, vaults and log shippers call the container that they put beside the work. */
function isProxy({ name, spec }: PodContainer): boolean {
  return /proxy|sidecar|envoy|istio|linkerd|consul|vault|fluent|filebeat|collector|otel|dapr|agent/i.test(
    `${name} ${spec?.image ?? ''}`,
  );
}

function symptomOf(pod: Pod, { done, running, since }: Stuck, now: number): Symptom {
  const age = sayDuration(ageSeconds(since, now) ?? 0);
  return {
    object: refOf('Pod', pod),
    reason: 'JobPodStuckOnSidecar',
    impact: 'at-risk',
    since,
    message: `Container ${done.name} ended well ${age} ago (Completed), but container ${running.name} runs on, so the Job never completes`,
    evidence: [
      {
        source: 'field',
        at: pathOf(done, 'state.terminated.finishedAt'),
        text: since ?? 'unknown',
      },
      {
        source: 'field',
        at: pathOf(running, 'state.running.startedAt'),
        text: running.status.state?.running?.startedAt ?? 'unknown',
      },
    ],
    proof: { decidedBy: 'field', sinceExact: since !== null, ...proofOf(pod, running) },
  };
}
