import type { Limits } from '../../core/model/limits.ts';
import { silenceOf } from '../../core/model/network.ts';
import type { Posted } from '../../core/model/posted.ts';
import { parseTime } from '../../core/model/time.ts';
import type { Clock, Post } from '../../ports.ts';

/** Of an answer no more is kept: an error page may be long. */
const longestBody = 2000;

/** Seconds to wait after a 429 that does not say how long. */
const defaultRetryAfter = 30;

/**
 * Posts JSON to the ways out that are one request each. A call ends within `limits.slackCall` ms, body included, all
 * calls together within `limits.slackAll` from the first one on. What Retry-After asks is waited for once where that
 * ends before; nothing else is repeated. No redirect is followed: it would carry what we say to somebody else.
 */
export function jsonPosts({
  limits,
  clock,
}: {
  readonly limits: Limits;
  readonly clock: Clock;
}): Post {
  let endsAt = Number.POSITIVE_INFINITY;
  const left = (): number => endsAt - clock.now();
  async function once(...[url, body, headers]: Parameters<Post>): Promise<Posted> {
    if (left() <= 0) return { kind: 'late' };
    const signal = AbortSignal.timeout(Math.max(1, Math.min(limits.slackCall, left())));
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'kube-vigil', ...headers },
        redirect: 'manual',
        body,
        signal,
      });
      const text = await response.text();
      return {
        kind: 'answer',
        status: response.status,
        body: text.slice(0, longestBody),
        ...(/^text\/html\b/i.test(response.headers.get('content-type') ?? '')
          ? { html: true }
          : {}),
        retryAfterSeconds: waitIn(response, clock.now()),
      };
    } catch (error) {
      if (signal.aborted) return { kind: 'silent', reason: 'timeout', sent: true };
      return { kind: 'silent', ...silenceOf(error) };
    }
  }
  return async (url, body, headers) => {
    endsAt = Math.min(endsAt, clock.now() + limits.slackAll);
    const first = await once(url, body, headers);
    const seconds = first.kind === 'answer' ? first.retryAfterSeconds : null;
    if (seconds === null || seconds * 1000 >= left()) return first;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const second = await once(url, body, headers);
    return second.kind === 'late' ? first : second;
  };
}

/** Seconds, or a date; only where the server asks for time. */
function waitIn({ status, headers }: Response, now: number): number | null {
  if (status !== 429 && status !== 503) return null;
  const given = headers.get('retry-after') ?? '';
  if (/^\d{1,9}$/.test(given)) return Number(given);
  const at = parseTime(given);
  if (at !== null && given !== '') return Math.max(0, Math.ceil((at - now) / 1000));
  return status === 429 ? defaultRetryAfter : null;
}
