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
  const { route: ___, ...bare } = rest;
  const channel = receipt.channel ?? alert.channel;
  const route = channel === routeOf(alert) ? {} : { route: routeOf(alert) };
  const here = { ...bare, ...route, channel, ts: receipt.ts };
  if (kind === 'full') return here;
  if (receipt.adopted === true) return kind === 'edit' ? here : { ...here, stale: true };
  if (kind !== 'edit') return alert;
  return receipt.fixed === true ? { ...rest, fixed: true } : { ...rest };
}

/** The channel as the settings name it, by which routes are compared. */
export function routeOf({ route, channel }: Pick<AlertRecord, 'route' | 'channel'>): string {
  return route ?? channel;
}
