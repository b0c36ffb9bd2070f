import { codeOf } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import type { Heartbeat, Log } from '../../ports.ts';

/** The URL is a secret, so no message holds it. Each ping is a GET, tried twice at most, and ends within `limits.heartbeat` ms. */
export function heartbeatAt(
  url: string | null,
  { limits, log }: { readonly limits: Limits; readonly log: Log },
): Heartbeat {
  let begun: Promise<void> = Promise.resolve();
  async function ping(word: '' | 'start' | 'fail'): Promise<void> {
    if (url === null) return;
    const why = await tell(withWord(url, word), AbortSignal.timeout(limits.heartbeat));
    if (why !== null)
      log.warn(`The heartbeat${word === '' ? '' : ` /${word}`} was not taken: ${why}`);
  }
  return {
    begin: () => {
      begun = ping('start');
    },
    end: async (well) => {
      // Out of order, a late start would hang over a cycle that has ended.
      await begun;
      await ping(well ? '' : 'fail');
    },
  };
}

/** Healthchecks' convention, which most others follow: `<url>`, `<url>/start`, `<url>/fail`; a query stays behind. */
function withWord(url: string, word: string): URL {
  const to = new URL(url);
  if (word !== '') to.pathname = `${to.pathname.replace(/\/$/, '')}/${word}`;
  return to;
}

/** Why it was not taken; null: it was. */
async function tell(url: URL, signal: AbortSignal): Promise<string | null> {
  const first = await get(url, signal);
  const again = first?.mayPass === true && !signal.aborted;
  return (again ? await get(url, signal) : first)?.why ?? null;
}

async function get(
  url: URL,
  signal: AbortSignal,
): Promise<{ readonly why: string; readonly mayPass: boolean } | null> {
  try {
    const response = await fetch(url, { signal, redirect: 'manual' });
    void response.body?.cancel();
    const { status } = response;
    if (status >= 200 && status < 300) return null;
    return { why: `its server answered ${status}`, mayPass: status >= 500 };
  } catch (error) {
    const late = signal.aborted;
    const { cause } = error as { readonly cause?: unknown };
    return { why: late ? 'no answer in time' : `no answer (${codeOf(cause)})`, mayPass: !late };
  }
}
