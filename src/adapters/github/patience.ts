import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './octokit.ts';
import { isUncertain } from './refusal.ts';

/** How often what may be repeated is tried. */
export const tries = 3;

/** Runs `work` with a signal that fires after `limit` ms, or with `outer`. */
export async function bounded<T>(
  limit: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const early = (): void => stop.abort();
  const timer = setTimeout(early, limit);
  outer?.addEventListener('abort', early);
  if (outer?.aborted === true) early();
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', early);
  }
}

/** Waits 0.2 s, then 0.4 s …; at once over when the time is used up. */
export async function pause(attempt: number, signal: AbortSignal): Promise<void> {
  await sleep(100 * 2 ** attempt, undefined, { signal }).catch(() => undefined);
}

/** Repeats a request that changes nothing, or the same thing again, while GitHub itself has trouble. */
export async function steadily<T>(
  signal: AbortSignal,
  answerOf: (result: T) => Answer,
  ask: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const result = await ask();
    if (!isUncertain(answerOf(result)) || attempt === tries || signal.aborted) return result;
    await pause(attempt, signal);
  }
}
