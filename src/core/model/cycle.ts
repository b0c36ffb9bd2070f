import type { AlertLine, AlertView } from './alert.ts';
import type { Blind } from './blind.ts';
import type { Decision } from './decision.ts';
import type { NamespaceFilter } from './namespaces.ts';
import type { Notification, Target } from './notification.ts';
import type { Answered } from './response.ts';
import type { CycleStatus, IncidentState, MonitorState } from './state.ts';

/** What a cycle is before it looks at anything. */
export interface CycleStamp {
  /** `YYYYMMDD_HHMMSS`, the wall clock at the start in UTC. `decide` and `fail` move it on where the state already has it. */
  readonly id: string;
  readonly cluster: string;
  /** Wall clock, RFC 3339. */
  readonly startedAt: string;
  /** `--now`, else the wall clock, in ms: what every age, hold, repeat and deferral is counted from. */
  readonly now: number;
  /** `GITHUB_RUN_ID.GITHUB_RUN_ATTEMPT`, else a random id. */
  readonly run: string;
  /** Where alerts go; null: Slack is not configured, and nothing is queued. */
  readonly channel: string | null;
  /** The ways out; absent: the Slack app alone. Without it `channel` is only a name. */
  readonly targets?: readonly Target[] | undefined;
  /** The channels that the catalog names beside it; absent: none. */
  readonly channels?: readonly string[] | undefined;
  /** The run's page, for links; null on the command line. */
  readonly runUrl: string | null;
  /** Which namespaces are looked at; absent: all. */
  readonly namespaces?: NamespaceFilter | undefined;
  /** What the schedule says that started the run; absent: none did. */
  readonly rhythm?: Rhythm | undefined;
}

export interface Rhythm {
  /** The longest pause that it makes; null: not known. */
  readonly pauseSeconds: number | null;
  /** Since the schedule's last time in UTC before the start; a run that is later than the pause seems earlier, one of a schedule with a `timezone` later or earlier. */
  readonly lagSeconds: number;
}

/** What the life-cycle says of one incident in this cycle; each incident gets exactly one. */
export interface Verdict {
  readonly fingerprint: string;
  readonly state: IncidentState;
  readonly notify: 'full' | 'brief' | 'resolved' | 'nothing';
  /** Reason code: NEW, WORSE, REPEAT, SAME, KNOWN, BELOW, DEFERRED, RESOLVED, UNKNOWN … */
  readonly reason: string;
}

/** What `decide` or `fail` makes of a state: pure, run again on every conflict. */
export interface Decided {
  readonly state: MonitorState;
  readonly cycleId: string;
  readonly status: CycleStatus;
  /** The loudest incident's decision, or the stage's fallback; null without a finding. */
  readonly decision: Decision | null;
  readonly verdicts: readonly Verdict[];
  /** What this run must send now, in order: its own and what earlier runs left. All of it is in the state's outbox, claimed by this run. */
  readonly due: readonly Notification[];
  /** Every incident that people should know of now (`should_notify`), told already or not, in headline order; null where there is none. For the text format and the job summary. */
  readonly view: AlertView | null;
  /** Incidents that count and that nobody is told of (SEV-4), in headline order. */
  readonly below: readonly AlertLine[];
  /** Why something that should be told is not queued or not due, one sentence; null where nothing is held back. */
  readonly heldBack: string | null;
  /** What people asked for and was not done, one sentence each. */
  readonly refused: readonly string[];
  /** What became of what people wrote, for the place where they wrote it. */
  readonly answered: readonly Answered[];
  /** The time without a look that this cycle ends; null: none. */
  readonly blind: Blind | null;
  /** This snapshot is older than what the state has seen: it changed nothing but the counters. */
  readonly stale: boolean;
}
