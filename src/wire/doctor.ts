import { access, constants } from 'node:fs/promises';
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
import { codeOf, sayFailure } from '../core/model/failure.ts';
import type { Limits } from '../core/model/limits.ts';
import { type Probe, probe } from '../core/model/probe.ts';
import { count } from '../core/model/text.ts';
import type { Log } from '../ports.ts';
import { contextFor, endpointsOf, kubeconfigOf, memoryOf } from './command.ts';
import { clock, type Environment, knownChecks, limitsFor } from './parts.ts';

/** Tries every access that a cycle with these options needs, side by side; changes nothing anywhere. Throws Failure CONFIG_INVALID or DUMP_EMPTY for what the user got wrong. */
export async function diagnose(
  command: DoctorCommand,
  env: Environment,
  log: Log,
): Promise<readonly Probe[]> {
  const limits = limitsFor(env, endpointsOf(command));
  const groups = await Promise.all([
    ofCatalog(command),
    ofCluster(command, limits, log),
    ofSlack(command, limits, log),
    ofClaude(command, limits),
    ofState(command, log),
    ofGithub(command, limits),
  ]);
  return groups.flat();
}

async function ofCatalog({ catalog }: DoctorCommand): Promise<readonly Probe[]> {
  if (catalog === null) return [probe('catalog', 'unused', 'no --catalog is given: defaults hold')];
  const { services } = await loadCatalogFile(catalog, knownChecks, clock.now());
  return [probe('catalog', 'ok', count(services.length, 'service'))];
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
  return [probe('dump', 'ok', count(items.length, 'object'))];
}

async function ofSlack(
  { slack }: DoctorCommand,
  limits: Limits,
  log: Log,
): Promise<readonly Probe[]> {
  if (slack !== null) return inspectSlack({ ...slack, limits, clock, log });
  const said = 'SLACK_BOT_TOKEN and SLACK_CHANNEL are not set: nothing would be sent';
  return [probe('Slack', 'unused', said)];
}

async function ofClaude(
  { claude, model }: DoctorCommand,
  limits: Limits,
): Promise<readonly Probe[]> {
  const key = claudeKey(claude.key);
  const baseUrl = claudeBaseUrl(claude.baseUrl);
  if (key === null)
    return [probe('Claude', 'unused', 'ANTHROPIC_API_KEY is not set: rules alone decide')];
  return [await inspectClaude({ key, baseUrl, model, limits })];
}

async function ofState({ stateFile }: DoctorCommand, log: Log): Promise<readonly Probe[]> {
  if (stateFile === null)
    return [probe('state file', 'unused', 'no --state-file is given: nothing would be remembered')];
  const { first, trouble, mended } = await memoryOf(stateFile, 'doctor', log).load();
  if (trouble !== null) return [probe('state file', 'missing', sayFailure(trouble))];
  const folder = path.dirname(stateFile);
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const mend = 'make the folder, and let the program write there';
    return [probe('state file', 'missing', `its folder is not writable (${codeOf(error)})`, mend)];
  }
  if (mended !== null)
    return [probe('state file', 'limited', mended, 'the next cycle puts it aside')];
  return [
    probe('state file', 'ok', first ? 'not there yet: the first cycle makes it' : 'readable'),
  ];
}

async function ofGithub(
  { github: given }: DoctorCommand,
  limits: Limits,
): Promise<readonly Probe[]> {
  if (given === null) {
    const said = 'GITHUB_TOKEN and GITHUB_REPOSITORY are not set: only the action needs it';
    return [probe('GitHub', 'unused', said)];
  }
  const { branch, ...address } = given;
  return inspectGithub(
    github({ ...address, limits }),
    branch,
    AbortSignal.timeout(limits.githubAll),
  );
}
