import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { ageSeconds, parseTime, sayDuration } from '../model/time.ts';
import { dueBetween, planOf } from '../objects/cron.ts';
import { keyOfRuns, runsByCronJob, startedAt, startOf, usualSeconds } from '../objects/job-runs.ts';
import { living } from '../objects/living.ts';
import type { CronJob, Job } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const cronjobPileUp = defineCheck({
  meta: {
    id: 'cronjob-pile-up',
    title: 'Runs of a CronJob pile up',
    why: 'Runs take longer than their period: they hold each other up, or are skipped.',
    likelyCauses: [
      'a run hangs',
      'there is more to do than the period leaves time for',
      'the pods of its runs cannot be scheduled',
    ],
    commands: [
      'kubectl -n {namespace} get jobs --sort-by=.status.startTime',
      'kubectl -n {namespace} describe cronjob {name}',
    ],
    defaults: {
      // At once, where they may overlap: our own figure.
      activeRuns: 3,
      // So many times due while the oldest of them runs, two periods: our own figure.
      missedRuns: 2,
      // A run that takes long by habit is no fault: times the usual one, and at least an hour.
      usualRuns: 3,
      graceSeconds: 3600,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
    finds: { 77: ['CronJobPileUp', 'JobAlreadyActive'] },
    cause: { role: 'symptom', reason: 'JobNotCompleted' },
  },
  needs: ['CronJob', 'Job'],
  helps: [],
  *judge({ CronJob: cronJobs, Job: jobs }, { now, thresholds }) {
    const runs = runsByCronJob(jobs);
    for (const [ref, cronJob] of living('CronJob', cronJobs)) {
      const isForbidden = cronJob.spec?.concurrencyPolicy === 'Forbid';
      const { active = [] } = cronJob.status ?? {};
      if (
        cronJob.spec?.suspend === true ||
        active.length < (isForbidden ? 1 : thresholds.activeRuns)
      )
        continue;
      const own = runs.get(keyOfRuns(ref.namespace, ref.name)) ?? [];
      const oldest = oldestOf(own, active);
      if (oldest === undefined) continue;
      const age = ageSeconds(startOf(oldest), now) ?? 0;
      if (age < Math.max(thresholds.graceSeconds, usualSeconds(own) * thresholds.usualRuns))
        continue;
      if (timesDue(cronJob, oldest, now, thresholds.missedRuns) >= thresholds.missedRuns)
        yield piledUp(ref, cronJob, oldest, age);
    }
  },
});

function oldestOf(
  runs: readonly Job[],
  active: readonly { readonly name?: string | undefined }[],
): Job | undefined {
  const names = new Set(active.map(({ name }) => name));
  const running = runs.filter(({ metadata }) => names.has(metadata?.name));
  return running.sort((a, b) => startedAt(a) - startedAt(b))[0];
}

function timesDue({ spec }: CronJob, oldest: Job, now: number, most: number): number {
  const plan = planOf(spec ?? {});
  const start = parseTime(startOf(oldest));
  return plan === undefined || start === null ? 0 : dueBetween(plan, start, now, most).length;
}

function piledUp(ref: ObjectRef, { spec, status }: CronJob, oldest: Job, age: number): Symptom {
  const active = status?.active?.length ?? 0;
  const isForbidden = spec?.concurrencyPolicy === 'Forbid';
  const held = isForbidden ? 'new runs are skipped (JobAlreadyActive)' : 'they overlap';
  return {
    object: ref,
    reason: isForbidden ? 'JobAlreadyActive' : 'CronJobPileUp',
    impact: 'at-risk',
    since: startOf(oldest),
    message: `CronJob ${nameOf(ref)} (${spec?.schedule ?? ''}): ${count(active, 'run')} active, the oldest (Job ${oldest.metadata?.name}) for ${sayDuration(age)}: ${held}`,
    evidence: [
      { source: 'field', at: 'status.active', text: `${active}` },
      { source: 'field', at: 'status.startTime', text: startOf(oldest) ?? 'absent' },
    ],
    proof: { decidedBy: 'field', sinceExact: false },
  };
}
