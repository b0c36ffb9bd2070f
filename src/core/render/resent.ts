import type { Notification, Receipt } from '../model/notification.ts';
import { nameLine } from './plain-text.ts';

/** What became of one message that a person sent again; `receipt` null: a dry run. */
export function resentText(
  { message, channel, decidedAt }: Notification,
  receipt: Receipt | null,
): string {
  const what = `${nameLine(message.text, 200)} (of ${nameLine(decidedAt, 40)})`;
  const where = nameLine(receipt?.channel ?? channel, 80);
  if (receipt === null) return `would be sent to ${where}: ${what}`;
  if (!receipt.accepted)
    return `NOT SENT to ${where}: ${what}: ${nameLine(receipt.error ?? '', 400)}`;
  return `${receipt.found === true ? 'is already in' : 'sent to'} ${where}: ${what}`;
}
