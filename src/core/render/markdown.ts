import type { AlertView } from '../model/alert.ts';
import type { CycleReport, EscalationDecision } from '../model/report.ts';
import { count } from '../model/text.ts';
import { parseTime, sayDuration } from '../model/time.ts';
import { sayTrend } from '../model/trend.ts';
import { alertParts } from './markdown-alert.ts';
import { markdownCode, markdownLink } from './markdown-escapes.ts';
import { bytesOf, findingsTable, gapsTable } from './markdown-tables.ts';
import {
  blindMeaning,
  conditionOf,
  listed,
  rootBeside,
  sayBlind,
  severityEmoji,
  subjectOf,
} from './words.ts';

/** GitHub drops a summary of more than 1 MiB whole; bytes. */
const summaryLimit = 900_000;

/**
 * The job's summary: what did not reach Slack, the state, what to do, the findings, what could not be
 * read. At most 900 KB: findings that do not fit are counted.
 */
export function jobSummary(input: {
  report: CycleReport;
  view: AlertView | null;
  /** Notifications that Slack has not accepted. */
  undelivered: number;
  artifactUrl: string | null;
}): string {
  const { report, view } = input;
  const before = [
    ...undeliveredLine(input.undelivered, report),
    heading(report, view),
    ...notTold(report),
    stateLine(report),
    ...failure(report),
    ...blindLine(report),
    ...trendLine(report),
    ...(view === null ? quiet(report) : alertParts(view)),
    ...warnings(report.warnings),
  ];
  const link = markdownLink(input.artifactUrl, 'Files of this cycle');
  const after = [...gapsTable(report.gaps), ...(link === '' ? [] : [link])];
  const room = summaryLimit - bytesOf(before.join('\n\n')) - bytesOf(after.join('\n\n')) - 10;
  return `${[...before, ...findingsTable(report.findings, room), ...after].join('\n\n')}\n`;
}

function undeliveredLine(number: number, report: CycleReport): readonly string[] {
  if (number === 0) return [];
  const error = report.notification_result?.error ?? null;
  const why = error === null ? '' : ` ${markdownCode(error, 500)}`;
  return [
    `❌ **${count(number, 'notification')} did not reach Slack.**${why} Kept in the backup file and sent by the next cycle.`,
  ];
}

function heading(report: CycleReport, view: AlertView | null): string {
  const head = view?.lines[0];
  const cluster = markdownCode(report.cluster, 100);
  if (head !== undefined)
    return `## ${severityEmoji[head.decision.severity]} ${head.decision.severity} · ${markdownCode(subjectOf(head), 120)} ${conditionOf(head)}: ${markdownCode(rootBeside(head), 200)} · ${cluster}`;
  if (report.status === 'failed' || report.status === 'error')
    return `## ❌ ${report.status} · ${cluster} was not judged`;
  return report.findings.length === 0 && report.gaps.length === 0
    ? `## ✅ healthy · ${cluster}`
    : `## ${cluster}: nothing that people must be told now`;
}

function stateLine(report: CycleReport): string {
  return listed([
    `Cycle ${report.cycle_number} (${markdownCode(report.cycle_id, 40)})`,
    `status **${report.status}**`,
    `health **${report.health}**`,
    report.failed_cycles === 0 ? '' : `${count(report.failed_cycles, 'failed cycle')} in a row`,
    `${report.cycle_duration_seconds.toFixed(1)} s`,
    lateBy(report),
    report.state_saved ? '' : '**state not saved**: this may be told again',
  ]);
}

/** GitHub starts most scheduled runs some minutes late; a minute is nothing to read. Whether the workflow gives its schedule a `timezone` is not known. */
function lateBy({ schedule_lag_seconds: lag }: CycleReport): string {
  return lag === null || lag < 60
    ? ''
    : `started ${sayDuration(lag)} after its schedule, read in UTC`;
}

/** A time without a look that this cycle ended. */
function blindLine({ blind, started_at }: CycleReport): readonly string[] {
  if (blind === null) return [];
  const now = parseTime(started_at) ?? 0;
  return [
    `⚠️ **Blind ${sayBlind(blind, now)}:** ${blindMeaning}. About ${count(blind.missed_cycles, 'cycle')} did not run.`,
  ];
}

/** Whether the cluster gets better, where it changes. */
function trendLine({ trend }: CycleReport): readonly string[] {
  const said = sayTrend(trend);
  return said === '' ? [] : [`**Trend** ${said}`];
}

function failure({ phase, error }: CycleReport): readonly string[] {
  if (error === null) return [];
  const where = phase === null ? '' : ` in ${markdownCode(phase, 60)}`;
  return [`**Failed${where}:** ${markdownCode(error, 1000)}`];
}

/** Why something that should be told is not. */
function notTold({ notification_result }: CycleReport): readonly string[] {
  const reason = notification_result?.reason ?? null;
  return reason === null ? [] : [`**NOT TOLD:** ${markdownCode(reason, 500)}`];
}

/** No incident to tell of: the decision, where there is one. */
function quiet({ escalation_decision }: CycleReport): readonly string[] {
  return escalation_decision === null ? [] : [decided(escalation_decision)];
}

function decided(decision: EscalationDecision): string {
  return `**${decision.severity}** ${markdownCode(decision.root_cause, 300)}`;
}

function warnings(all: readonly string[]): readonly string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, 20).map((warning) => `- ⚠️ ${markdownCode(warning, 500)}`);
  const rest = all.length - shown.length;
  return [shown.join('\n'), ...(rest === 0 ? [] : [`… and ${count(rest, 'more warning')}`])];
}
