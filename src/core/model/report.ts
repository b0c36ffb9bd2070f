import type { Verdict } from './cycle.ts';
import type { DecidedBy, Severity } from './decision.ts';
import type { Evidence, Impact } from './finding.ts';
import type { Certainty, Root, SymptomCount } from './incident.ts';
import type { Notification } from './notification.ts';
import type { Gap, ObjectRef } from './snapshot.ts';
import type { CycleStatus, Health, IncidentState } from './state.ts';
import type { Trend } from './trend.ts';

export interface ReportedFinding {
  readonly check: string;
  readonly reason: string;
  readonly object: ObjectRef;
  readonly impact: Impact;
  readonly service: string | null;
  readonly since: string | null;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** The known issue's note; null: it counts. */
  readonly known: string | null;
}

export interface ReportedIncident {
  readonly fingerprint: string;
  readonly state: IncidentState;
  readonly severity: Severity;
  readonly root: Root;
  readonly cause: Certainty;
  readonly summary: string;
  readonly services: readonly string[];
  readonly since: string | null;
  /** What hangs on the root, by check and reason; empty for one that is not seen now. */
  readonly symptoms: readonly Omit<SymptomCount, 'message'>[];
  /** Where nobody says why, also of what surely fails: what was looked at for it; else null. */
  readonly looked: string | null;
  /** Indices into `findings`; empty for one that is not seen now. */
  readonly findings: readonly number[];
  readonly notify: Verdict['notify'];
  readonly reason: string;
}

/** The contract's names, to the letter. */
export interface EscalationDecision {
  readonly severity: Severity;
  readonly confidence: number;
  readonly should_notify: boolean;
  readonly affected_services: readonly string[];
  readonly root_cause: string;
  readonly immediate_actions: readonly string[];
  readonly business_impact: string;
  readonly by: DecidedBy;
}

interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly channel: string;
  readonly accepted: boolean;
  readonly error: string | null;
}

export interface NotificationResult {
  /** Everything that was due was accepted. */
  readonly success: boolean;
  /** What was not accepted lies in the backup file. */
  readonly backed_up: boolean;
  readonly error: string | null;
  /** Why something that should be told is not; null where nothing is held back. */
  readonly reason: string | null;
  readonly deliveries: readonly Delivery[];
}

/** The one report that a cycle ends in: `logs/cycle_<cycle_id>.json`. JSON Schema: docs/report.schema.json. */
export interface CycleReport {
  readonly schema: 1;
  readonly cycle_id: string;
  readonly cycle_number: number;
  readonly cluster: string;
  readonly started_at: string;
  readonly status: CycleStatus;
  /** The stage that failed or, in a draft, runs: k8s-analyzer, escalation-manager, slack-notifier, configuration, state. */
  readonly phase: string | null;
  readonly error: string | null;
  readonly traceback: string | null;
  readonly cycle_duration_seconds: number;
  /** Since the schedule's last time before the start, for a scheduled run; read in UTC, for GitHub tells nobody the `timezone` of a schedule; null: no schedule started it. */
  readonly schedule_lag_seconds: number | null;
  /** Cycles that should have run before this one and did not: when the last one and this one started, and about how many; null: none. */
  readonly blind: {
    readonly from: string;
    readonly to: string;
    readonly missed_cycles: number;
  } | null;
  readonly trend: Trend;
  readonly failed_cycles: number;
  readonly health: Health;
  readonly findings: readonly ReportedFinding[];
  readonly incidents: readonly ReportedIncident[];
  readonly gaps: readonly Gap[];
  readonly escalation_decision: EscalationDecision | null;
  readonly notification_result: NotificationResult | null;
  /** 1 if Slack accepted anything in this cycle, else 0. */
  readonly notifications_sent: 0 | 1;
  readonly state_saved: boolean;
  /** What went wrong beside the stages (Claude unusable, issue refused, memory corrupt), one sentence each. */
  readonly warnings: readonly string[];
}

/** The contract's backup: `logs/incidents/backup_<cycle_id>_<severity>.json`. */
export interface Backup {
  readonly cycle_id: string;
  readonly cluster: string;
  readonly severity: Severity;
  readonly escalation_decision: EscalationDecision | null;
  /** Every notification that Slack did not accept. */
  readonly notifications: readonly Notification[];
}
