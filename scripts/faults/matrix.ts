import { type Cell, cells, exitOf } from './cells.ts';
import { enter, type Seed, type SituationName, seedOf, situations } from './situations.ts';
import { type Outcome, trial } from './trial.ts';
import { openWorld, type World } from './world.ts';

/** One cell of the matrix, tried. */
export interface Case extends Omit<Outcome, 'problems'> {
  readonly call: string;
  readonly fault: string;
}

interface Tried {
  readonly case: Case;
  /** What is not as it must be; empty: all is well. */
  readonly violations: readonly string[];
}

export type Seeds = { readonly [name in SituationName]: Seed };

/** By which limits are divided where they are what ends a fault; not by more, for sixteen runs share the machine. */
const shortened = 3;

/** Once more where the call was not made at all: the machine was so busy that the time for it was over. */
export async function tryCell(world: World, seeds: Seeds, cell: Cell): Promise<Tried> {
  const tried = await tryOnce(world, seeds, cell);
  return tried.violations.includes(neverMade) ? tryOnce(world, seeds, cell) : tried;
}

const neverMade = 'the call was never made';

async function tryOnce(world: World, seeds: Seeds, cell: Cell): Promise<Tried> {
  const { call, kind } = cell;
  const situation = situations[call.situation];
  const seed = seeds[call.situation];
  await enter(world, situation, seed);
  const proxy = world.proxies[call.service];
  proxy.faults = [{ ...call.route, ...kind.fault }, ...proxy.faults];
  const scale = kind.slow === true && call.isShort !== true ? shortened : 1;
  const counted = seed.state?.cycleCount ?? 0;
  let struck = 0;
  const { problems, ...outcome } = await trial(world, situation, counted, scale, async (first) => {
    const ended = await first.main();
    await first.post();
    struck = proxy.seen.filter(({ method, path, body }) => {
      const { method: wanted, path: at = '', holds } = call.route;
      const isAt = typeof at === 'string' ? path.includes(at) : at.test(path);
      return (wanted === undefined || wanted === method) && isAt && holds?.test(body) !== false;
    }).length;
    return ended;
  });
  const expected = exitOf(cell);
  return {
    case: { call: call.name, fault: kind.name, ...outcome },
    violations: [
      ...(struck > 0 ? [] : [neverMade]),
      ...(outcome.report ? [] : ['no report']),
      ...(outcome.repeats <= 1 ? [] : [`${outcome.repeats} repeats`]),
      ...(outcome.exit === expected ? [] : [`exit ${outcome.exit}, not ${expected}`]),
      ...problems,
    ],
  };
}

export async function seedAll(world: World): Promise<Seeds> {
  const seeds: Partial<Record<SituationName, Seed>> = {};
  for (const name of Object.keys(situations) as SituationName[])
    seeds[name] = await seedOf(world, situations[name]);
  return seeds as Seeds;
}

/** Does work in `lanes` worlds at once. */
export async function inWorlds<Work, Result>(
  lanes: number,
  work: readonly Work[],
  run: (world: World, each: Work) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    const world = await openWorld();
    for (let index = next++; index < work.length; index = next++) {
      results[index] = await run(world, work[index] as Work);
    }
    await world.close();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, work.length) }, lane));
  return results;
}

/** Every `each`-th cell, and all of which the write took effect. `only`: part of a call's or fault's name. */
export function choose(only: string | null, each: number): readonly Cell[] {
  const wanted = cells.filter(({ call, kind }) =>
    `${call.name} × ${kind.name}`.includes(only ?? ''),
  );
  const after = wanted.filter(({ kind }) => kind.afterEffect === true);
  const others = wanted.filter(({ kind }) => kind.afterEffect !== true);
  return [...after, ...others.filter((_, index) => index % each === 0)];
}
