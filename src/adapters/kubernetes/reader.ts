import type { Limits } from '../../core/model/limits.ts';
import type { Connection } from './connection.ts';
import { type Answer, get } from './request.ts';
import { makeSlots } from './slots.ts';

/** Requests at once, until the API server first says 429. */
const lanes = 6;
const maxRetries = 3;
/** The first backoff as a part of all the time (0.2 s of 60 s); it doubles. Jitter takes off up to a half. */
const backoffShare = 1 / 300;
/** ms: the longest that a Retry-After is believed. */
const maxRetryAfter = 30_000;

/** Asks one API server, politely: lanes, retries, one deadline over all. */
export interface Reader {
  /** The last answer, after retries of 429, 5xx and broken connections. `ahead`: the next page of a list goes before the first page of another. */
  readonly ask: (path: string, ahead: boolean, accept?: string) => Promise<Answer>;
}

/** `renew` gets new credentials when the old ones stop working (a plugin's live for minutes); null: they did not work at all, or not again. */
export function makeReader(options: {
  readonly connection: () => Connection;
  readonly renew: (stale: Connection) => Promise<boolean>;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}): Reader {
  const { limits, signal } = options;
  const slots = makeSlots(lanes);
  const deadline = performance.now() + limits.kubernetesAll;
  // After a 429 everybody waits, not only who was told.
  let quietUntil = 0;

  async function once(path: string, accept: string | undefined): Promise<Answer> {
    await sleep(quietUntil - performance.now(), signal);
    const connection = options.connection();
    const limit = { timeout: limits.kubernetesPage, signal, accept };
    const answer = await get(connection, path, limit);
    if (answer.silent !== null || answer.status !== 401) return answer;
    return (await options.renew(connection)) ? get(options.connection(), path, limit) : answer;
  }

  return {
    async ask(path, ahead, accept) {
      for (let attempt = 0; ; attempt++) {
        const answer = await slots.run(() => once(path, accept), ahead || attempt > 0);
        const throttled = answer.silent === null && answer.status === 429;
        if (throttled) slots.narrow();
        const wait = retryWait(answer, attempt, limits.kubernetesAll * backoffShare);
        if (wait === null || performance.now() + wait >= deadline || signal.aborted) return answer;
        if (throttled) quietUntil = Math.max(quietUntil, performance.now() + wait);
        await sleep(wait, signal);
      }
    },
  };
}

/** ms until the next try; null: no more. A timeout is not tried again: it took its time already. */
function retryWait(answer: Answer, attempt: number, backoff: number): number | null {
  if (attempt >= maxRetries) return null;
  const ownWait = backoff * 2 ** attempt * (1 - Math.random() / 2);
  if (answer.silent !== null)
    return answer.silent === 'reset' || answer.silent === 'refused' ? ownWait : null;
  if (![429, 500, 502, 503, 504].includes(answer.status)) return null;
  const asked = Number(answer.headers['retry-after']);
  return asked > 0 ? Math.min(asked * 1000, maxRetryAfter) : ownWait;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
