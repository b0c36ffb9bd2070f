import type { ReportedFinding } from '../model/report.ts';
import { type Gap, nameOf } from '../model/snapshot.ts';
import { count } from '../model/text.ts';
import { worstFirst } from './finding-order.ts';
import { gapConsequence, sayGap } from './gap-words.ts';
import { markdownCode } from './markdown-escapes.ts';

const mostGaps = 200;

/** The findings, the worst first and known ones last, in at most `room` bytes; what does not fit is counted. */
export function findingsTable(
  findings: readonly ReportedFinding[],
  room: number,
): readonly string[] {
  if (findings.length === 0) return [];
  const head = `### ${count(findings.length, 'finding')}\n\n| impact | object | service | since | what |\n| --- | --- | --- | --- | --- |`;
  const rows: string[] = [];
  let left = room - bytesOf(head) - 200;
  for (const finding of worstFirst(findings)) {
    const row = rowOf(finding);
    left -= bytesOf(row) + 1;
    if (left < 0) break;
    rows.push(row);
  }
  const rest = findings.length - rows.length;
  return [
    [head, ...rows].join('\n'),
    ...(rest === 0 ? [] : [`… and ${count(rest, 'more finding')}: all of them are in the report`]),
  ];
}

function rowOf(finding: ReportedFinding): string {
  const { impact, known, object, service, since, reason, message } = finding;
  const cells = [
    known === null ? impact : `known: ${markdownCode(known, 120)}`,
    markdownCode(`${object.kind} ${nameOf(object)}`, 330),
    service === null ? '' : markdownCode(service, 120),
    since === null ? '' : markdownCode(since, 30),
    `${markdownCode(reason, 80)} ${markdownCode(message, 300)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What could not be read, and what that means. */
export function gapsTable(gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  const rows = gaps
    .slice(0, mostGaps)
    .map(
      (gap) =>
        `| ${markdownCode(sayGap(gap), 200)} | ${gapConsequence(gap)} | ${gap.detail === '' ? '' : markdownCode(gap.detail, 300)} |`,
    );
  const rest = gaps.length - rows.length;
  return [
    `### Not read\n\n| what | so | why |\n| --- | --- | --- |\n${rows.join('\n')}`,
    ...(rest === 0 ? [] : [`… and ${count(rest, 'more gap')} in the report`]),
  ];
}

/** UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
