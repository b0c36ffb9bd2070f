import { nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { ageSeconds, sayDuration } from '../model/time.ts';
import { failureOf, isComplete, seriesOf, startOf, usualSeconds } from '../objects/job-runs.ts';
import { living } from '../objects/living.ts';
import { isHook } from '../objects/meta.ts';
import { defineCheck } from './define.ts';

export const jobNotCompleted = defineCheck({
  meta: {
    id: 'job-not-completed',
    title: 'Job does not end',
    why: 'It runs far longer than its like: it hangs, or is tried over and over, and what waits for it waits on.',
    likelyCauses: [
      'the program hangs or waits for something that does not come',
      'its pods cannot be scheduled or start, and no deadline ends it',
    ],
    commands: [
      'kubectl -n {namespace} describe job {name}',
      'kubectl -n {namespace} logs job/{name} --all-containers --tail=100',
    ],
    defaults: {
      // kubernetes-mixin, KubeJobNotCompleted.
      graceSeconds: 43_200,
      // Times the usual run of the same CronJob, where that is longer.
      usualRuns: 3,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
    finds: { 73: ['JobNotCompleted'] },
    cause: { role: 'symptom', reason: 'JobNotCompleted' },
  },
  needs: ['Job'],
  helps: ['CronJob'],
  *judge(objects, { now, thresholds }) {
    const series = seriesOf(objects);
    for (const [ref, job] of living('Job', objects.Job)) {
      const { active = 0, failed = 0 } = job.status ?? {};
      if (active === 0 || job.spec?.suspend === true || isHook(job)) continue;
      if (isComplete(job) || failureOf(job) !== undefined) continue;
      const since = startOf(job);
      const age = ageSeconds(since, now);
      if (age === null || age < thresholds.graceSeconds) continue;
      const usual = usualSeconds(series(job).runs);
      const deadline = job.spec?.activeDeadlineSeconds ?? 0;
      if (age < Math.max(usual * thresholds.usualRuns, deadline)) continue;
      yield {
        object: ref,
        reason: 'JobNotCompleted',
        impact: 'at-risk',
        since,
        message: `Job ${nameOf(ref)} has run for ${sayDuration(age)} with ${count(active, 'pod')} active${failed === 0 ? '' : ` and ${failed} failed`}${usual === 0 ? '' : `; it usually takes ${sayDuration(usual)}`}`,
        evidence: [
          { source: 'field', at: 'status.active', text: String(active) },
          { source: 'field', at: 'status.startTime', text: since ?? 'absent' },
        ],
        proof: { decidedBy: 'field', sinceExact: job.status?.startTime !== undefined },
      };
    }
  },
});
