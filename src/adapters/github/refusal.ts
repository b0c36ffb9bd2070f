import { Failure } from '../../core/model/failure.ts';
import type { Answer } from './octokit.ts';

/** `GitHub answered 403 Resource not accessible by integration`, `GitHub gave no answer (fetch failed)`. */
export function sayAnswer({ status, message }: Answer): string {
  if (status === 0) return `GitHub gave no answer${message === '' ? '' : ` (${message})`}`;
  return `GitHub answered ${status}${message === '' ? '' : ` ${message}`}`;
}

/** GitHub may have done it, or may do it next time: no whole answer, or trouble of its own. */
export function isUncertain(answer: Answer): boolean {
  return answer.status === 0 || answer.status >= 500;
}

/** A ruleset or branch protection forbids it; GitHub says so with 403, 409 or 422. */
export function isRuled(answer: Answer): boolean {
  return ruled.test(answer.message);
}

const ruled =
  /rule violations|GH006|GH013|protected branch|locked branch|not authorized to push|merge queue|status checks?\b.* expected|approving review|through a pull request|being restricted|verified signatures/i;

/** Somebody else wrote first: a stale sha (409), no sha where one is due, or a branch that is there by now (422). */
export function isConflict(answer: Answer): boolean {
  if (isRuled(answer)) return false;
  if (answer.status === 409)
    return /does not match|is at \w+ but expected|not a fast.?forward/i.test(answer.message);
  return (
    answer.status === 422 && /\bsha\b|already exists|not a fast.?forward/i.test(answer.message)
  );
}

/** Another file of the branch was written at the same moment: GitHub refuses, though this file may be as it was. */
export function isOvertaken(answer: Answer): boolean {
  return answer.status === 409 && /is at \w+ but expected/i.test(answer.message);
}

/** A write may have landed, or somebody else's did in words that we do not know: the next read tells. */
export function isUnclear(answer: Answer): boolean {
  const isOther409 = answer.status === 409 && !isRuled(answer) && !/empty/i.test(answer.message);
  return isUncertain(answer) || isOther409;
}

/** What a person can do about an answer; `permission` such as `contents: write` is what the call needs. Empty: nothing. */
export function hintFor(answer: Answer, permission: string): string {
  const { status, message } = answer;
  if (status === 401) return 'GitHub does not know the token: check the input github-token';
  if (isRuled(answer)) return 'A ruleset stops the token: let this workflow bypass it';
  if (status === 409 && /empty/i.test(message)) return 'Push a first commit to the repository';
  if (status === 410) return "Switch on issues in the repository's settings";
  if (/archived/i.test(message)) return 'The repository is archived: unarchive it';
  if (status === 429 || /rate limit/i.test(message))
    return 'GitHub limits the token; the next cycle tries again';
  if (status === 403 || status === 404)
    return `Give the job \`permissions: ${permission}\` (a token that may not see something gets 404)`;
  return '';
}

/** For everything but the memory: what GitHub did not do, and how to mend it. */
export function refused(what: string, answer: Answer, permission: string): Failure {
  return new Failure('GITHUB_REFUSED', `${what}: ${sayAnswer(answer)}`, {
    hint: hintFor(answer, permission),
  });
}
