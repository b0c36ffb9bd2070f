import { groupBy } from '../model/group.ts';
import { compareText } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import type { Objects } from './kinds.ts';
import { type Condition, conditionOf, controllerOf } from './meta.ts';
import type { Job } from './workloads.ts';

/** Runs of the same thing: of one CronJob, or Jobs that carry the same labels. */
export interface Series {
  readonly runs: readonly Job[];
  readonly lastSuccess: string | undefined;
  readonly isScheduled: boolean;
}

export function seriesOf({
  Job: jobs,
  CronJob,
}: Pick<Objects, 'Job' | 'CronJob'>): (job: Job) => Series {
  const runs = groupBy(jobs, keyOfSeries);
  const successes = new Map(
    CronJob.map(({ metadata, status }) => [
      keyOfRuns(metadata?.namespace, metadata?.name),
      status?.lastSuccessfulTime,
    ]),
  );
  return (job) => {
    const key = keyOfSeries(job);
    return {
      runs: runs.get(key) ?? [job],
      lastSuccess: successes.get(key),
      isScheduled: controllerOf(job)?.kind === 'CronJob',
    };
  };
}

/** The Jobs that each CronJob has made, by `keyOfRuns`. */
export function runsByCronJob(jobs: readonly Job[]): ReadonlyMap<string, readonly Job[]> {
  return groupBy(jobs, keyOfSeries);
}

export function keyOfRuns(namespace: string | null | undefined, cronJob: string | undefined) {
  return `${namespace}/CronJob/${cronJob}`;
}

function keyOfSeries(job: Job): string {
  const { namespace, name, labels = {} } = job.metadata ?? {};
  const owner = controllerOf(job);
  if (owner !== undefined) return `${namespace}/${owner.kind}/${owner.name}`;
  const own = Object.entries(labels).filter(([key]) => !ofController.test(key));
  if (own.length === 0) return `${namespace}/Job/${name}`;
  return `${namespace}/labels/${JSON.stringify(own.sort(([a], [b]) => compareText(a, b)))}`;
}

/** Labels that the Job controller sets anew for each Job. */
const ofController = /^(?:batch\.kubernetes\.io\/)?(?:controller-uid|job-name)$/;

/** That it failed for good. */
export function failureOf(job: Job): Condition | undefined {
  const failure = conditionOf(job, 'Failed');
  return failure?.status === 'True' ? failure : undefined;
}

export function isComplete(job: Job): boolean {
  return conditionOf(job, 'Complete')?.status === 'True';
}

export function startOf({ metadata, status }: Job): string | null {
  return status?.startTime ?? metadata?.creationTimestamp ?? null;
}

/** In ms; 0 where no time is told. */
export function startedAt(job: Job): number {
  return parseTime(startOf(job)) ?? 0;
}

/** How long its runs take that succeed, in seconds: the one in the middle; 0 where none is there. */
export function usualSeconds(runs: readonly Job[]): number {
  const took = runs.flatMap((job) => {
    const ended = parseTime(job.status?.completionTime);
    return ended === null || !isComplete(job) ? [] : [Math.max(0, ended - startedAt(job)) / 1000];
  });
  return took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
}
