import type { Receipt } from './notification.ts';

/** A receipt before it knows its notification. */
export type Outcome = Omit<Receipt, 'id'>;

export function accepted(channel: string, ts: string | null): Outcome {
  return {
    accepted: true,
    channel,
    ts,
    error: null,
    maybeDelivered: false,
    retryAfterSeconds: null,
  };
}

/** `error`: one sentence that says what to do, without a secret. */
export function refused(
  error: string,
  maybeDelivered: boolean,
  retryAfterSeconds: number | null = null,
): Outcome {
  return { accepted: false, channel: null, ts: null, error, maybeDelivered, retryAfterSeconds };
}
