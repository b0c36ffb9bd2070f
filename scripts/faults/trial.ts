import type { MonitorState } from '../../src/core/model/state.ts';
import { reportSchema } from '../report-schema.ts';
import { type Job, job } from './job.ts';
import { issuesOf, remembered } from './memory.ts';
import type { Ending, Fact, Situation } from './situations.ts';
import type { Message } from './slack-stub.ts';
import type { World } from './world.ts';

/** What became of two cycles, the first of which was disturbed. */
export interface Outcome {
  /** The first cycle left a report with a status. */
  readonly report: boolean;
  /** After each cycle the memory could be read, and was whole. */
  readonly state_loads: boolean;
  /** What people should have been told and never were. */
  readonly lost: number;
  /** The most copies of one message beyond the first. */
  readonly repeats: number;
  /** Of the first cycle's main step; -1: it was killed. */
  readonly exit: number;
  /** How long that took. */
  readonly seconds: number;
  /** What else is not as it must be. */
  readonly problems: readonly string[];
}

/** So much later the next cycle comes: what a dead run was sending is free again then. */
const nextCycleAfter = 20 * 60_000;

/** The first cycle, main and post, as `disturb` has it; then a second one that nothing disturbs. `counted`: cycles that the seed counts. */
export async function trial(
  world: World,
  situation: Situation,
  counted: number,
  scale: number,
  disturb: (first: Job) => Promise<{ readonly code: number | null }>,
): Promise<Outcome> {
  const first = await job(world, 'first', { ...situation.job, scale });
  const started = performance.now();
  const { code } = await disturb(first);
  const seconds = (performance.now() - started) / 1000;
  const reports = first.reports().map((each) => reportSchema.safeParse(each));
  first.remove();
  world.clearFaults();
  const between = await remembered(world, situation.job);

  world.setTime(situation.at + nextCycleAfter);
  const second = await job(world, 'second', situation.job);
  const { code: next, stdout } = await second.main();
  await second.post();
  second.remove();
  const after = await remembered(world, situation.job);

  const end: Ending = { messages: world.slack.messages, issues: await issuesOf(world) };
  const counts = situation.facts.map((fact) => ({ fact, count: fact.count(end) }));
  const untold = counts
    .filter(({ count }) => count === 0)
    .map(({ fact }) => `not told: ${fact.what}`);
  const left = leftIn(after.state);
  return {
    report: reports.some(({ success }) => success),
    state_loads: [between, after].every(isWhole) && !after.first,
    lost: untold.length + left.length,
    repeats: Math.max(0, ...counts.map(repeatsOf), ...copiesOf(end.messages)),
    exit: code ?? -1,
    seconds: Math.round(seconds * 10) / 10,
    problems: [
      ...untold,
      ...left,
      ...troubleOf(between, 'after the first cycle'),
      ...troubleOf(after, 'after the second cycle'),
      ...(next === expectedNext(situation)
        ? []
        : [`the second cycle ended with ${next}: ${lastLine(stdout)}`]),
      ...countProblems(between.state, after.state, counted),
    ],
  };
}

type Loaded = Awaited<ReturnType<typeof remembered>>;

function isWhole({ trouble, mended }: Loaded): boolean {
  return trouble === null && mended === null;
}

function troubleOf({ trouble, mended }: Loaded, when: string): readonly string[] {
  if (trouble === null && mended === null) return [];
  return [`${when} the memory is not whole: ${trouble?.message ?? mended}`];
}

/** What still waits after a cycle that nothing disturbed, or will never be sent; an edit notifies nobody. */
function leftIn({ outbox, setAside = [] }: MonitorState): readonly string[] {
  return [
    ...outbox
      .filter(({ kind }) => kind !== 'edit')
      .map(({ id, kind }) => `still waits: ${kind} ${id}`),
    ...setAside.map(({ id, kind }) => `set aside: ${kind} ${id}`),
  ];
}

function repeatsOf({ fact, count }: { readonly fact: Fact; readonly count: number }): number {
  return fact.manyTimes === true ? 0 : count - 1;
}

/** Copies of each intent beyond the first. */
function copiesOf(messages: readonly Message[]): readonly number[] {
  const seen = new Map<unknown, number>();
  for (const { metadata } of messages) {
    const intent = metadata?.event_payload['intent'];
    if (intent !== undefined) seen.set(intent, (seen.get(intent) ?? 0) + 1);
  }
  return [...seen.values()].map((count) => count - 1);
}

function expectedNext({ job: { clusterGone } }: Situation): 0 | 1 {
  return clusterGone === true ? 1 : 0;
}

/** Each cycle counts once, and the disturbed one at most once. */
function countProblems(
  between: MonitorState,
  after: MonitorState,
  counted: number,
): readonly string[] {
  const first = between.cycleCount - counted;
  const second = after.cycleCount - between.cycleCount;
  return [
    ...(first === 0 || first === 1 ? [] : [`the first cycle counted ${first} times`]),
    ...(second === 1 ? [] : [`the second cycle counted ${second} times`]),
  ];
}

function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => /error|warn/i.test(line) && !line.startsWith('::add-mask'));
  return (lines.at(-1) ?? '').slice(0, 200);
}
