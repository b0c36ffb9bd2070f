import type { Severity } from './decision.ts';
import type { Root } from './incident.ts';
import type { NotificationKind, OutboxEntry } from './notification.ts';

export const cycleStatuses = ['healthy', 'completed', 'failed', 'error'] as const;
export type CycleStatus = (typeof cycleStatuses)[number];
export type Health = 'healthy' | 'degraded';

export const incidentStates = ['new', 'open', 'worse', 'clearing', 'unknown', 'resolved'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** What people were last told of an incident. */
export interface Told {
  /** Key into `MonitorState.alerts`: the last full alert; its `sentAt` is when it was told. */
  readonly alert: string;
  readonly severity: Severity;
  /** The loudest that its last full alert or a word since said; absent: as `severity`. */
  readonly peak?: Severity | undefined;
  readonly digest: string;
  /** The first four letters of each digest told before it since the last full alert, at most three, in one text: what turns back to one of them is no news. */
  readonly past?: string | undefined;
  /** The fingerprint under which it was told first, where its reason has changed since; absent: its own. */
  readonly key?: string | undefined;
  /** RFC 3339 of the last reply in the alert's thread; absent: none since the alert itself. */
  readonly wordAt?: string | undefined;
  /** The last alert of each other channel that was told of it, which hears of its end too; absent: none. */
  readonly elsewhere?: readonly string[] | undefined;
}

/** Somebody has it: reminders stop until `until`. Void once it is worse than `severity`. */
export interface Acknowledgement {
  /** Slack's id of the person, or the GitHub login. */
  readonly by: string;
  /** RFC 3339. */
  readonly until: string;
  readonly severity: Severity;
  /** The reaction that it stands on: taken back, it is over. Absent: it was said. */
  readonly reaction?: string | undefined;
}

/** One incident as it is remembered, by its fingerprint. Times are RFC 3339 of the cycles' `now`. What is absent costs nothing: 150 of these fit into 64 KiB. */
export interface IncidentRecord {
  readonly root: Root;
  readonly phase: 'open' | 'clearing' | 'unknown' | 'resolved';
  readonly severity: Severity;
  /** The loudest it ever was; absent: as now. */
  readonly worst?: Severity | undefined;
  readonly services: readonly string[];
  readonly summary: string;
  readonly since: string | null;
  /** Absent: exact. */
  readonly sinceExact?: false | undefined;
  readonly openedAt: string;
  /** Which checks saw it, and in which namespaces beside the root's: while one of them is blind there, the incident is unknown and not gone. */
  readonly checks: readonly string[];
  readonly namespaces?: readonly string[] | undefined;
  /** Set once it is not seen any more; absent: seen by the last look (`MonitorState.lookedAt`). */
  readonly lastSeenAt?: string | undefined;
  /** Reads in a row that looked and did not see it, and the first of them. */
  readonly absentReads?: number | undefined;
  readonly absentSince?: string | undefined;
  /** Since when what it needs cannot be read. */
  readonly unknownSince?: string | undefined;
  /** When people were last told so. */
  readonly unknownTold?: string | undefined;
  readonly told?: Told | undefined;
  /** Told, then taken out by a known issue; people were not told since that this ended. */
  readonly known?: true | undefined;
  /** It came back: the newest times at which it was seen after it was not, at most five. Absent: it was never away. */
  readonly opens?: readonly string[] | undefined;
  /** It comes and goes: people were told once, and hear of it again when it stays or ends. */
  readonly flapping?: true | undefined;
  /** Looks in a row that saw it, while it is flapping. */
  readonly steady?: number | undefined;
  readonly ack?: Acknowledgement | undefined;
  /** Quiet by somebody's word on its alert. */
  readonly silence?: Acknowledgement | undefined;
  /** Found to be a part of another incident: its fingerprint. */
  readonly absorbedBy?: string | undefined;
  /** People were told so. */
  readonly absorbedTold?: true | undefined;
  /** When a SEV-3 out of business hours becomes due; absent: not deferred. */
  readonly dueAt?: string | undefined;
  readonly resolvedAt?: string | undefined;
}

/** A root message in a channel, so that replies and edits find it. */
export interface AlertRecord {
  /** Slack's id of it once Slack has the message. */
  readonly channel: string;
  /** As the settings name it; absent: as `channel`. */
  readonly route?: string | undefined;
  /** Slack's timestamp of the message; null until Slack accepted it. */
  readonly ts: string | null;
  /** RFC 3339: when it was decided. */
  readonly sentAt: string;
  /** Fingerprints in the order of its numbers, where it told of several. */
  readonly numbers?: readonly string[] | undefined;
  /** Reactions that have counted already: they carry no time. */
  readonly used?: readonly string[] | undefined;
  /** Slack lets nobody edit it any more. */
  readonly fixed?: true | undefined;
  /** A reply stands for it, which does not say all of it: it is edited as soon as that can be. */
  readonly stale?: true | undefined;
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
  /** RFC 3339 of the `now` of the last look that decided anything: what is open and was not said to be missing was seen then. */
  readonly lookedAt: string | null;
  /** Incidents seen by the last looks, oldest first, at most 24: whether the cluster gets better. */
  readonly trend?: readonly number[] | undefined;
  /** When incidents that have ended began (minutes since 1970), of the last seven days, by fingerprint. */
  readonly openings?: { readonly [fingerprint: string]: readonly number[] } | undefined;
  /** Where the alerts stand that told of these last: `C0123ABCD 1795489140.000100`. */
  readonly lastAlerts?: { readonly [fingerprint: string]: string } | undefined;
  /** SEV-3 that came and went outside business hours since the last alert. */
  readonly untold?: number | undefined;
  /** RFC 3339: what people answered before was heard. */
  readonly heardAt?: string | undefined;
  /** The Slack workspace's address, for links to messages: `https://acme.slack.com/`. */
  readonly slackUrl?: string | undefined;
  /** Messages that counted and may be heard again: their `Response.key`. */
  readonly heardKeys?: readonly string[] | undefined;
  /** Whom a thread told that something is not done, and when (RFC 3339), within the last hour. */
  readonly refusedAt?: { readonly [by: string]: string } | undefined;
  /** By fingerprint. */
  readonly incidents: { readonly [fingerprint: string]: IncidentRecord };
  readonly alerts: { readonly [id: string]: AlertRecord };
  readonly outbox: readonly OutboxEntry[];
  /** Messages that were refused again and again and are not sent any more, oldest first; absent: none. */
  readonly setAside?: readonly SetAside[] | undefined;
  readonly healthIssue: { readonly number: number; readonly url: string } | null;
  /** The run that is about to open it, and since when (RFC 3339); absent while nobody is. */
  readonly issueClaim?: IssueClaim | undefined;
  /** The health issue that was closed last, and when (RFC 3339). */
  readonly closedIssue?: { readonly number: number; readonly at: string } | undefined;
  /** Cycles in a row that left something which Slack had refused; absent: none. */
  readonly undelivered?: Undelivered | undefined;
  readonly hiding?: Hiding | undefined;
  /** When the last cycles started (wall clock, RFC 3339), the oldest first. */
  readonly cycleTimes?: readonly string[] | undefined;
  /** The last cycle that a schedule started (one of `cycleTimes`), and the longest pause that it makes; absent: none. */
  readonly scheduled?: { readonly at: string; readonly pauseSeconds: number } | undefined;
}

/** By the note of a silence, maintenance window or known issue: when it last hid anything (RFC 3339; else when it was first seen), how many findings at the last look, and `check on Kind namespace/name` of three of them. */
export interface Hiding {
  readonly [note: string]:
    | { readonly at: string; readonly count: number; readonly examples: readonly string[] }
    | undefined;
}

export interface SetAside {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly reason: string;
  readonly severity: Severity;
  /** The message's one line. */
  readonly text: string;
  readonly error: string;
  /** RFC 3339. */
  readonly at: string;
}

export interface IssueClaim {
  readonly run: string;
  readonly at: string;
}

export interface Undelivered {
  readonly cycles: number;
  /** The last cycle that is counted. */
  readonly cycleId: string;
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
  lookedAt: null,
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
