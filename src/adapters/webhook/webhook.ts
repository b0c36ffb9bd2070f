import { createHmac } from 'node:crypto';
import type { Notification } from '../../core/model/notification.ts';
import { outcomeOf } from '../../core/model/posted.ts';
import { refused } from '../../core/model/receipt.ts';
import { formatTime } from '../../core/model/time.ts';
import type { Messenger, Posting } from '../../ports.ts';

/** What a receiver is told to do, by the kind of a notification. */
const events = {
  full: 'alert',
  brief: 'reopened',
  resolved: 'resolved',
  edit: 'alert',
  health: 'monitor',
  test: 'test',
} as const;

/** A login page answers 200 too, and nobody has heard anything. */
const webPage =
  'The webhook answers like a web page, not a webhook: check webhook-url and the proxy (a receiver of yours must not answer text/html)';

/**
 * A webhook that takes signed JSON: `X-Kube-Vigil-Signature: sha256=<hex HMAC of the body under the secret>`, with
 * `sent_at` inside, so that an old one can be told. `id` is the same however often a message comes. URL and secret are
 * in no message.
 */
export function signedWebhook(
  options: Posting & { readonly url: string; readonly secret: string },
): Messenger {
  const { url, secret, cluster, post, clock } = options;
  return {
    async deliver(notification) {
      const body = JSON.stringify(payloadOf(notification, cluster, clock.now()));
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const posted = await post(url, body, { 'x-kube-vigil-signature': `sha256=${signature}` });
      if (posted.kind === 'answer' && posted.status < 300 && posted.html === true)
        return { id: notification.id, ...refused(webPage, notification.maybe === true) };
      const way = { name: 'The webhook', input: 'webhook-url and webhook-secret' };
      return {
        ...outcomeOf(posted, { ...way, channel: 'webhook', now: clock.now() }),
        id: notification.id,
      };
    },
  };
}

function payloadOf(notification: Notification, cluster: string, now: number): object {
  const { id, kind, reason, severity, message, facts = [], cycleId, decidedAt } = notification;
  return {
    schema: 1,
    id,
    event: events[kind],
    cluster,
    reason,
    severity,
    text: plain(message.text),
    incidents: facts,
    cycle_id: cycleId,
    decided_at: decidedAt,
    sent_at: formatTime(now),
  };
}

/** A word about the monitor is written for Slack. */
function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
