import type { AlertLine, AlertView } from '../model/alert.ts';
import { groupBy } from '../model/group.ts';
import type { CycleReport, ReportedFinding, ReportedIncident } from '../model/report.ts';
import { type Gap, nameOf } from '../model/snapshot.ts';
import type { CycleStatus, StatusSummary } from '../model/state.ts';
import { count } from '../model/text.ts';
import { parseTime } from '../model/time.ts';
import { type DumpSeen, sayClock, sayYoung } from './dump-words.ts';
import { worstFirst } from './finding-order.ts';
import { gapConsequence, sayGap } from './gap-words.ts';
import { inertLine } from './log.ts';
import { nameLine, oneLine } from './plain-text.ts';
import { alertLines, belowLines } from './text-alert.ts';
import { blindMeaning, sayBlind, sayTime } from './words.ts';

/** What a terminal shows beside the report. */
export interface Beside {
  /** Incidents that count and that nobody is told of. */
  readonly below?: readonly AlertLine[];
  /** null: the cluster itself was looked at. */
  readonly dump?: DumpSeen | null;
}

/** A cycle for a terminal: status, the alert as Slack shows it, the findings, what could not be read. Plain text, inert also in a workflow's log. */
export function reportText(
  report: CycleReport,
  view: AlertView | null,
  { below = [], dump = null }: Beside = {},
): string {
  const now = view?.now ?? dump?.now ?? parseTime(report.started_at) ?? 0;
  const parts = [
    [...statusLines(report), ...(dump === null ? [] : [sayClock(dump)])],
    view === null ? quiet(report, dump) : alertLines(view),
    belowLines(below, now),
    endedLines(report.incidents),
    findingLines(report.findings, now),
    gapLines(report.gaps),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(inertLine).join('\n'))
    .join('\n\n')}\n`;
}

/** `prod: cycle 12 completed in 3.2 s; 14 findings, 3 incidents, 1 gap; the monitor itself is healthy`, and what went wrong. No word of it may be read as the cluster's health. */
function statusLines(report: CycleReport): readonly string[] {
  const { cluster, status, health, cycle_number, cycle_duration_seconds } = report;
  const cycle = `cycle ${cycle_number} ${endWords[status]} ${cycle_duration_seconds.toFixed(1)} s`;
  const failed =
    report.failed_cycles === 0 ? '' : ` (${count(report.failed_cycles, 'failed cycle')} in a row)`;
  const counts = [
    count(report.findings.length, 'finding'),
    count(report.incidents.length, 'incident'),
    count(report.gaps.length, 'gap'),
  ];
  return [
    `${nameLine(cluster, 100)}: ${cycle}; ${counts.join(', ')}; the monitor itself is ${health}${failed}`,
    ...failure(report),
    ...blindness(report),
    ...delivery(report),
    ...report.warnings.map((warning) => `warning: ${nameLine(warning, 500)}`),
  ];
}

const endWords: { readonly [status in CycleStatus]: string } = {
  healthy: 'completed in',
  completed: 'completed in',
  failed: 'failed after',
  error: 'broke off after',
};

function failure({ phase, error }: CycleReport): readonly string[] {
  if (error === null) return [];
  return [`failed${phase === null ? '' : ` in ${nameLine(phase, 60)}`}: ${nameLine(error, 1000)}`];
}

function blindness({ blind, started_at }: CycleReport): readonly string[] {
  if (blind === null) return [];
  return [`blind ${sayBlind(blind, parseTime(started_at) ?? 0)}: ${blindMeaning}`];
}

/** What became of the notifications, where any were due. */
function delivery({ notification_result: result }: CycleReport): readonly string[] {
  if (result === null) return [];
  const taken = result.deliveries.filter(({ accepted }) => accepted).length;
  const sent = `Slack took ${taken} of ${count(result.deliveries.length, 'notification')}`;
  return [
    ...(result.deliveries.length === 0 ? [] : [sent]),
    ...(result.error === null ? [] : [`NOT TOLD: ${nameLine(result.error, 500)}`]),
    ...(result.reason === null ? [] : [`NOT TOLD: ${nameLine(result.reason, 500)}`]),
  ];
}

function quiet(report: CycleReport, dump: DumpSeen | null): readonly string[] {
  if (report.status === 'failed' || report.status === 'error')
    return ['The cluster was not judged in this cycle.'];
  if (report.findings.length > 0) return ['Nothing that people must be told now.'];
  const young = dump === null ? null : sayYoung(dump);
  return [young === null ? 'Nothing is wrong with what was read.' : `Nothing to tell: ${young}`];
}

/** What people were told of and what has ended. */
function endedLines(incidents: readonly ReportedIncident[]): readonly string[] {
  return incidents
    .filter(({ notify }) => notify === 'resolved')
    .map(({ severity, services, root, summary }) => {
      const subject = services.length === 0 ? `${root.kind} ${nameOf(root)}` : services.join(', ');
      return `✅ Resolved: ${nameLine(subject, 120)}, was ${severity}: ${nameLine(summary, 200)}`;
    });
}

/** One line each, aligned. Known ones are counted: nobody has to act on them. */
function findingLines(findings: readonly ReportedFinding[], now: number): readonly string[] {
  const open = findings.filter(({ known }) => known === null);
  const known = findings.length - open.length;
  const rows = folded(worstFirst(open)).map(({ finding, more }) => ({
    cells: [
      finding.impact,
      `${finding.object.kind} ${nameOf(finding.object)}${more === 0 ? '' : ` +${more}`}`,
      nameLine(finding.reason, 60),
      sinceOf(finding.since, now),
    ],
    said: nameLine(finding.message, 160),
  }));
  const widths = widthsOf(rows.map(({ cells }) => cells.map((cell) => nameLine(cell, 320))));
  return [
    ...(open.length === 0 ? [] : [`Findings (${open.length})`]),
    ...rows.map(({ cells, said }) => `  ${aligned(cells, widths)}  ${said}`),
    ...(known === 0 ? [] : [`${count(known, 'known finding')} not listed: see the report`]),
  ];
}

/** Objects that say the same, but for their own names, are one line: `Pod shop/api-1 +2`. */
function folded(
  findings: readonly ReportedFinding[],
): readonly { readonly finding: ReportedFinding; readonly more: number }[] {
  const alike = groupBy(findings, ({ impact, object, reason, message }) =>
    [impact, object.kind, object.namespace, reason, message.replaceAll(object.name, '')].join('\n'),
  );
  return [...alike.values()].flatMap(([finding, ...others]) =>
    finding === undefined ? [] : [{ finding, more: others.length }],
  );
}

function sinceOf(since: string | null, now: number): string {
  const at = parseTime(since);
  return at === null ? '-' : `since ${sayTime(at, now)}`;
}

/** Columns wider than this do not push the others aside. */
const widest = 48;

function widthsOf(rows: readonly (readonly string[])[]): readonly number[] {
  const columns = rows[0] ?? [];
  return columns.map((_, column) =>
    Math.max(...rows.map((row) => Math.min(widest, row[column]?.length ?? 0))),
  );
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((cell, column) => nameLine(cell, 320).padEnd(widths[column] ?? 0)).join('  ');
}

/** What could not be read and what follows; kinds that a dump does not hold share a line. */
function gapLines(gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  const absent = gaps.filter(({ reason }) => reason === 'not-in-dump');
  const kinds = absent.map(({ kind }) => nameLine(kind, 80)).join(', ');
  return [
    `Not read (${gaps.length})`,
    ...gaps.filter(({ reason }) => reason !== 'not-in-dump').flatMap(gapLine),
    ...(absent.length === 0 ? [] : [`  not in the dump: ${kinds}; faults there would be missed`]),
  ];
}

function gapLine(gap: Gap): readonly string[] {
  const detail = oneLine(gap.detail, 300);
  return [
    `  ${nameLine(sayGap(gap), 200)}: ${gapConsequence(gap)}`,
    ...(detail === '' ? [] : [`    ${detail}`]),
  ];
}

/** The flat status, one fact a line. */
export function statusText(status: StatusSummary): string {
  return `${[
    ['health', status.health],
    ['cycles', String(status.cycle_count)],
    ['failed in a row', String(status.failed_cycles)],
    ['last success', status.last_successful_cycle ?? 'none yet'],
    ['last status', status.last_cycle_status ?? 'none yet'],
  ]
    .map(([label = '', said = '']) => inertLine(`${label.padEnd(16)} ${nameLine(said, 60)}`))
    .join('\n')}\n`;
}

/** Each check with what it means for those who depend on it. */
export function checksText(
  checks: readonly { readonly id: string; readonly title: string; readonly why: string }[],
): string {
  const width = Math.max(0, ...checks.map(({ id }) => id.length));
  return checks
    .map(({ id, title, why }) => `${id.padEnd(width)}  ${title}\n${' '.repeat(width + 2)}${why}\n`)
    .join('');
}
