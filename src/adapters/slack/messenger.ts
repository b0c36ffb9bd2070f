import type { Limits } from '../../core/model/limits.ts';
import type { Notification, Receipt } from '../../core/model/notification.ts';
import type { Clock, Log, Messenger } from '../../ports.ts';
import { defaultApiUrl, slackCalls } from './client.ts';
import { type Circumstances, classOf, maybeDelivered, sayFault, secondsOf } from './errors.ts';
import type { Fault } from './faults.ts';
import { isReply, type Place, patient, send } from './send.ts';

type Outcome = Omit<Receipt, 'id'>;

const badToken =
  'SLACK_BOT_TOKEN does not look like a Slack token: store the bot token of the app, which begins with xoxb-, without blanks or quotes';

/**
 * Sends notifications through Slack's Web API, one after the other.
 *
 * A call ends within `limits.slackCall` ms, all calls of this messenger within `limits.slackAll` from its first
 * delivery on. Retry-After is honoured once where it ends before that; nothing else is repeated, because Slack knows
 * no idempotency key. An edit that can never succeed counts as accepted, or it would stay in the outbox for ever.
 */
export function slackMessenger(options: {
  readonly token: string;
  /** null: Slack's own. */
  readonly apiUrl: string | null;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
}): Messenger {
  const { limits, clock, log } = options;
  const token = options.token.trim();
  const apiUrl = options.apiUrl ?? defaultApiUrl;
  let endsAt = Number.POSITIVE_INFINITY;
  const left = (): number => endsAt - clock.now();
  const limit = (): number => Math.min(limits.slackCall, left());
  const call = patient(slackCalls({ token, apiUrl, limit, log }), left);

  async function outcomeOf(notification: Notification, root: Place | null): Promise<Outcome> {
    if (!/^xox[a-z]-[\w-]+$/.test(token)) return refused(badToken);
    if (needsRoot(notification) && root === null) return refused('Its alert is not in Slack yet');
    endsAt = Math.min(endsAt, clock.now() + limits.slackAll);
    const { answer, notes } = await send(call, notification, root);
    for (const note of notes) log.warn(note);
    if (answer.ok)
      return accepted(answer.channel ?? root?.channel ?? notification.channel, answer.ts);
    const channel = root?.channel ?? notification.channel;
    return outcomeOfFault(answer.fault, notification, root, { channel, apiUrl, now: clock.now() });
  }

  function outcomeOfFault(
    fault: Fault,
    notification: Notification,
    root: Place | null,
    at: Circumstances,
  ): Outcome {
    const error = sayFault(fault, at);
    if (notification.kind === 'edit' && classOf(fault) === 'elsewhere') {
      log.warn(error);
      return accepted(at.channel, root?.ts ?? null);
    }
    return {
      ...refused(error),
      maybeDelivered: maybeDelivered(fault),
      retryAfterSeconds: secondsOf(fault),
    };
  }

  return {
    async deliver(notification, root) {
      return { id: notification.id, ...(await outcomeOf(notification, root)) };
    },
  };
}

function needsRoot(notification: Notification): boolean {
  return isReply(notification) || notification.kind === 'edit';
}

function accepted(channel: string, ts: string | null): Outcome {
  return {
    accepted: true,
    channel,
    ts,
    error: null,
    maybeDelivered: false,
    retryAfterSeconds: null,
  };
}

function refused(error: string): Outcome {
  return {
    accepted: false,
    channel: null,
    ts: null,
    error,
    maybeDelivered: false,
    retryAfterSeconds: null,
  };
}
