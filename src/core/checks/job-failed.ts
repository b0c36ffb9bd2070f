import type { Evidence, Impact, Symptom } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { compareText } from '../model/text.ts';
import { ageSeconds, isOlder, parseTime } from '../model/time.ts';
import { endField, endOf } from '../objects/container-ends.ts';
import { creationFailureOf } from '../objects/creation-failure.ts';
import { jobOf } from '../objects/judged-pods.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { conditionOf, controllerOf, isHook } from '../objects/meta.ts';
import { freshEvent } from '../objects/object-events.ts';
import type { Pod } from '../objects/pod.ts';
import { containersOf, type PodContainer, pathOf } from '../objects/pod-containers.ts';
import type { Topology } from '../objects/topology.ts';
import type { Job } from '../objects/workloads.ts';
import { defineCheck } from './define.ts';

export const jobFailed = defineCheck({
  meta: {
    id: 'job-failed',
    title: 'Job failed or cannot start',
    why: 'What it should have done (a migration, a backup, a report) is not done, and Kubernetes does not try again.',
    likelyCauses: [
      'the program ends with an error',
      'it ran out of memory or of time (activeDeadlineSeconds)',
      'its pods cannot be created: quota, service account, admission',
    ],
    commands: [
      'kubectl -n {namespace} logs job/{name} --all-containers --tail=100',
      'kubectl -n {namespace} describe job {name}',
    ],
    defaults: {
      // An older one is a tombstone that nobody deleted.
      lookBackSeconds: 86_400,
      // The controller tries again with a back-off that passes two minutes after the sixth try.
      failedCreateSeconds: 120,
    },
    docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy',
    finds: { 72: ['BackoffLimitExceeded'] },
    cause: { role: 'symptom', reason: 'JobFailed' },
  },
  needs: ['Job'],
  helps: ['CronJob', 'Pod', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    const series = seriesOf(objects);
    const pods = groupBy(objects.Pod, (pod) => jobOf(pod) ?? '');
    for (const [ref, job] of living('Job', objects.Job)) {
      if (job.spec?.suspend === true || isHook(job)) continue;
      const stuck = cannotStart(ref, job, { now, thresholds, topology });
      if (stuck !== undefined) yield stuck;
      const since = failureOf(job)?.lastTransitionTime ?? startOf(job);
      const age = ageSeconds(since, now) ?? 0;
      const history = series(job);
      if (failureOf(job) === undefined || age > thresholds.lookBackSeconds) continue;
      if (!isSuperseded(job, history)) yield failed(ref, job, history, pods.get(nameOf(ref)) ?? []);
    }
  },
});

/** Runs of the same thing: of one CronJob, or Jobs that carry the same labels. */
interface Series {
  readonly runs: readonly Job[];
  readonly lastSuccess: string | undefined;
  readonly isScheduled: boolean;
}

function seriesOf({ Job: jobs, CronJob }: Pick<Objects, 'Job' | 'CronJob'>): (job: Job) => Series {
  const runs = groupBy(jobs, keyOfSeries);
  const successes = new Map(
    CronJob.map(({ metadata, status }) => [
      `${metadata?.namespace}/CronJob/${metadata?.name}`,
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

function failureOf(job: Job) {
  const failure = conditionOf(job, 'Failed');
  return failure?.status === 'True' ? failure : undefined;
}

function startOf({ metadata, status }: Job): string | null {
  return status?.startTime ?? metadata?.creationTimestamp ?? null;
}

function startedAt(job: Job): number {
  return parseTime(startOf(job)) ?? 0;
}

/** A later run of the same thing succeeded, or a later scheduled one failed too and speaks for both. */
function isSuperseded(job: Job, { runs, lastSuccess, isScheduled }: Series): boolean {
  if ((parseTime(lastSuccess) ?? 0) > startedAt(job)) return true;
  return runs.some(
    (each) =>
      startedAt(each) > startedAt(job) &&
      (conditionOf(each, 'Complete')?.status === 'True' ||
        (isScheduled && failureOf(each) !== undefined)),
  );
}

function failed(ref: ObjectRef, job: Job, history: Series, pods: readonly Pod[]): Symptom {
  const { reason, message, lastTransitionTime } = failureOf(job) ?? {};
  const container = failedContainer(pods);
  const evidence: readonly Evidence[] = [
    { source: 'field', at: 'status.conditions[Failed]', text: [reason, message].join(' ').trim() },
    ...(container === undefined ? [] : [endEvidence(container)]),
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

/** A Job whose pods the API server refuses is not failed, and waits for ever. */
function cannotStart(
  ref: ObjectRef,
  job: Job,
  context: {
    readonly now: number;
    readonly thresholds: { readonly failedCreateSeconds: number };
    readonly topology: Topology;
  },
): Symptom | undefined {
  const { active = 0, succeeded = 0, conditions = [] } = job.status ?? {};
  if (active > 0 || succeeded > 0 || conditions.some(({ status }) => status === 'True'))
    return undefined;
  const event = freshEvent(job, 'FailedCreate', context.topology, context.now);
  const since = startOf(job);
  if (event === undefined || !isOlder(since, context.thresholds.failedCreateSeconds, context.now))
    return undefined;
  const { reason, says, missing, decidedBy } = creationFailureOf(
    event.message ?? '',
    ref.namespace,
  );
  return {
    object: ref,
    reason,
    impact: 'degraded',
    since,
    message: `Job ${nameOf(ref)} cannot create its pods (FailedCreate): ${says}`,
    evidence: [{ source: 'event', at: 'FailedCreate', text: event.message ?? '' }],
    proof: { decidedBy, sinceExact: false, missing },
  };
}
