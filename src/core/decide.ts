import { registry } from './checks/registry.ts';
import { fallenBack } from './escalation/fallback.ts';
import { channelFor } from './lifecycle/channel.ts';
import { dispatch } from './lifecycle/dispatch.ts';
import { isStale } from './lifecycle/fence.ts';
import { claimIssue, healthAfter, healthChange } from './lifecycle/health.ts';
import { hear } from './lifecycle/hearing.ts';
import { keepAlerts, keepHistory, keepOpenings, timesIn, withTrend } from './lifecycle/history.ts';
import { lineOf, type Setting, viewOf } from './lifecycle/lines.ts';
import { comparePlanned } from './lifecycle/order.ts';
import { confirmOutbox } from './lifecycle/outbox.ts';
import { decisionFrom, heldBack, statusFrom } from './lifecycle/outcome.ts';
import { usualGap, type Windows, windowsFor, withLook } from './lifecycle/pace.ts';
import { deserves, plan } from './lifecycle/plan.ts';
import type { Planned } from './lifecycle/planned.ts';
import { queue } from './lifecycle/queue.ts';
import { planStale, withheld } from './lifecycle/restraint.ts';
import { type Sighting, sightingsOf } from './lifecycle/sighting.ts';
import { healthNotice, written } from './messages.ts';
import type { AlertView } from './model/alert.ts';
import type { Catalog } from './model/catalog.ts';
import type { CycleStamp, Decided } from './model/cycle.ts';
import type { Assessments, Decision } from './model/decision.ts';
import type { Incident, Observation } from './model/incident.ts';
import type { Receipt } from './model/notification.ts';
import type { Heard } from './model/response.ts';
import type { CycleStatus, MonitorState } from './model/state.ts';
import { cycleIdOf, formatTime, timeOfCycleId } from './model/time.ts';

/** The id of a cycle that would be `id`: one second after the state's last one where that is the same or later. */
export function nextCycleId({ lastCycleId }: MonitorState, id: string): string {
  const last = timeOfCycleId(lastCycleId ?? '');
  if (last === null || lastCycleId === null || lastCycleId < id) return id;
  return cycleIdOf(last + 1000);
}

/**
 * What a look at the cluster makes of a state: the next state, one verdict per incident, and what is to be sent now.
 * Pure: on a conflict it is run again on the newer state. `nothingStored`: there was no state before; a look is the first
 * too where no cycle before it got to look. `unsaved`: the next state will not be kept, so only SEV-1 and SEV-2 are told,
 * and said to be unsaved.
 */
export function decide(
  before: MonitorState,
  nothingStored: boolean,
  observation: Observation,
  assessments: Assessments,
  stamp: CycleStamp,
  catalog: Catalog,
  options: { readonly unsaved?: boolean; readonly heard?: Heard } = {},
): Decided {
  const unsaved = options.unsaved === true;
  const { now } = stamp;
  const stale = isStale(before, observation, stamp);
  const heard = stale ? undefined : options.heard;
  const { state, acked } = hear(before, heard, { now, ackUsers: catalog.ackUsers });
  const first = nothingStored || (!unsaved && isFirstLook(state));
  const status = statusFrom(observation);
  const cycleId = nextCycleId(state, stamp.id);
  const sightings = sightingsOf(state, observation, decisionsOf(observation, assessments), {
    now,
    needsOf,
    namespaces: stamp.namespaces,
  });
  const windows = windowsFor(usualGap(state.looks));
  const planned = planOf(sightings, {
    ...{ state, first, observation, stamp, catalog, stale, unsaved, windows, acked },
  });
  const untold = (state.untold ?? 0) + droppedIn(planned);
  const setting = {
    ...settingOf(stamp, catalog, first, unsaved),
    ...{ untold, timesOf: timesIn(state.openings, now) },
  };
  const channelOf = channelFor(catalog, stamp.channel ?? '');
  const queued = queue(planned, { state, channelOf, observation, setting, cycleId, stamp });
  const alerted = queued.drafts.some(({ kind }) => kind === 'full');
  const next = stale
    ? { ...state, cycleCount: state.cycleCount + 1, lastCycleId: cycleId }
    : {
        ...counted(state, status, cycleId),
        failedCycles: 0,
        health: healthAfter(0),
        issueClaim: undefined,
        lastSuccessfulCycle: stamp.startedAt,
        clusterUid: state.clusterUid ?? observation.clusterUid,
        snapshotAt: observation.source === 'live' ? observation.snapshotAt : state.snapshotAt,
        lookedAt: formatTime(now),
        looks: withLook(state.looks, formatTime(now)),
        trend: withTrend(state.trend, observation.incidents.length),
        openings: keepOpenings(state.openings, planned, now),
        untold: alerted || untold === 0 ? undefined : untold,
        incidents: { ...keepHistory(state.incidents, now, windows.reopen), ...queued.records },
        alerts: queued.alerts,
      };
  const drafts = unsaved ? queued.drafts.filter(({ kind }) => kind === 'full') : queued.drafts;
  const messages = drafts.map((draft) => written(draft, cycleId, now));
  const health = healthNotice(state, next, null, stamp, messages.length + 1);
  const sent = dispatch(next, [...messages, ...health], stamp, unsaved);
  return {
    state: sent.state,
    cycleId,
    status,
    decision: decisionFrom(planned, assessments),
    verdicts: planned.map(({ verdict }) => verdict),
    due: sent.due,
    view: viewNow(planned, observation, setting),
    heldBack: heldBack({
      planned,
      channel: stamp.channel,
      ...{ stale, unsaved, ...sent.left },
      healthChanged: healthChange(state, next) !== null,
    }),
    stale,
  };
}

/** What a cycle that did not get to look makes of a state: it is counted, and what waits is sent all the same. `unsaved`: the next state will not be kept, so only SEV-1 and SEV-2 of it are. */
export function fail(
  state: MonitorState,
  failure: {
    readonly status: 'failed' | 'error';
    readonly phase: string;
    readonly message: string;
  },
  stamp: CycleStamp,
  { unsaved = false }: { readonly unsaved?: boolean } = {},
): Decided {
  const cycleId = nextCycleId(state, stamp.id);
  const failedCycles = state.failedCycles + 1;
  const next = {
    ...counted(state, failure.status, cycleId),
    failedCycles,
    health: healthAfter(failedCycles),
    issueClaim: claimIssue(state, healthAfter(failedCycles), stamp),
  };
  const why = `${failure.phase}: ${failure.message}`;
  const health = healthNotice(state, next, why, stamp, 1);
  const sent = dispatch(next, health, stamp, unsaved);
  return {
    state: sent.state,
    cycleId,
    status: failure.status,
    decision: null,
    verdicts: [],
    due: sent.due,
    view: null,
    heldBack: heldBack({
      planned: [],
      channel: stamp.channel,
      ...{ stale: false, unsaved, ...sent.left },
      healthChanged: healthChange(state, next) !== null,
    }),
    stale: false,
  };
}

/** The state once Slack's answers are known: what it took leaves the outbox, the rest waits for the next cycle. */
export function confirm(
  state: MonitorState,
  receipts: readonly Receipt[],
  stamp: CycleStamp,
): MonitorState {
  const { alerts, ...sent } = confirmOutbox(state, receipts, stamp);
  return { ...state, ...sent, alerts: keepAlerts(alerts, state.incidents, sent.outbox) };
}

function needsOf(check: string): readonly string[] {
  return registry.find(({ meta }) => meta.id === check)?.needs ?? [];
}

/** SEV-3 that ended before anybody was told. */
function droppedIn(planned: readonly Planned[]): number {
  return planned.filter(({ verdict }) => verdict.reason === 'DEFERRED_DROPPED').length;
}

/** What nobody decided is decided by the conservative default: an incident is never dropped in silence. */
function decisionsOf(
  observation: Observation,
  { byFingerprint }: Assessments,
): (incident: Incident) => Decision {
  const defaults = fallenBack(observation, null, null).byFingerprint;
  return ({ fingerprint }) => {
    const decision = byFingerprint[fingerprint] ?? defaults[fingerprint];
    if (decision === undefined)
      throw new TypeError(`incident ${fingerprint} is not in the observation`);
    return decision;
  };
}

interface Plan {
  readonly state: MonitorState;
  readonly first: boolean;
  readonly observation: Observation;
  readonly stamp: CycleStamp;
  readonly catalog: Catalog;
  readonly stale: boolean;
  readonly unsaved: boolean;
  readonly windows: Windows;
  readonly acked: ReadonlySet<string>;
}

/** In headline order, what is seen before what is not. */
function planOf(sightings: readonly Sighting[], given: Plan): readonly Planned[] {
  const { state, first, observation, stamp, catalog, windows, acked } = given;
  const context = {
    ...{ now: stamp.now, first, observation, windows, acked },
    ...{ hours: catalog.hours, repeatSeconds: catalog.repeatSeconds },
    ...{ alerts: state.alerts, lookedAt: state.lookedAt },
  };
  const planned = given.stale ? planStale(sightings, context) : plan(sightings, context);
  return [...(given.unsaved ? planned.map(withheld) : planned)].sort(comparePlanned);
}

/** Nobody looked before. What could not be loaded may well know of a look. */
function isFirstLook({ lookedAt, incidents }: MonitorState): boolean {
  return lookedAt === null && Object.keys(incidents).length === 0;
}

function counted(state: MonitorState, status: CycleStatus, cycleId: string): MonitorState {
  return {
    ...state,
    cycleCount: state.cycleCount + 1,
    lastCycleStatus: status,
    lastCycleId: cycleId,
  };
}

function settingOf(
  stamp: CycleStamp,
  catalog: Catalog,
  first: boolean,
  unsaved: boolean,
): Omit<Setting, 'untold' | 'timesOf'> {
  const { cluster, now, runUrl } = stamp;
  return { cluster, now, runUrl, mention: catalog.mention, firstLook: first, unsaved };
}

/** Every incident seen now that people should know of, told already or not. */
function viewNow(
  planned: readonly Planned[],
  observation: Observation,
  setting: Setting,
): AlertView | null {
  const lines = planned
    .filter(({ sighting: { seen } }) => seen !== null && deserves(seen.incident, seen.decision))
    .map((each) => lineOf(each, observation, setting));
  return lines.length === 0 ? null : viewOf(lines, observation, setting);
}
