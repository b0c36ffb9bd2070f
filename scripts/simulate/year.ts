import { type Look, monitor, podGap, type Seen } from '../../__tests__/core/lifecycle/history.ts';
import { monitorState } from '../../src/adapters/store/document-kind.ts';
import { sealEnvelope } from '../../src/adapters/store/envelope.ts';
import { severities } from '../../src/core/model/decision.ts';

/** A cycle every quarter of an hour. */
const cycles = 365 * 96;
const names = 40;

/** What a year left behind. */
export interface Year {
  readonly cycles: number;
  readonly incidents: number;
  /** Accepted by Slack: root messages, replies, edits. */
  readonly alerts: number;
  readonly replies: number;
  readonly edits: number;
  /** Bytes of the stored document. */
  readonly largestState: number;
  readonly lastState: number;
  /** Milliseconds of one decision, mean of the first and of the last tenth of the year. */
  readonly firstTenthMs: number;
  readonly lastTenthMs: number;
  readonly ratio: number;
}

/** The same year each time: a small generator of our own (mulberry32), since Math.random takes no seed. */
function dice(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One that is open: how often it is seen, and until which cycle. */
interface Trouble {
  readonly seen: Seen;
  readonly until: number;
  readonly flaps: boolean;
}

export function liveAYear(): Year {
  const roll = dice(20_261_128);
  const monitored = monitor();
  const open = new Map<string, Trouble>();
  const counts = { incidents: 0, alerts: 0, replies: 0, edits: 0 };
  const took: number[] = [];
  let largest = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const [name, { until }] of open) if (cycle >= until) open.delete(name);
    counts.incidents += begin(open, cycle, roll);
    const look = lookAt(open, roll);
    const started = performance.now();
    const decided = roll() < 0.01 ? monitored.fail(cycle * 15) : monitored.look(cycle * 15, look);
    took.push(performance.now() - started);
    if (look.slack === 'takes')
      for (const { kind } of decided.due)
        counts[kind === 'edit' ? 'edits' : kind === 'full' ? 'alerts' : 'replies']++;
    if (cycle % 96 === 0 || open.size > 20) largest = Math.max(largest, sizeOf(monitored.state()));
  }
  const tenth = Math.floor(cycles / 10);
  const [first, last] = [mean(took.slice(0, tenth)), mean(took.slice(-tenth))];
  return {
    cycles,
    ...counts,
    largestState: largest,
    lastState: sizeOf(monitored.state()),
    firstTenthMs: rounded(first),
    lastTenthMs: rounded(last),
    ratio: rounded(last / first),
  };
}

/** What docs/reliability.md says of it. */
export function yearSection(year: Year): string {
  const { alerts, replies, edits, incidents } = year;
  return `## A year

\`npm run simulate year\` decides ${year.cycles.toLocaleString('en')} cycles, one every quarter of an hour, with ${incidents.toLocaleString('en')} random incidents: about two a day, one in ten that comes and goes, a storm of a hundred every month; in one cycle of a hundred the cluster cannot be read, in one something is hidden, in one Slack takes nothing, and in one of two hundred the run dies before it saves.

- The stored state was never larger than ${kilo(year.largestState)} KB (in a storm), and ${kilo(year.lastState)} KB at the end.
- The last tenth of the year's decisions took ${year.ratio.toFixed(2)} times as long as the first.
- Slack got ${alerts.toLocaleString('en')} alerts, ${replies.toLocaleString('en')} replies in their threads and ${edits.toLocaleString('en')} silent edits.`;
}

function kilo(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

/** Two incidents a day, of an hour on the average; one in ten comes and goes; every month a storm of 100. */
function begin(open: Map<string, Trouble>, cycle: number, roll: () => number): number {
  const storm = roll() < 1 / (30 * 96);
  const fresh = storm ? 100 : roll() < 2 / 96 ? 1 : 0;
  for (let at = 0; at < fresh; at++) {
    const name = storm ? `storm-${at}` : `service-${Math.floor(roll() * names)}`;
    const severity = severities[Math.floor(roll() * severities.length)] ?? 'SEV-3';
    const until = cycle + 1 + Math.floor(-Math.log(1 - roll()) * 4);
    open.set(name, { seen: { name, severity }, until, flaps: roll() < 0.1 });
  }
  return fresh;
}

function lookAt(open: ReadonlyMap<string, Trouble>, roll: () => number): Look {
  const seen = [...open.values()].filter(({ flaps }) => !flaps || roll() < 0.5);
  return {
    seen: seen.map((each) => each.seen),
    gaps: roll() < 0.01 ? [podGap] : [],
    slack: roll() < 0.01 ? 'refuses' : roll() < 0.005 ? 'dies' : 'takes',
  };
}

function sizeOf(state: ReturnType<ReturnType<typeof monitor>['state']>): number {
  return Buffer.byteLength(
    sealEnvelope(monitorState, state, { run: '1.1', nonce: '0'.repeat(16) }, null),
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
