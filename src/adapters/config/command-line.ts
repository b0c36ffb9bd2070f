import { delimiter } from 'node:path';
import { CommanderError, Command as Program } from 'commander';
import { Failure } from '../../core/model/failure.ts';
import {
  addBaseline,
  addCycle,
  addDoctor,
  addResend,
  addStatus,
  filled,
  format,
  outputDir,
  type ResendCommand,
  type StatusCommand,
  usage,
} from './command-options.ts';
import {
  type Addresses,
  addressesOf,
  type SlackAddress,
  slackOf,
  variable,
} from './environment.ts';
import { defaultModel, inputTable } from './input-table.ts';
import { modelPattern } from './inputs.ts';
import { oneLine, show } from './problems.ts';
import { slugOf } from './slug.ts';
import { parseTimestamp } from './times.ts';
import { version } from './version.ts';

const stateBranch = inputTable['state-branch'].default;

type Format = 'text' | 'json';

/** Where the cluster's objects come from. `files` as $KUBECONFIG lists them; `context` null: the current one. */
export type Source =
  | {
      readonly kind: 'kubeconfig';
      readonly files: readonly string[];
      readonly context: string | null;
    }
  | { readonly kind: 'in-cluster' }
  | { readonly kind: 'dump'; readonly paths: readonly string[] };

export interface CycleCommand {
  readonly name: 'cycle';
  readonly source: Source;
  /** A file; null: defaults. */
  readonly catalog: string | null;
  /** null: nothing is remembered. */
  readonly stateFile: string | null;
  readonly outputDir: string;
  /** A slug; null: the context's. */
  readonly cluster: string | null;
  /** ms; null: the wall clock. */
  readonly now: number | null;
  readonly format: Format;
  readonly model: string;
  /** As the environment has them; null where neither token nor channel is set. */
  readonly slack: SlackAddress | null;
  /** As the environment has them: adapters/claude checks both. */
  readonly claude: { readonly key: string | null; readonly baseUrl: string | null };
}

/** The accesses of a cycle with the same options, tried. */
export interface DoctorCommand extends Omit<CycleCommand, 'name' | 'slack'>, Addresses {
  readonly name: 'doctor';
}

/** One look, without memory and without telling anybody. */
export interface BaselineCommand {
  readonly name: 'baseline';
  readonly source: Source;
  readonly catalog: string | null;
  readonly now: number | null;
}

export type Command =
  | BaselineCommand
  | { readonly name: 'explain'; readonly check: string }
  | { readonly name: 'help'; readonly text: string }
  | { readonly name: 'demo'; readonly outputDir: string }
  | CycleCommand
  | DoctorCommand
  | ResendCommand
  | { readonly name: 'checks'; readonly format: Format }
  | StatusCommand;

type Environment = { readonly [name: string]: string | undefined };

/** What commander hands over; absent options are undefined. */
interface Options {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly dump?: readonly string[];
  readonly catalog?: string;
  readonly stateFile?: string;
  readonly stateBranch?: string;
  readonly outputDir?: string;
  readonly cluster?: string;
  readonly now?: string;
  readonly format?: Format;
  readonly model?: string;
}

/**
 * The command line without node and script (`process.argv.slice(2)`), and the environment that belongs to it.
 * `--help` and `--version` come back as the text to print. Throws Failure USAGE (the entry exits 2); touches no file.
 */
export function parseCommandLine(argv: readonly string[], env: Environment): Command {
  let command: Command | null = null;
  let printed = '';
  const program = programOf((given) => {
    command = given;
  }, env);
  for (const each of [program, ...program.commands])
    each.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => undefined,
    });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageOf(error, argv, program);
    return { name: 'help', text: printed };
  }
  return command ?? { name: 'help', text: printed };
}

function programOf(take: (command: Command) => void, env: Environment): Program {
  const program = new Program('kube-vigil')
    .description('Watches a Kubernetes cluster: one cycle looks, decides and tells.')
    .version(version);
  program
    .command('demo')
    .description('two cycles on an embedded cluster; sends nothing')
    .addOption(outputDir())
    .action((options: Options) => take({ name: 'demo', outputDir: options.outputDir ?? '.' }));
  addCycle(program).action((options: Options) => take(cycleOf(options, env)));
  addDoctor(program).action((options: Options) => take(doctorOf(options, env)));
  program
    .command('checks')
    .description('list the checks and their limits')
    .addOption(format())
    .action((options: Options) => take({ name: 'checks', format: options.format ?? 'text' }));
  program
    .command('explain')
    .description('what one check finds, when it waits, how to silence it')
    .argument('<check>', 'its id, such as crash-loop (kube-vigil checks lists them)')
    .action((check: string) => take({ name: 'explain', check }));
  addResend(program, (name) => variable(env, name), take);
  addBaseline(program).action((options: Options) => take(baselineOf(options, env)));
  addStatus(program, take);
  return program;
}

function baselineOf(options: Options, env: Environment): BaselineCommand {
  return {
    name: 'baseline',
    source: sourceOf(options, env, 'baseline'),
    catalog: options.catalog ?? null,
    now: options.now === undefined ? null : nowOf(options.now),
  };
}

function cycleOf(options: Options, env: Environment): CycleCommand {
  return { name: 'cycle', ...partsOf(options, env, 'cycle'), slack: slackOf(env) };
}

function doctorOf(options: Options, env: Environment): DoctorCommand {
  const addresses = addressesOf(env, options.stateBranch ?? stateBranch);
  return { name: 'doctor', ...partsOf(options, env, 'doctor'), ...addresses };
}

/** What `cycle` and `doctor` have in common. */
function partsOf(options: Options, env: Environment, command: string) {
  return {
    source: sourceOf(options, env, command),
    catalog: options.catalog ?? null,
    stateFile: options.stateFile ?? null,
    outputDir: options.outputDir ?? '.',
    cluster: options.cluster === undefined ? null : slugOf(options.cluster),
    now: options.now === undefined ? null : nowOf(options.now),
    format: options.format ?? 'text',
    model: modelOf(options.model ?? defaultModel),
    claude: {
      key: variable(env, 'ANTHROPIC_API_KEY'),
      baseUrl: variable(env, 'ANTHROPIC_BASE_URL'),
    },
  };
}

function sourceOf(options: Options, env: Environment, command: string): Source {
  if (options.dump !== undefined) {
    options.dump.forEach(filled('--dump'));
    return { kind: 'dump', paths: options.dump };
  }
  const context = options.context ?? null;
  if (options.kubeconfig !== undefined)
    return { kind: 'kubeconfig', files: [options.kubeconfig], context };
  const files = (variable(env, 'KUBECONFIG') ?? '').split(delimiter).filter((file) => file !== '');
  if (files.length > 0) return { kind: 'kubeconfig', files, context };
  if (context !== null)
    throw usage('--context: there is no kubeconfig to take it from; give --kubeconfig FILE too');
  if (variable(env, 'KUBERNETES_SERVICE_HOST') !== null) return { kind: 'in-cluster' };
  throw usage(
    `${command}: no cluster is given; give --kubeconfig FILE (such as ~/.kube/config), --dump PATH, or set KUBECONFIG`,
  );
}

function nowOf(value: string): number {
  const at = parseTimestamp(value);
  if (at !== null) return at;
  throw usage(
    `--now: expected a moment with its offset, such as 2026-11-24T10:15:00Z, got ${show(value)}`,
  );
}

function modelOf(value: string): string {
  if (modelPattern.test(value)) return value;
  throw usage(`--model: expected a model such as ${defaultModel}, got ${show(value)}`);
}

/** Commander's own words, with the place and the way out. */
function usageOf(error: CommanderError, argv: readonly string[], program: Program): Failure {
  const names = program.commands.map((each) => each.name());
  const command = names.find((name) => argv.includes(name));
  const said =
    error.code === 'commander.help'
      ? `no command is given; it is one of ${names.join(', ')}`
      : oneLine(error.message.replace(/^error: /, ''));
  const help = command === undefined ? '`kube-vigil --help`' : `\`kube-vigil ${command} --help\``;
  return new Failure('USAGE', said, { hint: `See ${help}` });
}
