import type { Severity } from '../../core/model/decision.ts';
import type { Fact, Notification } from '../../core/model/notification.ts';
import { outcomeOf } from '../../core/model/posted.ts';
import { refused } from '../../core/model/receipt.ts';
import { cut } from '../../core/model/text.ts';
import type { Messenger, Posting } from '../../ports.ts';

/** PagerDuty's own address. */
export const defaultEventsUrl = 'https://events.pagerduty.com/v2/enqueue';

/** PagerDuty's words for how bad it is. */
const severities = {
  'SEV-1': 'critical',
  'SEV-2': 'error',
  'SEV-3': 'warning',
  'SEV-4': 'info',
} as const satisfies { readonly [severity in Severity]: string };

/**
 * PagerDuty's Events API v2: an alert triggers, its end resolves, and a return triggers again, each under the key
 * `<cluster>/<fingerprint>`, so that what comes twice is one incident there. The routing key is in no message.
 */
export function pagerDuty(
  options: Posting & { readonly routingKey: string; readonly url: string },
): Messenger {
  const { routingKey, url, cluster, post, clock } = options;
  return {
    async deliver(notification) {
      const { id, facts = [] } = notification;
      const [fact] = facts;
      if (fact === undefined)
        return { id, ...refused('PagerDuty hears of incidents only', false), unfit: true };
      const body = { routing_key: routingKey, ...eventOf(notification, fact, cluster) };
      const posted = await post(url, JSON.stringify(body));
      if (posted.kind === 'answer' && posted.status === 400 && /routing.?key/i.test(posted.body))
        return {
          id,
          ...refused('PagerDuty knows no such key: check pagerduty-routing-key', false),
        };
      if (posted.kind === 'answer' && posted.status < 300 && !isSuccess(posted.body))
        return {
          id,
          ...refused('What answers is not PagerDuty: check the proxy', false),
        };
      const way = { name: 'PagerDuty', input: 'pagerduty-routing-key' };
      return { ...outcomeOf(posted, { ...way, channel: 'pagerduty', now: clock.now() }), id };
    },
  };
}

/** PagerDuty says so beside its 202; a login page with 200 does not. */
function isSuccess(body: string): boolean {
  return /"status"\s*:\s*"success"/.test(body);
}

function eventOf({ kind, decidedAt }: Notification, fact: Fact, cluster: string): object {
  const key = { dedup_key: `${cluster}/${fact.fingerprint}` };
  if (kind === 'resolved') return { event_action: 'resolve', ...key };
  const place = fact.namespace === null ? fact.name : `${fact.namespace}/${fact.name}`;
  return {
    event_action: 'trigger',
    ...key,
    client: 'Kube Vigil',
    payload: {
      summary: cut(fact.text, 1024),
      source: cluster,
      severity: severities[fact.severity],
      timestamp: decidedAt,
      component: `${fact.kind} ${place}`,
      ...(fact.services[0] === undefined ? {} : { group: fact.services[0] }),
      class: fact.reason,
      custom_details: fact,
    },
  };
}
