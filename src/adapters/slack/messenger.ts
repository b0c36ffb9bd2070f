import type { Limits } from '../../core/model/limits.ts';
import type { Notification, Receipt } from '../../core/model/notification.ts';
import { accepted, type Outcome, refused } from '../../core/model/receipt.ts';
import { doubted } from '../../core/model/remarks.ts';
import type { Clock, Log, Messenger } from '../../ports.ts';
import { defaultApiUrl, slackCalls } from './client.ts';
import { classOf, isUnfit, maybeDelivered, sayCode, sayFault, secondsOf } from './errors.ts';
import type { Fault } from './faults.ts';
import { type Found, isReply, lookUp, type Place, type Whereabouts } from './lookup.ts';
import { paced } from './pace.ts';
import { patient, type Sent, send } from './send.ts';

const badToken =
  'SLACK_BOT_TOKEN does not look like a Slack token: store the bot token of the app, which begins with xoxb-, without blanks or quotes';

/**
 * Sends notifications through Slack's Web API, one after the other.
 *
 * Posts to one channel keep Slack's pace. A call ends within `limits.slackCall` ms, all calls of this messenger within `limits.slackAll` from its first
 * delivery on. Retry-After is honoured once where it ends before that; nothing else is repeated, because Slack knows
 * no idempotency key: what may stand there already is looked up, before it is sent again and after a send of which the
 * answer is lost. Where Slack lets nobody look, it is sent again and says that it may be a repeat. A reply without its
 * alert stands for it from then on. An edit that can never succeed counts as accepted: its alert is not edited any more.
 */
export function slackMessenger(options: {
  readonly token: string;
  /** null: Slack's own. */
  readonly apiUrl: string | null;
  /** Beside each message, for the look-up. */
  readonly cluster: string;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
}): Messenger {
  const { cluster, limits, clock, log } = options;
  const token = options.token.trim();
  const apiUrl = options.apiUrl ?? defaultApiUrl;
  let endsAt = Number.POSITIVE_INFINITY;
  const left = (): number => endsAt - clock.now();
  const limit = (): number => Math.min(limits.slackCall, left());
  const call = patient(
    paced(slackCalls({ token, apiUrl, limit, log }), limits.slackPace, left),
    left,
  );

  let isBlind = false;
  const ids = new Map<string, string>();
  /** Alerts whose threads were told in this run how they stand. */
  const spoken = new Set<string>();

  async function outcomeOf(notification: Notification, root: Place | null): Promise<Outcome> {
    const isDoubtful = notification.maybe === true && notification.kind !== 'edit';
    if (!/^xox[a-z]-[\w-]+$/.test(token)) return refused(badToken, isDoubtful);
    if (notification.kind === 'edit' && root === null)
      return refused('Its alert is not in Slack yet', false);
    endsAt = Math.min(endsAt, clock.now() + limits.slackAll);
    const before = isDoubtful ? await whereabouts(notification, root) : 'absent';
    if (typeof before === 'object') return { ...found(before), found: true };
    const isUnknown = before === 'unknown';
    const outgoing = isUnknown
      ? { ...notification, message: doubted(notification.message) }
      : notification;
    const mayReply = !spoken.has(notification.alert);
    const { sent, notes } = await send(call, outgoing, root, { cluster, mayReply });
    for (const note of notes) log.warn(note);
    const channel = root?.channel ?? notification.channel;
    if (!sent.ok) return outcomeOfFault(sent.fault, notification, root, isUnknown);
    ids.set(notification.channel, sent.channel ?? channel);
    if (isReply(notification)) spoken.add(notification.alert);
    return { ...accepted(sent.channel ?? channel, sent.ts), ...flagsOf(sent) };
  }

  function cannotLook(code: string): void {
    if (!isBlind)
      log.warn(
        `Slack lets us look up no message (${sayCode(code)}), so what may be there is sent again: grant channels:history (groups:history in private channels) and give the channel's id`,
      );
    isBlind = true;
  }

  /** Slack reads a channel's history by its id only; a name's is known once something was posted there. */
  function whereabouts(notification: Notification, root: Place | null): Promise<Whereabouts> {
    const channel = ids.get(notification.channel) ?? notification.channel;
    return lookUp(call, notification, { root, channel }, { cluster, refused: cannotLook });
  }

  async function outcomeOfFault(
    fault: Fault,
    notification: Notification,
    root: Place | null,
    isDoubtful: boolean,
  ): Promise<Outcome> {
    const channel = root?.channel ?? notification.channel;
    const error = sayFault(fault, { channel, apiUrl, now: clock.now() });
    if (notification.kind === 'edit') {
      if (classOf(fault) !== 'elsewhere')
        return { ...refused(error, false, secondsOf(fault)), ...blameOf(fault) };
      log.warn(error);
      return { ...accepted(channel, root?.ts ?? null), fixed: true };
    }
    if (!maybeDelivered(fault))
      return { ...refused(error, isDoubtful, secondsOf(fault)), ...blameOf(fault) };
    const after = await whereabouts(notification, root);
    // Not there yet may still come: only the next cycle can say that it is not there.
    return typeof after === 'object' ? found(after) : refused(error, true, secondsOf(fault));
  }

  return {
    async deliver(notification, root) {
      return { id: notification.id, ...(await outcomeOf(notification, root)) };
    },
  };
}

/** Whether it was the message, or no try at all. */
function blameOf(fault: Fault): Pick<Receipt, 'unfit' | 'unsent'> {
  if (fault.kind === 'late') return { unsent: true };
  return isUnfit(fault) ? { unfit: true } : {};
}

function found({ channel, ts, adopted }: Found): Outcome {
  return { ...accepted(channel, ts), ...flagsOf({ adopted, fixed: false }) };
}

function flagsOf({
  adopted,
  fixed,
}: Pick<Extract<Sent, { ok: true }>, 'adopted' | 'fixed'>): Pick<Receipt, 'adopted' | 'fixed'> {
  return { ...(adopted ? { adopted: true } : {}), ...(fixed ? { fixed: true } : {}) };
}
