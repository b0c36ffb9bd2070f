import type { OutboxEntry } from '../model/notification.ts';
import type { MonitorState, Undelivered } from '../model/state.ts';

/** Cycles in a row that Slack refuses before an issue says so: as many as make health degraded. */
const issueAfter = 3;

export function cannotDeliver({ undelivered }: Pick<MonitorState, 'undelivered'>): boolean {
  return (undelivered?.cycles ?? 0) >= issueAfter;
}

/** What Slack refused, and is still to be sent. */
export function refusedEntries(outbox: readonly OutboxEntry[]): readonly OutboxEntry[] {
  return outbox.filter(({ status, attempts }) => status === 'undelivered' && attempts > 0);
}

/** Counts a cycle once, however often it is asked about. While something is being sent, nothing is known yet. Without a channel nobody waits for anything. */
export function undeliveredAfter(
  { outbox, undelivered }: Pick<MonitorState, 'outbox' | 'undelivered'>,
  cycleId: string,
  channel: string | null,
): Undelivered | undefined {
  if (channel === null) return undefined;
  if (refusedEntries(outbox).length === 0)
    return outbox.some(({ status }) => status === 'pending') ? undelivered : undefined;
  if (undelivered?.cycleId === cycleId) return undelivered;
  return { cycles: (undelivered?.cycles ?? 0) + 1, cycleId };
}
