import { groupBy } from '../model/group.ts';
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
  const ended = outbox
    .filter((entry) => !pointless.includes(entry))
    .map((entry) => {
      if (alone.has(entry.alert)) return { ...entry, message: late(entry.message) };
      return free.includes(entry) && entry.target === undefined ? withEnd(entry, outbox) : entry;
    });
  const gone = new Set([...toldByRoot(ended), ...pagedFor(ended, isBusy)]);
  const heirs = firsts(outbox, isBusy);
  return ended
    .filter((entry) => !gone.has(entry))
    .map((entry) => (heirs.has(entry.alert) ? { ...entry, first: true as const } : entry));
}

/** Surely not there, and over: where nothing can be edited its end alone is told. A program is told both. */
function isPointless(entry: OutboxEntry, outbox: readonly OutboxEntry[]): boolean {
  const { target, alert, fingerprints } = entry;
  if (target !== 'slack-webhook' || !isSurelyNot(entry)) return false;
  const about = outbox.filter((each) => each.alert === alert && each.kind !== 'full');
  return fingerprints.every((fingerprint) => hasEnded(fingerprint, about));
}

function isSurelyNot({ status, maybe }: OutboxEntry): boolean {
  return status === 'undelivered' && maybe !== true;
}

/** What an alert that is surely not in Slack tells itself when it comes, or the edit behind it: its changes; its ends, once all is over or it goes on. */
function toldByRoot(outbox: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const roots = new Map(
    outbox
      .filter((entry) => entry.kind === 'full' && entry.target === undefined && isSurelyNot(entry))
      .map((entry) => [entry.alert, entry]),
  );
  return outbox.filter((entry, at) => {
    const root = entry.kind === 'full' ? undefined : roots.get(entry.alert);
    if (root === undefined || !isSurelyNot(entry)) return false;
    if (entry.kind !== 'resolved') return entry.kind === 'brief' || root.late === true;
    return isOutdone(entry, outbox.slice(at + 1));
  });
}

function isOutdone({ alert, fingerprints }: OutboxEntry, after: readonly OutboxEntry[]): boolean {
  const newer = after.filter((word) => word.alert === alert && word.kind !== 'edit');
  return fingerprints.every((each) => newer.some((word) => word.fingerprints.includes(each)));
}

/** Of each incident PagerDuty needs the newest word alone, and none of one that it never heard of and that is over. */
function pagedFor(
  outbox: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
): readonly OutboxEntry[] {
  return pages(outbox, isBusy).flatMap((words) => {
    const isSpared = isUnheard(words) && words.at(-1)?.kind === 'resolved';
    return isSpared ? words : words.slice(0, -1);
  });
}

/** Alerts of which PagerDuty has surely heard nothing, whatever stands for them now. */
function firsts(
  outbox: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
): ReadonlySet<string> {
  const unheard = pages(outbox, isBusy).filter(isUnheard);
  return new Set(unheard.flatMap(([first]) => first?.alert ?? []));
}

function isUnheard([first]: readonly OutboxEntry[]): boolean {
  return first?.first === true && isSurelyNot(first);
}

/** By incident, where no run is sending any of it. */
function pages(
  outbox: readonly OutboxEntry[],
  isBusy: (entry: OutboxEntry) => boolean,
): readonly (readonly OutboxEntry[])[] {
  const all = outbox.filter(({ target }) => target === 'pagerduty');
  return [...groupBy(all, ({ alert }) => alert).values()].filter((words) => !words.some(isBusy));
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
export function hasEnded(fingerprint: string, about: readonly Notification[]): boolean {
  const word = about.findLast(
    ({ kind, fingerprints }) => kind !== 'edit' && fingerprints.includes(fingerprint),
  );
  return word?.kind === 'resolved';
}
