import type { Evidence, Impact, Symptom } from '../model/finding.ts';
import { type RefMap, refMap } from '../model/ref-map.ts';
import { nameOf, type ObjectRef } from '../model/snapshot.ts';
import { isOlder, parseTime } from '../model/time.ts';
import { type Event, eventTime } from '../objects/cluster-objects.ts';
import { conditionEvidence } from '../objects/condition-evidence.ts';
import { creationFailureOf } from '../objects/creation-failure.ts';
import {
  availability,
  impactOf,
  judgedDeployments,
  sayStanding,
} from '../objects/deployment-standing.ts';
import type { Objects } from '../objects/kinds.ts';
import { living } from '../objects/living.ts';
import { daemonSets, readiness, sayReady, statefulSets } from '../objects/member-sets.ts';
import { conditionOf, isHook, type ObjectMeta, refOf } from '../objects/meta.ts';
import { freshEvent } from '../objects/object-events.ts';
import { once } from '../objects/remembered.ts';
import type { Topology } from '../objects/topology.ts';
import { defineCheck } from './define.ts';

export const failedCreate = defineCheck({
  meta: {
    id: 'failed-create',
    title: 'Pods cannot be created',
    why: 'The API server refuses every new pod: the workload stays short, and whatever dies is not replaced.',
    likelyCauses: [
      'a ResourceQuota is used up, or demands requests and limits that the pods do not give',
      'pod security, a LimitRange, an admission policy or webhook forbids the pods',
      'an admission webhook cannot be reached',
      'the service account does not exist',
    ],
    commands: [
      {
        for: ['QuotaExceeded', 'QuotaMissingRequests'],
        run: 'kubectl -n {namespace} describe resourcequota',
      },
      {
        for: ['AdmissionWebhookDenied', 'AdmissionWebhookUnavailable'],
        run: 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
      },
      {
        for: ['AdmissionPolicyDenied'],
        run: 'kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings',
      },
      { for: ['LimitRangeViolation'], run: 'kubectl -n {namespace} describe limitrange' },
      { for: ['PriorityClassMissing'], run: 'kubectl get priorityclasses' },
      { for: ['ServiceAccountMissing'], run: 'kubectl -n {namespace} get serviceaccounts' },
      { for: ['PodSecurityViolation'], run: 'kubectl get namespace {namespace} --show-labels' },
      'kubectl -n {namespace} describe {kind} {name}',
      'kubectl -n {namespace} get events --field-selector reason=FailedCreate --sort-by=.lastTimestamp',
    ],
    // The controller tries again with a back-off that passes two minutes after the sixth try.
    defaults: { graceSeconds: 120 },
    docs: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    finds: {
      59: ['FailedCreate', 'LimitRangeViolation', 'PriorityClassMissing'],
      60: ['QuotaExceeded'],
      61: ['QuotaMissingRequests'],
      62: ['PodSecurityViolation'],
      63: ['AdmissionWebhookDenied', 'AdmissionWebhookUnavailable', 'AdmissionPolicyDenied'],
      64: ['ServiceAccountMissing'],
    },
    cause: { role: 'alone' },
  },
  // Each kind can be judged without the others, so that none is needed.
  needs: [],
  helps: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod', 'Node', 'Event'],
  *judge(objects, { now, thresholds, topology }) {
    const refused = [
      ...deployments(objects, topology),
      ...sets(objects, topology, now),
      ...jobs(objects, topology, now),
      ...cronJobs(objects, topology, now),
    ];
    for (const each of refused)
      if (isOlder(each.since, thresholds.graceSeconds, now)) yield symptomOf(each);
  },
});

/** A workload whose pods are refused, and what is said of it. */
interface Refused {
  readonly ref: ObjectRef;
  readonly impact: Impact;
  /** The one that its template asks for. */
  readonly serviceAccount: string | undefined;
  readonly since: string | null;
  readonly sinceExact: boolean;
  readonly message: string;
  /** `, 0 of 3 pods ready`. */
  readonly standing: string;
  readonly evidence: readonly Evidence[];
}

/** `ReplicaFailure` mirrors what the ReplicaSet was told when it wanted to make a pod; `FailedDelete` is its other reason. */
function deployments(
  { Deployment }: Pick<Objects, 'Deployment'>,
  topology: Topology,
): readonly Refused[] {
  return judgedDeployments(Deployment, topology).flatMap(({ ref, deployment, standing }) => {
    const failure = conditionOf(deployment, 'ReplicaFailure');
    if (failure?.status !== 'True' || failure.reason === 'FailedDelete') return [];
    return [
      {
        ref,
        impact: impactOf(standing),
        serviceAccount: deployment.spec?.template?.spec?.serviceAccountName,
        since: failure.lastTransitionTime ?? null,
        sinceExact: failure.lastTransitionTime !== undefined,
        message: failure.message ?? '',
        standing: `, ${sayStanding(standing)}`,
        evidence: [conditionEvidence(failure), availability(standing)],
      },
    ];
  });
}

/** An event is all that a StatefulSet and a DaemonSet say of pods they could not make, so that only a fresh one counts. */
function sets(
  objects: Pick<Objects, 'StatefulSet' | 'DaemonSet' | 'Node'>,
  topology: Topology,
  now: number,
): readonly Refused[] {
  const all = [...statefulSets(objects, topology), ...daemonSets(objects, topology)];
  return all.flatMap((set) => {
    const event = set.ready < set.desired ? refusalOf(set, topology, now) : undefined;
    if (event === undefined) return [];
    return [
      {
        ref: set.ref,
        impact: set.ready === 0 ? ('outage' as const) : ('degraded' as const),
        serviceAccount: set.serviceAccount,
        since: beginningOf(event),
        standing: `, ${sayReady(set)}`,
        ...toldBy(event, [readiness(set)]),
      },
    ];
  });
}

/** A Job whose pods the API server refuses is not failed, and waits for ever. */
function jobs({ Job }: Pick<Objects, 'Job'>, topology: Topology, now: number): readonly Refused[] {
  return living('Job', Job).flatMap(([ref, job]) => {
    const { active = 0, succeeded = 0, conditions = [] } = job.status ?? {};
    if (active > 0 || succeeded > 0 || conditions.some(({ status }) => status === 'True'))
      return [];
    const event =
      job.spec?.suspend === true || isHook(job) ? undefined : refusalOf(job, topology, now);
    if (event === undefined) return [];
    const since = job.status?.startTime ?? job.metadata?.creationTimestamp ?? null;
    const serviceAccount = job.spec?.template?.spec?.serviceAccountName;
    return [
      { ref, impact: 'degraded' as const, serviceAccount, since, standing: '', ...toldBy(event) },
    ];
  });
}

/** A CronJob whose Jobs are refused; one that was made since says that it is over. */
function cronJobs(
  { CronJob, Job }: Pick<Objects, 'CronJob' | 'Job'>,
  topology: Topology,
  now: number,
): readonly Refused[] {
  const made = once(() => lastMade(Job, topology));
  return living('CronJob', CronJob).flatMap(([ref, cronJob]) => {
    const event = cronJob.spec?.suspend === true ? undefined : refusalOf(cronJob, topology, now);
    if (event === undefined || (made().get(ref) ?? -1) >= eventTime(event)) return [];
    const since = beginningOf(event);
    // What is refused is a Job: no pod asks for an account yet.
    const serviceAccount = undefined;
    return [
      { ref, impact: 'degraded' as const, serviceAccount, since, standing: '', ...toldBy(event) },
    ];
  });
}

/** When the newest Job of each CronJob was made, in ms. */
function lastMade(jobs: Objects['Job'], topology: Topology): RefMap<number> {
  const last = refMap<number>();
  for (const job of jobs) {
    const maker = topology.cronJobOf(refOf('Job', job));
    if (maker === undefined) continue;
    const made = parseTime(job.metadata?.creationTimestamp) ?? 0;
    last.set(maker, Math.max(made, last.get(maker) ?? 0));
  }
  return last;
}

function refusalOf(object: ObjectMeta, topology: Topology, now: number): Event | undefined {
  return freshEvent(object, 'FailedCreate', topology, now);
}

function beginningOf({ firstTimestamp, eventTime: at, metadata }: Event): string | null {
  return firstTimestamp ?? at ?? metadata?.creationTimestamp ?? null;
}

function toldBy({ message = '' }: Event, more: readonly Evidence[] = []) {
  const told: Evidence = { source: 'event', at: 'FailedCreate', text: message };
  return { sinceExact: false, message, evidence: [told, ...more] };
}

function symptomOf({
  ref,
  impact,
  serviceAccount,
  since,
  sinceExact,
  message,
  standing,
  evidence,
}: Refused): Symptom {
  const { reason, says, missing, blockedBy, decidedBy } = creationFailureOf(message, ref.namespace);
  const isReferred = missing?.kind === 'ServiceAccount' && missing.name === serviceAccount;
  const what = ref.kind === 'CronJob' ? 'its Job' : 'pods';
  return {
    object: ref,
    reason,
    impact,
    since,
    message: `${ref.kind} ${nameOf(ref)} cannot create ${what} (FailedCreate)${standing}: ${says}`,
    evidence,
    proof: { decidedBy: isReferred ? 'field' : decidedBy, sinceExact, missing, blockedBy },
  };
}
