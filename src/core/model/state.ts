import type { Severity } from './decision.ts';
import type { Root } from './incident.ts';
import type { OutboxEntry } from './notification.ts';

export const cycleStatuses = ['healthy', 'completed', 'failed', 'error'] as const;
export type CycleStatus = (typeof cycleStatuses)[number];
export type Health = 'healthy' | 'degraded';

export const incidentStates = ['new', 'open', 'worse', 'clearing', 'unknown', 'resolved'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** What people were last told of an incident. */
export interface Told {
  /** RFC 3339 of the last full alert, and of the last word of any kind. */
  readonly fullAt: string;
  readonly wordAt: string;
  readonly severity: Severity;
  readonly digest: string;
  /** Key into `MonitorState.alerts`. */
  readonly alert: string;
}

/** One incident as it is remembered. Times are RFC 3339 of the cycles' `now`. */
export interface IncidentRecord {
  readonly fingerprint: string;
  readonly root: Root;
  readonly phase: 'open' | 'clearing' | 'unknown' | 'resolved';
  readonly severity: Severity;
  readonly worst: Severity;
  readonly services: readonly string[];
  readonly summary: string;
  readonly since: string | null;
  readonly sinceExact: boolean;
  readonly openedAt: string;
  readonly lastSeenAt: string;
  /** Reads in a row that looked and did not see it, and the first of them. */
  readonly absentReads: number;
  readonly absentSince: string | null;
  readonly told: Told | null;
  /** When a SEV-3 out of business hours becomes due; null: not deferred. */
  readonly dueAt: string | null;
  readonly resolvedAt: string | null;
}

/** A root message in a channel, so that replies and edits find it. */
export interface AlertRecord {
  readonly channel: string;
  /** Slack's timestamp of the message; null until Slack accepted it. */
  readonly ts: string | null;
  readonly sentAt: string;
  readonly fingerprints: readonly string[];
}

/** Everything that one cycle leaves to the next. */
export interface MonitorState {
  readonly cycleCount: number;
  /** Failed cycles in a row. */
  readonly failedCycles: number;
  readonly health: Health;
  /** Wall clock, RFC 3339. */
  readonly lastSuccessfulCycle: string | null;
  readonly lastCycleStatus: CycleStatus | null;
  readonly lastCycleId: string | null;
  /** uid of namespace `kube-system` of the cluster this memory is about. */
  readonly clusterUid: string | null;
  /** The newest snapshot's time (RFC 3339): an older one changes nothing that was seen later. */
  readonly snapshotAt: string | null;
  /** By fingerprint. */
  readonly incidents: { readonly [fingerprint: string]: IncidentRecord };
  readonly alerts: { readonly [id: string]: AlertRecord };
  readonly outbox: readonly OutboxEntry[];
  readonly healthIssue: { readonly number: number; readonly url: string } | null;
}

export const freshState: MonitorState = {
  cycleCount: 0,
  failedCycles: 0,
  health: 'healthy',
  lastSuccessfulCycle: null,
  lastCycleStatus: null,
  lastCycleId: null,
  clusterUid: null,
  snapshotAt: null,
  incidents: {},
  alerts: {},
  outbox: [],
  healthIssue: null,
};

/** From this many failed cycles in a row on, health is degraded (the contract's number). */
export const degradedFrom = 3;

/** The flat status of the contract. */
export interface StatusSummary {
  readonly cycle_count: number;
  readonly failed_cycles: number;
  readonly last_successful_cycle: string | null;
  readonly last_cycle_status: CycleStatus | null;
  readonly health: Health;
}

export function statusOf(state: MonitorState): StatusSummary {
  return {
    cycle_count: state.cycleCount,
    failed_cycles: state.failedCycles,
    last_successful_cycle: state.lastSuccessfulCycle,
    last_cycle_status: state.lastCycleStatus,
    health: state.health,
  };
}
