import type { Evidence, Impact, Symptom } from '../model/finding.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import type { Event } from '../objects/cluster-objects.ts';
import { endField, endOf } from '../objects/container-ends.ts';
import { eventEvidence } from '../objects/event-evidence.ts';
import {
  failureOf,
  isComplete,
  type Series,
  seriesOf,
  startedAt,
  startOf,
} from '../objects/job-runs.ts';
import { jobOf } from '../objects/judged-pods.ts';
import { living } from '../objects/living.ts';
import { isHook } from '../objects/meta.ts';
import { eventsOf } from '../objects/object-events.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import type { Job } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const jobFailed = defineCheck({
  meta: {
    id: 'job-failed',
    title: 'Job failed',
    why: 'What it should have done (a migration, a backup, a report) is not done, and Kubernetes does not try again.',
    likelyCauses: [
      'the program ends with an error',
      'it ran out of memory or of time (activeDeadlineSeconds)',
    ],
    commands: [
      'kubectl -n {namespace} logs job/{name} --all-containers --tail=100',
      'kubectl -n {namespace} describe job {name}',
    ],
    defaults: {
      // An older one is a tombstone that nobody deleted.
      lookBackSeconds: 86_400,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
    finds: {
      72: [
        'BackoffLimitExceeded',
        'DeadlineExceeded',
        'PodFailurePolicy',
        'MaxFailedIndexesExceeded',
        'FailedIndexes',
        'JobFailed',
      ],
    },
    cause: { role: 'symptom', reason: 'JobFailed' },
  },
  needs: ['Job'],
  helps: ['CronJob', 'Pod', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    const series = seriesOf(objects);
    for (const [ref, job] of living('Job', objects.Job)) {
      const failure = failureOf(job);
      if (failure === undefined || job.spec?.suspend === true || isHook(job)) continue;
      const since = failure.lastTransitionTime ?? startOf(job);
      const history = series(job);
      if ((ageSeconds(since, now) ?? 0) > thresholds.lookBackSeconds) continue;
      if (isSuperseded(job, history)) continue;
      const pods = topology.podsOf(topology.cronJobOf(ref) ?? ref);
      const own = pods.filter((pod) => jobOf(pod) === nameOf(ref));
      yield failed(ref, job, history, own, eventsOf(job, ['FailedCreate'], topology)[0]);
    }
  },
});

/** A later run of the same thing succeeded, or a later scheduled one failed too and speaks for both. */
function isSuperseded(job: Job, { runs, lastSuccess, isScheduled }: Series): boolean {
  if ((parseTime(lastSuccess) ?? 0) > startedAt(job)) return true;
  return runs.some(
    (each) =>
      startedAt(each) > startedAt(job) &&
      (isComplete(each) || (isScheduled && failureOf(each) !== undefined)),
  );
}

function failed(
  ref: ObjectRef,
  job: Job,
  history: Series,
  pods: readonly Pod[],
  refusal: Event | undefined,
): Symptom {
  const { reason, message, lastTransitionTime } = failureOf(job) ?? {};
  const container = failedContainer(pods);
  const evidence: readonly Evidence[] = [
    { source: 'field', at: 'status.conditions[Failed]', text: [reason, message].join(' ').trim() },
    ...(container === undefined ? [] : [endEvidence(container)]),
    // That its pods were not admitted for a while is no cause by itself, and may be a part of it.
    ...eventEvidence(refusal),
  ];
  return {
    object: ref,
    reason: reason ?? 'JobFailed',
    impact: impactOf(history),
    since: lastTransitionTime ?? startOf(job),
    message: `Job ${nameOf(ref)} failed (${reason ?? 'no reason given'})${container === undefined ? '' : `: container ${container.name} ended with ${sayEnd(container)}`}${message === undefined ? '' : `: ${message}`}`,
    evidence,
    proof: {
      decidedBy: 'field',
      sinceExact: lastTransitionTime !== undefined,
      container: container?.name,
      image: container?.spec?.image,
      exitCode: container === undefined ? undefined : endOf(container.status)?.exitCode,
    },
  };
}

/** A scheduled run is tried again by its schedule: the net has a hole once, and is gone when it fails twice in a row or never worked. */
function impactOf({ runs, lastSuccess, isScheduled }: Series): Impact {
  const failures = runs.filter(
    (each) => failureOf(each) !== undefined && startedAt(each) > (parseTime(lastSuccess) ?? 0),
  );
  return isScheduled && lastSuccess !== undefined && failures.length < 2 ? 'at-risk' : 'degraded';
}

/** The container of the newest pod that ended with an error. */
function failedContainer(pods: readonly Pod[]): PodContainer | undefined {
  const age = (pod: Pod): number => parseTime(pod.metadata?.creationTimestamp) ?? 0;
  return [...pods]
    .sort((a, b) => age(b) - age(a))
    .flatMap(containersOf)
    .find(({ status }) => (endOf(status)?.exitCode ?? 0) !== 0);
}

function sayEnd({ status }: PodContainer): string {
  const end = endOf(status);
  return `exit ${end?.exitCode}${end?.reason === undefined ? '' : `, ${end.reason}`}`;
}

function endEvidence(container: PodContainer): Evidence {
  const at = pathOf(container, endField(container.status));
  return { source: 'field', at, text: sayEnd(container) };
}
