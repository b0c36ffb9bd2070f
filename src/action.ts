import type { OutputName } from './adapters/config/input-table.ts';
import { type Inputs, readInputs, secretsOf } from './adapters/config/inputs.ts';
import { wordFor } from './core/addressed.ts';
import { confirm } from './core/decide.ts';
import { compareSeverity } from './core/model/decision.ts';
import { Failure, sayFailure, traceOf } from './core/model/failure.ts';
import type { Notification } from './core/model/notification.ts';
import { formatTime } from './core/model/time.ts';
import { redact } from './core/objects/redact.ts';
import { jobSummary } from './core/render/markdown.ts';
import { testMessage } from './core/render/slack.ts';
import { cutOffReport } from './core/report.ts';
import { type Outcome, runCycle } from './cycle.ts';
import type { Heartbeat } from './ports.ts';
import { type ActionWorld, actionWorld, discreet, openWorkflow, postWorld } from './wire/action.ts';
import { heartbeatOf } from './wire/heartbeat.ts';
import { guarded, interruptible } from './wire/interrupt.ts';
import { prepareProcess, within } from './wire/parts.ts';
import { secretsIn } from './wire/run.ts';

type Workflow = ReturnType<typeof openWorkflow>;

/** The main step: one cycle, its outputs, its summary and one clear word. What breaks it leaves the summary to the post step. Returns the exit code. */
export async function runMain(node: NodeJS.Process): Promise<number> {
  const flow = openWorkflow();
  const env = { ...node.env };
  prepareProcess(node.env);
  let heartbeat: Heartbeat | null = null;
  try {
    flow.mask(secretsOf(env));
    const inputs = readInputs(env);
    flow.mask(secretsIn(inputs, env));
    heartbeat = heartbeatOf(inputs, env, flow.log);
    heartbeat.begin();
    const built = await actionWorld(inputs, env, flow.log);
    const world = await discreet(built, inputs);
    if (inputs['test-alert']) return await sendTest(built, flow);
    flow.saveForPost('cluster', built.settings.cluster);
    const guard = interruptible(world, built.settings);
    const cycle = runCycle(guard.world, built.settings, built.misconfigured);
    const outcome = await guarded(node, guard, within(built.limits.cycle, cycle));
    const code = await conclude(outcome, inputs, flow);
    await heartbeat.end(isWell(outcome));
    return code;
  } catch (error) {
    const isHurried = error instanceof Failure && error.code === 'INTERRUPTED';
    if (!isHurried) await heartbeat?.end(false);
    flow.log.trace(redact(traceOf(error)));
    return failed(flow, redact(sayFailure(error)));
  }
}

function failed(flow: Workflow, why: string): number {
  flow.fail(why);
  return 1;
}

/** Whether somebody outside may rely on this cycle, whatever `fail-on` makes of it. */
function isWell({ report, unsaved, undelivered }: Outcome): boolean {
  return report.error === null && !unsaved && undelivered === 0;
}

async function conclude(outcome: Outcome, inputs: Inputs, flow: Workflow): Promise<number> {
  const { report, view, undelivered, artifactUrl } = outcome;
  flow.outputs(outputsOf(outcome));
  await flow
    .summary(jobSummary({ report, view, undelivered, artifactUrl }))
    .catch((error: unknown) => flow.log.warn(`The job summary: ${sayFailure(error)}`));
  if (undelivered > 0)
    flow.annotate(
      'error',
      `${undelivered} notification(s) did not reach Slack: ${report.notification_result?.error ?? 'see the report'}`,
    );
  flow.log.info(
    `Cycle ${report.cycle_number} of ${report.cluster}: ${report.status}, ${report.findings.length} finding(s)`,
  );
  const why = inputs['dry-run']
    ? failureOfDryRun(outcome, inputs)
    : whyFail(outcome, inputs['fail-on']);
  return why === null ? 0 : failed(flow, why);
}

/** A dry run saves nothing by intent. */
function failureOfDryRun(outcome: Outcome, inputs: Inputs): string | null {
  return whyFail({ ...outcome, unsaved: false }, inputs['fail-on']);
}

/** Why the job must be red by `fail-on`; null: green. An unsaved state fails it always, unless `never`. */
export function whyFail(
  { report, unsaved, undelivered }: Pick<Outcome, 'report' | 'unsaved' | 'undelivered'>,
  failOn: Inputs['fail-on'],
): string | null {
  if (failOn === 'never') return null;
  if (unsaved)
    return report.warnings.find((each) => each.includes('not saved')) ?? 'The state was not saved';
  const severity = report.escalation_decision?.severity;
  switch (failOn) {
    case 'failed-cycle':
      return report.error === null ? null : `${report.phase ?? 'The cycle'}: ${report.error}`;
    case 'degraded':
      return report.health === 'degraded'
        ? `${report.failed_cycles} cycles failed in a row: ${report.error ?? ''}`
        : null;
    case 'undelivered':
      return undelivered === 0 ? null : `${undelivered} notification(s) did not reach Slack`;
    case 'SEV-1':
    case 'SEV-2':
      return severity !== undefined && compareSeverity(severity, failOn) <= 0
        ? `${severity}: ${report.escalation_decision?.root_cause ?? ''}`
        : null;
  }
}

function outputsOf({ report, artifactUrl, reportPath, healthIssueUrl }: Outcome): {
  readonly [name in OutputName]: string;
} {
  return {
    'cycle-id': report.cycle_id,
    'cycle-number': String(report.cycle_number),
    status: report.status,
    health: report.health,
    'failed-cycles': String(report.failed_cycles),
    severity: report.escalation_decision?.severity ?? '',
    notified: String(report.notifications_sent === 1),
    findings: String(report.findings.length),
    incidents: String(report.incidents.length),
    'state-saved': String(report.state_saved),
    'report-path': reportPath ?? '',
    'artifact-url': artifactUrl ?? '',
    'health-issue-url': healthIssueUrl ?? '',
  };
}

/** One message marked as a test; no state is touched. */
async function sendTest({ world, settings }: ActionWorld, flow: Workflow): Promise<number> {
  const { messenger } = world;
  const { channel, cluster, runUrl, run } = settings;
  if (messenger === null || channel === null)
    return failed(
      flow,
      'test-alert: Slack is not configured; set slack-bot-token and slack-channel (and no dry-run)',
    );
  const id = `test-${run}`;
  const test: Notification = {
    id,
    kind: 'test',
    reason: 'TEST',
    severity: 'SEV-4',
    channel,
    alert: id,
    fingerprints: [],
    message: testMessage({ cluster, runUrl }),
    cycleId: id,
    decidedAt: formatTime(world.clock.now()),
  };
  const troubles: string[] = [];
  for (const notification of wordFor(test, settings)) {
    const place = notification.channel;
    const receipt = await messenger.deliver(notification, null);
    if (receipt.accepted) flow.log.info(`The test alert is in ${place}`);
    else troubles.push(`The test alert did not reach ${place}: ${receipt.error ?? ''}`);
  }
  return troubles.length === 0 ? 0 : failed(flow, troubles.join('; '));
}

/** The post step: finishes what a main step that was cut off left open (what Slack took, the report, the summary, the upload), and starts nothing new. */
export async function runPost(node: NodeJS.Process): Promise<number> {
  const flow = openWorkflow();
  const env = { ...node.env };
  prepareProcess(node.env);
  const cluster = flow.savedByMain('cluster');
  if (cluster === '') return 0;
  try {
    flow.mask(secretsOf(env));
    await finish(await postWorld(readInputs(env), env, cluster, flow.log), flow);
  } catch (error) {
    flow.log.warn(redact(sayFailure(error)));
  }
  return 0;
}

async function finish(left: Awaited<ReturnType<typeof postWorld>>, flow: Workflow): Promise<void> {
  const { journal, memory, archive, stamp, draft } = left;
  if (journal === null) return;
  const { receipts, said, step, cycleId } = journal;
  const attempt = (what: string, effect: () => Promise<unknown>) =>
    effect().catch((error: unknown) => flow.log.warn(redact(`${what}: ${sayFailure(error)}`)));
  if (receipts.length > 0 && memory.keeps) {
    flow.log.warn('The main step did not save what Slack took; saving it now');
    await attempt('What Slack took was not saved', () =>
      memory.state.update((state) => ({
        state: confirm(state, receipts, { ...stamp, id: cycleId }),
      })),
    );
  }
  if (step === 'done') return;
  flow.log.warn(`The main step was cut off after "${step}"; finishing what it left`);
  if (draft !== null) {
    const report = step === 'reported' ? draft : cutOffReport(draft, step, said);
    const deliveries = report.notification_result?.deliveries ?? [];
    const undelivered = deliveries.filter(({ accepted }) => !accepted).length;
    await attempt('The report', () => archive.report(report));
    await attempt('The job summary', () =>
      flow.summary(jobSummary({ report, view: null, undelivered, artifactUrl: null })),
    );
  }
  await attempt('The artifact', async () => {
    const url = (await archive.upload(cycleId)) ?? 'not uploaded';
    flow.log.info(`Files of the cut-off cycle: ${url}`);
  });
}
