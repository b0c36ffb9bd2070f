import type { AlertLine, AlertView } from '../model/alert.ts';
import type { Decision } from '../model/decision.ts';
import { type Evidence, type Finding, standingTogether } from '../model/finding.ts';
import { groupBy } from '../model/group.ts';
import {
  countingFindings,
  countingGaps,
  type Incident,
  type Observation,
  worstHit,
} from '../model/incident.ts';
import { isSame } from '../model/snapshot.ts';
import type { IncidentRecord } from '../model/state.ts';
import { compareText, cut } from '../model/text.ts';
import { ageSeconds, parseTime } from '../model/time.ts';
import type { LastAlertOf } from './history.ts';
import { pace } from './pace.ts';
import { isInForce, type Planned } from './planned.ts';
import { worstOf } from './record.ts';

/** As much as any message has room for. */
const most = { evidence: 10, symptoms: 20, hidden: 10 };

/** Reasons for which somebody may be called: what goes on as it was calls nobody. */
const calling: ReadonlySet<string> = new Set([
  ...['BASELINE', 'NEW', 'RAISED', 'DEFERRED_DUE'],
  ...['WORSE', 'SILENCE_ENDED', 'UNINHIBITED'],
]);

/** What all messages of a cycle say beside their lines. */
export interface Setting {
  readonly cluster: string;
  readonly now: number;
  readonly runUrl: string | null;
  readonly mention: string | null;
  readonly firstLook: boolean;
  readonly unsaved: boolean;
  /** How often each incident began in the last seven days, this time included. */
  readonly timesOf: (fingerprint: string) => number;
  /** The link to the alert that told of an incident the last time; null: none. */
  readonly lastAlertOf: LastAlertOf;
  /** SEV-3 that came and went outside business hours and were never told. */
  readonly untold: number;
}

/** One message's incidents in headline order, with what belongs beside them. */
export function viewOf(
  lines: readonly AlertLine[],
  observation: Observation,
  setting: Setting,
): AlertView {
  const calls = lines.some(
    ({ decision, reason }) => decision.severity === 'SEV-1' && calling.has(reason),
  );
  const notes = new Set(observation.findings.flatMap(({ known }) => known ?? []));
  const { timesOf: _, lastAlertOf: __, ...shown } = setting;
  return {
    ...shown,
    mention: calls ? setting.mention : null,
    lines,
    gaps: countingGaps(observation),
    hidden: [...notes]
      .sort(compareText)
      .slice(0, most.hidden)
      .map((note) => cut(note, 200)),
  };
}

/** The incident as people are told of it now. */
export function lineOf(
  { sighting, record, verdict }: Planned,
  observation: Observation,
  { now, timesOf, lastAlertOf }: Pick<Setting, 'now' | 'timesOf' | 'lastAlertOf'>,
): AlertLine {
  const { fingerprint, seen, absorbedBy } = sighting;
  const line =
    seen === null
      ? rememberedLine(fingerprint, record)
      : seenLine(seen.incident, seen.decision, record, observation);
  const story = record.told?.key ?? fingerprint;
  const times = timesOf(story);
  const lastAlert = times < 2 ? null : lastAlertOf(story, record.told);
  const root = observation.incidents.find((each) => each.fingerprint === absorbedBy);
  return {
    ...line,
    ...wordsOn(record, now),
    ...verdictOf(verdict),
    ...(record.told?.key === undefined ? {} : { key: record.told.key }),
    ...(times < 2 ? {} : { times }),
    ...(lastAlert === null ? {} : { lastAlert }),
    ...(root === undefined ? {} : { partOf: cut(root.summary, 200) }),
  };
}

/** An incident that ended before this cycle. */
export function pastLine(fingerprint: string, record: IncidentRecord): AlertLine {
  return { ...rememberedLine(fingerprint, record), state: 'resolved', reason: 'RESOLVED' };
}

function verdictOf({ state, reason }: Planned['verdict']): Pick<AlertLine, 'state' | 'reason'> {
  return { state, reason };
}

type Line = Omit<AlertLine, 'state' | 'reason'>;

function seenLine(
  incident: Incident,
  decision: Decision,
  record: IncidentRecord,
  observation: Observation,
): Line {
  const findings = countingFindings(incident, observation);
  return {
    fingerprint: incident.fingerprint,
    root: incident.root,
    cause: incident.cause,
    looked: incident.looked,
    summary: incident.summary,
    impact: incident.impact,
    priority: incident.priority,
    services: incident.services,
    hit: worstHit(incident, findings).length,
    standing: standingTogether(findings),
    maxDowntimeSeconds: incident.maxDowntimeSeconds,
    since: incident.since,
    sinceExact: incident.sinceExact,
    openedAt: record.openedAt,
    resolvedAt: null,
    decision,
    commands: incident.commands,
    evidence: evidenceOf(findings).slice(0, most.evidence),
    ...lastWordsOf(findings, incident),
    symptoms: incident.symptoms.slice(0, most.symptoms),
  };
}

/** What is remembered of it in words: of very many only their reason. */
export function summaryOf({ summary, root }: IncidentRecord): string {
  return summary === '' ? root.reason : summary;
}

/** What people said of it, as long as that holds. */
function wordsOn(
  { ack, silence, opens }: IncidentRecord,
  now: number,
): Pick<AlertLine, 'ack' | 'silence' | 'opens'> {
  const held = (word: IncidentRecord['ack']) => (isInForce(word, now) ? word : undefined);
  const [acked, silenced] = [held(ack), held(silence)];
  return {
    ...(acked === undefined ? {} : { ack: { by: acked.by, until: acked.until } }),
    ...(silenced === undefined ? {} : { silence: { by: silenced.by, until: silenced.until } }),
    ...(opens === undefined ? {} : { opens: opens.length }),
  };
}

/**
 * The leading finding's facts, then what was written of others, then the fields of each other kind of finding. Objects
 * that say the same but for their own names are one, and where a cause is told no shortage that follows from it says
 * more.
 */
function evidenceOf(findings: readonly Finding[]): readonly Evidence[] {
  const causes = findings.filter(({ cause }) => cause.role !== 'symptom');
  const telling = causes.length === 0 ? findings : causes;
  const [lead, ...others] = firstOfEach(telling, ({ check, reason, object, message }) => [
    check,
    reason,
    message.replaceAll(object.name, ''),
  ]);
  const kinds = firstOfEach(telling, ({ check, reason }) => [check, reason]).slice(1);
  return [
    ...(lead?.evidence ?? []),
    ...others.flatMap(writtenOf),
    ...kinds.flatMap(({ evidence }) => evidence.filter(({ source }) => source === 'field')),
  ];
}

function firstOfEach(
  findings: readonly Finding[],
  key: (finding: Finding) => readonly string[],
): readonly Finding[] {
  const groups = groupBy(findings, (finding) => JSON.stringify(key(finding)));
  return [...groups.values()].flatMap((group) => group.slice(0, 1));
}

/** Events, and of a log only the line that says most, which comes first. */
function writtenOf({ evidence }: Finding): readonly Evidence[] {
  const said = evidence.find(({ source }) => source === 'log');
  return evidence.filter((each) => each === said || each.source === 'event');
}

function lastWordsOf(
  findings: readonly Finding[],
  { summary, root }: Incident,
): Pick<AlertLine, 'lastWords'> {
  const speaker = findings.find(({ proof }) => proof.lastWords !== undefined);
  const line = speaker?.proof.lastWords?.line;
  if (speaker === undefined || line === undefined || summary.includes(line)) return {};
  const { workload } = speaker;
  return { lastWords: isSame(workload, root) ? line : `${workload.name}: ${line}` };
}

/** After a pause nobody knows when it ended; within the hour the look that found it so is close enough. */
function lastSightOf({ lastSeenAt, resolvedAt }: IncidentRecord): Pick<AlertLine, 'lastSeenAt'> {
  const between = ageSeconds(lastSeenAt, parseTime(resolvedAt) ?? 0) ?? 0;
  return between > pace.unseen ? { lastSeenAt } : {};
}

/** What a record says of an incident that is not seen now: nothing about how it stands. */
function rememberedLine(fingerprint: string, record: IncidentRecord): Line {
  const severity = (record.phase === 'resolved' ? worstOf(record) : null) ?? record.severity;
  return {
    fingerprint,
    root: record.root,
    cause: 'unknown',
    looked: null,
    summary: summaryOf(record),
    impact: null,
    priority: null,
    services: record.services,
    maxDowntimeSeconds: null,
    since: record.since,
    sinceExact: record.sinceExact !== false,
    openedAt: record.openedAt,
    resolvedAt: record.resolvedAt ?? null,
    ...lastSightOf(record),
    decision: {
      severity,
      confidence: 95,
      shouldNotify: true,
      affectedServices: record.services,
      rootCause: summaryOf(record),
      immediateActions: [],
      businessImpact: '',
      by: 'policy',
    },
    commands: [],
    evidence: [],
    symptoms: [],
  };
}
