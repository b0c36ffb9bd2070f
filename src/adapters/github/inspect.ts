import * as z from 'zod';
import { type Probe, probe } from '../../core/model/probe.ts';
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
    return [probe(name, 'missing', sayAnswer(known), hintFor(known, 'contents: write'))];
  const [there, rules, issues, caches] = await Promise.all([
    ask(`/branches/${partsOf(branch)}`),
    ask(`/rules/branches/${partsOf(branch)}`),
    ask('/issues', { per_page: 1 }),
    ask('/actions/caches', { per_page: 1 }),
  ]);
  return [
    ofRepository(name, found.data),
    ofBranch(branch, there, rules, found.data),
    ofIssues(issues, found.data),
    ofCaches(caches),
  ];
}

type Repository = z.infer<typeof repository>;

function ofRepository(name: string, found: Repository): Probe {
  if (found.archived === true)
    return probe(name, 'missing', 'it is archived, so nothing can be saved', 'unarchive it');
  if (found.private === false)
    return probe(
      name,
      'limited',
      'it is public: reports, state and issues would be too, so the action refuses to run',
      'use a private repository, or set allow-public-repository: true',
    );
  return probe(name, 'ok', 'visible');
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
    return probe(what, 'missing', `a ruleset covers it (${stops.join(', ')})`, mend);
  const isNew = there.status === 404;
  if (there.status !== 200 && !isNew)
    return probe(what, 'missing', sayAnswer(there), hintFor(there, 'contents: write'));
  const shape = branchShape.safeParse(there.body);
  if (!isNew && shape.success && shape.data.protected === true)
    return probe(what, 'missing', 'it is protected', mend);
  if (permissions?.push === false)
    return probe(
      what,
      'missing',
      'the token may read only',
      'give the job `permissions: contents: write`',
    );
  const said = isNew ? 'not there yet: the first cycle makes it' : 'there, and not protected';
  return permissions?.push === true
    ? probe(what, 'ok', said)
    : probe(what, 'unknown', `${said}; whether the token may write shows with the first cycle`);
}

function ofIssues(issues: Answer, { has_issues: hasIssues }: Repository): Probe {
  const what = 'issues';
  if (hasIssues === false || issues.status === 410)
    return probe(
      what,
      'limited',
      'they are switched off: nobody hears that the monitor itself is unwell',
      "switch them on in the repository's settings",
    );
  if (issues.status !== 200)
    return probe(what, 'missing', sayAnswer(issues), hintFor(issues, 'issues: write'));
  return probe(what, 'ok', 'readable; opening one needs `permissions: issues: write`');
}

/** Only `state-store: cache` needs it. */
function ofCaches(caches: Answer): Probe {
  const what = 'cache (for state-store cache)';
  return caches.status === 200
    ? probe(what, 'ok', 'readable')
    : probe(
        what,
        'limited',
        sayAnswer(caches),
        'give the job `permissions: actions: read` where state-store is cache',
      );
}
