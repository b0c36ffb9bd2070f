import { createHash } from 'node:crypto';
import { Failure } from '../../core/model/failure.ts';
import type { Limits } from '../../core/model/limits.ts';
import type { Shelf } from '../../ports.ts';
import { listCaches } from './cache-listing.ts';
import { type CacheAccess, cacheService } from './cache-service.ts';
import type { Answer, Github } from './octokit.ts';
import { bounded, pause, steadily, tries } from './patience.ts';
import { hintFor, isUncertain, sayAnswer } from './refusal.ts';

type Held = { readonly text: string; readonly tag: string };

/** How many keys of this run may be taken already: an attempt that was cut off leaves one, the main step some. */
const mostKeys = 20;

/**
 * A text in GitHub's cache. An entry never changes, so each write is a new one, `<prefix><run>-<attempt>-<n>`, and the
 * newest that begins with the prefix counts; its key is the tag.
 *
 * There is no compare-and-swap: a write looks whether its tag is still the newest, and two at the same moment lose one
 * (the workflow's `concurrency:` prevents that). Where the service gives nothing, GitHub's list of caches tells a
 * first run from trouble. Throws Failure STATE_UNREACHABLE.
 */
export function cacheShelf(options: {
  readonly github: Github;
  /** null: the runner offers no cache service of version 2. */
  readonly access: CacheAccess | null;
  /** `ACTIONS_CACHE_MODE`: what the workflow allows its jobs; empty: everything. */
  readonly mode: string;
  /** Such as `kube-vigil-state-prod-`. */
  readonly prefix: string;
  /** `<run id>-<attempt>`. */
  readonly run: string;
  /** `GITHUB_REF`, such as `refs/heads/main`. */
  readonly ref: string;
  readonly limits: Limits;
}): Shelf {
  const { github, access, mode, prefix, run, ref, limits } = options;
  const place = `the cache ${prefix}* of ${github.owner}/${github.repo}`;
  const version = versionOf(prefix);
  const service = cacheService(access ?? { url: 'http://localhost', token: '' }, version, limits);
  let next = 1;
  let newestKey: string | null = null;
  /** Our newest write, and the tags before it: a read may lag behind a write of the same run. */
  let own: Held | null = null;
  const replaced = new Set<string | null>();

  function makeSureItIsThere(): void {
    if (access === null)
      throw new Failure('STATE_UNREACHABLE', `There is no cache service for ${place}`, {
        hint: noService,
      });
    if (['none', 'read', 'write-only'].includes(mode))
      throw new Failure(
        'STATE_UNREACHABLE',
        `The workflow lets its jobs use the cache for "${mode}" only, and ${place} must be read and written`,
        { hint: 'Set `cache-mode: write` for the job, or set state-store to branch' },
      );
  }

  /** The newest entry; null: a first run. */
  async function find(signal: AbortSignal): Promise<{ key: string; url: string } | null> {
    makeSureItIsThere();
    const looked = await steadily(
      signal,
      (served) => served,
      () => service.find(prefix, signal),
    );
    if (looked.found === null) throw unreachable('Could not read', looked);
    const { key, url } = looked.found;
    return key === null ? null : { key, url };
  }

  async function read(signal: AbortSignal): Promise<Held | null> {
    const entry = await find(signal);
    const key = entry?.key ?? null;
    if (own !== null && replaced.has(key)) return own;
    if (entry === null) await makeSureItIsFirst(signal);
    newestKey = key;
    return entry === null ? null : { text: await textOf(entry.url, signal), tag: entry.key };
  }

  async function textOf(url: string, signal: AbortSignal): Promise<string> {
    const loaded = await steadily(
      signal,
      (served) => served,
      () => load(url, signal),
    );
    if (loaded.found === null) throw unreachable('Could not read', loaded);
    return loaded.found;
  }

  /** A page that somebody on the way answers with 200 is no corrupt memory: it is no answer. */
  async function load(url: string, signal: AbortSignal): ReturnType<typeof service.download> {
    const loaded = await service.download(url, signal);
    const text = loaded.found === null ? null : textIn(loaded.found);
    return loaded.found !== null && text === null
      ? { ...loaded, status: 0, message: 'what is not the entry', found: null }
      : { ...loaded, found: text };
  }

  async function makeSureItIsFirst(signal: AbortSignal): Promise<void> {
    const keys = await list(signal);
    if (keys.length > 0)
      throw new Failure(
        'STATE_UNREACHABLE',
        `Could not read ${place}: GitHub lists ${keys[0]}, and its cache service did not give it`,
        { hint: 'The next cycle tries again; delete the listed caches to begin anew' },
      );
  }

  async function list(signal: AbortSignal): Promise<readonly string[]> {
    const { answer, keys } = await listCaches(github, { prefix, version, ref }, signal);
    if (keys !== null) return keys;
    throw new Failure(
      'STATE_UNREACHABLE',
      `Could not tell whether ${place} is empty: ${sayAnswer(answer)}`,
      { hint: hintFor(answer, 'actions: read') },
    );
  }

  async function write(
    text: string,
    tag: string | null,
    signal: AbortSignal,
  ): Promise<'written' | 'conflict'> {
    const found = (await find(signal))?.key ?? null;
    if ((own !== null && replaced.has(found) ? own.tag : found) !== tag) return 'conflict';
    for (let attempt = 1; ; attempt++) {
      const { key, answer } = await add(text, signal);
      if (key !== null) {
        replaced.add(found).add(tag);
        own = { text, tag: key };
        return 'written';
      }
      // An entry that landed all the same is the same text under another key.
      if (!isUncertain(answer) || attempt === tries || signal.aborted)
        throw unreachable('Could not write', answer);
      await pause(attempt, signal);
    }
  }

  /** One new entry; `key` null: `answer` says why. */
  async function add(
    text: string,
    signal: AbortSignal,
  ): Promise<{ readonly key: string | null; readonly answer: Answer }> {
    for (;;) {
      const key = `${prefix}${run}-${next}`;
      next += 1;
      const slot = await service.reserve(key, signal);
      if (slot.found === null) return { key: null, answer: slot };
      if (slot.found.url === null) {
        if (next > mostKeys) return { key: null, answer: slot };
        continue;
      }
      const sent = await service.upload(slot.found.url, entryOf(text), signal);
      if (sent.status !== 201 && sent.status !== 200) return { key: null, answer: sent };
      const done = await service.finish(key, entryOf(text), signal);
      return { key: done.found === null ? null : key, answer: done };
    }
  }

  /** An entry never changes: the corrupt one stays as it is until GitHub evicts it. */
  function putAside(): Promise<string> {
    return Promise.resolve(`the cache entry ${newestKey ?? prefix}`);
  }

  async function readAt(key: string, signal: AbortSignal): Promise<string | null> {
    const looked = await steadily(
      signal,
      (served) => served,
      () => service.find(key, signal),
    );
    if (looked.found === null) throw unreachable('Could not read', looked);
    return looked.found.key === key ? textOf(looked.found.url, signal) : null;
  }

  function unreachable(what: string, answer: Answer): Failure {
    const said = sayAnswer(answer).replace(/^GitHub/, "GitHub's cache service");
    return new Failure('STATE_UNREACHABLE', `${what} ${place}: ${said}`, {
      hint: hintOf(answer),
    });
  }

  return {
    read: (signal) => bounded(limits.githubAll, signal, read),
    write: (text, tag, _note, signal) =>
      bounded(limits.githubAll, signal, (within) => write(text, tag, within)),
    putAside,
    history: {
      list: (signal) => bounded(limits.githubAll, signal, list),
      read: (key, signal) => bounded(limits.githubAll, signal, (within) => readAt(key, within)),
    },
  };
}

const noService =
  'GitHub Enterprise Server and local runners have none of version 2: set state-store to branch or file';

function hintOf({ status, message }: Answer): string {
  if (status === 404) return noService;
  const isDenied = status === 403 || message.includes('denied');
  return isDenied ? 'This run may not use the cache: set state-store to branch' : '';
}

/** An entry's first line is the digest of the rest. */
function entryOf(text: string): string {
  return `${digestOf(text)}\n${text}`;
}

/** null: it is no entry of ours. */
function textIn(entry: string): string | null {
  const end = entry.indexOf('\n');
  const text = entry.slice(end + 1);
  return entry.slice(0, Math.max(end, 0)) === digestOf(text) ? text : null;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A prefix such as `…-prod-` also begins the keys of a cluster `prod-eu`: their version tells them apart. */
function versionOf(prefix: string): string {
  return digestOf(`kube-vigil|1|${prefix}`);
}
