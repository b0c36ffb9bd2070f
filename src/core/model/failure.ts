export type FailureCode =
  | 'USAGE'
  | 'CONFIG_INVALID'
  | 'KUBE_UNREACHABLE'
  | 'KUBE_UNAUTHORIZED'
  | 'KUBE_FORBIDDEN'
  | 'KUBE_OTHER_CLUSTER'
  | 'DUMP_EMPTY'
  | 'STATE_UNREACHABLE'
  | 'STATE_NEWER'
  | 'STATE_CONFLICT'
  | 'CLAUDE_UNUSABLE'
  | 'SLACK_REJECTED'
  | 'GITHUB_REFUSED'
  | 'INTERRUPTED'
  | 'BUG';

/** The only thing this program throws: what went wrong (`message`: what and where) and how to mend it (`hint`). */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly hint: string;

  constructor(
    code: FailureCode,
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? '';
  }
}

/** Message and hint on one line; for anything else that was thrown, its own message. */
export function sayFailure(error: unknown): string {
  if (error instanceof Failure)
    return error.hint === '' ? error.message : `${error.message}. ${error.hint}`;
  return error instanceof Error ? error.message : saying(error);
}

/** The system's code of what was thrown (`ENOENT`, `ECONNREFUSED`), which says what happened and holds no secret; `absent` where it has none. */
export function codeOf(error: unknown, absent = 'no code'): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : absent;
}

/** The full stack with causes, each frame on its own line. Not redacted: the caller does that. */
export function traceOf(error: unknown): string {
  const parts: string[] = [];
  let at = error;
  while (at !== undefined && at !== null && parts.length < mostCauses) {
    const text = at instanceof Error ? (at.stack ?? `${at.name}: ${at.message}`) : saying(at);
    parts.push(parts.length === 0 ? text : `caused by ${text}`);
    at = at instanceof Error ? at.cause : undefined;
  }
  return parts.join('\n');
}

function saying(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? typeof thrown);
}

/** A cause may be its own cause. */
const mostCauses = 8;
