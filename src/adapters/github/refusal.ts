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
  return /rule violations|GH013|protected branch/i.test(answer.message);
}

/** What a person can do about an answer; `permission` such as `contents: write` is what the call needs. Empty: nothing. */
export function hintFor(answer: Answer, permission: string): string {
  const { status, message } = answer;
  if (status === 401) return 'GitHub does not know the token: check the input github-token';
  if (isRuled(answer))
    return 'A ruleset stops the token: exempt the state branch, or the workflow, from it';
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
