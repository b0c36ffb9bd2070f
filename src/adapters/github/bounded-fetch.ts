/**
 * `fetch` whose whole answer is there within `limit` ms, body included. Octokit takes half a body for an empty one;
 * here it is an error like any other.
 */
export function boundedFetch(limit: number): typeof fetch {
  return async (input, init) => {
    const stop = new AbortController();
    const early = (): void => stop.abort(new Error('the time for GitHub was used up'));
    const timer = setTimeout(() => stop.abort(new Error('no whole answer in time')), limit);
    init?.signal?.addEventListener('abort', early);
    if (init?.signal?.aborted === true) early();
    try {
      const response = await fetch(input, { ...init, signal: stop.signal });
      const body = await response.arrayBuffer();
      const empty = [204, 205, 304].includes(response.status);
      const headers = new Headers(response.headers);
      headers.delete('content-encoding');
      headers.delete('content-length');
      return new Response(empty ? null : body, { status: response.status, headers });
    } finally {
      clearTimeout(timer);
      init?.signal?.removeEventListener('abort', early);
    }
  };
}
