import type { Notification, OutboxEntry } from '../model/notification.ts';
import { condensed } from './condense.ts';
import { withEnds } from './merge.ts';
import { type Claimant, isBeingSent } from './outbox.ts';

/** The outbox with what is newly decided behind the rest. What a newer one makes pointless goes, unless another run is sending it; an alert that has ended in the meantime says so. */
export function enqueue(
  outbox: readonly OutboxEntry[],
  fresh: readonly Notification[],
  claimant: Claimant,
): readonly OutboxEntry[] {
  const kept = outbox.filter(
    (older) => isBeingSent(older, claimant) || !fresh.some((newer) => supersedes(newer, older)),
  );
  const { left, gone } = withoutMoved(kept, fresh);
  // Nothing replies to an alert that will never be in Slack.
  const added = fresh.filter(({ alert, kind }) => kind === 'full' || !gone.has(alert));
  const dropped = outbox.filter((older) => !kept.includes(older));
  const queued = [...left, ...added.map((newer) => unclaimed(asLoud(newer, dropped), kept))];
  const isBusy = (entry: OutboxEntry) => isBeingSent(entry, claimant);
  return condensed(withEnds(queued, isBusy), isBusy, claimant.now);

  /** An alert not taken yet is no more about what a newer one tells; where that is all of it, it goes. */
  function withoutMoved(
    entries: readonly OutboxEntry[],
    newer: readonly Notification[],
  ): { readonly left: readonly OutboxEntry[]; readonly gone: ReadonlySet<string> } {
    const roots = newer.filter(({ kind }) => kind === 'full');
    const gone = new Set<string>();
    const lessened = entries.map((entry): OutboxEntry => {
      if (entry.kind !== 'full' || isBeingSent(entry, claimant)) return entry;
      const told = roots.filter(
        (newer) =>
          newer.alert !== entry.alert &&
          newer.target === entry.target &&
          !mayStandElsewhere(entry, newer),
      );
      const own = entry.fingerprints.filter(
        (each) => !told.some(({ fingerprints }) => fingerprints.includes(each)),
      );
      if (own.length === entry.fingerprints.length) return entry;
      if (own.length === 0) gone.add(entry.alert);
      return { ...entry, fingerprints: own };
    });
    return { left: lessened.filter(({ alert }) => !gone.has(alert)), gone };
  }
}

/** A newer reply about the same says more, a newer edit everything. An end is never taken back. */
function supersedes(newer: Notification, older: Notification): boolean {
  // Of the monitor itself the newest word is enough.
  if (older.kind === 'health')
    return (
      newer.kind === 'health' && newer.reason === older.reason && newer.target === older.target
    );
  if (newer.alert !== older.alert) return false;
  if (older.kind === 'edit') return newer.kind === 'edit';
  const replies = newer.kind === 'brief' || newer.kind === 'resolved';
  // What is about no incident was said to somebody.
  const isAnswer = older.fingerprints.length === 0;
  return older.kind === 'brief' && replies && !isAnswer && covers(newer, older);
}

/** A newer reply goes to the channel where the one that it stands for would have; an end never does. */
function asLoud(newer: Notification, dropped: readonly OutboxEntry[]): Notification {
  const loud = dropped.some((older) => older.broadcast === true && supersedes(newer, older));
  return loud && newer.kind === 'brief' ? { ...newer, broadcast: true } : newer;
}

/** Its channel may have heard of it, and then waits for its end. */
function mayStandElsewhere(older: OutboxEntry, newer: Notification): boolean {
  return mayStand(older) && newer.channel !== older.channel;
}

/** Slack may have it. */
export function mayStand({ maybe, status }: OutboxEntry): boolean {
  return maybe === true || status === 'pending';
}

function covers(newer: Notification, older: Notification): boolean {
  if (newer.target !== older.target) return false;
  return older.fingerprints.every((fingerprint) => newer.fingerprints.includes(fingerprint));
}

/** Reasons for an alert of something that people were told nothing of. */
const beginnings: ReadonlySet<string> = new Set(['NEW', 'BASELINE', 'RAISED', 'DEFERRED_DUE']);

function unclaimed(notification: Notification, before: readonly OutboxEntry[]): OutboxEntry {
  const { kind, target, reason, alert } = notification;
  const isFirst = kind === 'full' && target === 'pagerduty' && beginnings.has(reason);
  return {
    ...notification,
    ...(isFirst && !before.some((older) => older.alert === alert) ? { first: true } : {}),
    status: 'undelivered',
    run: null,
    claimedAt: null,
    attempts: 0,
    notBefore: null,
    error: null,
  };
}
