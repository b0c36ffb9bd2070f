import type { Impact, Symptom } from '../model/finding.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import {
  type End,
  endField,
  endOf,
  impactOfLoop,
  isBackingOff,
  isBetweenDeaths,
  isOutOfMemory,
  loopRestarts,
  loopSince,
  sayEnd,
  sayLimit,
} from '../objects/container-ends.ts';
import { isJobPod, jobOf, troubledPods, troubledStaticPods } from '../objects/judged-pods.ts';
import { conditionOf, refOf } from '../objects/meta.ts';
import { isReady, type Pod } from '../objects/pod.ts';
import { type PodContainer, pathOf, servingContainers } from '../objects/pod-containers.ts';
import { proofOf } from '../objects/pod-questions.ts';
import type { Topology } from '../objects/topology.ts';
import type { CronJob, Job } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

/** Init containers that run out of memory are `init-failing`, or `init-oom` where they end well all the same. */
export const oomKilled = defineCheck({
  meta: {
    id: 'oom-killed',
    title: 'Container was killed out of memory',
    why: 'Whatever it worked on is lost, and it will happen again at the same load.',
    likelyCauses: [
      'the memory limit is too low for the load',
      'a memory leak',
      'a runtime that does not know its limit (heap size above it)',
    ],
    commands: [
      'kubectl -n {namespace} describe pod {name}',
      'kubectl -n {namespace} top pod {name} --containers',
      'kubectl -n {namespace} logs {name} -c {container} --previous --tail=100',
    ],
    // A kill is a fact at once; an hour later a container that runs well again is no news.
    defaults: { lookBackSeconds: 3600 },
    docs: 'https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/',
    finds: { 5: ['OOMKilled'] },
    cause: { role: 'cause' },
  },
  needs: ['Pod'],
  helps: ['Job', 'CronJob', 'Event', 'Deployment', 'StatefulSet', 'DaemonSet'],
  *judge(objects, { now, thresholds, topology }) {
    const failed = lastingFailures(objects.Job, objects.CronJob);
    for (const pod of [...troubledPods(objects, now), ...troubledStaticPods(objects, now)]) {
      if (isJobPod(pod) && !failed(jobOf(pod))) continue;
      for (const container of servingContainers(pod)) {
        const end = endOf(container.status);
        if (end === undefined || !isOutOfMemory(end)) continue;
        const lies = container.status.state?.running === undefined;
        if (lies || isWithin(end.finishedAt, thresholds.lookBackSeconds, now))
          yield killOf(pod, container, end, topology, now);
      }
    }
  },
});

function isWithin(time: string | undefined, seconds: number, now: number): boolean {
  return (ageSeconds(time, now) ?? Number.POSITIVE_INFINITY) <= seconds;
}

/** Whether a Job's failed pods still matter: it gave up, and no later run of its CronJob went well. One that was not read may have. */
function lastingFailures(
  jobs: readonly Job[],
  cronJobs: readonly CronJob[],
): (job: string | undefined) => boolean {
  const byName = new Map(jobs.map((job) => [nameOfJob(job, job.metadata?.name), job]));
  const wellAt = new Map(
    cronJobs.map((each) => [
      nameOfJob(each, each.metadata?.name),
      parseTime(each.status?.lastSuccessfulTime) ?? 0,
    ]),
  );
  return (name) => {
    if (name === undefined) return false;
    const job = byName.get(name);
    if (job === undefined) return true;
    const parent = job.metadata?.ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name;
    const overtaken =
      (wellAt.get(nameOfJob(job, parent)) ?? 0) > (parseTime(job.status?.startTime) ?? 0);
    return conditionOf(job, 'Failed')?.status === 'True' && !overtaken;
  };
}

function nameOfJob({ metadata }: Pick<Job, 'metadata'>, name: string | undefined): string {
  return `${metadata?.namespace}/${name}`;
}

function killOf(
  pod: Pod,
  container: PodContainer,
  end: End,
  topology: Topology,
  now: number,
): Symptom {
  const { status, name, spec } = container;
  // A loop of kills costs something also while the container happens to run; one that is over costs nothing now.
  const looping = isBackingOff(status) || isBetweenDeaths(status, loopRestarts, now);
  return {
    object: refOf('Pod', pod),
    reason: 'OOMKilled',
    impact: looping ? impactOfLoop(pod, topology) : impactOfOne(pod, topology),
    since: looping ? loopSince(pod, status, topology) : (end.finishedAt ?? null),
    message: `Container ${name} ran out of memory (${sayEnd(status)})${sayLimit(spec)}`,
    evidence: [
      {
        source: 'field',
        at: pathOf(container, endField(status)),
        text: `OOMKilled exit ${end.exitCode ?? 'unknown'} at ${end.finishedAt ?? 'unknown time'}`,
      },
    ],
    proof: {
      decidedBy: 'field',
      sinceExact: !looping && end.finishedAt !== undefined,
      ...proofOf(pod, container),
      exitCode: end.exitCode,
    },
  };
}

function impactOfOne(pod: Pod, topology: Topology): Impact {
  return isReady(pod) ? 'at-risk' : topology.impactOf(pod);
}
