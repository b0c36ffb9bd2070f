import * as z from 'zod';
import type { Limits } from '../../core/model/limits.ts';
import {
  type Answerable,
  type Answered,
  type Heard,
  nothingHeard,
  type Response,
} from '../../core/model/response.ts';
import { readWords, type Words } from '../../core/model/response-words.ts';
import { formatTime, parseTime } from '../../core/model/time.ts';
import type { Listener } from '../../ports.ts';
import type { Github } from './octokit.ts';
import { bounded } from './patience.ts';
import { sayAnswer } from './refusal.ts';

const pageSize = 100;

/** GitHub vouches for these. */
const trusted = ['OWNER', 'MEMBER', 'COLLABORATOR'];

const comment = z.object({
  id: z.number(),
  body: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  author_association: z.string(),
  user: z.object({ login: z.string(), type: z.string() }),
});
type Comment = z.infer<typeof comment>;

/**
 * Hears `/ack`, `/unack`, `/silence 4h` and `/unsilence` in comments on the health issue, within `limits.hearAll` ms,
 * and marks them with a reaction within as many. They mean all that is open. What was written before the oldest open alert cannot be about one.
 */
export function commentListener(options: {
  readonly github: Github;
  readonly limits: Limits;
}): Listener {
  const { github, limits } = options;
  return {
    async hear(alerts, since, issue) {
      const from = startOf(alerts, since);
      if (issue === null || from === null) return nothingHeard;
      const answer = await bounded(limits.hearAll, undefined, (signal) =>
        github.call(
          'GET',
          `/issues/${issue}/comments`,
          { since: formatTime(from), per_page: pageSize },
          signal,
        ),
      );
      const found = z.array(z.unknown()).safeParse(answer.body);
      if (answer.status !== 200 || !found.success)
        return unheard(`Comments on issue ${issue} were not heard: ${sayAnswer(answer)}`);
      const comments = found.data.flatMap((each) => comment.safeParse(each).data ?? []);
      const heard = comments.filter(({ created_at: at }) => (parseTime(at) ?? 0) >= from);
      return {
        ...nothingHeard,
        responses: heard.flatMap(responseIn),
        troubles:
          found.data.length < pageSize
            ? []
            : [`Of the comments on issue ${issue} only the first ${pageSize} were heard`],
      };
    },
    answer: (answered) =>
      bounded(limits.hearAll, undefined, async (signal) => {
        for (const { id, content } of answered.flatMap(reactionTo).slice(0, mostReactions)) {
          await github.call('POST', `/issues/comments/${id}/reactions`, { content }, signal);
        }
      }),
  };
}

/** ms, to the second; null: nothing was told yet. */
function startOf(alerts: readonly Answerable[], since: string | null): number | null {
  if (alerts.length === 0) return parseTime(since);
  const oldest = Math.min(...alerts.map(({ ts }) => Number(ts) * 1000));
  const start = Math.max(oldest, parseTime(since) ?? 0);
  return Number.isFinite(start) ? Math.floor(start / 1000) * 1000 : null;
}

/** How a comment shows what became of it. Made again by the same user, a reaction is the same one. */
const reactions: { readonly [outcome in Answered['outcome']]: string } = {
  done: '+1',
  partly: 'confused',
  refused: '-1',
};
/** Comments that are marked in one cycle: more in a row look like abuse to GitHub. */
const mostReactions = 10;

function reactionTo({ key, outcome }: Answered): readonly { id: string; content: string }[] {
  const [, id] = /^issue:(\d+)$/.exec(key) ?? [];
  return id === undefined ? [] : [{ id, content: reactions[outcome] }];
}

/** One command a comment: the first. What was edited is not what anybody saw. */
function responseIn(said: Comment): readonly Response[] {
  const { id, user, body, author_association: association } = said;
  if (
    user.type === 'Bot' ||
    said.created_at !== said.updated_at ||
    !/^[\w-]{1,64}$/.test(user.login)
  )
    return [];
  const words = commandIn(body);
  if (words === null) return [];
  return [
    {
      ...{ alert: null, ...words, by: user.login },
      trusted: trusted.includes(association),
      ...{ key: `issue:${id}`, kind: 'message' },
    },
  ];
}

/** Markup that can hide a line or make it code. */
const markup = /<!--|<\/?(?:pre|code|blockquote)\b/i;

/** The first command that begins a line outside code and quotes; where that cannot be told, there is none. */
function commandIn(body: string): Words | null {
  if (markup.test(body)) return null;
  let fence: string | null = null;
  let quoted = false;
  for (const line of body.split(/\r\n|\r|\n/)) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== null) {
      if (mark?.startsWith(fence) === true && line.trim() === mark) fence = null;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    // A quote goes on until a blank line.
    quoted = /^ {0,3}>/.test(line) || (quoted && line.trim() !== '');
    const words = quoted || !line.startsWith('/') ? null : readWords(line.slice(1));
    if (words !== null) return words;
  }
  return null;
}

function unheard(trouble: string): Heard {
  return { ...nothingHeard, troubles: [trouble] };
}
