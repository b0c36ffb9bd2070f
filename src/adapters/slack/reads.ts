import * as z from 'zod';
import { type Fault, readFault } from './faults.ts';
import { slackFetch } from './fetch.ts';

/** Reading methods of Slack's Web API. */
export type ReadMethod =
  | 'auth.test'
  | 'conversations.history'
  | 'conversations.replies'
  | 'reactions.get';

/** Slack's answer as it is, or what came instead. */
type ReadAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly fault: Fault };

/** One call; never throws, and is one request. */
export type Read = (
  method: ReadMethod,
  parameters: { readonly [name: string]: string },
) => Promise<ReadAnswer>;

const refusal = z.looseObject({
  ok: z.literal(false),
  error: z.string().catch('no_error_code'),
  needed: z.string().nullable().catch(null).default(null),
});

/** Makes the calls, past the SDK: what only reads needs none of it. `token` must be one, and `limit` gives the ms that a call may take, body included. */
export function slackReads(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly limit: () => number;
}): Read {
  const ask = slackFetch(options.limit);
  const base = options.apiUrl.replace(/\/*$/, '/');
  return async (method, parameters) => {
    try {
      const response = await ask(base + method, {
        method: 'POST',
        redirect: 'error',
        headers: { authorization: `Bearer ${options.token}` },
        body: new URLSearchParams(parameters),
      });
      return answerOf(response, await response.text());
    } catch (error) {
      return { ok: false, fault: readFault(error) };
    }
  };
}

function answerOf({ status, headers }: Response, text: string): ReadAnswer {
  if (status === 429)
    return faulty({ kind: 'limited', retryAfterSeconds: Number(headers.get('retry-after')) });
  if (status !== 200) return faulty({ kind: 'status', status });
  const body: unknown = JSON.parse(text);
  const refused = refusal.safeParse(body);
  if (!refused.success) return { ok: true, body };
  const { error: code, needed } = refused.data;
  return faulty({ kind: 'refused', code, needed, remarks: [], retryAfterSeconds: null });
}

function faulty(fault: Fault): ReadAnswer {
  return { ok: false, fault };
}
