interface ErrorLike {
  readonly code?: unknown;
  readonly original?: unknown;
  readonly cause?: unknown;
}

/** The `code` of each error down the chain of causes, an SDK's own (`slack_…`) left out; the last one says most. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at = error, depth = 0; isErrorLike(at) && depth < 6; depth++) {
    const { code } = at;
    if (typeof code === 'string' && !code.startsWith('slack_')) codes.push(code);
    at = at.original ?? at.cause;
  }
  return codes;
}

/** Codes of Node and undici that say that not one byte of the request left. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;

/** What a request without an answer means: the code that says most, and whether it may have arrived. */
export function silenceOf(error: unknown): { readonly reason: string; readonly sent: boolean } {
  const codes = codesOf(error);
  const never = codes.find((code) => neverSent.test(code));
  if (never !== undefined) return { reason: never, sent: false };
  return { reason: codes.at(-1) ?? 'no answer', sent: true };
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null;
}
