import type { Decided } from './core/model/cycle.ts';
import type { CycleReport } from './core/model/report.ts';
import { answer, notify } from './notify.ts';
import type { CycleSettings, World } from './ports.ts';
import { lookAndWeigh, troublesOf } from './stages.ts';
import {
  isNewsworthy,
  keepSnapshot,
  plan,
  recorder,
  save,
  saveReceipts,
  settleHealthIssue,
  stampOf,
  unaccepted,
} from './steps.ts';

/** What a cycle ends in: for the exit code, the outputs and the summary. */
export interface Outcome extends Pick<Decided, 'view' | 'below'> {
  readonly report: CycleReport;
  /** The state was to be saved and was not. */
  readonly unsaved: boolean;
  /** Notifications that Slack did not take; they lie in the backup file and the outbox. */
  readonly undelivered: number;
  readonly reportPath: string | null;
  readonly artifactUrl: string | null;
  readonly healthIssueUrl: string | null;
}

const dryRun = 'This is a dry run: nothing is sent and nothing is saved';

/** One cycle, top to bottom. Nothing may change the order of its effects: save, send, save, issue, report, upload. `misconfigured`: what made the settings unusable; the cycle is counted all the same. */
export async function runCycle(
  world: World,
  settings: CycleSettings,
  misconfigured: Error | null = null,
): Promise<Outcome> {
  const { archive, memory, messenger } = world;
  const { attempt, warnings, write, note, keep } = recorder(world, settings);

  // 1. What is remembered, and what this cycle is.
  const remembered = await memory.state.load();
  if (remembered.mended !== null) warnings.push(remembered.mended);
  const begun = stampOf(settings, remembered.state, world.clock.now());
  await note('started', begun.id);
  await write({ stamp: begun, phase: 'k8s-analyzer', draft: true });
  await note('drafted', begun.id);

  // 2. k8s-analyzer, escalation-manager. What fails here aborts the analysis, never the cycle.
  const seen = await lookAndWeigh(world, settings, remembered.state, begun, misconfigured);
  warnings.push(...troublesOf(seen, settings.catalog, remembered.state));
  const { look, step, planned } = plan(seen, settings.catalog, remembered);
  const { stamp, observation, failure } = look;

  // 3. On disk before anything leaves: a draft that says how far it came, and the backup.
  await write({ stamp, observation, decided: planned, phase: 'slack-notifier', draft: true });
  await keep(planned, planned.due);

  // 4. Save what was decided; on a conflict it is decided again.
  const { decided, saveError } = await save(memory, step, remembered);
  if (saveError !== null) await attempt('The state was not saved', () => Promise.reject(saveError));
  await note('decided', decided.cycleId);
  // On a conflict the cycle's id may have moved on, and its backup with it.
  if (decided.cycleId !== planned.cycleId) await keep(planned, []);
  await keep(decided, decided.due);
  warnings.push(...decided.refused);

  // 5. slack-notifier.
  const receipts = await notify(messenger, decided, (sent) => note('sent', decided.cycleId, sent));
  const open = unaccepted(messenger, decided, receipts);

  // 6. Save what Slack took, at once; the backup keeps only the rest.
  const after = await attempt('What Slack took was not saved', async () =>
    saveError === null ? saveReceipts(memory, receipts, decided, stamp) : null,
  );
  const confirmed = after !== null;
  // What was never saved has nothing to be confirmed in it; else the post step tries once more.
  if (confirmed || saveError !== null) await note('confirmed', decided.cycleId, []);
  const backedUp = (await keep(decided, open)) !== null;

  // 7, 8. The health issue, and its number; beside it what people wrote there is marked.
  const marked = saveError === null ? answer(world, decided) : null;
  const issue = await attempt('The health issue', () =>
    settleHealthIssue(world, decided, remembered.state, after, stamp, failure?.message ?? null),
  );
  await marked;

  // 9, 10. The report, and its upload.
  if (isNewsworthy(settings.uploadSnapshot, decided, failure !== null))
    await attempt('The snapshot', () => keepSnapshot(archive, look.snapshot));
  const { phase = null, message: error = null, trace: traceback = null } = failure ?? {};
  const saved = memory.keeps && confirmed;
  const { report, path } = await write({
    stamp,
    observation,
    decided,
    receipts,
    backedUp,
    saved,
    withheld: messenger === null && settings.channel !== null ? dryRun : null,
    ...{ phase, error, traceback },
    draft: false,
  });
  await note('reported', decided.cycleId);
  const artifactUrl = await attempt('The artifact', () => archive.upload(decided.cycleId));
  await note('done', decided.cycleId);
  return {
    report: { ...report, warnings },
    view: decided.view,
    below: decided.below,
    unsaved: memory.keeps && !confirmed,
    undelivered: open.length,
    reportPath: path,
    artifactUrl,
    healthIssueUrl: issue?.url ?? decided.state.healthIssue?.url ?? null,
  };
}
