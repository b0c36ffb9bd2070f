import { compareSeverity, louder, type Severity } from '../model/decision.ts';
import type { Incident, Observation } from '../model/incident.ts';
import type { IncidentRecord } from '../model/state.ts';
import { cut } from '../model/text.ts';

/** Characters kept of what the cluster wrote: names as long as Kubernetes allows them. */
const kept = { name: 253, word: 63, summary: 120, services: 5, namespaces: 20, checks: 8 };

/** With more incidents than this at once the reason alone stands for the summary, so that 150 of them stay below 64 KiB. */
const mostSummaries = 50;

/** What is remembered of an incident that is seen now; what people were told is carried on. `together`: how many there are. */
export function seenRecord(
  before: IncidentRecord | null,
  incident: Incident,
  observation: Observation,
  severity: Severity,
  at: string,
  together: number,
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
    summary: together > mostSummaries ? cut(root.reason, 24) : cut(incident.summary, kept.summary),
    since: incident.since,
    ...(incident.sinceExact ? {} : { sinceExact: false as const }),
    openedAt: before?.openedAt ?? at,
    checks: unique(seenBy.map(({ check }) => check)).slice(0, kept.checks),
    ...(elsewhere.length === 0 ? {} : { namespaces: elsewhere.slice(0, kept.namespaces) }),
    ...carried(before),
  };
}

/** Looked for and not seen. `lookedAt`: when the last look was, which saw it if it was open then. */
export function absentRecord(before: IncidentRecord, at: string, lookedAt: string): IncidentRecord {
  const { unknownSince: _, ...rest } = before;
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

/** Ended. What was told stays, so that its return within the reopen window is not news. */
export function resolvedRecord(before: IncidentRecord, at: string): IncidentRecord {
  const { known: _, dueAt: __, unknownSince: ___, ...rest } = before;
  return { ...rest, phase: 'resolved', resolvedAt: at };
}

/** The loudest it ever was. */
export function worstOf(record: IncidentRecord | null): Severity | null {
  return record === null ? null : (record.worst ?? record.severity);
}

export function isWorse(severity: Severity, than: Severity): boolean {
  return compareSeverity(severity, than) < 0;
}

function carried(before: IncidentRecord | null): Pick<IncidentRecord, 'told' | 'known'> {
  return {
    ...(before?.told === undefined ? {} : { told: before.told }),
    ...(before?.known === undefined ? {} : { known: before.known }),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
