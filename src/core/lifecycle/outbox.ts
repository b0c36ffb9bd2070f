import type { CycleStamp } from '../model/cycle.ts';
import type { Notification, OutboxEntry, Receipt } from '../model/notification.ts';
import type { AlertRecord, MonitorState } from '../model/state.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { alertAfter } from './place.ts';
import { isPoisoned, keepSetAside, setAside } from './set-aside.ts';
import { compareRanks, inTurn } from './turns.ts';

/** Milliseconds after which a run that sends is held for dead, and what it was sending goes out again. */
const claimHolds = 15 * 60 * 1000;

/** Messages that a cycle sends by one way; the next cycle goes on. Slack takes about one a second, and a channel that gets more in a row is not read. Elsewhere each is one request. */
const mostPosts = { slack: 20, elsewhere: 100 };

/** Seconds, however long Slack asks for: an alert that waits longer is no alert. */
const longestWait = 60 * 60;

/** Whose cycle it is, and when (ms). */
export type Claimant = Pick<CycleStamp, 'now' | 'run'>;

/**
 * Takes for this run what is free: undelivered and not to wait, or left pending by a run that died. What replies to or
 * edits an alert waits for the alert, and for what was said of it before. What belongs to no message in Slack yet goes
 * where alerts go now. `due`: what this run sends now, in order.
 */
export function claim(
  outbox: readonly OutboxEntry[],
  alerts: { readonly [id: string]: AlertRecord },
  claimant: Claimant & Pick<CycleStamp, 'channel' | 'channels' | 'startedAt'>,
  may: (entry: OutboxEntry) => boolean = () => true,
): { readonly outbox: readonly OutboxEntry[]; readonly due: readonly OutboxEntry[] } {
  const waiting = new Set<string>();
  const over = new Set<string>();
  const posts = new Map<string | undefined, number>();
  const claimedAt = formatTime(claimant.now);
  const free = outbox.filter((entry) => {
    const isReady = !isBlocked(entry) && isFree(entry, claimant) && may(entry);
    if (!isReady) block(entry);
    return isReady;
  });
  const due = free.toSorted(compareRanks).flatMap((entry): OutboxEntry[] => {
    if (!isBlocked(entry) && hasRoom(entry))
      return [{ ...taken(entry), status: 'pending', run: claimant.run, claimedAt }];
    block(entry);
    return [];
  });
  const claimed = new Map(due.map((entry) => [entry.id, entry]));
  const entries = outbox.map((entry) => claimed.get(entry.id) ?? entry);
  return { outbox: entries, due: inTurn(entries.filter(({ id }) => claimed.has(id))) };

  function isBlocked(entry: OutboxEntry): boolean {
    return needsRoot(entry) && waiting.has(entry.alert);
  }
  /** Nor does a newer word overtake an older one: people would read its end after its return. */
  function block(entry: OutboxEntry): void {
    if (needsRoot(entry) ? entry.kind !== 'edit' : !isInSlack(entry)) waiting.add(entry.alert);
  }
  /** What may stand in a channel already is looked for, and told of, there. */
  function stays(entry: OutboxEntry): boolean {
    return isInSlack(entry) || isInUse(entry) || entry.maybe === true;
  }
  function isInUse({ channel, target }: OutboxEntry): boolean {
    return target !== undefined || (claimant.channels?.includes(channel) ?? false);
  }
  /** An edit notifies nobody, and what its alert says by itself is not sent. */
  function hasRoom({ kind, target, alert, late }: OutboxEntry): boolean {
    const number = posts.get(target) ?? 0;
    if (kind === 'edit' || over.has(alert)) return true;
    if (late === true) over.add(alert);
    posts.set(target, number + 1);
    return number < (target === undefined ? mostPosts.slack : mostPosts.elsewhere);
  }
  function isInSlack({ alert }: OutboxEntry): boolean {
    return (alerts[alert]?.ts ?? null) !== null;
  }
  function taken(entry: OutboxEntry): OutboxEntry {
    const isLeft = entry.status === 'pending' && entry.run !== claimant.run;
    const known = isLeft ? doubtful(entry) : entry;
    const isTriedAnew = known.maybe === undefined && entry.run !== claimant.run;
    return {
      ...known,
      ...(isTriedAnew ? { triedAt: claimant.startedAt } : {}),
      ...(stays(known) ? {} : { channel: claimant.channel ?? entry.channel }),
    };
  }
}

/** What Slack said of each message; what it refuses again and again is set aside. Run again on a state that has it already, it changes nothing. */
export function confirmOutbox(
  state: MonitorState,
  receipts: readonly Receipt[],
  claimant: Claimant,
): Pick<MonitorState, 'outbox' | 'alerts' | 'setAside'> {
  const said = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const alerts = { ...state.alerts };
  const aside = [...(state.setAside ?? [])];
  const outbox = state.outbox.flatMap((entry): OutboxEntry[] => {
    const receipt = said.get(entry.id);
    if (receipt === undefined) return [entry];
    if (!receipt.accepted) {
      const left = refused(entry, receipt, claimant);
      if (!isPoisoned(left)) return [left];
      aside.push(setAside(left, receipt, claimant.now));
      return [];
    }
    const alert = alerts[entry.alert];
    if (alert !== undefined) alerts[entry.alert] = alertAfter(alert, entry, receipt);
    return [];
  });
  return { outbox, alerts, ...keepSetAside(aside, claimant.now) };
}

/** Not taken: it belongs to no run until the next cycle. Another run may have claimed it in between; then it is that run's. */
function refused(entry: OutboxEntry, receipt: Receipt, { run, now }: Claimant): OutboxEntry {
  if (entry.run !== run) return entry;
  const { retryAfterSeconds: wait, error, maybeDelivered } = receipt;
  const { maybe: _, ...surely } = entry;
  return {
    ...(maybeDelivered ? doubtful(entry) : surely),
    status: 'undelivered',
    run: null,
    claimedAt: null,
    attempts: entry.attempts + (receipt.unsent === true ? 0 : 1),
    ...(receipt.unfit === true ? { unfit: (entry.unfit ?? 0) + 1 } : {}),
    notBefore: wait === null ? null : formatTime(now + Math.min(wait, longestWait) * 1000),
    error: receipt.unsent === true ? entry.error : error,
  };
}

/** An edit is none: it says the same however often it is made. */
export function doubtful(entry: OutboxEntry): OutboxEntry {
  if (entry.kind === 'edit') return entry;
  const { first: _, ...heard } = entry;
  return { ...heard, maybe: true };
}

function isFree(entry: OutboxEntry, claimant: Claimant): boolean {
  if (entry.status === 'pending') return !isBeingSent(entry, claimant);
  const wait = (parseTime(entry.notBefore) ?? 0) - claimant.now;
  // Nothing is put off for longer: then the clock was wrong.
  return wait <= 0 || wait > longestWait * 1000;
}

/** By a run that is not this one and may still be alive. */
export function isBeingSent(entry: OutboxEntry, { run, now }: Claimant): boolean {
  if (entry.status !== 'pending' || entry.run === run) return false;
  const claimedAt = parseTime(entry.claimedAt);
  // Far in the future counts as long ago: cycles on dumps have their own clocks.
  return claimedAt !== null && Math.abs(now - claimedAt) < claimHolds;
}

function needsRoot({ kind }: Notification): boolean {
  return kind === 'brief' || kind === 'resolved' || kind === 'edit';
}
