/**
 * `npm run faults`: every outside call of a cycle × every way it can go wrong, against the built action (dist/) on
 * loopback; `npm run faults -- kill`: SIGKILL at random moments. Ends with 1 where anything is not as it must be.
 */
import { parseArgs } from 'node:util';
import { type Killed, killable, killOnce, type Lengths, lengthOf, longest } from './faults/kill.ts';
import { type Case, choose, inWorlds, type Seeds, seedAll, tryCell } from './faults/matrix.ts';
import { killSection, matrixSection, writeSection } from './faults/pages.ts';
import { openWorld } from './faults/world.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Only {"cases":[…]} on stdout, and no page is written. */
    json: { type: 'boolean', default: false },
    /** Part of `<call> × <fault>`. */
    only: { type: 'string' },
    /** Every so-manieth case, and all in which a write took effect and its answer is lost. */
    sample: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '200' },
    /** The first seed. */
    from: { type: 'string', default: '0' },
    /** How many at a time. */
    lanes: { type: 'string', default: '16' },
  },
});
const lanes = Number(values.lanes);
const started = performance.now();
let violations = 0;

const seeding = await openWorld();
const seeds = await seedAll(seeding);
await seeding.close();
if (positionals[0] === 'kill') await kill(seeds);
else await matrix(seeds);
process.exit(violations === 0 ? 0 : 1);

async function matrix(seeds: Seeds): Promise<void> {
  const chosen = choose(values.only ?? null, Number(values.sample));
  const tried = await inWorlds(lanes, chosen, async (world, cell) => {
    const result = await tryCell(world, seeds, cell);
    complain(`${cell.call.name} × ${cell.kind.name}`, result.violations);
    return result.case;
  });
  show(tried, lineOf);
  const isWhole = values.only === undefined && values.sample === '1';
  if (!values.json && isWhole && violations === 0) writeSection('faults', matrixSection(tried));
}

async function kill(seeds: Seeds): Promise<void> {
  const asMany = Array.from({ length: lanes }, (_, index) => killable[index % killable.length]);
  const measured = await inWorlds(
    lanes,
    [...asMany, ...killable],
    async (world, name = 'first') => ({
      name,
      length: await lengthOf(world, seeds, name),
    }),
  );
  const lengths: Lengths = Object.fromEntries(
    killable.map((name) => [
      name,
      longest(measured.filter((each) => each.name === name).map(({ length }) => length)),
    ]),
  );
  const [first, count] = [Number(values.from), Number(values.seeds)];
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const tried = await inWorlds(lanes, numbers, async (world, seed) => {
    const result = await killOnce(world, seeds, lengths, seed);
    complain(sayKill(result.killed), result.violations);
    return result.killed;
  });
  show(tried, sayKill);
  if (!values.json && count >= 200 && violations === 0) writeSection('kills', killSection(tried));
}

function show<T>(cases: readonly T[], say: (each: T) => string): void {
  const text = values.json ? JSON.stringify({ cases }) : cases.map(say).join('\n');
  process.stdout.write(`${text}\n`);
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stderr.write(`${cases.length} cases in ${seconds} s, ${violations} violations\n`);
}

function complain(where: string, what: readonly string[]): void {
  violations += what.length;
  for (const each of what) process.stderr.write(`${where}: ${each}\n`);
}

function lineOf({ call, fault, exit, lost, repeats, seconds }: Case): string {
  return `${call.padEnd(40)} ${fault.padEnd(22)} exit ${exit}  lost ${lost}  repeats ${repeats}  ${seconds} s`;
}

function sayKill({ seed, situation, moment, post, exit, lost, repeats }: Killed): string {
  const how = exit < 0 ? 'killed' : `ended with ${exit}`;
  return `seed ${seed}: ${situation}, ${how} ${moment}${post ? '' : ', no post step'}: lost ${lost}, repeats ${repeats}`;
}
