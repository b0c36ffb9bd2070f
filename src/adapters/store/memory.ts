import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, sayFailure } from '../../core/model/failure.ts';
import type { Log, Memory, Shelf, StoredDocument } from '../../ports.ts';
import { type DocumentKind, monitorState } from './document-kind.ts';
import { type Envelope, isHeldIn, openEnvelope, type Previous, sealEnvelope } from './envelope.ts';
import { newerFailure, newestWhole } from './recovery.ts';

/** How often a conflict is met with a new decision. */
const tries = 6;

/**
 * After so many revisions the shelf is asked to let go of the older ones. On a branch a revision takes 1.2 KB, so it
 * stays at 6 MB (`node scripts/branch-growth.ts`), and one attempt that fails does no harm.
 */
export const revisionsKept = 5_000;

/** What the shelf held, the four cases told apart; not reachable is an exception. */
type Held<State> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ok'; readonly tag: string; readonly envelope: Envelope<State> }
  | {
      readonly kind: 'corrupt';
      readonly tag: string;
      readonly text: string;
      readonly why: string;
      readonly revision: number | null;
      /** The newest revision before it that is whole. */
      readonly earlier: Envelope<State> | null;
    };

type Corrupt<State> = Extract<Held<State>, { kind: 'corrupt' }>;

interface Options {
  readonly run: string;
  readonly log: Log;
  readonly deadline?: number;
  readonly backoff?: number;
  readonly compactEvery?: number;
}

/** The memory of a cluster; `shelfOf` gives each document, by its name, a shelf of its own. */
export function memoryOn(shelfOf: (document: string) => Shelf, options: Options): Memory {
  const document = <State>(kind: DocumentKind<State>): StoredDocument<State> =>
    documentOn(kind, shelfOf(kind.name), options);
  return { keeps: true, state: document(monitorState) };
}

/**
 * One document on a shelf, saved by read, decide, compare-and-swap.
 *
 * Absent is a first run. Corrupt is gone on from the newest whole revision, else from empty, and put aside right
 * before it is overwritten. Newer or not reachable: nothing is written, not by a later `update` of this run either.
 * A step that changes nothing writes nothing; a cycle's first save always does, because it counts the cycle. `deadline`: ms that one `load` or
 * `update` may take in all. `backoff`: the first wait after a conflict is shorter than this many ms, each further one
 * up to twice as long as the one before. `compactEvery`: after how many revisions the shelf may let go of older ones.
 */
export function documentOn<State>(
  kind: DocumentKind<State>,
  shelf: Shelf,
  options: Options,
): StoredDocument<State> {
  const { run, log, deadline, backoff = 250, compactEvery = revisionsKept } = options;
  let trouble: Error | null = null;

  async function load(): ReturnType<StoredDocument<State>['load']> {
    try {
      const held = await look(kind, shelf, timeout(deadline));
      const mended = held.kind === 'corrupt' ? sayMended(held) : null;
      return {
        state: stateOf(held) ?? kind.fresh,
        first: held.kind === 'absent',
        trouble: null,
        mended,
      };
    } catch (error) {
      trouble = asFailure(error);
      return { state: kind.fresh, first: false, trouble, mended: null };
    }
  }

  async function update<T extends { readonly state: State }>(
    step: (state: State, first: boolean) => T,
  ): Promise<T> {
    if (trouble !== null) throw trouble;
    const signal = timeout(deadline);
    const written = new Map<string, T>();
    for (let attempt = 1; ; attempt++) {
      const held = await look(kind, shelf, signal);
      const landed = landedOf(held, written);
      if (landed !== undefined) return landed;
      if (attempt > tries) throw outrun();
      const result = step(stateOf(held) ?? kind.fresh, held.kind === 'absent');
      if (held.kind === 'ok' && isHeldIn(held.envelope, result.state)) return result;
      const nonce = randomBytes(8).toString('hex');
      written.set(nonce, result);
      if (await save(held, result.state, nonce, signal)) return result;
      await sleep(Math.random() * backoff * 2 ** (attempt - 1));
    }
  }

  /** False: somebody else wrote first, as far as is known; the next look tells. */
  async function save(held: Held<State>, state: State, nonce: string, signal?: AbortSignal) {
    if (held.kind === 'corrupt') await putAside(held);
    const previous = previousOf(held);
    const text = sealEnvelope(kind, state, { run, nonce }, previous);
    const revision = (previous?.revision ?? 0) + 1;
    const note = `state: revision ${revision} by run ${run}`;
    const tag = held.kind === 'absent' ? null : held.tag;
    try {
      if ((await shelf.write(text, tag, note, signal)) === 'conflict') return false;
      if (revision % compactEvery === 0) await compact();
      return true;
    } catch (error) {
      // The answer may have been lost, not the write.
      const now = await look(kind, shelf, signal).catch(() => null);
      if (now !== null && noncesOf(now).includes(nonce)) return true;
      throw asFailure(error);
    }
  }

  /** What is saved is saved: this may fail. */
  async function compact(): Promise<void> {
    try {
      await shelf.compact?.();
    } catch (error) {
      log.warn(`The memory's history could not be cut: ${sayFailure(error)}`);
    }
  }

  async function putAside(held: Corrupt<State>): Promise<void> {
    const name = await shelf.putAside(held.text, `${held.revision ?? 'unknown'}`);
    log.info(`The corrupt memory: it is kept as ${name}`);
  }

  return { load, update };
}

/** Throws Failure STATE_NEWER, and what the shelf throws. */
async function look<State>(
  kind: DocumentKind<State>,
  shelf: Shelf,
  signal?: AbortSignal,
): Promise<Held<State>> {
  const found = await shelf.read(signal);
  if (found === null) return { kind: 'absent' };
  const { text, tag } = found;
  const opened = openEnvelope(text, kind);
  if (opened.kind === 'ok') return { kind: 'ok', tag, envelope: opened.envelope };
  if (opened.kind === 'newer') throw newerFailure(opened.schema, kind.schema);
  return { ...opened, tag, text, earlier: await newestWhole(kind, shelf.history, signal) };
}

function stateOf<State>(held: Held<State>): State | undefined {
  return wholeOf(held)?.state;
}

function wholeOf<State>(held: Held<State>): Envelope<State> | null {
  if (held.kind === 'ok') return held.envelope;
  return held.kind === 'corrupt' ? held.earlier : null;
}

/** A corrupt document's revision counts on, so that the next copy put aside gets another name. */
function previousOf<State>(held: Held<State>): Previous | null {
  const whole = wholeOf(held);
  if (held.kind !== 'corrupt') return whole;
  const revision = Math.max(held.revision ?? 0, whole?.revision ?? 0);
  return whole === null ? { revision } : { ...whole, revision };
}

function noncesOf<State>(held: Held<State>): readonly string[] {
  return held.kind === 'ok' ? held.envelope.nonces : [];
}

/** The result of the write of ours that stands there, or that others wrote on top of. */
function landedOf<T, State>(held: Held<State>, written: ReadonlyMap<string, T>): T | undefined {
  const nonce = noncesOf(held).find((known) => written.has(known));
  return nonce === undefined ? undefined : written.get(nonce);
}

function outrun(): Failure {
  return new Failure('STATE_CONFLICT', `Other runs saved first, ${tries} times in a row`, {
    hint: 'Let one job per cluster run at a time: see `concurrency` in the example workflow',
  });
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('STATE_UNREACHABLE', `The memory failed: ${sayFailure(error)}`, {
    cause: error,
  });
}

function sayMended<State>({ why, earlier }: Corrupt<State>): string {
  const next =
    earlier === null
      ? 'no earlier revision is whole, so it begins anew'
      : `revision ${earlier.revision} is used, and what was saved after it is lost: an alert may be told again`;
  return `The memory is corrupt (${why}): ${next}`;
}

function timeout(deadline: number | undefined): AbortSignal | undefined {
  return deadline === undefined ? undefined : AbortSignal.timeout(deadline);
}
