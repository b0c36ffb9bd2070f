import { codesOf } from '../../core/model/network.ts';
import { foreignAnswer } from './faults.ts';

/** Seconds to wait after a 429 that does not say how long. */
const defaultRetryAfter = '30';

/**
 * A fetch for the Slack SDK that ends within `limit()` ms, body included, and only lets through what Slack may answer:
 * JSON with a boolean `ok`. So whatever a server does, the SDK throws one of its own three errors.
 */
export function slackFetch(limit: () => number): typeof fetch {
  return async (input, init) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(timeout()), Math.max(0, limit()));
    try {
      const response = await fetch(input, { ...init, signal: stop.signal });
      return checked(response, await response.text());
    } catch (error) {
      // The SDK keeps no cause of what is no Error to it; the code is what its reader needs.
      throw Object.assign(new Error('No answer of Slack', { cause: error }), codeIn(error));
    } finally {
      clearTimeout(timer);
    }
  };
}

function checked(response: Response, body: string): Response {
  const headers = new Headers(response.headers);
  if (response.status === 429 && !/^\d+$/.test(headers.get('retry-after') ?? ''))
    headers.set('retry-after', defaultRetryAfter);
  if (response.status === 200 && !isSlackAnswer(body))
    throw Object.assign(new Error('The answer is not JSON with a boolean "ok"'), {
      code: foreignAnswer,
    });
  // The body is decoded already; a length or encoding of its former self would be a lie.
  headers.delete('content-encoding');
  headers.delete('content-length');
  const empty = [204, 205, 304].includes(response.status);
  return new Response(empty ? null : body, { status: response.status, headers });
}

function isSlackAnswer(body: string): boolean {
  try {
    const answer: unknown = JSON.parse(body);
    return (
      typeof answer === 'object' &&
      answer !== null &&
      'ok' in answer &&
      typeof answer.ok === 'boolean'
    );
  } catch {
    return false;
  }
}

function codeIn(error: unknown): { readonly code?: string } {
  const code = codesOf(error).at(-1);
  return code === undefined ? {} : { code };
}

function timeout(): Error {
  return Object.assign(new Error('No whole answer in time'), { code: 'timeout' });
}
