import { accepted, type Outcome, refused } from './receipt.ts';
import { formatTime } from './time.ts';

/** What came of one POST. Nothing in it holds the URL. */
export type Posted =
  /** `body`: its first 2,000 characters; `html`: the server calls it a web page. `retryAfterSeconds` null: the server did not say. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly html?: true;
      readonly retryAfterSeconds: number | null;
    }
  /** `sent`: the request may have arrived. `reason`: the system's code. */
  | { readonly kind: 'silent'; readonly reason: string; readonly sent: boolean }
  /** Nothing was sent: the time was used up. */
  | { readonly kind: 'late' };

/** Which way out it was, for people: `The webhook`; its input; what it calls itself as a place. */
export interface WayOut {
  readonly name: string;
  readonly input: string;
  readonly channel: string;
  /** ms */
  readonly now: number;
}

/** What a server's answer means for what was sent; `why`: a word of the answer that may be shown. 2xx: taken. */
export function outcomeOf(posted: Posted, way: WayOut, why = ''): Outcome {
  const { name, input, channel, now } = way;
  if (posted.kind === 'late')
    return {
      ...refused(`The time for ${lower(name)} was used up; kept for the next cycle`, false),
      unsent: true,
    };
  if (posted.kind === 'silent')
    return refused(
      `${name} gave no answer (${posted.reason}); kept for the next cycle`,
      posted.sent,
    );
  const { status, retryAfterSeconds: wait } = posted;
  if (status >= 200 && status < 300) return accepted(channel, null);
  const said = `HTTP ${status}${why === '' ? '' : ` ${why}`}`;
  if (status === 429)
    return refused(
      `${name} limits what it takes; kept, next try ${nextTry(wait, now)}`,
      false,
      wait,
    );
  if (status === 408 || status >= 500)
    return refused(`${name} has trouble (${said}); kept for the next cycle`, true, wait);
  if (unfit.includes(status))
    return {
      ...refused(`${name} did not take our message (${said}); please report this`, false),
      unfit: true,
    };
  return refused(`${name} refuses us (${said}): check ${input}`, false);
}

/** It is the message that is wrong, not what a person set. */
const unfit: readonly number[] = [400, 413, 415, 422];

function nextTry(wait: number | null, now: number): string {
  return wait === null ? 'in the next cycle' : `at ${formatTime(now + wait * 1000)}`;
}

function lower(name: string): string {
  return name.replace(/^The /, 'the ');
}
