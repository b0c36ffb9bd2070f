import * as z from 'zod';
import { codesOf, silenceOf } from '../../core/model/network.ts';

/** What came instead of a delivered message, told apart by what it means for us. */
export type Fault =
  /** Slack said `ok: false`. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      /** The scope that is lacking; only with `missing_scope`. */
      readonly needed: string | null;
      /** Slack's own remarks, such as the pointer into a bad block. */
      readonly remarks: readonly string[];
      readonly retryAfterSeconds: number | null;
    }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'status'; readonly status: number }
  /** The answer is not Slack's: a login page, a proxy, an empty body. */
  | { readonly kind: 'foreign' }
  /** `sent`: the request may have arrived although no whole answer came back. */
  | { readonly kind: 'silent'; readonly reason: string; readonly sent: boolean }
  /** Nothing was sent: the time for all of Slack was used up. */
  | { readonly kind: 'late' };

/** Marks an answer that no Slack gives; thrown by the fetch wrapper, found again inside the SDK's own error. */
export const foreignAnswer = 'KUBE_VIGIL_FOREIGN_ANSWER';

const platformError = z.object({
  code: z.literal('slack_webapi_platform_error'),
  data: z.looseObject({
    error: z.string().catch('no_error_code'),
    needed: z.string().optional().catch(undefined),
    response_metadata: z
      .looseObject({
        messages: z.array(z.string()).optional().catch(undefined),
        retryAfter: z.number().optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
  }),
});
const httpError = z.object({
  code: z.literal('slack_webapi_http_error'),
  statusCode: z.number(),
});
const limitError = z.object({
  code: z.literal('slack_webapi_rate_limited_error'),
  retryAfter: z.number(),
});

/** Tells what the SDK threw. Never throws, and keeps no text that could hold the token. */
export function readFault(error: unknown): Fault {
  const limited = limitError.safeParse(error);
  if (limited.success) return { kind: 'limited', retryAfterSeconds: limited.data.retryAfter };
  const http = httpError.safeParse(error);
  if (http.success) return { kind: 'status', status: http.data.statusCode };
  const platform = platformError.safeParse(error);
  if (platform.success) return refusal(platform.data.data);
  return silence(error);
}

function refusal(data: z.infer<typeof platformError>['data']): Fault {
  const { error, needed, response_metadata: metadata } = data;
  return {
    kind: 'refused',
    code: error,
    needed: needed ?? null,
    remarks: metadata?.messages ?? [],
    retryAfterSeconds: metadata?.retryAfter ?? null,
  };
}

function silence(error: unknown): Fault {
  if (codesOf(error).includes(foreignAnswer)) return { kind: 'foreign' };
  return { kind: 'silent', ...silenceOf(error) };
}
