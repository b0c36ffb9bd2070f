import * as z from 'zod';
import type { Notification, SlackMessage } from '../../core/model/notification.ts';
import type { Answer, Call } from './client.ts';
import { classOf, secondsOf } from './errors.ts';
import type { Fault } from './faults.ts';
import { intentOf, type Place } from './lookup.ts';

/** Slack's answer to a message: its ids, or what went wrong. */
export type Sent =
  | { readonly ok: true; readonly channel: string | null; readonly ts: string | null }
  | { readonly ok: false; readonly fault: Fault };

const accepted = z.looseObject({
  channel: z.string().nullable().catch(null),
  ts: z.string().nullable().catch(null),
  message: z
    .looseObject({ thread_ts: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** The forms that a notification may take; it starts as it was rendered, in the thread it belongs to. */
interface Form {
  /** The alert that is replied to or edited; null: a message of its own. */
  readonly root: Place | null;
  /** Only `text`, which always fits. */
  readonly plain: boolean;
}

const plainNote = '(Slack refused the full message: the details are in the report of the run)';

/**
 * Sends a notification in the first form that Slack takes: as it is, else as plain text where it is too long or
 * malformed, else in the channel where the thread takes no reply. `notes`: what became of the first form, for the log.
 */
export async function send(
  call: Call,
  notification: Notification,
  root: Place | null,
  cluster: string,
): Promise<{ readonly sent: Sent; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  let form: Form = { root: isRoot(notification) ? null : root, plain: false };
  for (;;) {
    const answer = await call(...requestOf(notification, form, cluster));
    if (answer.ok) {
      const { channel, ts, message } = accepted.parse(answer.body);
      if (isReply(notification) && form.root !== null && message?.thread_ts === undefined)
        notes.push(
          `The alert of ${notification.id} is gone from Slack: its reply stands in the channel`,
        );
      return { sent: { ok: true, channel, ts }, notes };
    }
    const next = nextForm(notification, form, answer.fault);
    if (next === null) return { sent: answer, notes };
    notes.push(sayNext(notification, next, answer.fault));
    form = next;
  }
}

/** Lets a call wait once for what Slack asks, where that ends within `left()` ms; nothing is sent after that. */
export function patient(call: Call, left: () => number): Call {
  const late: Answer = { ok: false, fault: { kind: 'late' } };
  return async (method, parameters) => {
    if (left() <= 0) return late;
    const answer = await call(method, parameters);
    const seconds = answer.ok ? null : secondsOf(answer.fault);
    if (seconds === null || seconds * 1000 >= left()) return answer;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return left() <= 0 ? answer : call(method, parameters);
  };
}

export function isReply(notification: Notification): boolean {
  return notification.kind === 'brief' || notification.kind === 'resolved';
}

function isRoot(notification: Notification): boolean {
  return !isReply(notification) && notification.kind !== 'edit';
}

function nextForm(notification: Notification, form: Form, fault: Fault): Form | null {
  const what = classOf(fault);
  if ((what === 'cut' || what === 'bug') && !form.plain) return { ...form, plain: true };
  if (what === 'elsewhere' && isReply(notification) && form.root !== null)
    return { ...form, root: null };
  return null;
}

function sayNext(notification: Notification, next: Form, fault: Fault): string {
  const code = fault.kind === 'refused' ? fault.code : fault.kind;
  const how = next.plain ? 'as plain text' : 'into the channel instead of the thread';
  return `Slack did not take ${notification.id} (${code}): sent again ${how}`;
}

function requestOf(notification: Notification, form: Form, cluster: string): Parameters<Call> {
  const content = form.plain ? plain(notification.message) : whole(notification.message);
  if (notification.kind === 'edit' && form.root !== null)
    return ['chat.update', { ...form.root, parse: 'none', ...content }];
  return [
    'chat.postMessage',
    {
      channel: form.root?.channel ?? notification.channel,
      thread_ts: form.root?.ts,
      reply_broadcast: form.root === null ? undefined : notification.broadcast,
      unfurl_links: false,
      unfurl_media: false,
      metadata: intentOf(notification, cluster),
      ...content,
    },
  ];
}

/** Every part is given each time: an edit would keep a part that is left out. */
function whole(message: SlackMessage): { readonly [name: string]: unknown } {
  return {
    text: message.text.toWellFormed(),
    blocks: message.blocks,
    attachments: message.attachments ?? [],
  };
}

function plain(message: SlackMessage): { readonly [name: string]: unknown } {
  return { text: `${message.text.toWellFormed()} ${plainNote}`, blocks: [], attachments: [] };
}
