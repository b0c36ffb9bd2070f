import { commentListener } from '../adapters/github/comments.ts';
import type { Github } from '../adapters/github/octokit.ts';
import { slackListener } from '../adapters/slack/listener.ts';
import type { Limits } from '../core/model/limits.ts';
import { type Heard, nothingHeard } from '../core/model/response.ts';
import type { Clock, Listener, Log } from '../ports.ts';

/** Hears Slack and the health issue, as far as they are given; null: there is nothing to hear, as in a dry run. */
export function listenerFor(given: {
  readonly dry: boolean;
  readonly slack: { readonly token: string | null; readonly apiUrl: string | null };
  readonly github: Github | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
}): Listener | null {
  const { dry, slack, github, limits, clock, log } = given;
  const { token, apiUrl } = slack;
  if (dry) return null;
  return joined([
    ...(token === null ? [] : [slackListener({ token, apiUrl, limits, clock, log })]),
    ...(github === null ? [] : [commentListener({ github, limits })]),
  ]);
}

/** Hears with all of them side by side. */
function joined(listeners: readonly Listener[]): Listener | null {
  if (listeners.length === 0) return null;
  return {
    hear: async (...about) => {
      const heard = await Promise.all(listeners.map((each) => each.hear(...about)));
      return heard.reduce(both, nothingHeard);
    },
    answer: async (answered) => {
      await Promise.all(listeners.map((each) => each.answer?.(answered) ?? Promise.resolve()));
    },
  };
}

function both(a: Heard, b: Heard): Heard {
  const slackUrl = b.slackUrl ?? a.slackUrl;
  return {
    ...(slackUrl === undefined ? {} : { slackUrl }),
    responses: [...a.responses, ...b.responses],
    read: [...a.read, ...b.read],
    troubles: [...a.troubles, ...b.troubles],
  };
}
