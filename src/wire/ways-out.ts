import type { Inputs } from '../adapters/config/inputs.ts';
import { jsonPosts } from '../adapters/http/post.ts';
import { pagerDuty } from '../adapters/pagerduty/events.ts';
import { slackWebhook } from '../adapters/slack/incoming.ts';
import { slackMessenger } from '../adapters/slack/messenger.ts';
import { signedWebhook } from '../adapters/webhook/webhook.ts';
import type { Limits } from '../core/model/limits.ts';
import type { Target } from '../core/model/notification.ts';
import { refused } from '../core/model/receipt.ts';
import type { Log, Messenger } from '../ports.ts';
import { clock } from './parts.ts';
import type { Run } from './run.ts';

/** Of Slack's time, the share that all further ways out have together where there are any: Slack hanging must not silence them. */
const furtherShare = 0.4;

/** Where alerts go. */
export interface WaysOut {
  readonly messenger: Messenger | null;
  /** null: nowhere. */
  readonly channel: string | null;
  readonly targets: readonly Target[];
}

/** Every way out that the inputs name, behind one messenger. */
export function waysOut(
  inputs: Inputs,
  given: {
    readonly cluster: string;
    readonly run: Pick<Run, 'slackApiUrl' | 'pagerDutyUrl'>;
    readonly limits: Limits;
    readonly log: Log;
  },
): WaysOut {
  const { cluster, run, limits, log } = given;
  const further = furtherWays(inputs, given);
  const token = inputs['slack-bot-token'];
  const ownShare = further.size === 0 ? 1 : 1 - furtherShare;
  const ways = new Map(further);
  if (token !== null) {
    const table = { ...limits, slackAll: Math.ceil(limits.slackAll * ownShare) };
    ways.set(
      'slack',
      slackMessenger({ token, apiUrl: run.slackApiUrl, cluster, limits: table, clock, log }),
    );
  }
  const targets = targetsIn(inputs);
  const [first = null] = targets;
  return {
    messenger: first === null ? null : routed(ways),
    channel: first === 'slack' ? inputs['slack-channel'] : first,
    targets,
  };
}

/** The Slack app first: what has no thread elsewhere has one there. */
function targetsIn(inputs: Inputs): readonly Target[] {
  const targets: readonly [Target, string | null][] = [
    ['slack', inputs['slack-bot-token']],
    ['slack-webhook', inputs['slack-webhook-url']],
    ['webhook', inputs['webhook-url']],
    ['pagerduty', inputs['pagerduty-routing-key']],
  ];
  return targets.filter(([, given]) => given !== null).map(([target]) => target);
}

function furtherWays(
  inputs: Inputs,
  { cluster, run, limits }: Parameters<typeof waysOut>[1],
): ReadonlyMap<Target, Messenger> {
  const all = Math.ceil(limits.slackAll * furtherShare);
  const call = Math.min(limits.slackCall, Math.ceil(all / 2));
  const table = { ...limits, slackAll: all, slackCall: call };
  const post = jsonPosts({ limits: table, clock });
  const ways = new Map<Target, Messenger>();
  const { 'slack-webhook-url': slackUrl, 'webhook-url': url, 'webhook-secret': secret } = inputs;
  const routingKey = inputs['pagerduty-routing-key'];
  if (slackUrl !== null) ways.set('slack-webhook', slackWebhook({ url: slackUrl, post, clock }));
  if (url !== null && secret !== null)
    ways.set('webhook', signedWebhook({ url, secret, cluster, post, clock }));
  if (routingKey !== null)
    ways.set('pagerduty', pagerDuty({ routingKey, url: run.pagerDutyUrl, cluster, post, clock }));
  return ways;
}

function routed(ways: ReadonlyMap<Target, Messenger>): Messenger {
  return {
    deliver: (notification, root) => {
      const way = ways.get(notification.target ?? 'slack');
      return way === undefined
        ? Promise.resolve({
            ...refused('This way out is not configured', notification.maybe === true),
            id: notification.id,
          })
        : way.deliver(notification, root);
    },
  };
}
