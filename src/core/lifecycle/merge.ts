import type { Notification, OutboxEntry } from '../model/notification.ts';
import { late } from '../model/remarks.ts';

/** The outbox, in which alerts that have ended before they were taken say so. `isBusy`: another run is sending it, so it stays as it is. */
export function withEnds(
  outbox: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
): readonly OutboxEntry[] {
  const free = outbox.filter((entry) => entry.kind === 'full' && !isBusy(entry));
  const pointless = free.filter((entry) => isPointless(entry, outbox));
  const alone = new Set(pointless.map(({ alert }) => alert));
  return outbox
    .filter((entry) => !pointless.includes(entry))
    .map((entry) => {
      if (alone.has(entry.alert)) return { ...entry, message: late(entry.message) };
      return free.includes(entry) && entry.target === undefined ? withEnd(entry, outbox) : entry;
    });
}

/** Surely not there, and over: where nothing can be edited its end alone is told, and nobody is paged for what is over. A program is told both. */
function isPointless(entry: OutboxEntry, outbox: readonly OutboxEntry[]): boolean {
  const { target, maybe, status, alert, fingerprints } = entry;
  const isSurelyNot = status === 'undelivered' && maybe !== true;
  if (target === undefined || target === 'webhook' || !isSurelyNot) return false;
  const about = outbox.filter((each) => each.alert === alert && each.kind !== 'full');
  return fingerprints.every((fingerprint) => hasEnded(fingerprint, about));
}

/**
 * An alert that Slack has not taken and whose incidents have ended since says that they did: its message becomes the
 * edit's. `late`: where it is sent so, its replies are not; where Slack turns out to have the alert after all, they are.
 * Begins one of them again, the alert says how it stands.
 */
function withEnd(entry: OutboxEntry, outbox: readonly OutboxEntry[]): OutboxEntry {
  const about = outbox.filter(({ alert, kind }) => alert === entry.alert && kind !== 'full');
  const edit = about.findLast(({ kind }) => kind === 'edit');
  if (edit === undefined) return entry;
  const { late: wasLate, ...rest } = entry;
  if (entry.fingerprints.every((fingerprint) => hasEnded(fingerprint, about)))
    return { ...rest, message: late(edit.message), late: true };
  return wasLate === true ? { ...rest, message: edit.message } : entry;
}

/** The last word about it is its end. */
function hasEnded(fingerprint: string, about: readonly Notification[]): boolean {
  const word = about.findLast(
    ({ kind, fingerprints }) => kind !== 'edit' && fingerprints.includes(fingerprint),
  );
  return word?.kind === 'resolved';
}
