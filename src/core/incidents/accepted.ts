import type { AcceptedFinding } from '../model/catalog.ts';
import type { Checked, Finding } from '../model/finding.ts';
import type { AcceptedTrouble } from '../model/incident.ts';
import type { ObjectRef } from '../model/snapshot.ts';
import { parseTime } from '../model/time.ts';

type Acceptable = Pick<Checked, 'check' | 'cause'> & { readonly workload: ObjectRef };

/** Why a finding is accepted; null: it counts. */
export function acceptedNote(
  entries: readonly AcceptedFinding[],
  finding: Acceptable,
  now: number,
): string | null {
  const entry = entries.find((each) => !isExpired(each, now) && isOf(each, finding));
  if (entry === undefined) return null;
  const owner = entry.owner === null ? '' : ` (${entry.owner})`;
  return `accepted${owner}${entry.why === null ? '' : `: ${entry.why}`}`;
}

/** Entries that somebody must look at: expired, without anything that they match, or not filled in. `isJudged`: whether the check could look there at all. */
export function acceptedTroubles(
  entries: readonly AcceptedFinding[],
  findings: readonly Finding[],
  now: number,
  isJudged: (check: string, namespace: string | null) => boolean,
): readonly AcceptedTrouble[] {
  return entries.flatMap((entry): AcceptedTrouble[] => {
    const { check, kind, namespace, name } = entry;
    const trouble = (what: AcceptedTrouble['trouble']) => [
      { check, object: { kind, namespace, name }, trouble: what },
    ];
    if (isExpired(entry, now)) return trouble('expired');
    if (!findings.some((finding) => isOf(entry, finding))) {
      const instead = reasonsThere(entry, findings);
      if (instead.length > 0) return trouble('misnamed').map((each) => ({ ...each, instead }));
      return isJudged(check, namespace) ? trouble('unmatched') : [];
    }
    return entry.owner === null || entry.why === null || entry.until === null
      ? trouble('unfilled')
      : [];
  });
}

/** The reasons under which the entry's check finds its object now. */
function reasonsThere(entry: AcceptedFinding, findings: readonly Finding[]): readonly string[] {
  const reasons = findings
    .filter((finding) => isOf({ ...entry, reason: finding.cause.reason }, finding))
    .map(({ cause }) => cause.reason);
  return [...new Set(reasons)];
}

/** The findings that are there now, as entries for the catalog, none twice; owner, reason and expiry are for people to fill in. */
export function acceptAll(findings: readonly Finding[]): readonly AcceptedFinding[] {
  const entries = findings
    .filter(({ known }) => known === null)
    .map(({ check, cause, workload }): [string, AcceptedFinding] => {
      const entry = { check, reason: cause.reason, ...refOf(workload), owner: null, why: null };
      return [JSON.stringify(entry), { ...entry, until: null }];
    });
  return [...new Map(entries).values()];
}

function refOf({ kind, namespace, name }: ObjectRef): ObjectRef {
  return { kind, namespace, name };
}

function isExpired({ until }: AcceptedFinding, now: number): boolean {
  return until !== null && now >= (parseTime(until) ?? 0);
}

function isOf(entry: AcceptedFinding, { check, cause, workload }: Acceptable): boolean {
  return (
    entry.check === check &&
    entry.reason === cause.reason &&
    entry.kind === workload.kind &&
    entry.namespace === workload.namespace &&
    entry.name === workload.name
  );
}
