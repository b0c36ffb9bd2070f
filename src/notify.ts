import { alertAfter } from './core/lifecycle/place.ts';
import type { Decided } from './core/model/cycle.ts';
import { sayFailure } from './core/model/failure.ts';
import type { Notification, Receipt } from './core/model/notification.ts';
import { permalinkOf } from './core/model/permalink.ts';
import { accepted, refused } from './core/model/receipt.ts';
import type { AlertRecord } from './core/model/state.ts';
import { redact } from './core/objects/redact.ts';
import { slackLabel } from './core/render/slack-escapes.ts';
import { withNote } from './core/render/slack-reference.ts';
import type { Messenger, World } from './ports.ts';

/** slack-notifier: sends what is due, in order, and says what became of each. Never throws. */
export async function notify(
  messenger: Messenger | null,
  decided: Pick<Decided, 'due' | 'state'>,
  sent: (receipts: readonly Receipt[]) => Promise<unknown>,
): Promise<readonly Receipt[]> {
  if (messenger === null) return [];
  const receipts: Receipt[] = [];
  const alerts = new Map<string, AlertRecord>(Object.entries(decided.state.alerts));
  const waiting = new Set(
    decided.state.outbox.filter(({ kind }) => kind === 'full').map(({ alert }) => alert),
  );
  const ended = new Set<string>();
  for (const notification of decided.due) {
    const { id, kind } = notification;
    const root = rootOf(notification, alerts);
    // A reply to an alert that never will be in Slack goes out by itself.
    const isEarly = root === null && isReply(notification) && waiting.has(notification.alert);
    const outcome = ended.has(notification.alert)
      ? // Its alert went out so late that it says this too.
        accepted(notification.channel, null)
      : isEarly
        ? refused('Its alert is not in Slack yet', notification.maybe === true)
        : await messenger
            .deliver(referring(notification, alerts, decided.state.slackUrl), root)
            .catch((error: unknown) => refused(redact(sayFailure(error)), true));
    const receipt: Receipt = { ...outcome, id };
    receipts.push(receipt);
    if (notification.late === true && receipt.accepted && receipt.found !== true)
      ended.add(notification.alert);
    const alert = alerts.get(notification.alert);
    if (alert !== undefined)
      alerts.set(notification.alert, alertAfter(alert, notification, receipt));
    if (kind === 'full' && receipt.accepted) waiting.delete(notification.alert);
    await sent(receipts);
  }
  return receipts;
}

/** With the link to the other alert that it speaks of. Where Slack has not taken that one, the whole channel hears that it goes on: nobody else does. */
function referring(
  notification: Notification,
  alerts: ReadonlyMap<string, AlertRecord>,
  slackUrl: string | undefined,
): Notification {
  const { refersTo, message, reason, kind } = notification;
  const other = refersTo === undefined ? undefined : alerts.get(refersTo);
  if (other === undefined) return notification;
  if (other.ts === null) {
    const aloud = kind === 'brief' && reason === 'CONTINUED' ? { broadcast: true as const } : {};
    return {
      ...notification,
      ...aloud,
      message: withNote(message, 'that alert is not in Slack yet'),
    };
  }
  const url = permalinkOf(slackUrl, other);
  return url === null
    ? notification
    : { ...notification, message: withNote(message, slackLabel(url, 'Go to that alert')) };
}

/** The root message that a reply or an edit belongs to; null for a root message, or while Slack does not have it. */
function rootOf(
  notification: Notification,
  alerts: ReadonlyMap<string, AlertRecord>,
): { channel: string; ts: string } | null {
  if (!isReply(notification) && notification.kind !== 'edit') return null;
  const alert = alerts.get(notification.alert);
  return alert === undefined || alert.ts === null ? null : { channel: alert.channel, ts: alert.ts };
}

function isReply({ kind }: Notification): boolean {
  return kind === 'brief' || kind === 'resolved';
}

/** Marks what people wrote with what became of it; nobody waits for that, so its failing is nobody's trouble. Never throws. */
export async function answer(
  { listener }: Pick<World, 'listener'>,
  { answered }: Pick<Decided, 'answered'>,
): Promise<void> {
  if (answered.length === 0) return;
  await listener?.answer?.(answered).catch(() => undefined);
}
