import { compareSeverity, type Severity } from '../model/decision.ts';
import { type Impact, impacts } from '../model/finding.ts';
import { type Priority, priorities } from '../model/priority.ts';
import { compareText } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import type { Planned } from './planned.ts';

/** What the place of an incident in a message or a report depends on; null: not known, behind what is known. */
export interface Headline {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly priority: Priority | null;
  readonly impact: Impact | null;
  readonly since: string | null;
}

/** Severity, priority, impact, the oldest, fingerprint: the first is the headline. A total order, so that the order of the input never shows. */
export function compareHeadlines(a: Headline, b: Headline): number {
  return (
    compareSeverity(a.severity, b.severity) ||
    rank(priorities, a.priority) - rank(priorities, b.priority) ||
    rank(impacts, a.impact) - rank(impacts, b.impact) ||
    age(a.since) - age(b.since) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** What is seen before what is not, each in headline order. */
export function comparePlanned(a: Planned, b: Planned): number {
  const unseen = Number(a.sighting.seen === null) - Number(b.sighting.seen === null);
  return unseen || compareHeadlines(headlineOf(a), headlineOf(b));
}

function headlineOf({ sighting: { fingerprint, seen }, record }: Planned): Headline {
  return {
    fingerprint,
    severity: record.severity,
    priority: seen?.incident.priority ?? null,
    impact: seen?.incident.impact ?? null,
    since: record.since ?? record.openedAt,
  };
}

function rank<T>(order: readonly T[], value: T | null): number {
  return value === null ? order.length : order.indexOf(value);
}

function age(since: string | null): number {
  return parseTime(since) ?? Number.MAX_SAFE_INTEGER;
}
