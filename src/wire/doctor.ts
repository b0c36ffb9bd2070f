import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { claudeBaseUrl, claudeKey } from '../adapters/claude/credentials.ts';
import { inspectClaude } from '../adapters/claude/inspect.ts';
import { loadCatalogFile } from '../adapters/config/catalog-file.ts';
import type { DoctorCommand } from '../adapters/config/command-line.ts';
import { inspectGithub } from '../adapters/github/inspect.ts';
import { github } from '../adapters/github/octokit.ts';
import { dumpCluster } from '../adapters/kubernetes/dump.ts';
import { inspectCluster } from '../adapters/kubernetes/inspect.ts';
import { contextOf } from '../adapters/kubernetes/kubeconfig.ts';
import { inspectSlack } from '../adapters/slack/inspect.ts';
import { codeOf, Failure } from '../core/model/failure.ts';
import type { Limits } from '../core/model/limits.ts';
import { lacks, type Probe, works } from '../core/model/probe.ts';
import { count } from '../core/model/text.ts';
import { redact } from '../core/objects/redact.ts';
import type { Log } from '../ports.ts';
import { contextFor, endpointsOf, kubeconfigOf, memoryOf } from './command.ts';
import { inspectWays } from './doctor-ways.ts';
import { clock, type Environment, knownChecks, limitsFor } from './parts.ts';
import { readRun } from './run.ts';

/** Tries every access that a cycle with these options needs, side by side, whatever becomes of the others; changes nothing anywhere. Never throws. */
export async function diagnose(
  command: DoctorCommand,
  env: Environment,
  log: Log,
): Promise<readonly Probe[]> {
  const limits = limitsFor(env, addressesIn(command));
  const { pagerDutyUrl } = readRun(env);
  const groups = await Promise.all([
    tried(
      'catalog',
      'mend what it names (docs/catalog.schema.json knows every key)',
      ofCatalog(command),
    ),
    tried(
      command.source.kind === 'dump' ? 'dump' : 'kubeconfig',
      'give what kubectl on this machine works with',
      ofCluster(command, limits, log),
    ),
    tried(
      'Slack',
      'look at the secret and the variable that are passed here',
      ofSlack(command, limits, log),
    ),
    inspectWays(command.ways, pagerDutyUrl, limits),
    tried('Claude', 'store the key again, or none', ofClaude(command, limits)),
    tried('state file', 'choose another place', ofState(command, log)),
    ofFolder('output folder', command.outputDir),
    ofGithub(command, limits),
  ]);
  return groups.flat();
}

/** What the user got wrong is one line among the others. */
async function tried(
  what: string,
  mend: string,
  probes: Promise<readonly Probe[]>,
): Promise<readonly Probe[]> {
  try {
    return await probes;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, hint } = error;
    return [lacks(what, 'missing', redact(message), hint === '' ? mend : hint)];
  }
}

function addressesIn({ slack, ways, github: given, ...command }: DoctorCommand): readonly string[] {
  return [
    ...endpointsOf({ ...command, slack: slack instanceof Failure ? null : slack }),
    ...[ways.slackWebhook, ways.webhook, ways.heartbeat].filter((url) => url !== null),
    ...(given === null ? [] : [given.apiUrl ?? 'https://api.github.com']),
  ];
}

async function ofCatalog({ catalog }: DoctorCommand): Promise<readonly Probe[]> {
  if (catalog === null)
    return [
      lacks(
        'catalog',
        'unused',
        'no --catalog is given: defaults hold',
        'where you have one: --catalog .github/kube-vigil.yml',
      ),
    ];
  const { services } = await loadCatalogFile(catalog, knownChecks, clock.now());
  return [works('catalog', count(services.length, 'service'))];
}

async function ofCluster(
  { source, now }: DoctorCommand,
  limits: Limits,
  log: Log,
): Promise<readonly Probe[]> {
  if (source.kind !== 'dump') {
    const kubeconfig = kubeconfigOf(source);
    const context = contextFor(source);
    contextOf(kubeconfig, context);
    return inspectCluster({ kubeconfig, context }, limits);
  }
  const namespaces = { include: [], exclude: [] };
  const { items } = await dumpCluster(source.paths, { now, log, namespaces }).look();
  return [works('dump', count(items.length, 'object'))];
}

async function ofSlack(
  { slack }: DoctorCommand,
  limits: Limits,
  log: Log,
): Promise<readonly Probe[]> {
  if (slack instanceof Failure) throw slack;
  if (slack !== null) return inspectSlack({ ...slack, limits, clock, log });
  return [
    lacks(
      'Slack',
      'unused',
      'SLACK_BOT_TOKEN and SLACK_CHANNEL are not set: the app would send nothing',
      'set both, where alerts are to go to Slack (docs/slack-app.yml makes the app)',
    ),
  ];
}

async function ofClaude(
  { claude, model }: DoctorCommand,
  limits: Limits,
): Promise<readonly Probe[]> {
  const key = claudeKey(claude.key);
  const baseUrl = claudeBaseUrl(claude.baseUrl);
  if (key !== null) return [await inspectClaude({ key, baseUrl, model, limits })];
  return [
    lacks(
      'Claude',
      'unused',
      'ANTHROPIC_API_KEY is not set: rules alone decide',
      'set it, where Claude is to judge what is new or worse',
    ),
  ];
}

async function ofState({ stateFile }: DoctorCommand, log: Log): Promise<readonly Probe[]> {
  const what = 'state file';
  if (stateFile === null)
    return [
      lacks(
        what,
        'unused',
        'no --state-file is given: the command line would remember nothing',
        'give --state-file, where a cycle is to know of the one before; the action has its branch',
      ),
    ];
  const { first, trouble, mended } = await memoryOf(stateFile, 'doctor', log).state.load();
  if (trouble !== null) throw trouble;
  const [folder] = await ofFolder(what, path.dirname(stateFile));
  if (folder !== undefined && folder.state !== 'ok') return [folder];
  if (mended !== null)
    return [lacks(what, 'limited', mended, 'nothing: the next cycle keeps it aside')];
  return [works(what, first ? 'not there yet: the first cycle makes it' : 'readable')];
}

/** A cycle makes the folders that are not there, so the nearest one that is counts. */
async function ofFolder(what: string, folder: string): Promise<readonly Probe[]> {
  const at = path.resolve(folder);
  try {
    if (!(await stat(at)).isDirectory())
      return [lacks(what, 'missing', `${at} is a file, not a folder`, 'choose another place')];
    await access(at, constants.W_OK);
    return [works(what, 'may be written')];
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' && path.dirname(at) !== at) return ofFolder(what, path.dirname(at));
    const mend = 'let the user that runs this write there, or choose another place';
    return [lacks(what, 'missing', `the folder ${at} may not be written (${code})`, mend)];
  }
}

async function ofGithub(
  { github: given }: DoctorCommand,
  limits: Limits,
): Promise<readonly Probe[]> {
  if (given === null)
    return [
      lacks(
        'GitHub',
        'unused',
        'GITHUB_TOKEN and GITHUB_REPOSITORY are not set: only the action needs it',
        'set both to try its branch, issues, cache and schedule',
      ),
    ];
  const { branch, ...address } = given;
  return inspectGithub(
    github({ ...address, limits }),
    branch,
    AbortSignal.timeout(limits.githubAll),
  );
}
