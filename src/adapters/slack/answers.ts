import * as z from 'zod';
import type { Answerable, Response, ResponseAction } from '../../core/model/response.ts';
import { readWords } from '../../core/model/response-words.ts';

const message = z.looseObject({
  ts: z.string(),
  text: z.string().catch(''),
  user: z.string().optional().catch(undefined),
  bot_id: z.unknown().optional(),
  subtype: z.unknown().optional(),
  reply_count: z.number().optional().catch(undefined),
  latest_reply: z.string().optional().catch(undefined),
  reply_users: z.array(z.string()).optional().catch(undefined),
  reply_users_count: z.number().optional().catch(undefined),
  /** Broken ones are no reactions that were read: then the whole message was not. */
  reactions: z
    .array(z.looseObject({ name: z.string(), users: z.array(z.string()), count: z.number() }))
    .optional(),
});
export type Message = z.infer<typeof message>;

const page = z.looseObject({ messages: z.array(z.unknown()), has_more: z.boolean().catch(false) });
const single = z.looseObject({ message: z.unknown().optional() });

/** The messages of a page that can be read; null: it is no page. */
export function readPage(
  body: unknown,
): { readonly messages: readonly Message[]; readonly more: boolean } | null {
  const found = page.safeParse(body);
  if (!found.success) return null;
  return {
    messages: found.data.messages.flatMap((each) => message.safeParse(each).data ?? []),
    more: found.data.has_more,
  };
}

/** The one message of `reactions.get`; null: there is none that can be read. */
export function readSingle(body: unknown): Message | null {
  return message.safeParse(single.safeParse(body).data?.message).data ?? null;
}

/** What a reaction means. ✅ never means resolved: only the cluster says that. */
const meanings: {
  readonly [emoji: string]: { readonly action: ResponseAction; readonly seconds: number | null };
} = {
  white_check_mark: { action: 'ack', seconds: null },
  eyes: { action: 'ack', seconds: null },
  '+1': { action: 'ack', seconds: null },
  no_bell: { action: 'silence', seconds: 4 * 3600 },
};

/** The reactions of people on an alert's message. `whole`: nobody is missing from a list, as in a message that many react to. */
export function reactionsOn(
  { alert }: Answerable,
  { reactions = [] }: Message,
): { readonly said: readonly Response[]; readonly whole: boolean } {
  const said = new Map<string, Response>();
  let whole = true;
  for (const { name, users, count } of reactions) {
    const emoji = name.replace(/::skin-tone-\d$/, '');
    const meaning = Object.hasOwn(meanings, emoji) ? meanings[emoji] : undefined;
    if (meaning === undefined) continue;
    whole &&= users.length >= count;
    for (const by of users) {
      const key = `${emoji}:${by}`;
      said.set(key, { alert, number: null, ...meaning, by, trusted: false, key, kind: 'reaction' });
    }
  }
  return { said: [...said.values()], whole };
}

/** The commands that people wrote in an alert's thread after `since` (seconds), oldest first. */
export function wordsIn(
  { alert }: Answerable,
  thread: readonly Message[],
  since: number,
): readonly Response[] {
  return [...thread]
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .filter(({ ts }) => Number(ts) > since)
    .flatMap(({ ts: key, user: by, bot_id: bot, subtype, text }): Response[] => {
      const words = readWords(text.trimStart().replace(/^!/, ''));
      if (words === null || by === undefined || isSet(bot) || isSet(subtype)) return [];
      return [{ alert, ...words, by, trusted: false, key, kind: 'message' }];
    });
}

/** Users who write as apps only. A person may write through an app too, and then beside it. */
export function botsAmong(messages: readonly Message[]): readonly string[] {
  const people = new Set(messages.flatMap((each) => (isSet(each.bot_id) ? [] : each.user)));
  return messages.flatMap(({ user = '' }) => (people.has(user) ? [] : user));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
