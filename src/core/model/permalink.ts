import type { AlertRecord } from './state.ts';

/** Slack's own link to a message (the form that chat.getPermalink returns); null where the workspace's address is not known, or the message not there. `slackUrl` as auth.test gives it: `https://acme.slack.com/`. */
export function permalinkOf(
  slackUrl: string | undefined,
  alert: Pick<AlertRecord, 'channel' | 'ts'> | undefined,
): string | null {
  const { channel = '', ts = null } = alert ?? {};
  if (!isSlackUrl(slackUrl) || ts === null) return null;
  if (!/^[A-Z][A-Z0-9]+$/.test(channel) || !/^\d+\.\d+$/.test(ts)) return null;
  return `${slackUrl}archives/${channel}/p${ts.replace('.', '')}`;
}

/** Only what a link of ours may begin with. */
export function isSlackUrl(url: string | undefined): url is string {
  return url !== undefined && /^https:\/\/[a-z0-9][a-z0-9.-]{0,200}\/$/.test(url);
}
