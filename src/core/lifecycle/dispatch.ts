import type { CycleStamp } from '../model/cycle.ts';
import { type Notification, type OutboxEntry, targetsOf } from '../model/notification.ts';
import type { AlertRecord, MonitorState } from '../model/state.ts';
import { enqueue } from './enqueue.ts';
import { unexpired } from './expiry.ts';
import { keepAlerts } from './history.ts';
import { claim, doubtful } from './outbox.ts';
import { isLoud } from './planned.ts';
import { keepSetAside, saySetAside } from './set-aside.ts';

export interface Dispatched {
  readonly state: MonitorState;
  /** What this run sends now, in order. */
  readonly due: readonly OutboxEntry[];
  readonly left: Left;
}

/** What is not sent now. */
export interface Left {
  readonly outbox: readonly OutboxEntry[];
  /** How many messages were too old to be sent, and dropped. */
  readonly expired: number;
  /** How many incidents nobody is paged for, because they ended before PagerDuty took them. */
  readonly spared: number;
  /** What is not sent any more, in one sentence; null: nothing. */
  readonly setAside: string | null;
}

/** Queues, merges, drops what is too old and claims. Without a channel everything stays as it is. `unsaved`: only SEV-1 and SEV-2 are due, and what waited before may be sent by every run anew. */
export function dispatch(
  state: MonitorState,
  fresh: readonly Notification[],
  stamp: CycleStamp,
  unsaved: boolean,
): Dispatched {
  if (stamp.channel === null)
    return sentOf(tidied(state, stamp.now), [], { expired: 0, spared: 0 }, stamp);
  const ways = targetsOf(stamp);
  // A further way out that is not configured any more has nobody who waits for its messages.
  const wanted = state.outbox.filter(({ target }) => target === undefined || ways.includes(target));
  const waiting = unsaved ? wanted.map(doubtful) : wanted;
  const queued = enqueue(waiting, fresh, stamp);
  const kept = unexpired(queued, state.incidents, stamp);
  const may = (entry: OutboxEntry) =>
    ways.includes(entry.target ?? 'slack') && (!unsaved || isUrgent(entry));
  const { outbox, due } = claim(kept, state.alerts, stamp, may);
  const next = tidied({ ...state, outbox, alerts: placed(state.alerts, due) }, stamp.now);
  const dropped = {
    expired: queued.length - kept.length,
    spared: sparedIn([...waiting, ...fresh], queued),
  };
  return sentOf(next, due, dropped, stamp);
}

/** PagerDuty's incidents that came and went while it took nothing. */
function sparedIn(before: readonly Notification[], after: readonly Notification[]): number {
  const pages = before.filter(({ target }) => target === 'pagerduty');
  const left = new Set(after.map(({ alert }) => alert));
  return new Set(pages.map(({ alert }) => alert).filter((alert) => !left.has(alert))).size;
}

function sentOf(
  state: MonitorState,
  due: readonly OutboxEntry[],
  dropped: Pick<Left, 'expired' | 'spared'>,
  { now }: CycleStamp,
): Dispatched {
  return {
    state,
    due,
    left: { ...dropped, outbox: state.outbox, setAside: saySetAside(state.setAside, now) },
  };
}

/** Alerts that Slack does not have yet are where their message goes now. */
function placed(
  alerts: MonitorState['alerts'],
  due: readonly OutboxEntry[],
): MonitorState['alerts'] {
  const moved = due.flatMap(({ kind, alert, channel }): [string, AlertRecord][] => {
    const record = alerts[alert];
    const isRoot = kind === 'full' && record?.ts === null;
    return isRoot ? [[alert, { ...record, channel }]] : [];
  });
  return { ...alerts, ...Object.fromEntries(moved) };
}

function tidied(state: MonitorState, now: number): MonitorState {
  const { setAside, ...rest } = state;
  return {
    ...rest,
    ...keepSetAside(setAside, now),
    alerts: keepAlerts(state.alerts, state.incidents, state.outbox),
  };
}

function isUrgent({ kind, severity }: OutboxEntry): boolean {
  return kind === 'full' && isLoud(severity);
}
