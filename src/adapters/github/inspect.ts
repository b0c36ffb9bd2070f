import * as z from 'zod';
import { lacks, type Probe, works } from '../../core/model/probe.ts';
import { cut } from '../../core/model/text.ts';
import { partsOf } from './contents.ts';
import type { Answer, Github } from './octokit.ts';
import { hintFor, sayAnswer } from './refusal.ts';

const repository = z.looseObject({
  private: z.boolean().optional().catch(undefined),
  archived: z.boolean().optional().catch(undefined),
  has_issues: z.boolean().optional().catch(undefined),
  permissions: z.looseObject({ push: z.boolean().optional() }).optional().catch(undefined),
});
const branchShape = z.looseObject({ protected: z.boolean().optional().catch(undefined) });
const workflowsShape = z.looseObject({
  workflows: z.array(z.looseObject({ path: z.string(), state: z.string() })),
});
const rulesShape = z.array(z.looseObject({ type: z.string() }));

/** Rules that stop a commit of the job's own token. */
const stopping = [
  'creation',
  'update',
  'pull_request',
  'required_status_checks',
  'required_signatures',
  'required_deployments',
];

/** Tries what a cycle asks of GitHub, as far as reading tells: nothing is written. Never throws. */
export async function inspectGithub(
  github: Github,
  branch: string,
  signal: AbortSignal,
): Promise<readonly Probe[]> {
  const ask = (path: string, parameters: object = {}) =>
    github.call('GET', path, { ...parameters }, signal);
  const known = await ask('');
  const found = repository.safeParse(known.body);
  const name = `repository ${github.owner}/${github.repo}`;
  if (known.status !== 200 || !found.success)
    return [lacks(name, 'missing', sayAnswer(known), mendOf(known, 'contents: write'))];
  const [there, rules, issues, caches, workflows] = await Promise.all([
    ask(`/branches/${partsOf(branch)}`),
    ask(`/rules/branches/${partsOf(branch)}`),
    ask('/issues', { per_page: 1 }),
    ask('/actions/caches', { per_page: 1 }),
    ask('/actions/workflows', { per_page: 100 }),
  ]);
  return [
    ofRepository(name, found.data),
    ofBranch(branch, there, rules, found.data),
    ofIssues(issues, found.data),
    ofCaches(caches),
    ofSchedule(workflows),
    lacks(
      'artifacts',
      'unknown',
      'not tried: it would upload one, and only an action may',
      "each cycle's log says whether its artifact went up; a self-hosted runner must reach *.actions.githubusercontent.com and *.blob.core.windows.net",
    ),
  ];
}

/** What a person can do where GitHub did not say. */
function mendOf(answer: Answer, permission: string): string {
  const hint = hintFor(answer, permission);
  if (hint !== '') return hint;
  return answer.status === 0
    ? 'the runner must reach it: check GITHUB_API_URL, HTTPS_PROXY and the firewall'
    : 'run doctor again in a minute; githubstatus.com says whether it is GitHub';
}

type Repository = z.infer<typeof repository>;

function ofRepository(name: string, found: Repository): Probe {
  if (found.archived === true)
    return lacks(name, 'missing', 'it is archived, so nothing can be saved', 'unarchive it');
  if (found.private === false)
    return lacks(
      name,
      'limited',
      'it is public: reports, state and issues would be too, so the action refuses to run',
      'use a private repository, or set allow-public-repository: true',
    );
  return works(name, 'visible');
}

function ofBranch(
  branch: string,
  there: Answer,
  rules: Answer,
  { permissions }: Repository,
): Probe {
  const what = `state branch ${branch}`;
  const mend = 'exempt the branch, or the workflow, from the rule, or use another state-branch';
  const listed = rulesShape.safeParse(rules.body);
  const types = listed.success ? new Set(listed.data.map(({ type }) => type)) : new Set<string>();
  const stops = stopping.filter((type) => types.has(type));
  if (stops.length > 0)
    return lacks(what, 'missing', `a ruleset covers it (${stops.join(', ')})`, mend);
  const isNew = there.status === 404;
  if (there.status !== 200 && !isNew)
    return lacks(what, 'missing', sayAnswer(there), mendOf(there, 'contents: write'));
  const shape = branchShape.safeParse(there.body);
  if (!isNew && shape.success && shape.data.protected === true)
    return lacks(what, 'missing', 'it is protected', mend);
  if (permissions?.push === false)
    return lacks(
      what,
      'missing',
      'the token may read only',
      'give the job `permissions: contents: write`',
    );
  const said = isNew ? 'not there yet: the first cycle makes it' : 'there, and not protected';
  return permissions?.push === true
    ? works(what, said)
    : lacks(
        what,
        'unknown',
        `${said}; whether the token may write is not tried`,
        'give the job `permissions: contents: write`; the first cycle shows it',
      );
}

function ofIssues(issues: Answer, { has_issues: hasIssues }: Repository): Probe {
  const what = 'issues';
  if (hasIssues === false || issues.status === 410)
    return lacks(
      what,
      'limited',
      'they are switched off: nobody hears that the monitor itself is unwell',
      "switch them on in the repository's settings",
    );
  if (issues.status !== 200)
    return lacks(what, 'missing', sayAnswer(issues), mendOf(issues, 'issues: write'));
  return lacks(
    what,
    'unknown',
    'readable; not tried further: it would open one',
    'give the job `permissions: issues: write`',
  );
}

/** Only `state-store: cache` needs it. */
function ofCaches(caches: Answer): Probe {
  const what = 'cache (for state-store cache)';
  return caches.status === 200
    ? works(what, 'may be listed; saving is not tried')
    : lacks(what, 'limited', sayAnswer(caches), mendOf(caches, 'actions: read'));
}

/** GitHub switches a schedule off where nobody commits for 60 days, and a person may have. */
function ofSchedule(workflows: Answer): Probe {
  const what = 'schedule';
  const listed = workflowsShape.safeParse(workflows.body);
  if (workflows.status !== 200 || !listed.success)
    return lacks(
      what,
      'unknown',
      `whether its workflow is switched on: ${sayAnswer(workflows)}`,
      mendOf(workflows, 'actions: read'),
    );
  const off = listed.data.workflows.filter(({ state }) => state.startsWith('disabled_'));
  if (off.length === 0) return works(what, 'no workflow of the repository is switched off');
  const names = off.map(({ path, state }) => `${path} (${state})`).join(', ');
  return lacks(
    what,
    'limited',
    `switched off: ${cut(names, 200)}`,
    'is the monitor among them, no cycle runs: gh workflow enable <file>',
  );
}
