import { fallenBack } from './core/escalation/fallback.ts';
import { settle } from './core/escalation/guard.ts';
import { weigh } from './core/escalation/policy.ts';
import { askAbout } from './core/escalation/question.ts';
import { idleDays, idleEntries } from './core/incidents/hiding.ts';
import { suspectsOf } from './core/incidents/suspects.ts';
import { answerables, untakenSince } from './core/lifecycle/answerable.ts';
import { news } from './core/lifecycle/news.ts';
import type { Catalog } from './core/model/catalog.ts';
import type { CycleStamp } from './core/model/cycle.ts';
import type { Assessments } from './core/model/decision.ts';
import { Failure, sayFailure, traceOf } from './core/model/failure.ts';
import type { Observation } from './core/model/incident.ts';
import { type Heard, nothingHeard } from './core/model/response.ts';
import type { Snapshot } from './core/model/snapshot.ts';
import type { MonitorState } from './core/model/state.ts';
import { count } from './core/model/text.ts';
import { parseTime } from './core/model/time.ts';
import { redact } from './core/objects/redact.ts';
import { observe } from './core/observe.ts';
import { sayIdle, sayOverdue } from './core/render/accepted-words.ts';
import type { Assessor, CycleSettings, Log, World } from './ports.ts';

/** What the first two stages leave, and what people answered. Without an observation there is a failure. */
export interface Look {
  readonly stamp: CycleStamp;
  readonly snapshot: Snapshot | null;
  readonly observation: Observation | null;
  readonly assessments: Assessments;
  readonly heard: Heard;
  readonly failure: {
    readonly status: 'failed' | 'error';
    readonly phase: string;
    readonly message: string;
    readonly trace: string;
  } | null;
}

/** What went wrong beside the stages, a sentence each. */
export function troublesOf(
  { assessments, heard, observation, stamp }: Look,
  catalog: Catalog,
  { hiding }: MonitorState,
): readonly string[] {
  return [
    ...(catalog.remarks ?? []),
    ...idleEntries(catalog, hiding, stamp.now).map((entry) => sayIdle(entry, idleDays)),
    ...(assessments.trouble === null ? [] : [assessments.trouble]),
    ...heard.troubles,
    ...(observation === null ? [] : sayOverdue(observation)),
  ];
}

/** k8s-analyzer ▶ escalation-manager. Never throws. */
export async function lookAndWeigh(
  world: World,
  settings: CycleSettings,
  state: MonitorState,
  begun: CycleStamp,
  misconfigured: Error | null,
): Promise<Look> {
  try {
    if (misconfigured !== null) throw misconfigured;
    world.log.progress('k8s-analyzer: reading the cluster');
    const lists = await world.cluster.look();
    refuseOtherCluster(lists, state.clusterUid);
    const now = settings.now ?? parseTime(lists.takenAt) ?? begun.now;
    const { snapshot, observation } = await observeClosely(world, lists, settings.catalog, now);
    const assessments = await escalate(
      observation,
      state,
      settings.catalog,
      world.assessor,
      world.log,
    );
    const heard = await listen(world, state);
    return { stamp: { ...begun, now }, snapshot, observation, assessments, heard, failure: null };
  } catch (error) {
    const failure =
      misconfigured === null
        ? failureOf('failed', 'k8s-analyzer', error)
        : failureOf('error', 'configuration', error);
    world.log.error(`${failure.phase}: ${failure.message}`);
    world.log.trace(failure.trace);
    const assessments = { byFingerprint: {}, fallback: null, trouble: null };
    const nothing = { snapshot: null, observation: null, heard: nothingHeard };
    return { stamp: begun, ...nothing, assessments, failure };
  }
}

/** Observes; where containers keep failing, reads what they wrote last and observes again. A snapshot that holds its logs is read no further. */
async function observeClosely(
  { cluster, log }: Pick<World, 'cluster' | 'log'>,
  snapshot: Snapshot,
  catalog: Catalog,
  now: number,
): Promise<{ readonly snapshot: Snapshot; readonly observation: Observation }> {
  const observation = observe(snapshot, catalog, now);
  const suspects = snapshot.logs === undefined ? suspectsOf(observation, snapshot) : [];
  if (suspects.length === 0) return { snapshot, observation };
  log.progress(`k8s-analyzer: reading the last words of ${count(suspects.length, 'container')}`);
  const { logs, gaps } = await cluster.readLogs(suspects);
  const closer = { ...snapshot, logs, gaps: [...snapshot.gaps, ...gaps] };
  return { snapshot: closer, observation: observe(closer, catalog, now) };
}

/** What is kept of an error: redacted message and full trace. */
export function failureOf(
  status: 'failed' | 'error',
  phase: string,
  error: unknown,
): NonNullable<Look['failure']> {
  return { status, phase, message: redact(sayFailure(error)), trace: redact(traceOf(error)) };
}

/** A kubeconfig that suddenly points elsewhere would "resolve" every incident. */
function refuseOtherCluster(snapshot: Snapshot, pinned: string | null): void {
  if (pinned === null || snapshot.clusterUid === null || snapshot.clusterUid === pinned) return;
  throw new Failure(
    'KUBE_OTHER_CLUSTER',
    `This is another cluster than the one remembered: its kube-system namespace has uid ${snapshot.clusterUid}, the memory is about ${pinned}`,
    {
      hint: 'Point the kubeconfig back, or give this cluster a cluster-name of its own (that starts a new memory)',
    },
  );
}

/** The policy, then Claude about what is new or worse. Whatever fails, the contract's conservative default stands in: an incident is never dropped in silence. */
async function escalate(
  observation: Observation,
  state: MonitorState,
  catalog: Catalog,
  assessor: Assessor | null,
  log: Log,
): Promise<Assessments> {
  let floors: Assessments['byFingerprint'] | null = null;
  let asked: readonly string[] | null = null;
  try {
    const weighed = weigh(observation, catalog);
    floors = weighed;
    if (assessor === null) return { byFingerprint: weighed, fallback: null, trouble: null };
    asked = news(state, observation, weighed);
    if (asked.length === 0) return { byFingerprint: weighed, fallback: null, trouble: null };
    log.progress(`escalation-manager: asking ${assessor.model} about ${asked.length}`);
    return settle(
      observation,
      weighed,
      asked,
      await assessor.ask(askAbout(observation, weighed, asked)),
    );
  } catch (error) {
    const trouble = redact(
      `escalation-manager: the conservative default decides: ${sayFailure(error)}`,
    );
    log.warn(trouble);
    return { ...fallenBack(observation, floors, asked), trouble };
  }
}

/** What people answered to the alerts of what is open; where nothing was told, nobody can have answered. The health issue is read too where Slack took none of them. Never throws. */
async function listen(
  { listener, log }: Pick<World, 'listener' | 'log'>,
  state: MonitorState,
): Promise<Heard> {
  const alerts = answerables(state);
  const issue = state.healthIssue?.number ?? null;
  const since = alerts.length > 0 ? (state.heardAt ?? null) : untakenSince(state);
  const nobody = alerts.length === 0 && (issue === null || since === null);
  if (listener === null || nobody) return nothingHeard;
  log.progress(`slack-notifier: reading what people answered to ${count(alerts.length, 'alert')}`);
  try {
    return await listener.hear(alerts, since, issue);
  } catch (error) {
    const trouble = redact(`What people answer was not heard: ${sayFailure(error)}`);
    return { ...nothingHeard, troubles: [trouble] };
  }
}
