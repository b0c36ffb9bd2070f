import * as z from 'zod';
import type { Notification, SlackMessage } from '../../core/model/notification.ts';
import { inReplyTo } from '../../core/model/remarks.ts';
import { smallerForms } from '../../core/model/slack-sizes.ts';
import type { Answer, Call } from './client.ts';
import { classOf, secondsOf } from './errors.ts';
import type { Fault } from './faults.ts';
import { intentOf, isReply, type Place } from './lookup.ts';

/** What became of a message: where it stands, or what went wrong. */
export type Sent =
  | {
      readonly ok: true;
      readonly channel: string | null;
      readonly ts: string | null;
      /** It belongs to an alert that is gone, and stands in the channel instead. */
      readonly adopted: boolean;
      /** It was to edit an alert that takes no edit, and stands in its thread. */
      readonly fixed: boolean;
    }
  | { readonly ok: false; readonly fault: Fault };

const accepted = z.looseObject({
  channel: z.string().nullable().catch(null),
  ts: z.string().nullable().catch(null),
  message: z
    .looseObject({ thread_ts: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** The forms that a notification may take; it starts as it was rendered, at the place it belongs to. */
interface Form {
  /** post: a message of its own in the channel. reply: in the thread of the alert. edit: in place of the alert. */
  readonly how: 'post' | 'reply' | 'edit';
  /** 0: as it was rendered; then its smaller forms. */
  readonly size: number;
}

/**
 * Sends a notification in the first form that Slack takes: as it is, else smaller where it is too long, as plain text
 * where it is malformed, else in the channel where the thread takes no reply (with a link to the alert), else in the
 * thread where the alert takes no edit.
 * `mayReply`: whether an edit may become a reply. `notes`: what became of the first form, for the log.
 */
export async function send(
  call: Call,
  notification: Notification,
  root: Place | null,
  given: { readonly cluster: string; readonly mayReply: boolean },
): Promise<{ readonly sent: Sent; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const sizes = [notification.message, ...smallerForms(notification.message)];
  let form: Form = { how: root === null ? 'post' : firstForm(notification), size: 0 };
  let isGone = false;
  let link: string | null = null;
  for (;;) {
    const sized = sizes[form.size] ?? notification.message;
    const message = link === null ? sized : inReplyTo(sized, link);
    const outgoing = { ...notification, message };
    const answer = await call(...requestOf(outgoing, root, form.how, given.cluster));
    if (answer.ok) {
      const { channel, ts, message: shown } = accepted.parse(answer.body);
      const isUnthreaded = form.how === 'reply' && shown?.thread_ts === undefined;
      const adopted = isUnthreaded || isGone || (root === null && isReply(notification));
      const fixed = notification.kind === 'edit' && form.how === 'reply' && !adopted;
      if (adopted)
        notes.push(`The alert of ${notification.id} is gone from Slack: this stands for it now`);
      return { sent: { ok: true, channel, ts, adopted, fixed }, notes };
    }
    const smallest = sizes.length - 1;
    const next = nextForm(notification, form, answer.fault, { smallest, ...given });
    if (next === null) return { sent: answer, notes };
    isGone ||= codeOf(answer.fault) === 'thread_not_found';
    if (next.how === 'post' && root !== null && !isGone) link = await permalink(call, root);
    notes.push(sayNext(notification, form, next, answer.fault));
    form = next;
  }
}

/** Where the alert is, for a reply that cannot stand below it; null: Slack does not say. */
async function permalink(call: Call, { channel, ts }: Place): Promise<string | null> {
  const answer = await call('chat.getPermalink', { channel, message_ts: ts });
  const read = answer.ok ? z.looseObject({ permalink: z.string() }).safeParse(answer.body) : null;
  return read?.success === true ? read.data.permalink : null;
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

function firstForm(notification: Notification): Form['how'] {
  if (isReply(notification)) return 'reply';
  return notification.kind === 'edit' ? 'edit' : 'post';
}

/** Nobody misses the state of an alert that a person deleted; else its thread tells it. */
function nextForm(
  { kind }: Notification,
  form: Form,
  fault: Fault,
  { smallest, mayReply }: { readonly smallest: number; readonly mayReply: boolean },
): Form | null {
  const what = classOf(fault);
  if (what === 'cut' && form.size < smallest) return { ...form, size: form.size + 1 };
  if (what === 'bug' && form.size < smallest) return { ...form, size: smallest };
  if (what !== 'elsewhere') return null;
  if (form.how === 'reply') return kind === 'edit' ? null : { ...form, how: 'post' };
  const isEdit = form.how === 'edit' && codeOf(fault) !== 'message_not_found';
  return isEdit && mayReply ? { ...form, how: 'reply' } : null;
}

function sayNext({ id }: Notification, form: Form, next: Form, fault: Fault): string {
  const how =
    next.how === form.how
      ? 'with less in it'
      : next.how === 'post'
        ? 'into the channel instead of the thread'
        : 'into the thread: the alert can no longer be edited';
  return `Slack did not take ${id} (${codeOf(fault)}): sent again ${how}`;
}

function codeOf(fault: Fault): string {
  return fault.kind === 'refused' ? fault.code : fault.kind;
}

function requestOf(
  notification: Notification,
  root: Place | null,
  how: Form['how'],
  cluster: string,
): Parameters<Call> {
  const content = whole(notification.message);
  if (how === 'edit') return ['chat.update', { ...root, parse: 'none', ...content }];
  const isReplying = how === 'reply';
  return [
    'chat.postMessage',
    {
      channel: root?.channel ?? notification.channel,
      thread_ts: isReplying ? root?.ts : undefined,
      reply_broadcast: isReplying ? notification.broadcast : undefined,
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
