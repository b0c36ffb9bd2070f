import type { DumpClock } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { formatTime, parseTime } from '../model/time.ts';

/** A dump as far as its clock matters. */
export interface DumpSeen {
  /** ms: what its ages are counted to. */
  readonly now: number;
  readonly clock: DumpClock;
  /** Pods that should be ready and are not. */
  readonly unready: number;
}

const origins: { readonly [from in DumpClock['from']]: string } = {
  given: ', as --now says',
  header: ', when the snapshot was taken; --now sets another time',
  newest: ', the newest time in the dump; --now sets another',
  written: ', when the dump was written, for it holds no time; --now sets another',
};

export function sayClock({ now, clock }: DumpSeen): string {
  return `ages are counted to ${formatTime(now)}${origins[clock.from]}`;
}

/** Where nothing is found by a clock that may be slow, and pods are not ready all the same; null: there is nothing to say. */
export function sayYoung({ now, clock, unready }: DumpSeen): string | null {
  if (unready === 0 || clock.from !== 'newest') return null;
  const pods = count(unready, 'pod is', 'pods are');
  const later = (parseTime(clock.writtenAt) ?? 0) - now > minute;
  const advice = later ? ` If it was taken when it was written: --now ${clock.writtenAt}` : '';
  return `${pods} not ready; by the clock of this dump that is no trouble yet.${advice}`;
}

/** ms: what a large dump may take to be written. */
const minute = 60_000;
