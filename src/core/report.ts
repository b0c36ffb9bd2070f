import { summaryOf } from './lifecycle/lines.ts';
import type { Blind } from './model/blind.ts';
import type { CycleStamp, Decided } from './model/cycle.ts';
import type { Decision } from './model/decision.ts';
import type { Finding } from './model/finding.ts';
import type { Incident, Observation } from './model/incident.ts';
import type { Notification, Receipt } from './model/notification.ts';
import type {
  Backup,
  CycleReport,
  EscalationDecision,
  NotificationResult,
  ReportedFinding,
  ReportedIncident,
} from './model/report.ts';
import type { IncidentRecord } from './model/state.ts';
import { trendOf } from './model/trend.ts';

/** What is known of a cycle when its report is written: a draft knows less. */
export interface ReportInput {
  readonly stamp: CycleStamp;
  readonly durationSeconds: number;
  readonly observation: Observation | null;
  /** null in a draft that stands before any decision. */
  readonly decided: Decided | null;
  /** The stage that runs (draft) or failed; null where none did. */
  readonly phase: string | null;
  /** Redacted. */
  readonly error: string | null;
  readonly traceback: string | null;
  readonly receipts: readonly Receipt[];
  readonly backedUp: boolean;
  /** Why what is due is not sent at all (a dry run); null: it is. */
  readonly withheld: string | null;
  readonly saved: boolean;
  readonly warnings: readonly string[];
  /** A draft says `error`: it is what stays when the run dies. */
  readonly draft: boolean;
}

/** The cycle's one report, with every field of the contract. */
export function report(input: ReportInput): CycleReport {
  const { stamp, observation, decided } = input;
  return {
    schema: 1,
    cycle_id: decided?.cycleId ?? stamp.id,
    cycle_number: decided?.state.cycleCount ?? 0,
    cluster: stamp.cluster,
    started_at: stamp.startedAt,
    status: input.draft ? 'error' : (decided?.status ?? 'error'),
    phase: input.phase,
    error: input.error,
    traceback: input.traceback,
    cycle_duration_seconds: Math.round(input.durationSeconds * 1000) / 1000,
    schedule_lag_seconds: stamp.rhythm?.lagSeconds ?? null,
    blind: reportedBlind(decided?.blind ?? null),
    trend: trendOf(decided?.state.trend ?? []),
    failed_cycles: decided?.state.failedCycles ?? 0,
    health: decided?.state.health ?? 'healthy',
    findings: (observation?.findings ?? []).map(reportedFinding),
    incidents: reportedIncidents(observation?.incidents ?? [], decided),
    gaps: observation?.gaps ?? [],
    escalation_decision: escalationDecision(decided?.decision ?? null),
    notification_result: notificationResult(input),
    notifications_sent: input.receipts.some((receipt) => receipt.accepted) ? 1 : 0,
    state_saved: input.saved,
    warnings: input.warnings,
  };
}

/** The draft of a run that was cut off after `step`, with what Slack said until then. */
export function cutOffReport(
  draft: CycleReport,
  step: string,
  receipts: readonly Receipt[],
): CycleReport {
  const said = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const { notification_result: result } = draft;
  const deliveries = (result?.deliveries ?? []).map((each) => {
    const receipt = said.get(each.id);
    return receipt === undefined
      ? each
      : { ...each, accepted: receipt.accepted, error: receipt.error };
  });
  const success = result?.reason === null && deliveries.every(({ accepted }) => accepted);
  const error = deliveries.find((each) => each.error !== null)?.error ?? null;
  return {
    ...draft,
    error: draft.error ?? `The run was cut off after "${step}"`,
    notification_result: result === null ? null : { ...result, success, error, deliveries },
    notifications_sent: receipts.some(({ accepted }) => accepted) ? 1 : 0,
  };
}

function reportedBlind(blind: Blind | null): CycleReport['blind'] {
  return blind === null ? null : { from: blind.from, to: blind.to, missed_cycles: blind.missed };
}

function reportedFinding(finding: Finding): ReportedFinding {
  const { kind, namespace, name } = finding.object;
  return {
    check: finding.check,
    reason: finding.reason,
    object: { kind, namespace, name },
    impact: finding.impact,
    service: finding.service,
    since: finding.since,
    message: finding.message,
    evidence: finding.evidence,
    known: finding.known,
  };
}

/** The decision under the contract's names. */
function escalationDecision(decision: Decision | null): EscalationDecision | null {
  if (decision === null) return null;
  return {
    severity: decision.severity,
    confidence: decision.confidence,
    should_notify: decision.shouldNotify,
    affected_services: decision.affectedServices,
    root_cause: decision.rootCause,
    immediate_actions: decision.immediateActions,
    business_impact: decision.businessImpact,
    by: decision.by,
  };
}

/** What lies in the backup file while `notifications` are not accepted; null where there is nothing to keep. */
export function backupOf(
  decided: Decided,
  cluster: string,
  notifications: readonly Notification[],
): Backup | null {
  const [first] = notifications;
  if (first === undefined) return null;
  return {
    cycle_id: decided.cycleId,
    cluster,
    severity: decided.decision?.severity ?? first.severity,
    escalation_decision: escalationDecision(decided.decision),
    notifications,
  };
}

/** In the verdicts' order, which is the headline's. */
function reportedIncidents(
  seen: readonly Incident[],
  decided: Decided | null,
): readonly ReportedIncident[] {
  const byFingerprint = new Map(seen.map((incident) => [incident.fingerprint, incident]));
  return (decided?.verdicts ?? []).flatMap((verdict): ReportedIncident[] => {
    const incident = byFingerprint.get(verdict.fingerprint);
    const record = decided?.state.incidents[verdict.fingerprint];
    const known: Incident | IncidentRecord | undefined = incident ?? record;
    if (known === undefined) return [];
    return [
      {
        fingerprint: verdict.fingerprint,
        state: verdict.state,
        severity: record?.severity ?? 'SEV-4',
        root: known.root,
        cause: incident?.cause ?? 'unknown',
        summary: incident?.summary ?? (record === undefined ? '' : summaryOf(record)),
        services: known.services,
        since: known.since,
        symptoms: (incident?.symptoms ?? []).map(({ reason, check, count, examples }) => ({
          reason,
          check,
          count,
          examples,
        })),
        looked: incident?.looked ?? null,
        findings: incident?.findings ?? [],
        notify: verdict.notify,
        reason: verdict.reason,
      },
    ];
  });
}

function notificationResult({
  decided,
  receipts,
  backedUp,
  withheld,
}: ReportInput): NotificationResult | null {
  if (decided === null || (decided.due.length === 0 && decided.heldBack === null)) return null;
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const deliveries = decided.due.map(({ id, kind, reason, channel }) => {
    const receipt = byId.get(id);
    return {
      id,
      kind,
      reason,
      channel,
      accepted: receipt?.accepted ?? false,
      error: receipt?.error ?? null,
    };
  });
  return {
    success:
      decided.heldBack === null &&
      withheld === null &&
      deliveries.every((delivery) => delivery.accepted),
    backed_up: backedUp,
    error: deliveries.find((delivery) => delivery.error !== null)?.error ?? null,
    reason: decided.heldBack ?? (deliveries.length === 0 ? null : withheld),
    deliveries,
  };
}
