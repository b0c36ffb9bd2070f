import type { OutboxEntry, Receipt } from '../model/notification.ts';
import type { MonitorState, SetAside } from '../model/state.ts';
import { count, cut } from '../model/text.ts';
import { ageSeconds, formatTime } from '../model/time.ts';

/**
 * Refusals of one very message after which it is not sent any more. What a person must mend (token, scope, channel)
 * and what passes (limits, trouble) does not count: that is no fault of the message, and it goes out once it is over.
 */
const mostRefusals = 5;

/** How many are remembered, and how long they are remembered and shown, in seconds. */
const most = { kept: 10, keptFor: 7 * 24 * 60 * 60, shownFor: 24 * 60 * 60 };

export function isPoisoned({ unfit = 0 }: OutboxEntry): boolean {
  return unfit >= mostRefusals;
}

/** What stays of a message that is not sent any more; the whole is in the backup file of each cycle that tried. */
export function setAside(entry: OutboxEntry, { error }: Receipt, now: number): SetAside {
  const { id, kind, reason, severity, message } = entry;
  return {
    ...{ id, kind, reason, severity },
    text: cut(message.text, 160),
    error: cut(error ?? '', 200),
    at: formatTime(now),
  };
}

/** The newest, while they are of interest. */
export function keepSetAside(
  all: readonly SetAside[] = [],
  now: number,
): Pick<MonitorState, 'setAside'> {
  const kept = all.filter((each) => isWithin(each, most.keptFor, now)).slice(-most.kept);
  return kept.length === 0 ? {} : { setAside: kept };
}

/** What was set aside of late, in one sentence; null: nothing. */
export function saySetAside(all: readonly SetAside[] = [], now: number): string | null {
  const shown = all.filter((each) => isWithin(each, most.shownFor, now));
  const last = shown.at(-1);
  if (last === undefined) return null;
  return `${count(shown.length, 'message')} set aside after ${mostRefusals} refusals, the last: ${last.text} (${last.error})`;
}

function isWithin({ at }: SetAside, seconds: number, now: number): boolean {
  return (ageSeconds(at, now) ?? seconds) < seconds;
}
