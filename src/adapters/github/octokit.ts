import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Limits } from '../../core/model/limits.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { sayLine } from './said.ts';

/** GitHub's answer, whatever its status. */
export interface Answer {
  /** HTTP status; 0: no whole answer came, and a write may have landed all the same. */
  readonly status: number;
  readonly body: unknown;
  /** GitHub's own message or what went wrong on the way, one short line; empty where all is well. */
  readonly message: string;
}

/** One repository at GitHub's REST API. */
export interface Github {
  readonly owner: string;
  readonly repo: string;
  /** One request below `/repos/{owner}/{repo}`, such as `GET /issues/{n}`; never throws, whatever the server does. `signal` ends it early. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    parameters?: { readonly [name: string]: unknown },
    signal?: AbortSignal,
  ): Promise<Answer>;
  /** One GraphQL request. What GraphQL itself refused comes with status 200 and a `message`. */
  graphql(
    query: string,
    variables: { readonly [name: string]: unknown },
    signal?: AbortSignal,
  ): Promise<Answer>;
}

const userAgent = 'kube-vigil';

/**
 * Makes the client, with the first call. Each call ends within `limits.githubCall` ms, body included, and is one
 * request: a write is never repeated here. Only what GitHub surely did not do, because a rate limit stopped it, goes
 * again once, where the wait that it asks for is no longer than `limits.githubCall`.
 */
export function github(options: {
  readonly token: string;
  /** null: `GITHUB_API_URL`, else GitHub's own (the toolkit reads it once at import, too early). */
  readonly apiUrl: string | null;
  readonly owner: string;
  readonly repo: string;
  readonly limits: Limits;
}): Github {
  const { owner, repo, limits } = options;
  let client: ReturnType<typeof connect> | null = null;

  async function once(route: string, parameters: object, signal?: AbortSignal): Promise<Reply> {
    try {
      client ??= connect(options);
      const { request } = await client;
      const reply = await request(route, {
        ...parameters,
        ...(signal === undefined ? {} : { request: { signal } }),
      });
      return { status: reply.status, body: reply.data, message: '', waitSeconds: null };
    } catch (error) {
      return readError(error);
    }
  }

  async function patiently(route: string, parameters: object, signal?: AbortSignal) {
    const reply = await once(route, parameters, signal);
    const wait = (reply.waitSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    if (wait > limits.githubCall) return reply;
    await sleep(wait, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    return signal?.aborted === true ? reply : once(route, parameters, signal);
  }

  return {
    owner,
    repo,
    call(method, path, parameters = {}, signal) {
      const route = `${method} ${`/repos/${owner}/${repo}${path}`.replace(/[{}]/g, encodeURIComponent)}`;
      return patiently(route, parameters, signal);
    },
    async graphql(query, variables, signal) {
      const reply = await patiently(`POST ${graphqlUrl(options)}`, { query, variables }, signal);
      const refused = refusal.safeParse(reply.body);
      const said = refused.success ? sayLine(refused.data.errors[0].message) : '';
      return said === '' ? reply : { ...reply, message: said };
    },
  };
}

interface Reply extends Answer {
  readonly waitSeconds: number | null;
}

const refusal = z.object({ errors: z.tuple([z.object({ message: z.string() })], z.unknown()) });

function baseUrlOf({ apiUrl }: { readonly apiUrl: string | null }): string {
  const { GITHUB_API_URL } = process.env;
  return apiUrl ?? GITHUB_API_URL ?? 'https://api.github.com';
}

/** GitHub Enterprise Server has it beside `/api/v3`. */
function graphqlUrl(options: { readonly apiUrl: string | null }): string {
  return `${baseUrlOf(options).replace(/\/v3\/?$/, '')}/graphql`;
}

async function connect(options: Parameters<typeof github>[0]) {
  const { getOctokit } = await import('@actions/github');
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return getOctokit(options.token, {
    baseUrl: baseUrlOf(options),
    userAgent,
    log,
    // A moved issue or repository must be seen as such, not followed.
    request: { fetch: boundedFetch(options.limits.githubCall), redirect: 'manual', log },
  });
}

interface RequestError {
  readonly status?: unknown;
  readonly message?: unknown;
  readonly response?: {
    readonly data?: unknown;
    readonly headers?: { readonly [name: string]: unknown };
  };
}

/** Octokit gives status 500 to what never got an answer; that is 0 here. */
function readError(error: unknown): Reply {
  const { status, message, response } = error as RequestError;
  if (response === undefined || typeof status !== 'number')
    return { status: 0, body: null, message: sayLine(message), waitSeconds: null };
  return {
    status,
    body: response.data,
    message: sayLine(messageOf(response.data) ?? response.data),
    waitSeconds: [403, 429].includes(status) ? waitOf(response.headers?.['retry-after']) : null,
  };
}

function messageOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
}

function waitOf(header: unknown): number | null {
  return typeof header === 'string' && /^\d{1,4}$/.test(header) ? Number(header) : null;
}
