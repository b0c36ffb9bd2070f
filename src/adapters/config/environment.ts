import { Failure } from '../../core/model/failure.ts';
import { usage } from './command-options.ts';

type Environment = { readonly [name: string]: string | undefined };

/** `apiUrl` null: Slack's own. */
export interface SlackAddress {
  readonly token: string;
  readonly channel: string;
  readonly apiUrl: string | null;
}

/** `apiUrl` null: GitHub's own. `branch` holds the memory of the action. */
interface GithubAddress {
  readonly token: string;
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string | null;
  readonly branch: string;
}

/** Empty or blank counts as unset. */
export function variable(env: Environment, name: string): string | null {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
}

/** null where neither token nor channel is set. Throws Failure USAGE where one is. */
export function slackOf(env: Environment): SlackAddress | null {
  const token = variable(env, 'SLACK_BOT_TOKEN');
  const channel = variable(env, 'SLACK_CHANNEL');
  if (token === null && channel === null) return null;
  if (token === null) throw halfSlack('SLACK_BOT_TOKEN', 'SLACK_CHANNEL');
  if (channel === null) throw halfSlack('SLACK_CHANNEL', 'SLACK_BOT_TOKEN');
  return { token, channel, apiUrl: variable(env, 'SLACK_API_URL') };
}

function halfSlack(missing: string, given: string): Failure {
  return usage(`${missing}: is missing, but ${given} is set; set both or neither`);
}

/** null where token or repository is not set. */
function githubOf(env: Environment, branch: string): GithubAddress | null {
  const token = variable(env, 'GITHUB_TOKEN');
  const [owner = '', repo = ''] = (variable(env, 'GITHUB_REPOSITORY') ?? '').split('/');
  if (token === null || owner === '' || repo === '') return null;
  return { token, owner, repo, apiUrl: variable(env, 'GITHUB_API_URL'), branch };
}

/** What `doctor` tries of the environment; as it is given, perhaps wrong. */
export interface Addresses {
  /** A Failure where half of it is set. */
  readonly slack: SlackAddress | Failure | null;
  readonly github: GithubAddress | null;
  /** What only the action has. */
  readonly ways: {
    readonly slackWebhook: string | null;
    readonly webhook: string | null;
    readonly webhookSecret: string | null;
    readonly routingKey: string | null;
    readonly heartbeat: string | null;
  };
}

export function addressesOf(env: Environment, branch: string): Addresses {
  return {
    slack: triedSlackOf(env),
    github: githubOf(env, branch),
    ways: {
      slackWebhook: variable(env, 'SLACK_WEBHOOK_URL'),
      webhook: variable(env, 'WEBHOOK_URL'),
      webhookSecret: variable(env, 'WEBHOOK_SECRET'),
      routingKey: variable(env, 'PAGERDUTY_ROUTING_KEY'),
      heartbeat: variable(env, 'HEARTBEAT_URL'),
    },
  };
}

function triedSlackOf(env: Environment): SlackAddress | Failure | null {
  try {
    return slackOf(env);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
