import type { OutboxEntry } from '../model/notification.ts';

/** The outbox of a run that ends early: what it claimed and never began to send is free for the next one at once, and surely no repeat. */
export function released(
  outbox: readonly OutboxEntry[],
  run: string,
  begun: ReadonlySet<string>,
): readonly OutboxEntry[] {
  return outbox.map((entry): OutboxEntry => {
    if (!isClaimedBy(entry, run) || begun.has(entry.id)) return entry;
    return { ...entry, status: 'undelivered', run: null, claimedAt: null };
  });
}

export function isClaimedBy({ status, run }: OutboxEntry, by: string): boolean {
  return status === 'pending' && run === by;
}
