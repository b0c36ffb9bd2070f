import type { Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { dueBetween, isDueAt, type Plan, planOf } from '../objects/cron.ts';
import { eventEvidence } from '../objects/event-evidence.ts';
import { living } from '../objects/living.ts';
import { eventsOf } from '../objects/object-events.ts';
import type { Topology } from '../objects/topology.ts';
import { type CronJob, specChangedAt } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const cronjobMissed = defineCheck({
  meta: {
    id: 'cronjob-missed',
    title: 'CronJob missed its time',
    why: 'A run that was due did not start: the backup, report or clean-up does not happen.',
    likelyCauses: [
      'kube-controller-manager is down or was for longer than startingDeadlineSeconds',
      'startingDeadlineSeconds is shorter than the controller needs to notice (10 s)',
      'its Job cannot be created',
    ],
    commands: [
      'kubectl -n {namespace} describe cronjob {name}',
      'kubectl -n kube-system get pods -l component=kube-controller-manager',
      'kubectl -n {namespace} create job --from=cronjob/{name} {name}-manual # changes the cluster',
    ],
    // The controller starts a run within seconds; five minutes cover its restart: our own figure.
    defaults: { graceSeconds: 300 },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#job-creation',
    finds: { 74: ['CronJobMissedSchedule'] },
    cause: { role: 'symptom', reason: 'CronJobMissedSchedule' },
  },
  needs: ['CronJob'],
  helps: ['Event'],
  *judge({ CronJob: cronJobs }, { now, thresholds, topology }) {
    for (const [ref, cronJob] of living('CronJob', cronJobs)) {
      const { spec } = cronJob;
      if (spec?.suspend === true || isHeldUp(cronJob)) continue;
      const grace = Math.max(thresholds.graceSeconds, spec?.startingDeadlineSeconds ?? 0);
      const due = missedAt(cronJob, now - grace * 1000);
      if (due !== null) yield missed(ref, cronJob, due, topology);
    }
  },
});

/** A run that is not over keeps the next from starting, as asked for. */
function isHeldUp({ spec, status }: CronJob): boolean {
  return spec?.concurrencyPolicy === 'Forbid' && (status?.active ?? []).length > 0;
}

/**
 * The first time since its last run at which it was due, in ms; null where it is in time, or nothing is known. Where its last
 * run was not at a time of this schedule, the schedule is newer, or the controller goes by another clock than UTC:
 * then only a second missed time counts.
 */
function missedAt(cronJob: CronJob, until: number): number | null {
  const { metadata, spec, status } = cronJob;
  const plan = planOf(spec ?? {});
  const created = parseTime(metadata?.creationTimestamp);
  const last = parseTime(status?.lastScheduleTime);
  if (plan === undefined || (last ?? created) === null) return null;
  const changed = parseTime(specChangedAt(cronJob)) ?? 0;
  const from = Math.max(last ?? 0, created ?? 0, changed);
  const [first, second] = dueBetween(plan, from, until, 2);
  if (isSure(plan, spec?.timeZone, last)) return first ?? null;
  return second === undefined ? null : (first ?? null);
}

function isSure(plan: Plan, zone: string | undefined, last: number | null): boolean {
  return last === null ? zone !== undefined : isDueAt(plan, last);
}

function missed(ref: ObjectRef, cronJob: CronJob, due: number, topology: Topology): Symptom {
  const { spec, status } = cronJob;
  const { schedule = '', timeZone = 'UTC' } = spec ?? {};
  const last = status?.lastScheduleTime ?? 'never';
  const [event] = eventsOf(cronJob, said, topology);
  const since = formatTime(due);
  return {
    object: ref,
    reason: 'CronJobMissedSchedule',
    impact: 'degraded',
    since,
    message: `CronJob ${nameOf(ref)} (${schedule}, ${timeZone}) did not start its run of ${since}; last scheduled: ${last}${event === undefined ? '' : ` (${event.reason})`}`,
    evidence: [
      { source: 'field', at: 'status.lastScheduleTime', text: last },
      ...eventEvidence(event),
    ],
    proof: { decidedBy: 'field', sinceExact: true },
  };
}

/** The controller's own words; alone they prove nothing, for it goes on after each of them. */
const said = ['FailedNeedsStart', 'MissSchedule', 'TooManyMissedTimes', 'UnexpectedJob'];
