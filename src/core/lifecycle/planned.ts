import type { BusinessHours } from '../model/catalog.ts';
import type { Verdict } from '../model/cycle.ts';
import type { Severity } from '../model/decision.ts';
import type { Observation } from '../model/incident.ts';
import type { AlertRecord, IncidentRecord, Told } from '../model/state.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import { isAhead } from './fence.ts';
import { pace, type Windows } from './pace.ts';
import type { Sighting } from './sighting.ts';

/** What the plan of one cycle stands on. */
export interface PlanContext {
  /** ms */
  readonly now: number;
  /** The cycle before nothing was remembered. */
  readonly first: boolean;
  readonly hours: BusinessHours | null;
  readonly repeatSeconds: number;
  readonly windows: Windows;
  readonly observation: Observation;
  readonly alerts: { readonly [id: string]: AlertRecord };
  /** RFC 3339: when the last look was; null where there was none. */
  readonly lookedAt: string | null;
  /** Fingerprints that somebody has taken in this cycle. */
  readonly acked: ReadonlySet<string>;
}

/** One incident with its one verdict, and its record after it; what is told is noted when it is queued. */
export interface Planned {
  readonly sighting: Sighting;
  readonly record: IncidentRecord;
  readonly verdict: Verdict;
}

/** Of each digest as much as tells it apart from the few others of an incident; three of them are remembered. */
const short = 4;
const mostPast = 3;

/** Whether people heard of it as it is, the last time or before. */
export function wasToldSo({ digest: last, past = '' }: Told, digest: string): boolean {
  return last === digest || pastOf(past).includes(digest.slice(0, short));
}

/** `Told.past` once `digest` is told. */
export function pastAfter({ digest: last, past = '' }: Told, digest: string): string {
  const all = [...pastOf(past), last.slice(0, short)];
  return all
    .filter((each) => each !== digest.slice(0, short))
    .slice(-mostPast)
    .join('');
}

function pastOf(past: string): readonly string[] {
  return past.match(/.{4}/g) ?? [];
}

/** SEV-1 and SEV-2: told always, whatever the hour. */
export function isLoud(severity: Severity): boolean {
  return severity === 'SEV-1' || severity === 'SEV-2';
}

/** Whether somebody's word on an incident holds at `now` (ms). */
export function isInForce(word: IncidentRecord['ack'], now: number): boolean {
  const left = word === undefined ? 0 : (parseTime(word.until) ?? 0) - now;
  // None lasts longer: then the clock was wrong.
  return left > 0 && left <= (pace.longestSilence + 15 * 60) * 1000;
}

/** How long ago people heard of it. */
export function paceOf(
  told: Told | null,
  { now, alerts, repeatSeconds, windows }: PlanContext,
): { readonly repeatDue: boolean; readonly sinceWord: number } {
  if (told === null) return { repeatDue: false, sinceWord: 0 };
  const sentAt = alerts[told.alert]?.sentAt;
  // Without its alert nothing can be added to it: the next word is an alert of its own.
  const repeatDue =
    sinceHeard(sentAt, now) >= repeatSeconds - Math.min(windows.repeatSlack, repeatSeconds / 2);
  return { repeatDue, sinceWord: sinceHeard(told.wordAt ?? sentAt, now) };
}

/** Seconds; a word from the future was noted by a clock that was wrong, and must not silence anything until then. */
function sinceHeard(at: string | undefined, now: number): number {
  if (isAhead(at, now)) return Number.POSITIVE_INFINITY;
  return ageSeconds(at, now) ?? Number.POSITIVE_INFINITY;
}
