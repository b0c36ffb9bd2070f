import type { Blind } from './blind.ts';
import type { Decision } from './decision.ts';
import type { Evidence, Impact, Standing } from './finding.ts';
import type { Certainty, Root, SymptomCount } from './incident.ts';
import type { Priority } from './priority.ts';
import type { Gap } from './snapshot.ts';
import type { IncidentState } from './state.ts';

/** One incident as people are told of it: what is seen now, or what is remembered where it is not seen any more. */
export interface AlertLine {
  readonly fingerprint: string;
  /** The fingerprint under which people heard of it first; absent: this one. */
  readonly key?: string | undefined;
  readonly state: IncidentState;
  readonly root: Root;
  readonly cause: Certainty;
  readonly summary: string;
  /** null: not seen now. */
  readonly impact: Impact | null;
  readonly priority: Priority | null;
  readonly services: readonly string[];
  /** How many of the services are hit as badly as `impact` says, the first ones; absent: all, or not seen now. */
  readonly hit?: number | undefined;
  /** Pods that serve of those that should, over the workloads hit; absent where it has none or is not seen now. */
  readonly standing?: Standing | undefined;
  readonly maxDowntimeSeconds: number | null;
  /** RFC 3339. `sinceExact` false: it began at the latest then. */
  readonly since: string | null;
  readonly sinceExact: boolean;
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  /** Of what was found ended long after it was last seen: it ended some time since then. */
  readonly lastSeenAt?: string | undefined;
  /** Facts and, where `by` is `claude`, its judgement. */
  readonly decision: Decision;
  /** Shell-quoted. */
  readonly commands: readonly string[];
  readonly evidence: readonly Evidence[];
  /** The last error line of a container that keeps failing, where one was read and the summary does not end with it; behind its workload's name where that is not the root. */
  readonly lastWords?: string | undefined;
  /** Where nobody says why, also of what surely fails: what was looked at for it; null: it is known, or the incident is not seen now. */
  readonly looked: string | null;
  /** What hangs on the root, the leading findings first. */
  readonly symptoms: readonly SymptomCount[];
  /** How often it began in the last seven days, this time included; absent: once. */
  readonly times?: number | undefined;
  /** The last alert about it before this one, as a link. */
  readonly lastAlert?: string | undefined;
  /** Times at which it was seen, lately, after it was not; absent: it was never away. */
  readonly opens?: number | undefined;
  /** Who has it, and until when (RFC 3339) nobody is reminded. */
  readonly ack?: { readonly by: string; readonly until: string } | undefined;
  /** Who made it quiet, and until when. */
  readonly silence?: { readonly by: string; readonly until: string } | undefined;
  /** The summary of the incident that it is a part of; absent: it stands for itself. */
  readonly partOf?: string | undefined;
  /** Its number in an alert of several, by which people answer; absent: by its place. */
  readonly number?: number | undefined;
  /** So many incidents share this line, its summary names them; absent: one. */
  readonly together?: number | undefined;
  /** The life-cycle's reason code in this cycle. */
  readonly reason: string;
}

/** One root message, whole: the incidents in headline order, and what belongs beside them. */
export interface AlertView {
  readonly cluster: string;
  /** ms */
  readonly now: number;
  readonly runUrl: string | null;
  /** Only for SEV-1 that is new or worse, from the catalog; null: nobody. */
  readonly mention: string | null;
  /** The very first cycle: headed "first look". */
  readonly firstLook: boolean;
  readonly lines: readonly AlertLine[];
  readonly gaps: readonly Gap[];
  /** Notes of known issues hidden beside it. */
  readonly hidden: readonly string[];
  /** The time before this cycle in which nobody looked; absent: there was none that people should hear of. */
  readonly blind?: Blind | undefined;
  /** The state could not be saved, so this may be told again. */
  readonly unsaved: boolean;
  /** SEV-3 that came and went outside business hours since the last alert, and were not told. */
  readonly untold: number;
}
