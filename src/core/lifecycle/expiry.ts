import type { CycleStamp } from '../model/cycle.ts';
import type { OutboxEntry } from '../model/notification.ts';
import type { MonitorState } from '../model/state.ts';
import { ageSeconds } from '../model/time.ts';
import { isBeingSent } from './outbox.ts';

/** Seconds after which nobody is told any more: what changed hours ago was followed by something newer, or by the end. */
const lifetime = { change: 2 * 60 * 60, other: 7 * 24 * 60 * 60 };

/** The outbox without what is too old to be sent, and without the replies to an alert that will never be sent. What another run is sending stays. */
export function unexpired(
  outbox: readonly OutboxEntry[],
  incidents: MonitorState['incidents'],
  stamp: CycleStamp,
): readonly OutboxEntry[] {
  const expired = (entry: OutboxEntry) => isTooOld(entry, incidents, stamp.now);
  const free = outbox.filter((entry) => !isBeingSent(entry, stamp));
  const rootless = new Set(
    free.filter((entry) => entry.kind === 'full' && expired(entry)).map(({ alert }) => alert),
  );
  const gone = new Set(free.filter((entry) => rootless.has(entry.alert) || expired(entry)));
  return outbox.filter((entry) => !gone.has(entry));
}

function isTooOld(entry: OutboxEntry, incidents: MonitorState['incidents'], now: number): boolean {
  const { kind, reason, broadcast, fingerprints, decidedAt, missed } = entry;
  const toChannel = kind === 'full' || broadcast === true;
  const isOpen = (fingerprint: string) =>
    (incidents[fingerprint]?.phase ?? 'resolved') !== 'resolved';
  if (missed !== undefined || (toChannel && fingerprints.some(isOpen))) return false;
  // That it goes on elsewhere is the last word in its channel.
  const isChange = kind === 'brief' && reason !== 'CONTINUED' && !toChannel;
  const longest = isChange ? lifetime.change : lifetime.other;
  return (ageSeconds(decidedAt, now) ?? 0) > longest;
}
