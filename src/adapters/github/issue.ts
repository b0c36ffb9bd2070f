import * as z from 'zod';
import { type Failure, sayFailure } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import { cut } from '../../core/model/text.ts';
import type { HealthIssue, Log, Tracker } from '../../ports.ts';
import type { Answer, Github } from './octokit.ts';
import { bounded, pause, steadily, tries } from './patience.ts';
import { isUncertain, refused } from './refusal.ts';

/** The label that the issue is found by; the marker in its body says which cluster it is about. */
const label = 'kube-vigil';
const markerOf = (cluster: string): string => `<!-- kube-vigil:health cluster=${cluster} -->`;

/** GitHub takes 65,536 characters. */
const bodyLimit = 60_000;
const pageSize = 100;
/** Pages of open issues with our label that are looked through. */
const pageLimit = 5;

const issueShape = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  pull_request: z.unknown().optional(),
});
type Issue = z.infer<typeof issueShape>;
const issuesShape = z.array(issueShape);
type Open = { readonly number: number; readonly url: string };

/**
 * Keeps one issue per cluster. Each `settle` ends within `limits.githubAll` ms. One that a person closed while health
 * is bad stays closed, and no other is opened: it is still the known one.
 */
export function issueTracker(options: {
  readonly github: Github;
  readonly limits: Limits;
  readonly log: Log;
}): Tracker {
  const { github, limits, log } = options;
  return {
    settle: (issue, known) =>
      bounded(limits.githubAll, undefined, async (signal) => {
        const desk = { github, log, signal, issue, marker: markerOf(issue.cluster) };
        const found = await find(desk, known);
        if (issue.body === null) return found === null ? null : close(desk, found);
        if (found === null) return open(desk);
        return found.state === 'open' ? update(desk, found) : openOf(found);
      }),
  };
}

/** What one use needs at every step. */
interface Desk {
  readonly github: Github;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly issue: HealthIssue;
  readonly marker: string;
}

/** The known issue, whatever its state; where it is gone (deleted, moved) or none is known, the open one with our marker. */
async function find(desk: Desk, known: Open | null): Promise<Issue | null> {
  if (known === null) return findByMarker(desk);
  const answer = await get(desk, `/issues/${known.number}`);
  if ([301, 404, 410].includes(answer.status)) return findByMarker(desk);
  const issue = issueShape.safeParse(answer.body);
  if (answer.status !== 200 || !issue.success)
    throw refusal(`Could not read issue ${known.number}`, answer);
  return issue.data;
}

/** No filter by creator: the token may be an app's today and GitHub's own tomorrow. The oldest wins. */
async function findByMarker(desk: Desk): Promise<Issue | null> {
  const found: Issue[] = [];
  for (let page = 1; page <= pageLimit; page++) {
    const query = { labels: label, state: 'open', per_page: pageSize, page };
    const answer = await get(desk, '/issues', query);
    const issues = issuesShape.safeParse(answer.body);
    if (answer.status !== 200 || !issues.success)
      throw refusal('Could not look for the health issue', answer);
    found.push(...issues.data.filter((issue) => isOurs(issue, desk.marker)));
    if (issues.data.length < pageSize) break;
  }
  return found.toSorted((a, b) => a.number - b.number)[0] ?? null;
}

function isOurs(issue: Issue, marker: string): boolean {
  return issue.pull_request === undefined && (issue.body ?? '').includes(marker);
}

/** One POST. Where its answer is lost, the issue is looked for before anybody may try again. */
async function open(desk: Desk): Promise<Open> {
  const { github, issue, signal } = desk;
  const content = { title: issue.title, body: bodyOf(desk), labels: [label] };
  const answer = await github.call('POST', '/issues', content, signal);
  const opened = issueShape.safeParse(answer.body);
  if (answer.status === 201 && opened.success) return openOf(opened.data);
  if (answer.status >= 300 && !isUncertain(answer))
    throw refusal('Could not open the health issue', answer);
  for (let attempt = 1; attempt <= tries; attempt++) {
    // The list may be seconds behind.
    if (attempt > 1) await pause(attempt + 1, signal);
    const found = await findByMarker(desk);
    if (found !== null) return openOf(found);
  }
  throw refusal('Could not open the health issue', answer);
}

async function update(desk: Desk, found: Issue): Promise<Open> {
  const content = { title: desk.issue.title, body: bodyOf(desk) };
  if (found.title === content.title && isSameText(found.body ?? '', content.body))
    return openOf(found);
  const answer = await patch(desk, found.number, content);
  if (answer.status !== 200) throw refusal(`Could not update issue ${found.number}`, answer);
  return openOf(found);
}

/** Closes first, then comments: so a lost answer never makes a second comment. */
async function close(desk: Desk, found: Issue): Promise<null> {
  if (found.state !== 'open') return null;
  const closed = await patch(desk, found.number, { state: 'closed', state_reason: 'completed' });
  if (closed.status !== 200) throw refusal(`Could not close issue ${found.number}`, closed);
  const comment = { body: cut(desk.issue.closing, bodyLimit) };
  const answer = await desk.github.call(
    'POST',
    `/issues/${found.number}/comments`,
    comment,
    desk.signal,
  );
  if (answer.status !== 201)
    desk.log.warn(
      sayFailure(refusal(`Issue ${found.number} was closed without a comment`, answer)),
    );
  return null;
}

function get(desk: Desk, path: string, query = {}): Promise<Answer> {
  const { github, signal } = desk;
  return steadily(signal, self, () => github.call('GET', path, query, signal));
}

/** A PATCH that is repeated does nothing twice. */
function patch(desk: Desk, number: number, content: object): Promise<Answer> {
  const { github, signal } = desk;
  return steadily(signal, self, () =>
    github.call('PATCH', `/issues/${number}`, { ...content }, signal),
  );
}

const self = (answer: Answer): Answer => answer;

function bodyOf({ issue, marker }: Desk): string {
  return `${cut((issue.body ?? '').replaceAll(marker, '').trimEnd(), bodyLimit)}\n\n${marker}`;
}

function isSameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trim() === b.trim();
}

function openOf(issue: Issue): Open {
  return { number: issue.number, url: issue.html_url };
}

function refusal(what: string, answer: Answer): Failure {
  return refused(what, answer, 'issues: write');
}
