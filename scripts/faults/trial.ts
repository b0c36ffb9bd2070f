import type { CycleReport } from '../../src/core/model/report.ts';
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
  const reports = first.reports().flatMap((each) => reportSchema.safeParse(each).data ?? []);
  first.remove();
  world.clearFaults();
  const between = await remembered(world, situation.job);

  world.setTime(situation.at + nextCycleAfter);
  const second = await job(world, 'second', situation.job);
  const { code: next, stdout } = await second.main();
  await second.post();
  second.remove();
  const after = await remembered(world, situation.job);

  const end: Ending = {
    messages: world.slack.messages,
    issues: await issuesOf(world),
    taken: world.sink.taken,
  };
  const counts = situation.facts.map((fact) => ({ fact, count: fact.count(end) }));
  const untold = counts
    .filter(({ count }) => count === 0)
    .map(({ fact }) => `not told: ${fact.what}`);
  const left = [...leftIn(after.state), ...neverSent(between.state, end.messages)];
  return {
    report: reports.length > 0,
    state_loads: [between, after].every(isWhole) && !after.first,
    lost: untold.length + left.length,
    repeats: Math.max(0, ...counts.map(repeatsOf), ...copiesOf(end.messages)),
    exit: code ?? -1,
    seconds: Math.round(seconds * 10) / 10,
    problems: [
      ...untold,
      ...left,
      ...falselySent(reports, end.messages),
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

/** They take metadata nowhere; the facts tell what they took. */
const furtherWays = ['slack-webhook', 'webhook', 'pagerduty'];

/** What the first cycle decided, and no message in Slack is. A reply that goes on may be overtaken by the next one. */
function neverSent({ outbox }: MonitorState, messages: readonly Message[]): readonly string[] {
  const sent = new Set(messages.map(intentOf));
  return outbox
    .filter(({ target = 'slack' }) => target === 'slack')
    .filter(({ id, kind }) => kind !== 'edit' && kind !== 'brief' && !sent.has(id))
    .map(({ id, kind }) => `decided and never sent: ${kind} ${id}`);
}

/** What a report says that Slack took, and Slack does not have. */
function falselySent(
  reports: readonly CycleReport[],
  messages: readonly Message[],
): readonly string[] {
  const sent = new Set(messages.map(intentOf));
  return reports
    .flatMap(({ notification_result: result }) => result?.deliveries ?? [])
    .filter(({ channel }) => !furtherWays.includes(channel))
    .filter(({ id, kind, accepted }) => accepted && kind !== 'edit' && !sent.has(id))
    .map(({ id, kind }) => `said to be sent and is not: ${kind} ${id}`);
}

function intentOf({ metadata }: Message): unknown {
  return metadata?.event_payload['intent'];
}

function repeatsOf({ fact, count }: { readonly fact: Fact; readonly count: number }): number {
  return fact.manyTimes === true ? 0 : count - 1;
}

/** Copies of each intent beyond the first. */
function copiesOf(messages: readonly Message[]): readonly number[] {
  const seen = new Map<unknown, number>();
  for (const message of messages) {
    const intent = intentOf(message);
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
