import type { Notification, SlackMessage } from '../../core/model/notification.ts';
import { outcomeOf, type Posted } from '../../core/model/posted.ts';
import type { Outcome } from '../../core/model/receipt.ts';
import { doubted } from '../../core/model/remarks.ts';
import { smallerForms } from '../../core/model/slack-sizes.ts';
import type { Clock, Messenger, Post } from '../../ports.ts';

/** Words of Slack's answers that a person must act on. Source: Slack's page "Sending messages using incoming webhooks". */
const mends: { readonly [word: string]: string } = {
  invalid_token:
    'Slack knows this webhook no more: make a new one and store it as slack-webhook-url',
  no_service: 'Slack knows this webhook no more: make a new one and store it as slack-webhook-url',
  no_team:
    'Slack knows no workspace of this webhook: make a new one and store it as slack-webhook-url',
  channel_not_found: "The Slack webhook's channel is gone: make a webhook for another one",
  channel_is_archived:
    "The Slack webhook's channel is archived: unarchive it or make another webhook",
  action_prohibited: "Slack's administrators forbid what this webhook does: ask them to allow it",
  posting_to_general_channel_denied:
    'Workspace rules stop the webhook from posting there: choose another channel',
};

/** An incoming webhook: no threads, no edits, nothing can be looked up. The URL is the secret, so no message holds it. */
export function slackWebhook(options: {
  readonly url: string;
  readonly post: Post;
  readonly clock: Clock;
}): Messenger {
  const { url, post, clock } = options;
  const send = (message: SlackMessage): Promise<Posted> =>
    post(url, JSON.stringify({ unfurl_links: false, unfurl_media: false, ...whole(message) }));
  async function outcome({ message: given, maybe }: Notification): Promise<Outcome> {
    const message = maybe === true ? doubted(given) : given;
    const first = await send(message);
    const smallest = smallerForms(message).at(-1);
    const posted = isUnfit(first) && smallest !== undefined ? await send(smallest) : first;
    const word = wordOf(posted);
    const way = { name: 'The Slack webhook', input: 'slack-webhook-url' };
    const said = outcomeOf(posted, { ...way, channel: 'slack-webhook', now: clock.now() }, word);
    if (said.accepted && word !== 'ok')
      return {
        ...said,
        accepted: false,
        error: 'The Slack webhook does not answer as Slack: check slack-webhook-url and the proxy',
      };
    return mends[word] === undefined ? said : { ...said, error: mends[word], unfit: undefined };
  }
  return {
    deliver: async (notification) => ({ ...(await outcome(notification)), id: notification.id }),
  };
}

function whole({ text, ...rest }: SlackMessage): SlackMessage {
  return { text: text.toWellFormed(), ...rest };
}

/** Slack takes this message in no such form; plain text may do. */
function isUnfit(posted: Posted): boolean {
  return posted.kind === 'answer' && posted.status === 400 && mends[wordOf(posted)] === undefined;
}

/** Slack answers with one plain word. */
function wordOf(posted: Posted): string {
  const word = posted.kind === 'answer' ? posted.body.trim() : '';
  return /^[a-z_]{1,60}$/.test(word) ? word : '';
}
