import type { KnownIssue } from '../model/catalog.ts';
import type { Checked } from '../model/finding.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { isOlder, parseTime } from '../model/time.ts';
import { matchesGlob } from './glob.ts';

/** A symptom as known issues see it. */
export interface Knowable extends Checked {
  readonly workload: ObjectRef;
}

/** The note of the first known issue that matches; null: the finding counts. */
export function knownNote(
  issues: readonly KnownIssue[],
  finding: Knowable,
  now: number,
): string | null {
  return issues.find((issue) => isKnown(issue, finding, now))?.note ?? null;
}

function isKnown(issue: KnownIssue, finding: Knowable, now: number): boolean {
  const until = parseTime(issue.until);
  if (issue.until !== undefined && (until === null || now >= until)) return false;
  if (issue.forSeconds !== undefined && isOlder(finding.since, issue.forSeconds, now)) return false;
  if (issue.check !== undefined && issue.check !== finding.check) return false;
  if (issue.reason !== undefined && !hasReason(finding, issue.reason)) return false;
  return [finding.object, finding.workload].some((ref) => names(issue, ref));
}

function hasReason(finding: Knowable, wanted: string): boolean {
  return wanted === finding.reason || wanted === finding.cause.reason;
}

/** People write the Deployment's name or the pod's with a star: kind and name must both fit one of the two objects. */
function names(issue: KnownIssue, ref: ObjectRef): boolean {
  if (issue.kind !== undefined && issue.kind !== ref.kind) return false;
  return issue.name === undefined || matchesGlob(issue.name, ref.name);
}
