import * as z from 'zod';
import type { Limits } from '../../core/model/limits.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { Answer } from './octokit.ts';
import { sayLine } from './said.ts';

/** Where the runner says that the cache service is; only an action is told. */
export interface CacheAccess {
  /** `ACTIONS_RESULTS_URL`. */
  readonly url: string;
  /** `ACTIONS_RUNTIME_TOKEN`. */
  readonly token: string;
}

/** An answer with what is of use in it; null: it was not as it should be, or the service did not do it. */
type Served<T> = Answer & { readonly found: T | null };

/**
 * GitHub's cache service, version 2, as @actions/cache speaks it, without its archive: an entry is one text. The
 * library itself will not do: it says "nothing there" where the service is down, looks an entry up by the path and the
 * packing program of the runner, and takes 28 s to give up. Each call is one request, never throws, and ends within
 * `limits.githubCall` ms.
 */
export interface CacheService {
  /** The newest entry whose key is `key`, else begins with it; `found.key` null: there is none. */
  find(
    key: string,
    signal: AbortSignal,
  ): Promise<Served<{ readonly key: string | null; readonly url: string }>>;
  download(url: string, signal: AbortSignal): Promise<Served<string>>;
  /** Takes a key; `found.url` null: it is taken. */
  reserve(key: string, signal: AbortSignal): Promise<Served<{ readonly url: string | null }>>;
  upload(url: string, text: string, signal: AbortSignal): Promise<Answer>;
  /** Only now can it be found. */
  finish(key: string, text: string, signal: AbortSignal): Promise<Served<true>>;
}

const path = '/twirp/github.actions.results.api.v1.CacheService';
const userAgent = 'kube-vigil';

/** Protobuf's JSON may have either spelling, and leaves out what is false or empty. */
const looked = z.object({
  ok: z.boolean().default(false),
  matched_key: z.string().optional(),
  matchedKey: z.string().optional(),
  signed_download_url: z.string().optional(),
  signedDownloadUrl: z.string().optional(),
});
const reserved = z.object({
  ok: z.boolean().default(false),
  message: z.string().optional(),
  signed_upload_url: z.string().optional(),
  signedUploadUrl: z.string().optional(),
});
const finished = z.object({ ok: z.literal(true) });
const trouble = z.object({ msg: z.string() });

/** `version` keeps entries of one kind apart from all others: only those of the same version are found. */
export function cacheService(
  access: CacheAccess,
  version: string,
  limits: Pick<Limits, 'githubCall'>,
): CacheService {
  const bounded = boundedFetch(limits.githubCall);

  async function once(url: string, init: RequestInit): Promise<Answer> {
    try {
      const response = await bounded(url, init);
      const text = await response.text();
      const { status, ok } = response;
      return { status, body: text, message: ok ? '' : sayTrouble(text) };
    } catch (error) {
      return { status: 0, body: null, message: sayLine((error as Error).message) };
    }
  }

  async function ask(method: string, body: object, signal: AbortSignal): Promise<Answer> {
    const answer = await once(new URL(`${path}/${method}`, access.url).href, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${access.token}`,
        'content-type': 'application/json',
        'user-agent': userAgent,
      },
      body: JSON.stringify({ ...body, version }),
      signal,
    });
    return { ...answer, body: parse(answer.body) };
  }

  return {
    async find(key, signal) {
      const answer = await ask('GetCacheEntryDownloadURL', { key, restore_keys: [key] }, signal);
      const served = read(answer, looked);
      if (served === null) return unusable(answer);
      const url = served.signed_download_url ?? served.signedDownloadUrl ?? '';
      const matched = served.matched_key ?? served.matchedKey ?? '';
      if (!served.ok) return { ...answer, found: { key: null, url: '' } };
      return url === '' || matched === ''
        ? unusable(answer)
        : { ...answer, found: { key: matched, url } };
    },
    async download(url, signal) {
      const answer = await once(url, { headers: { 'user-agent': userAgent }, signal });
      return { ...answer, found: answer.status === 200 ? String(answer.body) : null };
    },
    async reserve(key, signal) {
      const answer = await ask('CreateCacheEntry', { key }, signal);
      if (answer.status === 409) return { ...answer, found: { url: null } };
      const served = read(answer, reserved);
      if (served === null) return unusable(answer);
      const url = served.signed_upload_url ?? served.signedUploadUrl ?? '';
      if (served.ok) return url === '' ? unusable(answer) : { ...answer, found: { url } };
      const message = sayLine(served.message);
      const isDenied = message.startsWith('cache write denied');
      return { ...answer, message, found: isDenied ? null : { url: null } };
    },
    upload: (url, text, signal) =>
      once(url, {
        method: 'PUT',
        headers: {
          'x-ms-blob-type': 'BlockBlob',
          'content-type': 'application/octet-stream',
          'user-agent': userAgent,
        },
        body: text,
        signal,
      }),
    async finish(key, text, signal) {
      const size = { key, size_bytes: `${Buffer.byteLength(text)}` };
      const answer = await ask('FinalizeCacheEntryUpload', size, signal);
      return read(answer, finished) === null ? unusable(answer) : { ...answer, found: true };
    },
  };
}

function read<T>(answer: Answer, shape: z.ZodType<T>): T | null {
  const found = shape.safeParse(answer.body);
  return answer.status === 200 && found.success ? found.data : null;
}

/** A page with 200, say: no whole answer. */
function unusable<T>(answer: Answer): Served<T> {
  const { status, message } = answer;
  return status === 200
    ? { ...answer, status: 0, message: message || 'what is no answer', found: null }
    : { ...answer, found: null };
}

function sayTrouble(text: string): string {
  const found = trouble.safeParse(parse(text));
  return sayLine(found.success ? found.data.msg : text);
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return null;
  }
}
