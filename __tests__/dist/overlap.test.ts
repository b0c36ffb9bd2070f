/** Twelve runs of the built action at the same time, on one branch. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { job } from '../../scripts/faults/job.ts';
import { issuesOf, remembered } from '../../scripts/faults/memory.ts';
import { enter, seedOf, situations } from '../../scripts/faults/situations.ts';
import { openWorld, type World } from '../../scripts/faults/world.ts';

jest.setTimeout(180_000);

const runs = Array.from({ length: 12 }, (_, number) => `run-${number}`);
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test.each([
  { name: 'first', alert: /payments is down/, code: 0, cycles: 12, issues: 0 },
  { name: 'sick', alert: /Kube Vigil does not see/, code: 1, cycles: 14, issues: 1 },
] as const)(
  '$name: each is counted, and one tells',
  async ({ name, alert, code, cycles, issues }) => {
    const situation = situations[name];
    await enter(world, situation, await seedOf(world, situation));
    const jobs = await Promise.all(runs.map((run) => job(world, run, situation.job)));
    const ended = await Promise.all(jobs.map((each) => each.main()));
    for (const each of jobs) each.remove();
    expect(ended.map((each) => each.code)).toEqual(runs.map(() => code));
    const { state } = await remembered(world, situation.job);
    expect(state.cycleCount).toBe(cycles);
    expect(state.outbox).toEqual([]);
    expect(await issuesOf(world)).toHaveLength(issues);
    const alerts = world.slack.messages.filter(({ blocks }) => alert.test(blocks));
    expect(alerts).toHaveLength(1);
  },
);
