import type { Failure } from '../../core/model/failure.ts';
import { usage } from './command-options.ts';

type Environment = { readonly [name: string]: string | undefined };

/** `apiUrl` null: Slack's own. */
export interface SlackAddress {
  readonly token: string;
  readonly channel: string;
  readonly apiUrl: string | null;
}

/** `apiUrl` null: GitHub's own. `branch` holds the memory of the action. */
export interface GithubAddress {
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
export function githubOf(env: Environment, branch: string): GithubAddress | null {
  const token = variable(env, 'GITHUB_TOKEN');
  const [owner = '', repo = ''] = (variable(env, 'GITHUB_REPOSITORY') ?? '').split('/');
  if (token === null || owner === '' || repo === '') return null;
  return { token, owner, repo, apiUrl: variable(env, 'GITHUB_API_URL'), branch };
}
