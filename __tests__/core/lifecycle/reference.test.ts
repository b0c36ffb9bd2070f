import { test } from '@jest/globals';
import fc from 'fast-check';
import { reference } from './reference.ts';
import { calm, live, type World, worlds } from './worlds.ts';

/** Worlds that are lived through, and which: the same in every run, so that a red one is about the change at hand. `FC_RUNS` and `FC_SEED` look at others. */
const numRuns = Number(process.env['FC_RUNS'] ?? 400);
const seed = Number(process.env['FC_SEED'] ?? 1);

/** In the end all is well and Slack takes everything, until what was told has ended. */
const ending = Array.from({ length: 6 }, () => calm);

/** What the reference says of a world, cycle by cycle. */
async function complaintsAbout({ first, moments }: World): Promise<readonly string[]> {
  const check = reference();
  const pages = await live({ first, moments: [...moments, ...ending] });
  return pages.flatMap((page, at) => check(page).map((complaint) => `${at}: ${complaint}`));
}

test('people are told what they must be, where they must be, once, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const complaints = await complaintsAbout(world);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    }),
    { numRuns, seed },
  );
}, 600_000);
