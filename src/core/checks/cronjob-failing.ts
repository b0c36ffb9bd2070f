import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { dueBetween, planOf } from '../objects/cron.ts';
import {
  failureOf,
  isComplete,
  keyOfRuns,
  runsByCronJob,
  startedAt,
  startOf,
} from '../objects/job-runs.ts';
import { living } from '../objects/living.ts';
import type { CronJob, Job } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const cronjobFailing = defineCheck({
  meta: {
    id: 'cronjob-failing',
    title: 'CronJob fails again and again',
    why: 'Its last runs all failed: what it should do (backups, reports, clean-up) has not been done for several periods.',
    likelyCauses: [
      'the program ends with an error',
      'credentials or an endpoint that it uses have changed',
      'it runs out of memory or of time',
    ],
    commands: [
      'kubectl -n {namespace} get jobs --sort-by=.status.startTime',
      'kubectl -n {namespace} describe cronjob {name}',
    ],
    // One failure may be a mishap, and the Job's own finding tells of it.
    defaults: { failures: 2 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits',
    finds: { 75: ['CronJobFailing'] },
    cause: { role: 'symptom', reason: 'JobFailed' },
  },
  needs: ['CronJob', 'Job'],
  helps: [],
  *judge({ CronJob: cronJobs, Job: jobs }, { thresholds }) {
    const runs = runsByCronJob(jobs);
    for (const [ref, cronJob] of living('CronJob', cronJobs)) {
      if (cronJob.spec?.suspend === true) continue;
      const own = runs.get(keyOfRuns(ref.namespace, ref.name)) ?? [];
      const failures = failuresInARow(own, cronJob);
      const last = failures[0];
      if (last === undefined) continue;
      const times = Math.max(failures.length, fruitlessTimes(cronJob, thresholds.failures));
      if (times >= thresholds.failures) yield failing(ref, cronJob, failures, last, times);
    }
  },
});

/** Ended runs since the last success, the newest first. */
function failuresInARow(runs: readonly Job[], { status }: CronJob): readonly Job[] {
  const ended = runs
    .filter((job) => isComplete(job) || failureOf(job) !== undefined)
    .sort((a, b) => startedAt(b) - startedAt(a));
  const success = ended.findIndex(isComplete);
  const failed = success < 0 ? ended : ended.slice(0, success);
  const lastSuccess = parseTime(status?.lastSuccessfulTime) ?? 0;
  return failed.filter((job) => startedAt(job) > lastSuccess);
}

/** Times at which it was started since its last success and nothing runs any more: failed Jobs are deleted but for the last one (`failedJobsHistoryLimit`). */
function fruitlessTimes({ spec, status }: CronJob, most: number): number {
  const plan = planOf(spec ?? {});
  const success = parseTime(status?.lastSuccessfulTime);
  const last = parseTime(status?.lastScheduleTime);
  if (plan === undefined || success === null || last === null) return 0;
  if ((status?.active ?? []).length > 0) return 0;
  return dueBetween(plan, success, last, most).length;
}

function failing(
  ref: ObjectRef,
  { status }: CronJob,
  failures: readonly Job[],
  last: Job,
  times: number,
): Symptom {
  const failure = failureOf(last);
  const reason = failure?.reason ?? 'JobFailed';
  const success = status?.lastSuccessfulTime ?? 'never';
  const first = failures[failures.length - 1] ?? last;
  return {
    object: ref,
    reason: 'CronJobFailing',
    impact: 'degraded',
    since: failureOf(first)?.lastTransitionTime ?? startOf(first),
    message: `CronJob ${nameOf(ref)} has failed at least ${count(times, 'time')} in a row (${reason}), last in Job ${last.metadata?.name}; last success: ${success}`,
    evidence: [
      { source: 'field', at: 'status.lastSuccessfulTime', text: success },
      ...(failure === undefined ? [] : [conditionEvidence(failure)]),
    ],
    proof: { decidedBy: 'field', sinceExact: false },
  };
}
