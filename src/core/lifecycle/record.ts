import { compareSeverity, louder, type Severity } from '../model/decision.ts';
import type { Incident, Observation } from '../model/incident.ts';
import type { Acknowledgement, IncidentRecord, Told } from '../model/state.ts';
import { cut } from '../model/text.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import { pace } from './pace.ts';

/** Characters kept of what the cluster wrote: names as long as Kubernetes allows them. */
const kept = { name: 253, word: 63, summary: 120, services: 5, namespaces: 20, checks: 8 };

/** With more incidents than this at once the reason stands for the summary, which is empty then, so that 150 of them stay below 64 KiB. */
const mostSummaries = 50;
/** Returns that are remembered: more than make it flapping. */
const opensKept = 5;

/** What is remembered of an incident that is seen now; what people were told is carried on. `together`: how many there are; `flapWindow` in seconds. */
export function seenRecord(
  before: IncidentRecord | null,
  incident: Incident,
  observation: Observation,
  severity: Severity,
  at: string,
  { together, flapWindow }: { readonly together: number; readonly flapWindow: number },
): IncidentRecord {
  const { root } = incident;
  const seenBy = incident.findings.flatMap((index) => observation.findings[index] ?? []);
  const namespaces = seenBy.flatMap(({ object }) => object.namespace ?? []);
  const elsewhere = unique(namespaces).filter((namespace) => namespace !== root.namespace);
  const worst = louder(severity, worstOf(before) ?? severity);
  return {
    root: {
      kind: cut(root.kind, kept.word),
      namespace: root.namespace === null ? null : cut(root.namespace, kept.word),
      name: cut(root.name, kept.name),
      reason: cut(root.reason, kept.word),
    },
    phase: 'open',
    severity,
    ...(worst === severity ? {} : { worst }),
    services: incident.services.slice(0, kept.services).map((service) => cut(service, kept.word)),
    summary: together > mostSummaries ? '' : cut(incident.summary, kept.summary),
    since: incident.since,
    ...(incident.sinceExact ? {} : { sinceExact: false as const }),
    openedAt: before?.openedAt ?? at,
    checks: unique(seenBy.map(({ check }) => check)).slice(0, kept.checks),
    ...(elsewhere.length === 0 ? {} : { namespaces: elsewhere.slice(0, kept.namespaces) }),
    ...carried(before, severity),
    ...(before === null ? {} : turns(before, at, flapWindow)),
  };
}

/** How often it came back lately, and whether that is flapping. */
function turns(
  before: IncidentRecord,
  at: string,
  flapWindow: number,
): Pick<IncidentRecord, 'opens' | 'flapping' | 'steady'> {
  const now = parseTime(at) ?? 0;
  if (!isAway(before)) {
    const { opens, flapping } = before;
    if (flapping === undefined) return opens === undefined ? {} : { opens };
    const steady = (before.steady ?? 0) + 1;
    return steady >= pace.flapSteady
      ? {}
      : { ...(opens === undefined ? {} : { opens }), flapping, steady };
  }
  const opens = [...(before.opens ?? [before.openedAt]), at].slice(-opensKept);
  const recent = opens.filter((open) => (ageSeconds(open, now) ?? 0) <= flapWindow);
  const flaps = before.flapping === true || recent.length >= pace.flapOpens;
  return { opens, ...(flaps ? { flapping: true as const } : {}) };
}

/** The last look that could see it did not. */
function isAway({ phase, absentReads }: IncidentRecord): boolean {
  return phase === 'resolved' || absentReads !== undefined;
}

/** It is a part of another incident, and so still there. `told`: people hear of that. */
export function absorbedRecord(
  before: IncidentRecord,
  absorbedBy: string,
  told: boolean,
): IncidentRecord {
  const { lastSeenAt: _, absentReads: __, absentSince: ___, unknownSince: ____, ...rest } = before;
  return { ...rest, phase: 'open', absorbedBy, ...(told ? { absorbedTold: true as const } : {}) };
}

/** Looked for and not seen. `lookedAt`: when the last look was, which saw it if it was open then. */
export function absentRecord(before: IncidentRecord, at: string, lookedAt: string): IncidentRecord {
  const { unknownSince: _, absorbedBy: __, ...rest } = before;
  return {
    ...rest,
    phase: 'clearing',
    lastSeenAt: before.lastSeenAt ?? lookedAt,
    absentReads: (before.absentReads ?? 0) + 1,
    absentSince: earlier(before.absentSince, at),
  };
}

/** Could not be looked for. Neither counts as an absent read nor breaks a row of them. */
export function hiddenRecord(before: IncidentRecord, at: string, lookedAt: string): IncidentRecord {
  return {
    ...before,
    phase: 'unknown',
    lastSeenAt: before.lastSeenAt ?? lookedAt,
    unknownSince: earlier(before.unknownSince, at),
  };
}

/** A time that lies ahead is of a clock that was wrong: counting begins now. Both as `formatTime` writes them. */
function earlier(since: string | undefined, at: string): string {
  return since !== undefined && since < at ? since : at;
}

/** Ended. What was told stays, so that its return within the reopen window is not news, and a silence until it is over. */
export function resolvedRecord(before: IncidentRecord, at: string): IncidentRecord {
  const { known: _, dueAt: __, unknownSince: ___, flapping: ____, steady: _____, ...gone } = before;
  const { ack: ______, absorbedBy: _______, absorbedTold: ________, ...rest } = gone;
  return { ...rest, phase: 'resolved', resolvedAt: at };
}

/** The loudest it ever was. */
export function worstOf(record: IncidentRecord | null): Severity | null {
  return record === null ? null : (record.worst ?? record.severity);
}

export function isWorse(severity: Severity, than: Severity): boolean {
  return compareSeverity(severity, than) < 0;
}

/** What people know and said; what they said of something less bad does not hold. */
function carried(
  before: IncidentRecord | null,
  severity: Severity,
): Pick<IncidentRecord, 'told' | 'known' | 'ack' | 'silence' | 'absorbedTold' | 'unknownTold'> {
  if (before === null) return {};
  const { known, absorbedTold, unknownTold, ack, silence } = before;
  const told = before.phase === 'resolved' ? endedElsewhere(before.told) : before.told;
  const holds = (word: Acknowledgement | undefined) =>
    word !== undefined && !isWorse(severity, word.severity);
  return {
    ...(told === undefined ? {} : { told }),
    ...(known === undefined ? {} : { known }),
    ...(absorbedTold === undefined ? {} : { absorbedTold }),
    ...(unknownTold === undefined ? {} : { unknownTold }),
    ...(holds(ack) ? { ack } : {}),
    ...(holds(silence) ? { silence } : {}),
  };
}

/** Other channels heard its end; its return is told where its alert is. */
function endedElsewhere(told: Told | undefined): Told | undefined {
  if (told === undefined) return told;
  const { elsewhere: _, ...rest } = told;
  return rest;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
