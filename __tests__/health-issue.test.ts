/** When the issue about the monitor itself opens, changes and closes, over whole cycles. */
import { expect, test } from '@jest/globals';
import { defaultCatalog } from '../src/core/model/catalog.ts';
import { Failure } from '../src/core/model/failure.ts';
import type { HealthIssue } from '../src/core/model/health-issue.ts';
import { runCycle } from '../src/cycle.ts';
import type { Tracker } from '../src/ports.ts';
import { deadDeployment } from './support/dead-deployment.ts';
import { bench } from './support/world.ts';

const unreachable = new Failure('KUBE_UNREACHABLE', 'No API server answers');
const refusal = 'Slack has no such channel';

type Wish = Pick<HealthIssue, 'title' | 'body' | 'again'>;

/** Opens number 1, 2 … as it is told, and keeps what it was told. */
function recordingTracker(): Tracker & { readonly wishes: Wish[]; failing: boolean } {
  let last = 0;
  const it = {
    wishes: [] as Wish[],
    failing: false,
    settle: (issue: HealthIssue, known: { number: number; url: string } | null) => {
      it.wishes.push(issue);
      if (it.failing) return Promise.reject(new Failure('GITHUB_REFUSED', 'GitHub answered 500'));
      if (issue.body === null) return Promise.resolve(null);
      if (known === null) last = issue.again?.number ?? last + 1;
      return Promise.resolve(known ?? { number: last, url: `https://github.com/issues/${last}` });
    },
  };
  return it;
}

/** Cycles half an hour apart, on one memory. */
function monitor() {
  const tracker = recordingTracker();
  const { folder } = bench();
  let at = Date.parse('2026-01-01T12:00:00Z');
  return {
    tracker,
    later(hours: number): void {
      at += hours * 3600 * 1000;
    },
    /** What the issue was asked to be in this cycle, and which is open after it. */
    async cycle(given: { slack?: string | null; unreachable?: boolean } = {}) {
      at += 30 * 60 * 1000;
      const it = bench({
        folder,
        now: new Date(at).toISOString(),
        objects: given.unreachable === true ? unreachable : deadDeployment,
        slack: given.slack ?? null,
        catalog: defaultCatalog,
        world: { tracker },
      });
      const asked = tracker.wishes.length;
      const { report } = await runCycle(it.world, it.settings);
      const { state } = await it.world.memory.state.load();
      const wish = tracker.wishes.slice(asked)[0];
      const word = wish === undefined ? 'nothing' : wish.body === null ? 'close' : wish.title;
      return { word, wish, open: state.healthIssue?.number ?? null, warnings: report.warnings };
    },
  };
}

const cannotDeliver = 'Kube Vigil cannot deliver alerts of cluster test';
const cannotSee = 'Kube Vigil does not see cluster test';

test('Slack refuses three cycles in a row: the issue opens, and closes once it takes the message', async () => {
  const it = monitor();
  for (const expected of ['nothing', 'nothing', cannotDeliver, cannotDeliver])
    expect((await it.cycle({ slack: refusal })).word).toBe(expected);
  expect(it.tracker.wishes.at(-1)?.body).toContain(`\n${refusal}\n`);
  expect(await it.cycle()).toMatchObject({ word: 'close', open: null });
  expect((await it.cycle()).word).toBe('nothing');
});

test('two refusals, then delivered, then two more: no issue', async () => {
  const it = monitor();
  const words: string[] = [];
  for (const slack of [refusal, refusal, null, null]) words.push((await it.cycle({ slack })).word);
  it.later(4);
  for (const slack of [refusal, refusal]) words.push((await it.cycle({ slack })).word);
  expect(words).toEqual(Array(6).fill('nothing'));
});

test('a cycle that fails counts what Slack refuses as well, and both are one issue', async () => {
  const it = monitor();
  await it.cycle({ slack: refusal });
  const words: string[] = [];
  for (let n = 0; n < 3; n++)
    words.push((await it.cycle({ slack: refusal, unreachable: true })).word);
  expect(words).toEqual(['nothing', cannotDeliver, `${cannotSee}, and cannot deliver its alerts`]);
  expect(await it.cycle({ slack: refusal })).toMatchObject({ word: cannotDeliver, open: 1 });
  expect(await it.cycle()).toMatchObject({ word: 'close', open: null });
});

test.each([
  [23, 1],
  [25, 2],
])('degraded again after %i hours: issue %i', async (hours, number) => {
  const it = monitor();
  for (let n = 0; n < 3; n++) await it.cycle({ unreachable: true });
  expect(await it.cycle()).toMatchObject({ word: 'close', open: null });
  it.later(hours - 2);
  for (let n = 0; n < 3; n++) await it.cycle({ unreachable: true });
  expect(await it.cycle({ unreachable: true })).toMatchObject({ word: cannotSee, open: number });
});

test('an issue that could not be opened is one warning, and tried again by the next cycle', async () => {
  const it = monitor();
  for (let n = 0; n < 2; n++) await it.cycle({ unreachable: true });
  it.tracker.failing = true;
  expect(await it.cycle({ unreachable: true })).toMatchObject({
    open: null,
    warnings: ['The health issue: GitHub answered 500'],
  });
  it.tracker.failing = false;
  expect(await it.cycle({ unreachable: true })).toMatchObject({ word: cannotSee, open: 1 });
});
