import * as z from 'zod';
import type { Limits } from '../../core/model/limits.ts';
import {
  type Answerable,
  type Heard,
  nothingHeard,
  type Response,
} from '../../core/model/response.ts';
import { parseTime } from '../../core/model/time.ts';
import type { Clock, Listener, Log } from '../../ports.ts';
import { botsAmong, type Message, reactionsOn, readPage, readSingle, wordsIn } from './answers.ts';
import { type Inquiry, inquiry } from './ask.ts';
import { defaultApiUrl, slackCalls } from './client.ts';

const pageSize = 100;
const threadSize = 200;
/** Threads, and single messages, that are read in one hearing. */
const threadLimit = 5;
const singleLimit = 10;

const historyScopes = 'channels:history (groups:history where it is private)';
const mend = 'under OAuth & Permissions and reinstall the app';
const deaf = (channels: string): string =>
  `What people answer in ${channels} is not heard: the Slack app lacks the scope ${historyScopes} or reactions:read; add both ${mend}`;
const halfDeaf = (channels: string): string =>
  `Of what people answer in ${channels} only reactions are heard: the Slack app lacks the scope ${historyScopes}; add it ${mend}`;

/**
 * Hears reactions on alerts and words in their threads, within `limits.hearAll` ms and twelve calls. One
 * `conversations.history` a channel tells of all its alerts; a thread is read only where it grew. Without the scope
 * for that, `reactions.get` for each alert hears the reactions at least. Apps, our own too, are never heard.
 */
export function slackListener(options: {
  readonly token: string;
  /** null: Slack's own. */
  readonly apiUrl: string | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
}): Listener {
  const { limits, clock, log } = options;
  const token = options.token.trim();
  const apiUrl = options.apiUrl ?? defaultApiUrl;
  return {
    hear(alerts, since) {
      // What is wrong with a token is said by the messenger.
      if (alerts.length === 0 || !/^xox[a-z]-[\w-]+$/.test(token))
        return Promise.resolve(nothingHeard);
      const endsAt = clock.now() + limits.hearAll;
      const limit = (): number => Math.min(limits.slackCall, endsAt - clock.now());
      const asked = inquiry(slackCalls({ token, apiUrl, limit, log }), { apiUrl, clock });
      return listen(asked, alerts, (parseTime(since) ?? Number.NEGATIVE_INFINITY) / 1000);
    },
  };
}

/** What is known so far. */
interface Hearing extends Inquiry {
  /** Seconds. */
  readonly since: number;
  readonly responses: Response[];
  /** Alerts whose reactions were read whole. */
  readonly whole: string[];
  /** Users that are no people. */
  readonly bots: Set<string>;
}

async function listen(
  asked: Inquiry,
  alerts: readonly Answerable[],
  since: number,
): Promise<Heard> {
  const bots = new Set(['USLACKBOT']);
  const hearing: Hearing = { ...asked, since, responses: [], whole: [], bots };
  const ourselves = await knowOurselves(hearing);
  if (ourselves !== null) {
    const { threads, closed } = await readChannels(hearing, alerts);
    await readThreads(hearing, threads);
    await readSingles(hearing, closed);
  }
  const said = new Map(hearing.responses.map((each) => [`${each.alert} ${each.key}`, each]));
  return {
    responses: [...said.values()].filter(({ by }) => /^[UW]\w+$/.test(by) && !bots.has(by)),
    read: [...new Set(hearing.whole)],
    ...(ourselves?.url === undefined ? {} : { slackUrl: ourselves.url }),
    troubles: asked.troubles,
  };
}

const self = z.looseObject({ user_id: z.string(), url: z.string().optional().catch(undefined) });

async function knowOurselves({ ask, bots }: Hearing): Promise<z.infer<typeof self> | null> {
  const about = { what: 'What people answer', channel: '' };
  const { found } = await ask('auth.test', {}, about, (body) => self.safeParse(body).data ?? null);
  if (found !== null) bots.add(found.user_id);
  return found;
}

/** Which threads are to be read then, and which alerts stand where no history may be read. */
async function readChannels(hearing: Hearing, alerts: readonly Answerable[]) {
  const threads: Answerable[] = [];
  const closed: Answerable[] = [];
  const ourselves = new Set(hearing.bots);
  for (const channel of new Set(alerts.map((each) => each.channel))) {
    const roots = alerts.filter((each) => each.channel === channel);
    const oldest = Math.min(...roots.map(({ ts }) => Number(ts))) - 1;
    const { found, code } = await hearing.ask(
      'conversations.history',
      { channel, oldest: oldest.toFixed(6), inclusive: 'true', limit: String(pageSize) },
      { what: `What people answer in ${channel}`, channel, expected: ['missing_scope'] },
      readPage,
    );
    if (code !== null) closed.push(...roots);
    if (found === null) continue;
    for (const bot of botsAmong(found.messages)) hearing.bots.add(bot);
    for (const root of roots) {
      const message = found.messages.find(({ ts }) => ts === root.ts);
      if (message !== undefined) hearReactions(hearing, root, message);
      // What is not on this page may be on the next one; where there is none, it was deleted.
      const wanted =
        message === undefined
          ? found.more
          : hasGrown(message, hearing.since) && !isMonologue(message, ourselves);
      if (wanted) threads.push(root);
    }
  }
  return { threads: inOrder(threads, alerts), closed: inOrder(closed, alerts) };
}

async function readThreads(hearing: Hearing, threads: readonly Answerable[]): Promise<void> {
  for (const root of threads.slice(0, threadLimit)) {
    const { channel, ts } = root;
    const oldest = Number.isFinite(hearing.since) ? { oldest: hearing.since.toFixed(6) } : {};
    const { found } = await hearing.ask(
      'conversations.replies',
      { channel, ts, limit: String(threadSize), ...oldest },
      { what: `A thread in ${channel}`, channel, expected: ['thread_not_found'] },
      readPage,
    );
    if (found === null) continue;
    for (const bot of botsAmong(found.messages)) hearing.bots.add(bot);
    const message = found.messages.find((each) => each.ts === ts);
    if (message !== undefined) hearReactions(hearing, root, message);
    hearing.responses.push(...wordsIn(root, found.messages, hearing.since));
    if (found.more)
      hearing.troubles.push(`A thread in ${channel} was not heard whole: it is too long`);
  }
  tooMany(hearing, 'threads of alerts', threads.length - threadLimit);
}

async function readSingles(hearing: Hearing, closed: readonly Answerable[]): Promise<void> {
  if (closed.length === 0) return;
  const channels = [...new Set(closed.map(({ channel }) => channel))].join(', ');
  let isDeaf = false;
  for (const root of closed.slice(0, singleLimit)) {
    const { channel, ts } = root;
    const { found, code } = await hearing.ask(
      'reactions.get',
      { channel, timestamp: ts, full: 'true' },
      {
        what: `What people answer in ${channel}`,
        channel,
        expected: ['missing_scope', 'message_not_found'],
      },
      readSingle,
    );
    if (found !== null) hearReactions(hearing, root, found);
    isDeaf = code === 'missing_scope';
    if (isDeaf) break;
  }
  hearing.troubles.push((isDeaf ? deaf : halfDeaf)(channels));
  if (!isDeaf) tooMany(hearing, 'alerts', closed.length - singleLimit);
}

function hearReactions(hearing: Hearing, root: Answerable, message: Message): void {
  const { said, whole } = reactionsOn(root, message);
  hearing.responses.push(...said);
  if (whole) hearing.whole.push(root.alert);
}

function hasGrown({ reply_count, latest_reply }: Message, since: number): boolean {
  if (latest_reply !== undefined) return Number(latest_reply) > since;
  return (reply_count ?? 0) > 0;
}

/** Nobody but us replied: our own updates must not take the place of a thread in which people wrote. Slack may name only some of those who did. */
function isMonologue(
  { reply_users: users = [], reply_users_count: count }: Message,
  ourselves: ReadonlySet<string>,
): boolean {
  return users.length > 0 && users.length === count && users.every((user) => ourselves.has(user));
}

function inOrder(some: readonly Answerable[], alerts: readonly Answerable[]): Answerable[] {
  return alerts.filter((each) => some.includes(each));
}

function tooMany(hearing: Hearing, what: string, left: number): void {
  if (left > 0) hearing.troubles.push(`Too many ${what} are open: ${left} were not heard`);
}
