import type { DoctorCommand } from '../adapters/config/command-line.ts';
import { isSafeUrl, routingKeyPattern } from '../adapters/config/inputs.ts';
import { inspectAddress } from '../adapters/http/inspect.ts';
import type { Limits } from '../core/model/limits.ts';
import { lacks, type Probe } from '../core/model/probe.ts';

type Ways = DoctorCommand['ways'];

const testAlert = 'test-alert: true in the action sends a test message there';

/** Ways out beside the Slack app, and the heartbeat: as far as can be told without sending. Nothing of a URL or key is in what is said. */
export async function inspectWays(
  ways: Ways,
  pagerDutyUrl: string,
  limits: Limits,
): Promise<readonly Probe[]> {
  const { slackWebhook, webhook, webhookSecret, routingKey, heartbeat } = ways;
  const found = await Promise.all([
    ofUrl('Slack webhook', 'SLACK_WEBHOOK_URL', slackWebhook, testAlert, limits),
    ofUrl('webhook', 'WEBHOOK_URL', webhook, testAlert, limits),
    ofSignature(webhook, webhookSecret),
    ofPagerDuty(routingKey, pagerDutyUrl, limits),
  ]);
  const further = found.flat();
  const none = lacks(
    'further ways out',
    'unused',
    'none of SLACK_WEBHOOK_URL, WEBHOOK_URL and PAGERDUTY_ROUTING_KEY is set',
    'nothing, where Slack is enough; else set what the action gets as its inputs',
  );
  return [
    ...(further.length === 0 ? [none] : further),
    ...(heartbeat === null
      ? [noHeartbeat]
      : await ofUrl(
          'heartbeat',
          'HEARTBEAT_URL',
          heartbeat,
          "the first cycle's ping shows on the check's page",
          limits,
        )),
  ];
}

const noHeartbeat = lacks(
  'heartbeat',
  'unused',
  'HEARTBEAT_URL is not set: nobody outside notices when no cycle runs at all',
  'make a check at healthchecks.io or alike and give its URL as heartbeat-url',
);

async function ofSignature(url: string | null, secret: string | null): Promise<readonly Probe[]> {
  if ((url === null) === (secret === null)) return [];
  const said =
    url === null
      ? 'WEBHOOK_URL is missing, but WEBHOOK_SECRET is set'
      : 'WEBHOOK_SECRET is missing, but WEBHOOK_URL is set';
  const mend = 'what a webhook gets is signed: set both or neither';
  return [lacks('webhook signature', 'missing', said, mend)];
}

async function ofUrl(
  what: string,
  variable: string,
  url: string | null,
  rest: string,
  limits: Limits,
): Promise<readonly Probe[]> {
  if (url === null) return [];
  if (isSafeUrl(url)) return [await inspectAddress({ what, url, rest }, limits)];
  return [
    lacks(
      what,
      'missing',
      `${variable} is no https URL`,
      'copy the whole URL again, https:// included',
    ),
  ];
}

async function ofPagerDuty(
  key: string | null,
  url: string,
  limits: Limits,
): Promise<readonly Probe[]> {
  if (key === null) return [];
  const what = 'PagerDuty';
  const rest =
    'compare the key with the one of the service under Integrations, Events API v2; the first alert shows it';
  if (routingKeyPattern.test(key)) return [await inspectAddress({ what, url, rest }, limits)];
  return [
    lacks(
      what,
      'missing',
      'PAGERDUTY_ROUTING_KEY has not the 32 characters of an integration key',
      'copy it again from the service: Integrations, Events API v2',
    ),
  ];
}
