import type { Notification, OutboxEntry } from '../model/notification.ts';
import { type AlertRecord, freshState, type MonitorState } from '../model/state.ts';

/** What of a backup is sent again, and the state to send it from. Each may be in Slack by now; an edit has nothing to edit, and what was for another way out than the Slack app stays out. `channel` null: each goes where it was to go. */
export function resent(
  notifications: readonly Notification[],
  channel: string | null,
): { readonly due: readonly Notification[]; readonly state: MonitorState } {
  const due = notifications
    .filter(({ kind }) => kind !== 'edit')
    .map((each): Notification => ({ ...each, channel: channel ?? each.channel, maybe: true }));
  const outbox = due.map(
    (each): OutboxEntry => ({
      ...{ ...each, status: 'pending', run: null, claimedAt: null },
      ...{ attempts: 0, notBefore: null, error: null },
    }),
  );
  const alerts = due.map((each): [string, AlertRecord] => [
    each.alert,
    { channel: each.channel, ts: null, sentAt: each.decidedAt },
  ]);
  return { due, state: { ...freshState, outbox, alerts: Object.fromEntries(alerts) } };
}
