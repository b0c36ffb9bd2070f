import {
  type BaselineCommand,
  type CycleCommand,
  type DoctorCommand,
  parseCommandLine,
} from './adapters/config/command-line.ts';
import type { ResendCommand, StatusCommand } from './adapters/config/command-options.ts';
import type { Check } from './core/checks/define.ts';
import { registry } from './core/checks/registry.ts';
import { acceptAll } from './core/incidents/accepted.ts';
import { entriesOf } from './core/incidents/hiding.ts';
import { resent } from './core/lifecycle/resent.ts';
import { Failure, sayFailure } from './core/model/failure.ts';
import { hiddenNow } from './core/model/hidden-entry.ts';
import { countingGaps } from './core/model/incident.ts';
import { limits } from './core/model/limits.ts';
import { isLacking } from './core/model/probe.ts';
import type { Snapshot } from './core/model/snapshot.ts';
import { statusOf } from './core/model/state.ts';
import { formatTime, parseTime } from './core/model/time.ts';
import { troubledPods } from './core/objects/judged-pods.ts';
import { isReady } from './core/objects/pod.ts';
import { redact } from './core/objects/redact.ts';
import { byKind } from './core/objects/trim.ts';
import { observe } from './core/observe.ts';
import { baselineText } from './core/render/baseline.ts';
import { doctorText } from './core/render/doctor.ts';
import { type DumpSeen, sayClock } from './core/render/dump-words.ts';
import { explainCheck } from './core/render/explain.ts';
import { sayGap } from './core/render/gap-words.ts';
import { hiddenText } from './core/render/hidden-entries.ts';
import { logLine } from './core/render/log.ts';
import { oneLine } from './core/render/plain-text.ts';
import { resentText } from './core/render/resent.ts';
import { checksText, reportText, statusText } from './core/render/text.ts';
import { type Outcome, runCycle } from './cycle.ts';
import { notify } from './notify.ts';
import type { Log } from './ports.ts';
import {
  baselineWorld,
  catalogAt,
  commandWorld,
  memoryOf,
  openTerminal,
  resendWorld,
} from './wire/command.ts';
import { demoWorld } from './wire/demo.ts';
import { diagnose } from './wire/doctor.ts';
import { prepareProcess, within } from './wire/parts.ts';

/** How long the silence lasts that `explain` advises; ms. */
const week = 7 * 24 * 3_600_000;

/** Codes of what the user got wrong, as opposed to what the world did. */
const usageCodes: readonly string[] = ['USAGE', 'CONFIG_INVALID', 'DUMP_EMPTY'];

/** The program `kube-vigil`: what was asked on stdout, everything else on stderr. Returns the exit code: 0, 1 (failed, or not saved) or 2 (bad usage or configuration). */
export async function runCommand(argv: readonly string[], node: NodeJS.Process): Promise<number> {
  const log = openTerminal(node.stderr);
  const print = (text: string): void => {
    log.progress('');
    node.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  };
  try {
    const command = parseCommandLine(argv, node.env);
    switch (command.name) {
      case 'help':
        print(command.text);
        return 0;
      case 'checks':
        print(
          command.format === 'json'
            ? json({ checks: registry.map(({ meta }) => meta) })
            : checksText(registry.map(({ meta }) => meta)),
        );
        return 0;
      case 'explain':
        print(
          `${command.check}\n\n${explainCheck(checkNamed(command.check), formatTime(Date.now() + week))}`,
        );
        return 0;
      case 'baseline':
        return await takeBaseline(command, node.env, log, print);
      case 'status':
        return await showStatus(command, log, print);
      case 'resend':
        return await resend(command, node, log, print);
      case 'demo':
        return await runDemo(command.outputDir, log, print);
      case 'cycle':
        return await runOneCycle(command, node, log, print);
      case 'doctor':
        return await runDoctor(command, node, log, print);
    }
  } catch (error) {
    if (!(error instanceof Failure && usageCodes.includes(error.code))) throw error;
    log.progress('');
    node.stderr.write(`kube-vigil: ${logLine(redact(sayFailure(error)))}\n`);
    return 2;
  }
}

function checkNamed(id: string): Check {
  const check = registry.find(({ meta }) => meta.id === id);
  if (check !== undefined) return check;
  throw new Failure('USAGE', `there is no check ${oneLine(id, 80)}`, {
    hint: '`kube-vigil checks` lists them',
  });
}

/** What is wrong now, as entries for the catalog; what could not be read is said, for it is in no entry. */
async function takeBaseline(
  command: BaselineCommand,
  env: NodeJS.ProcessEnv,
  log: Log,
  print: (text: string) => void,
): Promise<number> {
  const { cluster, catalog } = await baselineWorld(command, { ...env }, log);
  prepareProcess(env);
  try {
    const snapshot = await cluster.look();
    const now = command.now ?? parseTime(snapshot.takenAt) ?? Date.now();
    const observation = observe(snapshot, catalog, now);
    for (const gap of countingGaps(observation))
      log.warn(`${sayGap(gap)}: what is wrong there is not in the baseline`);
    const dump = dumpSeen(snapshot);
    if (dump !== null) log.info(sayClock(dump));
    print(baselineText(acceptAll(observation.findings)));
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.error(redact(sayFailure(error)));
    return 1;
  }
}

async function runDoctor(
  command: DoctorCommand,
  node: NodeJS.Process,
  log: Log,
  print: (text: string) => void,
): Promise<number> {
  const env = { ...node.env };
  prepareProcess(node.env);
  const probes = await diagnose(command, env, log);
  print(command.format === 'json' ? json({ probes }) : doctorText(probes));
  return isLacking(probes) ? 1 : 0;
}

async function runOneCycle(
  command: CycleCommand,
  node: NodeJS.Process,
  log: Log,
  print: (text: string) => void,
): Promise<number> {
  const { world, settings, dump } = await commandWorld(command, { ...node.env }, log);
  prepareProcess(node.env);
  const outcome = await within(limits.cycle, runCycle(world, settings));
  const { report, view, below } = outcome;
  print(
    command.format === 'json'
      ? json(report)
      : reportText(report, view, { below, dump: dump === null ? null : dumpSeen(dump) }),
  );
  return exitCodeOf(outcome);
}

/** What is said of a dump's clock; null: it has none. */
function dumpSeen(dump: Snapshot): DumpSeen | null {
  const now = parseTime(dump.takenAt);
  if (dump.clock === undefined || now === null) return null;
  // An hour later no pod is too young to be looked at.
  const pods = troubledPods(byKind(dump), now + 3_600_000);
  return { now, clock: dump.clock, unready: pods.filter((pod) => !isReady(pod)).length };
}

/** JSON that a workflow's log cannot take for a command: `##[` is one anywhere in a line. */
function json(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll('##[', '#\\u0023[');
}

function exitCodeOf({ report, unsaved }: Outcome): number {
  return unsaved || report.status === 'failed' || report.status === 'error' ? 1 : 0;
}

async function showStatus(
  { stateFile: file, catalog, format }: StatusCommand,
  log: Log,
  print: (text: string) => void,
): Promise<number> {
  const entries = catalog === null ? null : entriesOf(await catalogAt(catalog), Date.now());
  const { state, first, trouble, mended } = await memoryOf(file, 'status', log).state.load();
  const problem = trouble === null ? mended : sayFailure(trouble);
  if (problem !== null) {
    log.error(problem);
    return 1;
  }
  if (first)
    log.warn(`No memory is at ${oneLine(file, 200)}: this is what a first cycle begins with`);
  const status = statusOf(state);
  const hidden = entries === null ? null : hiddenNow(entries, state);
  print(
    format === 'json'
      ? json(hidden === null ? status : { ...status, catalog: hidden })
      : `${statusText(status)}${hidden === null ? '' : hiddenText(hidden, state.lookedAt)}`,
  );
  return 0;
}

/** What Slack did not take when it was news. Each is looked up first: perhaps the monitor has sent it since. */
async function resend(
  command: ResendCommand,
  node: NodeJS.Process,
  log: Log,
  print: (text: string) => void,
): Promise<number> {
  const { saved, messenger } = await resendWorld(command, { ...node.env }, log);
  prepareProcess(node.env);
  const { due, state } = resent(saved.notifications, command.channel);
  if (due.length === 0) print('The backup file holds nothing that can be sent');
  const receipts = await notify(messenger, { due, state }, () => Promise.resolve());
  for (const [at, notification] of due.entries())
    print(resentText(notification, receipts[at] ?? null));
  return messenger === null || receipts.every(({ accepted }) => accepted) ? 0 : 1;
}

/** Two cycles of the shop, two hours apart: trouble appears; then one incident goes on, one ends, one is new. */
async function runDemo(
  outputDir: string,
  log: Log,
  print: (text: string) => void,
): Promise<number> {
  const demo = await demoWorld(outputDir, log);
  try {
    let code = 0;
    for (const [index, look] of demo.looks.entries()) {
      demo.turn(look);
      const outcome = await runCycle(demo.world, demo.settings);
      print(
        `${index === 0 ? 'First cycle' : '\nSecond cycle, two hours later'}\n\n${reportText(outcome.report, outcome.view, outcome)}`,
      );
      code = Math.max(code, exitCodeOf(outcome));
    }
    print('\nNothing was sent: this Slack is pretended. The reports are in logs/.');
    return code;
  } finally {
    await demo.close();
  }
}
