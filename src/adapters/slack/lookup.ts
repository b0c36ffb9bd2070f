import * as z from 'zod';
import type { Notification } from '../../core/model/notification.ts';
import { parseTime, timeOfCycleId } from '../../core/model/time.ts';
import type { Answer, Call } from './client.ts';

/** A message of Slack's, by its ids. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** Where a message stands; `absent`: surely nowhere; `unknown`: that could not be told. */
export type Whereabouts = Found | 'absent' | 'unknown';

/** `adopted`: a reply that stands in the channel, because its alert is gone. */
export interface Found extends Place {
  readonly adopted: boolean;
}

const intentType = 'kube_vigil_intent';

/** Seconds that Slack's clock may be behind ours. */
const clocksDiffer = 120;

/** Messages a page and pages; a channel with more since then is not read to its end. */
const most = { perPage: 200, pages: 3 };

/** What tells our message again, beside it in Slack; every app of the workspace can read it. `cluster`: two of them share cycle ids, and perhaps a channel. */
export function intentOf(
  { id, cycleId }: Notification,
  cluster: string,
): { readonly [name: string]: unknown } {
  return {
    event_type: intentType,
    event_payload: { intent: id, cluster, cycle: cycleId },
  };
}

const page = z.looseObject({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      metadata: z
        .looseObject({
          event_type: z.string(),
          event_payload: z.looseObject({
            intent: z.string().optional().catch(undefined),
            cluster: z.string().optional().catch(undefined),
          }),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  has_more: z.boolean().catch(false),
  response_metadata: z
    .looseObject({ next_cursor: z.string().catch('') })
    .optional()
    .catch(undefined),
});

interface Given {
  readonly cluster: string;
  /** Told Slack's code where it lets nobody look. */
  readonly refused: (code: string) => void;
}

/** Looks for a notification's message where it was sent to: the thread of `root`, else `channel`, an id. Needs channels:history or groups:history. */
export async function lookUp(
  call: Call,
  notification: Notification,
  place: { readonly root: Place | null; readonly channel: string },
  given: Given,
): Promise<Whereabouts> {
  const { root, channel } = place;
  const inThread = root === null ? 'gone' : await search(call, notification, root, given);
  if (typeof inThread === 'object') return { ...inThread, adopted: false };
  if (inThread !== 'gone') return inThread;
  const inChannel = await search(call, notification, { channel: root?.channel ?? channel }, given);
  if (typeof inChannel === 'object') return { ...inChannel, adopted: isReply(notification) };
  return inChannel === 'gone' ? 'unknown' : inChannel;
}

async function search(
  call: Call,
  notification: Notification,
  where: { readonly channel: string; readonly ts?: string },
  { cluster, refused }: Given,
): Promise<Place | 'absent' | 'unknown' | 'gone'> {
  const method = where.ts === undefined ? 'conversations.history' : 'conversations.replies';
  const since = parseTime(notification.triedAt) ?? timeOfCycleId(notification.cycleId);
  if (since === null) return 'unknown';
  const oldest = String(since / 1000 - clocksDiffer);
  let cursor: string | undefined;
  for (let turn = 0; turn < most.pages; turn++) {
    const answer = await call(method, {
      ...where,
      ...{ oldest, cursor, limit: most.perPage, include_all_metadata: true },
    });
    if (isGone(answer)) return 'gone';
    if (!answer.ok && answer.fault.kind === 'refused') refused(answer.fault.code);
    const read = answer.ok ? page.safeParse(answer.body) : null;
    if (read?.success !== true) return 'unknown';
    const found = read.data.messages.find(({ metadata }) => {
      const { intent, cluster: of } = metadata?.event_payload ?? {};
      return metadata?.event_type === intentType && intent === notification.id && of === cluster;
    });
    if (found !== undefined) return { channel: where.channel, ts: found.ts };
    if (where.ts !== undefined && read.data.messages.length === 0) return 'gone';
    if (!read.data.has_more) return 'absent';
    cursor = read.data.response_metadata?.next_cursor ?? '';
    if (cursor === '') return 'unknown';
  }
  return 'unknown';
}

function isGone(answer: Answer): boolean {
  return !answer.ok && answer.fault.kind === 'refused' && answer.fault.code === 'thread_not_found';
}

export function isReply({ kind }: Notification): boolean {
  return kind === 'brief' || kind === 'resolved';
}
