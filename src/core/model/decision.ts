/** Loudest first. */
export const severities = ['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'] as const;
export type Severity = (typeof severities)[number];

export type DecidedBy = 'policy' | 'claude' | 'conservative-default';

/** The escalation decision on one incident. `escalation_decision` of a report is the loudest incident's. */
export interface Decision {
  readonly severity: Severity;
  /** 0..100: 95 where typed fields decide, 70 where a message text decides, 50 only the fallback. */
  readonly confidence: number;
  readonly shouldNotify: boolean;
  readonly affectedServices: readonly string[];
  readonly rootCause: string;
  readonly immediateActions: readonly string[];
  readonly businessImpact: string;
  readonly by: DecidedBy;
}

/** What the escalation-manager says of each incident, by fingerprint. */
export interface Assessments {
  readonly byFingerprint: { readonly [fingerprint: string]: Decision | undefined };
  /** The whole stage's fallback: set when the one Claude call or the stage itself failed; then it is the cycle's decision. */
  readonly fallback: Decision | null;
  /** One plain line for the report and the summary when Claude was asked and could not be used; null otherwise. */
  readonly trouble: string | null;
}

/** Negative when `a` is louder than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}

export function louder(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) <= 0 ? a : b;
}
