import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Call } from './client.ts';

/** Messages that a channel takes at once. Slack: about one a second and channel, "short bursts" allowed (docs.slack.dev, rate limits). */
const burst = 4;

/**
 * Posts to one channel come `every` ms apart after a short burst; nothing else waits. What would be too late for
 * `left()` ms is not sent.
 */
export function paced(call: Call, every: number, left: () => number): Call {
  const late: Answer = { ok: false, fault: { kind: 'late' } };
  /** By channel: how many ms of its turns are used up, and when that was so. */
  const used = new Map<unknown, { readonly debt: number; readonly at: number }>();
  return async (method, parameters) => {
    if (method !== 'chat.postMessage') return call(method, parameters);
    const channel = parameters['channel'];
    const now = performance.now();
    const { debt = 0, at = now } = used.get(channel) ?? {};
    const owed = Math.max(0, debt - (now - at));
    const wait = owed - (burst - 1) * every;
    if (wait > 0 && wait >= left()) return late;
    used.set(channel, { debt: owed + every, at: now });
    if (wait > 0) await sleep(wait);
    return call(method, parameters);
  };
}
