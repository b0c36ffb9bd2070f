import type { Evidence, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { parseSchedule, splitZone } from '../objects/cron.ts';
import { living } from '../objects/living.ts';
import { eventsOf, isFresh } from '../objects/object-events.ts';
import type { Topology } from '../objects/topology.ts';
import type { CronJob } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const cronjobInvalid = defineCheck({
  meta: {
    id: 'cronjob-invalid',
    title: 'CronJob cannot be scheduled',
    why: 'The controller cannot read its schedule or its time zone: it never runs.',
    likelyCauses: ['a slip in the schedule', 'a time zone that the controller does not know'],
    commands: [
      'kubectl -n {namespace} get cronjob {name} -o jsonpath="{.spec.schedule} {.spec.timeZone}"',
      'kubectl -n {namespace} describe cronjob {name}',
    ],
    // A schedule does not mend itself.
    defaults: {},
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
    finds: { 76: ['UnparseableSchedule', 'InvalidSchedule', 'UnknownTimeZone'] },
    cause: { role: 'alone', reason: 'InvalidSchedule' },
  },
  needs: ['CronJob'],
  helps: ['Event'],
  *judge({ CronJob: cronJobs }, { now, topology }) {
    for (const [ref, cronJob] of living('CronJob', cronJobs)) {
      if (cronJob.spec?.suspend === true) continue;
      const told = toldBy(cronJob, topology, now) ?? readIn(cronJob);
      if (told !== undefined) yield invalid(ref, cronJob, told);
    }
  },
});

interface Told {
  readonly reason: string;
  readonly evidence: Evidence;
}

/** The controller's words; the second is an older one's. */
const reasons: { readonly [reason: string]: string | undefined } = {
  UnparseableSchedule: 'UnparseableSchedule',
  UnParseableCronJobSchedule: 'UnparseableSchedule',
  InvalidSchedule: 'InvalidSchedule',
  UnknownTimeZone: 'UnknownTimeZone',
};

function toldBy(cronJob: CronJob, topology: Topology, now: number): Told | undefined {
  const [event] = eventsOf(cronJob, Object.keys(reasons), topology);
  const reason = reasons[event?.reason ?? ''];
  if (event === undefined || reason === undefined || !isFresh(event, now)) return undefined;
  return {
    reason,
    evidence: { source: 'event', at: event.reason ?? '', text: event.message ?? '' },
  };
}

/** An event is gone after an hour; the schedule stays. Which zones the controller knows cannot be told from here. */
function readIn({ spec }: CronJob): Told | undefined {
  const { schedule } = spec ?? {};
  if (schedule === undefined || parseSchedule(splitZone(schedule).fields) !== undefined)
    return undefined;
  return {
    reason: 'UnparseableSchedule',
    evidence: { source: 'field', at: 'spec.schedule', text: schedule },
  };
}

function invalid(ref: ObjectRef, { spec, metadata }: CronJob, told: Told): Symptom {
  const { schedule = '', timeZone } = spec ?? {};
  const zone = timeZone === undefined ? '' : `, time zone ${timeZone}`;
  return {
    object: ref,
    reason: told.reason,
    impact: 'degraded',
    since: metadata?.creationTimestamp ?? null,
    message: `CronJob ${nameOf(ref)} never runs (${told.reason}): schedule "${schedule}"${zone}${told.evidence.source === 'event' ? `: ${told.evidence.text}` : ' cannot be read'}`,
    evidence: [told.evidence],
    proof: { decidedBy: 'field', sinceExact: false },
  };
}
