import type { Job } from './job.ts';
import type { Seeds } from './matrix.ts';
import { enter, type SituationName, situations } from './situations.ts';
import { type Outcome, trial } from './trial.ts';
import type { World } from './world.ts';

/** One run that was killed, and the cycle after it. */
export interface Killed extends Omit<Outcome, 'problems' | 'report'> {
  readonly seed: number;
  readonly situation: SituationName;
  /** `after 412 ms`, `at call 23`. */
  readonly moment: string;
  /** Whether the runner lived to start the post step. */
  readonly post: boolean;
}

/** In which a cycle is killed. */
export const killable: readonly SituationName[] = ['first', 'told', 'sick', 'well again', 'cached'];

/** What a whole cycle takes: milliseconds, and calls to all but the cluster. */
interface Length {
  readonly ms: number;
  readonly calls: number;
}

export type Lengths = { readonly [name: string]: Length };

/** Measured while as many run beside it as will later. */
export async function lengthOf(world: World, seeds: Seeds, name: SituationName): Promise<Length> {
  let calls = 0;
  const { seconds } = await trial(world, await begin(world, seeds, name), 0, 1, async (first) => {
    const ended = await first.main();
    calls = callsIn(world);
    return ended;
  });
  return { ms: seconds * 1000, calls };
}

export function longest(lengths: readonly Length[]): Length {
  return {
    ms: Math.max(...lengths.map(({ ms }) => ms)),
    calls: Math.max(...lengths.map(({ calls }) => calls)),
  };
}

/** SIGKILL at a random moment: of the time for even seeds, of the calls for odd ones. Each third run has no post step either. */
export async function killOnce(
  world: World,
  seeds: Seeds,
  lengths: Lengths,
  seed: number,
): Promise<{ readonly killed: Killed; readonly violations: readonly string[] }> {
  const random = randomOf(seed);
  const name = killable[Math.floor(random() * killable.length)] ?? 'first';
  const { ms, calls } = lengths[name] ?? { ms: 1000, calls: 50 };
  const inTime = seed % 2 === 0;
  const at = Math.floor(random() * (inTime ? ms : calls));
  const post = seed % 3 !== 0;
  const counted = seeds[name].state?.cycleCount ?? 0;
  const situation = await begin(world, seeds, name);
  const {
    problems,
    report: _,
    ...outcome
  } = await trial(world, situation, counted, 1, (first) =>
    killed(world, first, { inTime, at, post }),
  );
  const moment = inTime ? `after ${at} ms` : `at call ${at + 1}`;
  return {
    killed: { seed, situation: name, moment, post, ...outcome },
    violations: [...(outcome.repeats <= 1 ? [] : [`${outcome.repeats} repeats`]), ...problems],
  };
}

async function begin(world: World, seeds: Seeds, name: SituationName) {
  const situation = situations[name];
  await enter(world, situation, seeds[name]);
  return situation;
}

async function killed(
  world: World,
  first: Job,
  { inTime, at, post }: { readonly inTime: boolean; readonly at: number; readonly post: boolean },
): Promise<{ readonly code: number | null }> {
  const over = new AbortController();
  const killWhen = inTime ? after(at, over.signal) : whenCalled(world, at, over.signal);
  const ended = await first.main({ killWhen });
  over.abort();
  if (post) await first.post();
  return ended;
}

/** Never settles once `signal` fires. */
function after(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}

/** As soon as more than `count` calls have come. */
function whenCalled(world: World, count: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (callsIn(world) <= count) return;
      clearInterval(timer);
      resolve();
    }, 1);
    signal.addEventListener('abort', () => clearInterval(timer));
  });
}

/** The reading of the cluster is most of all calls, and changes nothing. */
function callsIn({ proxies }: World): number {
  const others = Object.values(proxies).filter((each) => each !== proxies.kubernetes);
  return others.reduce((sum, { seen }) => sum + seen.length, 0);
}

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
