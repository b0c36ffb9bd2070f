import type { Catalog } from './core/model/catalog.ts';
import type { HealthIssue } from './core/model/health-issue.ts';
import type { NamespaceFilter } from './core/model/namespaces.ts';
import type { Notification, Receipt, Target } from './core/model/notification.ts';
import type { Posted } from './core/model/posted.ts';
import type { Answer, Question } from './core/model/question.ts';
import type { Backup, CycleReport } from './core/model/report.ts';
import type { Answerable, Answered, Heard } from './core/model/response.ts';
import type { ContainerLog, Gap, LogRef, Snapshot } from './core/model/snapshot.ts';
import type { MonitorState } from './core/model/state.ts';

/** Reads the cluster, or a dump of one. */
export interface Cluster {
  /** Throws Failure KUBE_UNREACHABLE, KUBE_UNAUTHORIZED, KUBE_FORBIDDEN (neither pods nor workloads) or DUMP_EMPTY; anything less is a gap. */
  look(): Promise<Snapshot>;
  /** The end of each log that is there; what may not or could not be read is one gap. Never throws. */
  readLogs(
    wanted: readonly LogRef[],
  ): Promise<{ readonly logs: readonly ContainerLog[]; readonly gaps: readonly Gap[] }>;
}

/** Asks Claude. */
export interface Assessor {
  readonly model: string;
  /** The answer, its shape checked. Throws Failure CLAUDE_UNUSABLE (its hint says whether key, billing or model must be mended). */
  ask(question: Question): Promise<Answer>;
}

/** Takes notifications out. */
export interface Messenger {
  /** Never throws: what went wrong is in the receipt. What may have been delivered before is looked up first. `root` is the alert's message for a reply or an edit, null for a root message. */
  deliver(
    notification: Notification,
    root: { channel: string; ts: string } | null,
  ): Promise<Receipt>;
}

/** Posts JSON. Never throws; ends within its own limit; nothing that it returns holds the URL. */
export type Post = (
  url: string,
  body: string,
  headers?: { readonly [name: string]: string },
) => Promise<Posted>;

/** What a way out needs that is one POST for each message. */
export interface Posting {
  /** For people there: which cluster it is. */
  readonly cluster: string;
  readonly post: Post;
  readonly clock: Clock;
}

/** Hears what people answer to alerts. */
export interface Listener {
  /** Loudest alert first; `since` (RFC 3339): what was said before it was heard already; `issue`: the open health issue's number. Never throws, and ends within its own limit. */
  hear(alerts: readonly Answerable[], since: string | null, issue: number | null): Promise<Heard>;
  /** Marks what was written with what became of it, once that is saved; again it changes nothing. Never throws, and ends within its own limit. Absent: the thread says it. */
  answer?(answered: readonly Answered[]): Promise<void>;
}

/** Keeps the one issue about the monitor's own health. */
export interface Tracker {
  /** Opens, updates or closes; finds it by `known`, else by label and marker. `body` null: health is fine, close it with `closing`. Returns what is open now. Throws Failure GITHUB_REFUSED. */
  settle(
    issue: HealthIssue,
    known: { number: number; url: string } | null,
  ): Promise<{ number: number; url: string } | null>;
}

/** What a run leaves on disk, and its upload. Overwrites what it wrote before in the same cycle. */
export interface Archive {
  /** Writes `logs/cycle_<cycle_id>.json`; returns its path. */
  report(report: CycleReport): Promise<string>;
  /** Writes the cycle's backup file; null takes it away. Returns its path, or null. */
  backup(cycleId: string, backup: Backup | null): Promise<string | null>;
  /** Keeps the snapshot, as the text of a dump, for the upload; nothing where nothing is uploaded. */
  snapshot(text: string): Promise<void>;
  /** Uploads everything written in this cycle; the artifact's URL, null where nothing is uploaded. Throws Failure GITHUB_REFUSED. */
  upload(cycleId: string): Promise<string | null>;
  /** Notes how far the cycle came, for the post step: no secret. */
  journal(entry: JournalEntry): Promise<void>;
}
export interface JournalEntry {
  readonly step: 'started' | 'drafted' | 'decided' | 'sent' | 'confirmed' | 'reported' | 'done';
  readonly cycleId: string;
  /** What Slack took and the state does not know yet; absent: as before. */
  readonly receipts?: readonly Receipt[];
}

/** One document of the memory. */
export interface StoredDocument<State> {
  /** Never throws. `trouble`: the memory is newer than this program or cannot be reached, the state is fresh and nothing will be saved; `mended`: it is corrupt, and put aside by `update`; says what is gone on from. */
  load(): Promise<{
    readonly state: State;
    readonly first: boolean;
    readonly trouble: Error | null;
    readonly mended: string | null;
  }>;
  /** Saves what `step` makes of the newest state, unless it is the same; runs `step` again on each conflict. Throws Failure STATE_UNREACHABLE, STATE_NEWER or STATE_CONFLICT; then nothing was saved. */
  update<T extends { readonly state: State }>(
    step: (state: State, first: boolean) => T,
  ): Promise<T>;
}

/** What is remembered of one cluster: documents by their names, each a file (branch path, cache key) of its own, so that a write of one loses nothing of another. */
export interface Memory {
  /** Whether anything can be saved at all (no state file, dry run: false). */
  readonly keeps: boolean;
  readonly state: StoredDocument<MonitorState>;
}

/** A place for one text with compare-and-swap; each document of a `Memory` is made of one (adapters/store). `signal` ends a call early: then it throws STATE_UNREACHABLE. */
export interface Shelf {
  /** null: nothing is there (a first run). Throws Failure STATE_UNREACHABLE. */
  read(signal?: AbortSignal): Promise<{ readonly text: string; readonly tag: string } | null>;
  /** `tag` null: nothing must be there. Throws Failure STATE_UNREACHABLE, also when it cannot know whether it wrote. */
  write(
    text: string,
    tag: string | null,
    note: string,
    signal?: AbortSignal,
  ): Promise<'written' | 'conflict'>;
  /** Puts a corrupt text beside it as `<name>.corrupt-<label>`. */
  putAside(text: string, label: string): Promise<string>;
  /** Lets go of what stood there before, now and then, where that would grow without end. Throws Failure STATE_UNREACHABLE; then nothing changed. */
  compact?(): Promise<void>;
  /** Absent: nothing earlier is kept. */
  readonly history?: ShelfHistory;
}

/** What stood on a shelf before. Both throw Failure STATE_UNREACHABLE. */
export interface ShelfHistory {
  /** Ids of the newest texts, the newest first; what stands there now may be among them. */
  list(signal?: AbortSignal): Promise<readonly string[]>;
  /** null: it held nothing then. */
  read(id: string, signal?: AbortSignal): Promise<string | null>;
}

/** Tells a watcher outside that cycles run: the only one who notices when none does. Never throws. */
export interface Heartbeat {
  /** A cycle begins; goes on beside it. */
  begin(): void;
  /** A cycle ended: well, or not. */
  end(well: boolean): Promise<void>;
}

export interface Clock {
  /** Wall clock in ms. */
  now(): number;
}

/** Text for people, one line each; the adapter escapes it for the place it goes to. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** A stack, as it is, each frame on its own line. */
  trace(text: string): void;
  /** Where the cycle is; a terminal shows the newest on one live line. */
  progress(message: string): void;
}

/** Everything a cycle needs of the world. */
export interface World {
  readonly cluster: Cluster;
  readonly assessor: Assessor | null;
  readonly messenger: Messenger | null;
  readonly listener: Listener | null;
  readonly tracker: Tracker | null;
  readonly archive: Archive;
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Log;
}

/** Everything a cycle needs of the user. */
export interface CycleSettings {
  readonly cluster: string;
  readonly catalog: Catalog;
  readonly channel: string | null;
  /** The ways out; absent: the Slack app alone. */
  readonly targets?: readonly Target[] | undefined;
  readonly run: string;
  readonly runUrl: string | null;
  /** `--now` in ms; null: the wall clock (and for a dump, the dump's own time). */
  readonly now: number | null;
  /** The cron expression that started the run; absent: none did. */
  readonly schedule?: string | undefined;
  /** Which namespaces are looked at; absent: all. */
  readonly namespaces?: NamespaceFilter | undefined;
  readonly uploadSnapshot: 'changes' | 'always' | 'never';
}
