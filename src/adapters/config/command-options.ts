import { Option, type Command as Program } from 'commander';
import { Failure } from '../../core/model/failure.ts';
import { defaultModel, inputTable } from './input-table.ts';

/** Where a cluster is read from, and how it is judged: what `cycle` and `baseline` have in common. */
function addLook(program: Program): Program {
  return program
    .addOption(
      text(
        '--kubeconfig <file>',
        'kubeconfig of the cluster (default: $KUBECONFIG, else in-cluster)',
      ),
    )
    .addOption(text('--context <name>', 'context of the kubeconfig (default: its current one)'))
    .addOption(
      new Option(
        '--dump <path...>',
        'files or folders of what `kubectl get -o json|yaml` printed, in place of a cluster',
      ).conflicts(['kubeconfig', 'context']),
    )
    .addOption(catalogOption('your services and known issues (YAML)'))
    .addOption(
      text(
        '--now <time>',
        'the moment to judge at, such as 2026-11-24T10:15:00Z (default: now; for a dump, its newest time)',
      ),
    );
}

function catalogOption(description: string): Option {
  return text('--catalog <file>', description);
}

export function addBaseline(program: Program): Program {
  return addLook(
    program
      .command('baseline')
      .description('print what is wrong now as accepted entries for the catalog; tells nobody'),
  );
}

export function addCycle(program: Program): Program {
  return addCycleOptions(
    program.command('cycle').description('one cycle: look at a cluster or a dump, decide, tell'),
  ).addHelpText('after', `${environmentHelp}\n\n${cycleExit}`);
}

export function addDoctor(program: Program): Program {
  return addCycleOptions(
    program
      .command('doctor')
      .description('try every access that such a cycle needs; changes nothing, tells nobody'),
  )
    .addOption(
      text('--state-branch <name>', 'branch that holds the memory of the action').default(
        inputTable['state-branch'].default,
      ),
    )
    .addHelpText('after', `${environmentHelp}\n${doctorHelp}`);
}

function addCycleOptions(program: Program): Program {
  return addLook(program)
    .addOption(text('--state-file <file>', 'file of the memory (default: nothing is remembered)'))
    .addOption(outputDir())
    .addOption(text('--cluster <name>', "the cluster's name in alerts (default: the context)"))
    .addOption(format())
    .addOption(
      text('--model <model>', 'Claude model to ask where ANTHROPIC_API_KEY is set').default(
        defaultModel,
      ),
    );
}

/** For a person: what a cycle left in its backup file. */
export interface ResendCommand {
  readonly name: 'resend';
  readonly file: string;
  /** null: where each message was to go. */
  readonly channel: string | null;
  /** Only prints what it would send. */
  readonly dryRun: boolean;
  /** As the environment has it; null only in a dry run. */
  readonly token: string | null;
  /** null: Slack's own. */
  readonly apiUrl: string | null;
}

interface ResendOptions {
  readonly channel?: string;
  readonly dryRun?: boolean;
}

export function addResend(
  program: Program,
  variable: (name: string) => string | null,
  take: (command: ResendCommand) => void,
): void {
  program
    .command('resend')
    .description('send what a backup file holds to Slack; what stands there already is not sent')
    .argument('<file>', 'backup_<cycle id>_<severity>.json of the artifact', filled('<file>'))
    .addOption(text('--channel <id>', 'another channel than the one that each was meant for'))
    .addOption(new Option('--dry-run', 'print what would be sent, and send nothing'))
    .addHelpText('after', resendHelp)
    .action((file: string, { channel, dryRun = false }: ResendOptions) => {
      const token = variable('SLACK_BOT_TOKEN');
      if (token === null && !dryRun)
        throw usage(
          'SLACK_BOT_TOKEN: is missing; set it to the bot token of the Slack app (xoxb-…)',
        );
      const apiUrl = variable('SLACK_API_URL');
      take({ name: 'resend', file, channel: channel ?? null, dryRun, token, apiUrl });
    });
}

const resendHelp = `
Environment:
  SLACK_BOT_TOKEN   bot token of the Slack app (SLACK_API_URL: another Slack)

The monitor sends what waits in its memory by itself: this is for a memory that was lost.

Exit: 0 Slack has all of it, 1 it did not take all, 2 bad usage.`;

const environmentHelp = `
Environment:
  SLACK_BOT_TOKEN, SLACK_CHANNEL   where alerts go (SLACK_API_URL: another Slack)
  ANTHROPIC_API_KEY                lets Claude judge what is new or worse (ANTHROPIC_BASE_URL: a gateway)
  KUBECONFIG                       kubeconfig where none is given`;

const cycleExit =
  'Exit: 0 the cycle ran, 1 it failed or the memory could not be saved, 2 bad usage or configuration.';

const doctorHelp = `  GITHUB_TOKEN, GITHUB_REPOSITORY  the repository of the action (GITHUB_API_URL: another GitHub)

  SLACK_WEBHOOK_URL, WEBHOOK_URL and WEBHOOK_SECRET, PAGERDUTY_ROUTING_KEY, HEARTBEAT_URL
                                   what the action's inputs get: looked at, nothing is sent

Exit: 0 a cycle has all that it needs, 1 something is missing or wrong, 2 bad usage.`;

function text(flags: string, description: string): Option {
  return new Option(flags, description).argParser(filled(flags.split(' ')[0] ?? flags));
}

export interface StatusCommand {
  readonly name: 'status';
  readonly stateFile: string;
  /** A file; null: nothing of a catalog is listed. */
  readonly catalog: string | null;
  readonly format: 'text' | 'json';
}

/** `status`, with its arguments as a command. */
export function addStatus(program: Program, take: (command: StatusCommand) => void): void {
  program
    .command('status')
    .description('what the monitor remembers of its own cycles, and what the catalog hides')
    .requiredOption('--state-file <file>', 'file of the memory', filled('--state-file'))
    .addOption(catalogOption('list its silences and known issues with what each hides'))
    .addOption(format())
    .action((options: Partial<Omit<StatusCommand, 'name'>>) => {
      const { stateFile = '', catalog = null, format: as = 'text' } = options;
      take({ name: 'status', stateFile, catalog, format: as });
    });
}

/** Refuses an empty value, which a shell makes of an unset variable. */
export function filled(flag: string): (value: string) => string {
  return (value) => {
    if (value.trim() === '') throw usage(`${flag}: is empty; give it a value or leave it out`);
    return value;
  };
}

export function outputDir(): Option {
  return text('--output-dir <dir>', 'folder that gets logs/').default('.');
}

export function format(): Option {
  return new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');
}

export function usage(message: string): Failure {
  return new Failure('USAGE', message);
}
