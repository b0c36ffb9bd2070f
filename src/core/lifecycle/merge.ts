import type { Notification, OutboxEntry } from '../model/notification.ts';
import { late } from '../model/remarks.ts';

/**
 * An alert that Slack has not taken and whose incidents have ended since says that they did: its message becomes the
 * edit's. `late`: where it is sent so, its replies are not; where Slack turns out to have the alert after all, they are.
 * Begins one of them again, the alert says how it stands.
 */
export function withEnd(entry: OutboxEntry, outbox: readonly OutboxEntry[]): OutboxEntry {
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
