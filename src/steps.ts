import { confirm, decide, fail, nextCycleId } from './core/decide.ts';
import { healthIssueOf } from './core/health-issue.ts';
import { channelsOf } from './core/lifecycle/channel.ts';
import type { Catalog } from './core/model/catalog.ts';
import type { CycleStamp, Decided } from './core/model/cycle.ts';
import { sayFailure } from './core/model/failure.ts';
import type { Notification, Receipt } from './core/model/notification.ts';
import type { Snapshot } from './core/model/snapshot.ts';
import type { MonitorState } from './core/model/state.ts';
import { cycleIdOf, formatTime } from './core/model/time.ts';
import { redact } from './core/objects/redact.ts';
import { snapshotFile } from './core/objects/snapshot-file.ts';
import { backupOf, type ReportInput, report } from './core/report.ts';
import { rhythmOf } from './core/rhythm.ts';
import type { Archive, CycleSettings, JournalEntry, Memory, Messenger, World } from './ports.ts';
import { failureOf, type Look } from './stages.ts';

export type Remembered = Awaited<ReturnType<Memory['state']['load']>>;

/** Writes down what a cycle does while it does it. Its own failures stop nothing: they are said, and kept as warnings for the report. */
export function recorder({ archive, clock, log, messenger }: World, settings: CycleSettings) {
  const started = clock.now();
  const warnings: string[] = [];
  /** Tries an effect whose failure stops nothing: null then. */
  async function attempt<T>(what: string, effect: () => Promise<T>): Promise<T | null> {
    try {
      return await effect();
    } catch (error) {
      const warning = redact(`${what}: ${sayFailure(error)}`);
      // A folder that cannot be written to is said once, not for every file.
      if (!warnings.includes(warning)) {
        warnings.push(warning);
        log.warn(warning);
      }
      return null;
    }
  }
  return {
    warnings,
    attempt,
    /** Writes the report as far as it is known. */
    write: async (facts: Partial<ReportInput> & Pick<ReportInput, 'stamp' | 'phase' | 'draft'>) => {
      const unknown = {
        observation: null,
        decided: null,
        error: null,
        traceback: null,
        receipts: [],
        withheld: null,
      };
      const durationSeconds = (clock.now() - started) / 1000;
      const written = report({
        ...unknown,
        backedUp: false,
        saved: false,
        ...facts,
        warnings,
        durationSeconds,
      });
      return { report: written, path: await attempt('The report', () => archive.report(written)) };
    },
    /** `receipts`: what the state does not know yet; left out: as noted before. */
    note: (step: JournalEntry['step'], cycleId: string, receipts?: readonly Receipt[]) =>
      attempt('The journal', () =>
        archive.journal({ step, cycleId, ...(receipts === undefined ? {} : { receipts }) }),
      ),
    /** The backup file holds what Slack has not taken yet. Without Slack there is nothing to retry. */
    keep: (decided: Decided, open: readonly Notification[]) =>
      attempt('The backup file', () =>
        archive.backup(
          decided.cycleId,
          messenger === null ? null : backupOf(decided, settings.cluster, open),
        ),
      ),
  };
}

export function stampOf(
  settings: CycleSettings,
  state: MonitorState,
  startedAt: number,
): CycleStamp {
  return {
    id: nextCycleId(state, cycleIdOf(startedAt)),
    cluster: settings.cluster,
    startedAt: formatTime(startedAt),
    now: settings.now ?? startedAt,
    run: settings.run,
    channel: settings.channel,
    targets: settings.targets,
    channels: channelsOf(settings.catalog),
    namespaces: settings.namespaces,
    runUrl: settings.runUrl,
    rhythm: rhythmOf(settings.schedule, startedAt),
  };
}

/** What this cycle makes of a state: pure, run again on each conflict. */
export type Step = (state: MonitorState, first: boolean, unsaved?: boolean) => Decided;

const nothingSeen = {
  status: 'error',
  phase: 'k8s-analyzer',
  message: 'nothing was seen',
} as const;

export function stepOf(look: Look, catalog: Catalog): Step {
  const { stamp, observation, assessments, heard, failure } = look;
  return (state, first, unsaved = false) =>
    failure === null && observation !== null
      ? decide(state, first, observation, assessments, stamp, catalog, { unsaved, heard })
      : fail(state, failure ?? nothingSeen, stamp, { unsaved });
}

/** The step, tried on what is remembered. A decision that throws, now or on a newer state, is a cycle of status `error`: counted, reported, nothing forgotten. */
export function plan(
  look: Look,
  catalog: Catalog,
  remembered: Remembered,
): { readonly look: Look; readonly step: Step; readonly planned: Decided } {
  const broken = (error: unknown): Look => ({
    ...look,
    failure: failureOf('error', 'escalation-manager', error),
  });
  const step = stepOf(look, catalog);
  const safe: Step = (...given) => {
    try {
      return step(...given);
    } catch (error) {
      return stepOf(broken(error), catalog)(...given);
    }
  };
  const { state, first, trouble } = remembered;
  try {
    return { look, step: safe, planned: step(state, first, trouble !== null) };
  } catch (error) {
    return { look: broken(error), step: safe, planned: safe(state, first, trouble !== null) };
  }
}

/** Saves the decision. Where that cannot be, it is decided once more as unsaved: SEV-1 and SEV-2 are told all the same. */
export async function save(
  memory: Memory,
  step: ReturnType<typeof stepOf>,
  remembered: Awaited<ReturnType<Memory['state']['load']>>,
): Promise<{ readonly decided: Decided; readonly saveError: Error | null }> {
  if (remembered.trouble !== null)
    return { decided: step(remembered.state, false, true), saveError: remembered.trouble };
  try {
    return {
      decided: await memory.state.update((state, first) => step(state, first)),
      saveError: null,
    };
  } catch (error) {
    const saveError = error instanceof Error ? error : new Error(String(error));
    return { decided: step(remembered.state, remembered.first, true), saveError };
  }
}

/** Opens, updates or closes the issue about the monitor itself, and saves its number if that changed. `confirmed`: the state once Slack's answers are in it; null: they are not. */
export async function settleHealthIssue(
  { tracker, memory }: World,
  { stale, state: decided }: Decided,
  before: MonitorState,
  confirmed: MonitorState | null,
  stamp: CycleStamp,
  lastError: string | null,
): Promise<MonitorState['healthIssue']> {
  const after = confirmed ?? decided;
  const known = after.healthIssue;
  const wanted = healthIssueOf(before, after, stamp, lastError);
  if (tracker === null || stale || wanted === null) return known;
  const issue = await tracker.settle(wanted, known);
  if (issue?.number === known?.number) return issue;
  const ended = known !== null && wanted.body === null;
  const closed = ended ? { closedIssue: { number: known.number, at: formatTime(stamp.now) } } : {};
  await memory.state.update((state) => ({ state: { ...state, ...closed, healthIssue: issue } }));
  return issue;
}

/** Whether the snapshot goes up with the report: `changes` means an incident is new, worse or resolved, or the cycle failed. */
export function isNewsworthy(
  wanted: CycleSettings['uploadSnapshot'],
  decided: Decided,
  failed: boolean,
): boolean {
  if (wanted !== 'changes') return wanted === 'always';
  return (
    failed ||
    decided.verdicts.some(
      ({ state }) => state === 'new' || state === 'worse' || state === 'resolved',
    )
  );
}

/** Returns the state as it is then. */
export async function saveReceipts(
  memory: Memory,
  receipts: readonly Receipt[],
  { state: decided, cycleId }: Decided,
  stamp: CycleStamp,
): Promise<MonitorState> {
  if (receipts.length === 0) return decided;
  const { state } = await memory.state.update((newest) => ({
    state: confirm(newest, receipts, { ...stamp, id: cycleId }),
  }));
  return state;
}

export function unaccepted(
  messenger: Messenger | null,
  { due }: Decided,
  receipts: readonly Receipt[],
): readonly Notification[] {
  const accepted = new Set(receipts.filter((receipt) => receipt.accepted).map(({ id }) => id));
  return messenger === null ? [] : due.filter(({ id }) => !accepted.has(id));
}

export async function keepSnapshot(archive: Archive, snapshot: Snapshot | null): Promise<void> {
  if (snapshot !== null) await archive.snapshot(snapshotFile(snapshot));
}
