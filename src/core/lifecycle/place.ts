import type { Notification, Receipt } from '../model/notification.ts';
import type { AlertRecord } from '../model/state.ts';

/** Where an alert stands, and whether it can be edited, once Slack has taken a message about it. */
export function alertAfter(
  alert: AlertRecord,
  { kind }: Pick<Notification, 'kind'>,
  receipt: Receipt,
): AlertRecord {
  if (!receipt.accepted) return alert;
  const { fixed: _, stale: __, ...rest } = alert;
  const here = { ...rest, channel: receipt.channel ?? alert.channel, ts: receipt.ts };
  if (kind === 'full') return here;
  if (receipt.adopted === true) return kind === 'edit' ? here : { ...here, stale: true };
  if (kind !== 'edit') return alert;
  return receipt.fixed === true ? { ...rest, fixed: true } : { ...rest };
}
