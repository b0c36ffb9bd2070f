import { addressed } from './addressed.ts';
import { hidingAfter } from './incidents/hiding.ts';
import { blindBefore, scheduledAfter, timesAfter } from './lifecycle/blind.ts';
import { channelFor } from './lifecycle/channel.ts';
import { dispatch } from './lifecycle/dispatch.ts';
import { answeredOf, echoesOf } from './lifecycle/echo.ts';
import { isStale } from './lifecycle/fence.ts';
import { healthAfter, healthChange, tended } from './lifecycle/health.ts';
import { hear } from './lifecycle/hearing.ts';
import {
  keepAlerts,
  keepHistory,
  keepLastAlerts,
  keepOpenings,
  lastAlertIn,
  timesIn,
  withTrend,
} from './lifecycle/history.ts';
import { renamed } from './lifecycle/kept-alerts.ts';
import type { Setting } from './lifecycle/lines.ts';
import { confirmOutbox } from './lifecycle/outbox.ts';
import { decisionFrom, heldBack, statusFrom } from './lifecycle/outcome.ts';
import { usualGap, windowsFor } from './lifecycle/pace.ts';
import type { Planned } from './lifecycle/planned.ts';
import { queue } from './lifecycle/queue.ts';
import { blindNotice, echoNotices, healthNotice } from './messages.ts';
import type { Catalog } from './model/catalog.ts';
import type { CycleStamp, Decided } from './model/cycle.ts';
import type { Assessments } from './model/decision.ts';
import type { Observation } from './model/incident.ts';
import type { Receipt } from './model/notification.ts';
import type { Heard } from './model/response.ts';
import type { CycleStatus, MonitorState } from './model/state.ts';
import { cycleIdOf, formatTime, timeOfCycleId } from './model/time.ts';
import { belowNow, viewNow } from './overview.ts';
import { planOf } from './planning.ts';

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
 * and said to be unsaved. `heard`: what people answered to alerts.
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
  const { state, acked, granted, refused } = hear(before, heard, {
    ...{ now, startedAt: stamp.startedAt, ackUsers: catalog.ackUsers },
  });
  const first = nothingStored || (!unsaved && isFirstLook(state));
  const status = statusFrom(observation);
  const cycleId = nextCycleId(state, stamp.id);
  const windows = windowsFor(usualGap(state));
  const planned = planOf({
    ...{ state, first, observation, assessments, stamp, catalog, stale, unsaved, windows, acked },
  });
  const untold = (state.untold ?? 0) + droppedIn(planned);
  const setting = {
    ...settingOf(stamp, catalog, first, unsaved),
    ...{ untold, timesOf: timesIn(state.openings, now), lastAlertOf: lastAlertIn(state) },
  };
  const channelOf = channelFor(catalog, stamp.channel ?? '');
  const blind = blindBefore(state, stamp);
  const queued = queue(planned, {
    ...{ state, channelOf, observation, setting, cycleId, stamp },
    blind: blind?.slack === 'never' ? null : blind,
  });
  // Where nobody can be told, what would end goes on until somebody can.
  const ending = stamp.channel === null ? [] : planned;
  const openings = keepOpenings(state.openings, ending, now);
  const alerted = queued.drafts.some(({ kind }) => kind === 'full');
  const next = stale
    ? { ...state, cycleCount: state.cycleCount + 1, lastCycleId: cycleId }
    : {
        ...counted(state, status, cycleId, stamp),
        failedCycles: 0,
        health: healthAfter(0),
        lastSuccessfulCycle: stamp.startedAt,
        clusterUid: state.clusterUid ?? observation.clusterUid,
        snapshotAt: observation.source === 'live' ? observation.snapshotAt : state.snapshotAt,
        lookedAt: formatTime(now),
        trend: withTrend(state.trend, observation.incidents.length),
        openings,
        lastAlerts: keepLastAlerts(state, openings, ending),
        untold: alerted || untold === 0 ? undefined : untold,
        hiding: hidingAfter(state.hiding, catalog, observation.findings, now),
        incidents: { ...keepHistory(state.incidents, now, windows.reopen), ...queued.records },
        alerts: queued.alerts,
        outbox: renamed(state.outbox, planned),
      };
  const drafts = unsaved ? queued.drafts.filter(({ kind }) => kind === 'full') : queued.drafts;
  const health = healthNotice(state, next, null, stamp, drafts.length + 1);
  const saysIt = drafts.some(({ view }) => view.blind !== undefined);
  const gap = blindNotice(blind, saysIt, cycleId, stamp, drafts.length + health.length + 1);
  const others = addressed(drafts, [...health, ...gap], cycleId, stamp);
  // Unsaved, the same answers are heard again.
  const echoes = unsaved ? [] : echoesOf(before, granted, refused, planned, now);
  const messages = [...others, ...echoNotices(echoes, cycleId, stamp, others.length + 1)];
  const sent = dispatch(next, messages, stamp, unsaved);
  return {
    state: stale ? sent.state : tended(sent.state, cycleId, stamp),
    cycleId,
    status,
    decision: decisionFrom(planned, assessments),
    verdicts: planned.map(({ verdict }) => verdict),
    refused: [...new Set(refused.map(({ by, why }) => `${by} ${why}`))],
    answered: answeredOf(granted, refused),
    due: sent.due,
    view: viewNow(planned, observation, setting),
    below: belowNow(planned, observation, setting),
    heldBack: heldBack({
      planned,
      channel: stamp.channel,
      ...{ stale, unsaved, ...sent.left },
      healthChanged: healthChange(state, next) !== null,
    }),
    blind,
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
    ...counted(state, failure.status, cycleId, stamp),
    failedCycles,
    health: healthAfter(failedCycles),
  };
  const why = `${failure.phase}: ${failure.message}`;
  const health = healthNotice(state, next, why, stamp, 1);
  const blind = blindBefore(state, stamp);
  const gap = blindNotice(blind, false, cycleId, stamp, health.length + 1);
  const sent = dispatch(next, addressed([], [...health, ...gap], cycleId, stamp), stamp, unsaved);
  return {
    state: tended(sent.state, cycleId, stamp),
    cycleId,
    status: failure.status,
    decision: null,
    verdicts: [],
    refused: [],
    answered: [],
    due: sent.due,
    view: null,
    below: [],
    heldBack: heldBack({
      planned: [],
      channel: stamp.channel,
      ...{ stale: false, unsaved, ...sent.left },
      healthChanged: healthChange(state, next) !== null,
    }),
    blind,
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
  const kept = keepAlerts(alerts, state.incidents, sent.outbox);
  return tended({ ...state, ...sent, alerts: kept }, stamp.id, stamp);
}

function counted(
  state: MonitorState,
  status: CycleStatus,
  cycleId: string,
  stamp: CycleStamp,
): MonitorState {
  return {
    ...state,
    cycleCount: state.cycleCount + 1,
    lastCycleStatus: status,
    lastCycleId: cycleId,
    cycleTimes: timesAfter(state, stamp),
    scheduled: scheduledAfter(state, stamp),
  };
}

/** Nobody looked before. What could not be loaded may well know of a look. */
function isFirstLook({ lookedAt, incidents }: MonitorState): boolean {
  return lookedAt === null && Object.keys(incidents).length === 0;
}

/** SEV-3 that ended before anybody was told. */
function droppedIn(planned: readonly Planned[]): number {
  return planned.filter(({ verdict }) => verdict.reason === 'DEFERRED_DROPPED').length;
}

function settingOf(
  stamp: CycleStamp,
  catalog: Catalog,
  first: boolean,
  unsaved: boolean,
): Omit<Setting, 'untold' | 'timesOf' | 'lastAlertOf'> {
  const { cluster, now, runUrl } = stamp;
  return { cluster, now, runUrl, mention: catalog.mention, firstLook: first, unsaved };
}
