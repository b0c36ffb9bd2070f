import type { Logger, LogLevel } from '@slack/web-api';
import { cut } from '../../core/model/text.ts';
import type { Log } from '../../ports.ts';
import { type Fault, readFault } from './faults.ts';
import { slackFetch } from './fetch.ts';

/** Slack's own address of its Web API. */
export const defaultApiUrl = 'https://slack.com/api/';

/** Slack's answer to a call: its body as it is, or what went wrong. */
export type Answer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly fault: Fault };

export type Method =
  | 'auth.test'
  | 'conversations.info'
  | 'chat.getPermalink'
  | 'chat.postMessage'
  | 'chat.update'
  | 'conversations.history'
  | 'conversations.replies'
  | 'reactions.get';

/** One call of a Web API method. Never throws; each call is one request. */
export type Call = (
  method: Method,
  parameters: { readonly [name: string]: unknown },
) => Promise<Answer>;

/** Makes the calls; the SDK is loaded with the first one. `limit` gives the ms that a call may take, body included. */
export function slackCalls(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly limit: () => number;
  readonly log: Log;
}): Call {
  let client: ReturnType<typeof connect> | null = null;
  return async (method, parameters) => {
    try {
      client ??= connect(options);
      return { ok: true, body: await (await client).apiCall(method, { ...parameters }) };
    } catch (error) {
      return { ok: false, fault: readFault(error) };
    }
  };
}

/** The SDK's defaults re-post for half an hour after a timeout; none of them is left in force. */
async function connect(options: Parameters<typeof slackCalls>[0]) {
  const { webClient } = await import('./sdk.ts');
  return webClient(options.token, {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 1,
    allowAbsoluteUrls: false,
    fetch: slackFetch(options.limit),
    logger: quietLogger(options.log),
  });
}

/** Lets through what Slack says of a message's form; failures are told by the receipt, the rest is noise. */
function quietLogger(log: Log): Logger {
  const silent = (): void => undefined;
  return {
    debug: silent,
    info: silent,
    warn: silent,
    error: (...remarks: unknown[]) => log.warn(`Slack: ${cut(remarks.join(' '), 300)}`),
    setLevel: silent,
    getLevel: () => 'error' as LogLevel,
    setName: silent,
  };
}
