import * as z from 'zod';
import { type Failure, sayFailure } from '../../core/model/failure.ts';
import type { HealthIssue } from '../../core/model/health-issue.ts';
import type { Limits } from '../../core/model/limits.ts';
import { cut } from '../../core/model/text.ts';
import type { Log, Tracker } from '../../ports.ts';
import type { Answer, Github } from './octokit.ts';
import { bounded, pause, steadily, tries } from './patience.ts';
import { isUncertain, refused } from './refusal.ts';

/** The label that the issue is found by; the marker in its body says which cluster it is about. */
const label = 'kube-vigil';
const markerStart = '<!-- kube-vigil:';
const markerOf = (cluster: string): string => `${markerStart}health cluster=${cluster} -->`;

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
 * Keeps one issue per cluster. Each `settle` ends within `limits.githubAll` ms. One that a person closed while something
 * is wrong stays closed until it gets worse, and no other is opened: it is still the known one.
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
        const own = known === null ? null : await read(desk, known.number);
        if (issue.body === null) return closeAll(desk, own);
        if (own !== null) return update(desk, own);
        const [oldest, ...doubles] = await findByMarker(desk);
        if (oldest === undefined) return (await reopen(desk)) ?? open(desk);
        await closeDoubles(desk, oldest.number, doubles);
        return update(desk, oldest);
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

/** An issue by its number, open or closed; null where it is gone (deleted, moved elsewhere). */
async function read(desk: Desk, number: number): Promise<Issue | null> {
  const answer = await get(desk, `/issues/${number}`);
  if ([301, 404, 410].includes(answer.status)) return null;
  const issue = issueShape.safeParse(answer.body);
  if (answer.status !== 200 || !issue.success)
    throw refusal(`Could not read issue ${number}`, answer);
  return issue.data;
}

/** The open ones with our marker, the oldest first. No filter by creator: the token may be an app's today and GitHub's own tomorrow. */
async function findByMarker(desk: Desk): Promise<readonly Issue[]> {
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
  return found.toSorted((a, b) => a.number - b.number);
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
    const [found] = await findByMarker(desk);
    if (found !== undefined) return openOf(found);
  }
  throw refusal('Could not open the health issue', answer);
}

/** The issue of an outbreak shortly before; null where there is none to open again. */
async function reopen(desk: Desk): Promise<Open | null> {
  const { again } = desk.issue;
  const found = again === null ? null : await read(desk, again.number);
  if (again === null || found === null) return null;
  const content = { title: desk.issue.title, body: bodyOf(desk), state: 'open' };
  const answer = await patch(desk, found.number, content);
  if (answer.status !== 200) throw refusal(`Could not reopen issue ${found.number}`, answer);
  await comment(desk, found.number, again.comment);
  return openOf(found);
}

/** Comments only where it got worse: an edit notifies nobody. Whoever closed it knew of less then, so it is opened again. */
async function update(desk: Desk, found: Issue): Promise<Open> {
  const { title, worse } = desk.issue;
  const isWorse = worse.than.includes(found.title);
  if (found.state !== 'open' && !isWorse) return openOf(found);
  const content = { title, body: bodyOf(desk), state: 'open' };
  if (found.title === title && isSameText(found.body ?? '', content.body)) return openOf(found);
  const answer = await patch(desk, found.number, content);
  if (answer.status !== 200) throw refusal(`Could not update issue ${found.number}`, answer);
  if (isWorse) await comment(desk, found.number, worse.comment);
  return openOf(found);
}

/** The known one, else the oldest with our marker, and what else is open about the same. */
async function closeAll(desk: Desk, own: Issue | null): Promise<null> {
  if (own !== null) await finish(desk, own);
  const [oldest, ...others] = await findByMarker(desk);
  if (oldest === undefined) return null;
  if (own === null) await finish(desk, oldest);
  const kept = own?.number ?? oldest.number;
  await closeDoubles(desk, kept, own === null ? others : [oldest, ...others]);
  return null;
}

async function finish(desk: Desk, { number, state }: Issue): Promise<void> {
  if (state !== 'open') return;
  await close(desk, number, 'completed');
  await comment(desk, number, desk.issue.closing);
}

/** The list may still hold the kept one. */
async function closeDoubles(desk: Desk, kept: number, doubles: readonly Issue[]): Promise<void> {
  for (const { number } of doubles.filter((each) => each.number !== kept)) {
    await close(desk, number, 'not_planned');
    await comment(desk, number, `The same as #${kept}.`);
  }
}

/** Before any comment: so a lost answer never makes a second one. */
async function close(desk: Desk, number: number, why: 'completed' | 'not_planned'): Promise<void> {
  const closed = await patch(desk, number, { state: 'closed', state_reason: why });
  if (closed.status !== 200) throw refusal(`Could not close issue ${number}`, closed);
}

/** One POST; a comment that is lost is no more than a warning. */
async function comment(desk: Desk, number: number, text: string): Promise<void> {
  const { github, log, signal } = desk;
  const body = { body: cut(text, bodyLimit) };
  const answer = await github.call('POST', `/issues/${number}/comments`, body, signal);
  if (answer.status !== 201)
    log.warn(sayFailure(refusal(`Issue ${number} was changed without a comment`, answer)));
}

function get(desk: Desk, path: string, query = {}): Promise<Answer> {
  const { github, signal } = desk;
  return steadily(signal, self, () => github.call('GET', path, query, signal));
}

/** A PATCH that is repeated does nothing twice. A page with 200 is no answer: nothing was changed. */
function patch(desk: Desk, number: number, content: object): Promise<Answer> {
  const { github, signal } = desk;
  return steadily(signal, self, async () => {
    const answer = await github.call('PATCH', `/issues/${number}`, { ...content }, signal);
    const isIssue = issueShape.safeParse(answer.body).success;
    return answer.status === 200 && !isIssue
      ? { ...answer, status: 0, message: 'what is no issue' }
      : answer;
  });
}

const self = (answer: Answer): Answer => answer;

/** An error text may hold a marker, this cluster's or another's: only ours at the end is one. */
function bodyOf({ issue, marker }: Desk): string {
  const text = (issue.body ?? '').replaceAll(markerStart, markerStart.replace(':', ' :'));
  return `${cut(text.trimEnd(), bodyLimit)}\n\n${marker}`;
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
