import { seen } from '../../__tests__/support/slack-reading.ts';
import { confirm, decide } from '../../src/core/decide.ts';
import { weigh } from '../../src/core/escalation/policy.ts';
import { channelsOf } from '../../src/core/lifecycle/channel.ts';
import { type Catalog, defaultCatalog } from '../../src/core/model/catalog.ts';
import type { CycleStamp, Decided } from '../../src/core/model/cycle.ts';
import type { Heard, Response } from '../../src/core/model/response.ts';
import type { KubeObject, Snapshot } from '../../src/core/model/snapshot.ts';
import { freshState, type MonitorState } from '../../src/core/model/state.ts';
import { cycleIdOf, formatTime } from '../../src/core/model/time.ts';
import { observe } from '../../src/core/observe.ts';
import { loadScenario, type Scenario } from '../scenarios.ts';

/** One message as it stands in the channel. */
interface Word {
  readonly at: string;
  readonly thread: boolean;
  readonly lines: readonly string[];
}
export interface Channel {
  readonly words: readonly Word[];
  readonly edits: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Monday, 00:00 UTC. */
const monday = Date.parse('2026-11-23T00:00:00Z');

/** A scenario that happens for a while; `every`: it comes and goes, on for one cycle of so many. */
interface Happening {
  readonly scenario: string;
  readonly from: number;
  readonly until: number;
  readonly every?: number;
}

/** Hours after Monday 00:00 UTC. */
const at = (dayOfWeek: number, hours: number): number => dayOfWeek * day + hours * hour;

const happenings: readonly Happening[] = [
  { scenario: 'composite-vault-sealed', from: at(0, 18), until: at(1, 10) },
  { scenario: 'composite-missing-secret', from: at(1, 14), until: at(1, 15) },
  { scenario: 'composite-bad-release', from: at(2, 3), until: at(2, 10) },
  { scenario: 'composite-registry-down', from: at(2, 11), until: at(2, 12) },
  { scenario: 'composite-database-down', from: at(3, 2), until: at(3, 3.5) },
  { scenario: 'pod-readiness-failing-statuscode', from: at(3, 9), until: at(3, 13), every: 2 },
  { scenario: 'pod-oom-killed-loop', from: at(3, 14), until: at(3, 19) },
  { scenario: 'pod-crash-loop-wrong-database-host', from: at(4, 9), until: at(4, 13) },
  { scenario: 'workload-quota-used-up', from: at(4, 20), until: at(5, 2) },
  { scenario: 'node-not-ready-pleg', from: at(5, 9), until: at(5, 16) },
];
/** GitHub starts nothing in this time. */
const blind = { from: at(5, 10), until: at(5, 14) };

/** What somebody answers to the newest alert. A reaction stays there for a day. */
const answersGiven: readonly { readonly at: number; readonly says: Said }[] = [
  { at: at(3, 14.4), says: { action: 'silence', seconds: 2 * 3600, kind: 'message' } },
  { at: at(5, 9.2), says: { action: 'ack', seconds: null, kind: 'reaction' } },
];
type Said = Pick<Response, 'action' | 'seconds' | 'kind'>;

const catalog: Catalog = {
  ...defaultCatalog,
  mention: '<!subteam^S0PAYTEAM>',
  ackUsers: ['U0ANA1234'],
  services: [
    {
      ...{ name: 'pay', priority: 'P0', namespaces: ['shop'], selector: { app: 'pay' } },
      ...{ maxDowntimeSeconds: 0, knownIssues: [] },
    },
  ],
  hours: {
    zone: 'Europe/Berlin',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    times: [{ start: 9 * 60, end: 17 * 60 }],
    holidays: [],
  },
};

/** A cycle every quarter of an hour, some minutes late as GitHub's are. */
export async function liveAWeek(): Promise<Channel> {
  const scenarios = new Map<string, Scenario>();
  for (const { scenario } of happenings) scenarios.set(scenario, await loadScenario(scenario));
  const words: Word[] = [];
  let edits = 0;
  let state = freshState;
  for (let turn = 0; turn < 7 * 96; turn++) {
    const since = turn * 15 * minute + ((turn * 7) % 5) * minute;
    if (since >= blind.from && since < blind.until) continue;
    const { decided, next } = live(state, since, turn, scenarios);
    state = next;
    edits += decided.due.filter(({ kind }) => kind === 'edit').length;
    const at = sayDay(monday + since);
    for (const { kind, message } of decided.due.filter((each) => each.kind !== 'edit'))
      words.push({ at, thread: kind === 'brief' || kind === 'resolved', lines: seen(message) });
  }
  return { words, edits };
}

function live(
  state: MonitorState,
  since: number,
  turn: number,
  scenarios: ReadonlyMap<string, Scenario>,
): { readonly decided: Decided; readonly next: MonitorState } {
  const now = monday + since;
  const snapshot = snapshotAt(since, turn, scenarios);
  const observation = observe(snapshot, catalog, now);
  const assessments = {
    byFingerprint: weigh(observation, catalog),
    fallback: null,
    trouble: null,
  };
  const stamp: CycleStamp = {
    id: cycleIdOf(now),
    cluster: 'prod-eu',
    startedAt: formatTime(now),
    now,
    run: `run-${turn}`,
    channel: 'C0123ABCD',
    channels: channelsOf(catalog),
    runUrl: null,
  };
  const heard = answers(state, since);
  const decided = decide(state, turn === 0, observation, assessments, stamp, catalog, { heard });
  const receipts = decided.due.map(({ id, channel }) => ({
    ...{ id, accepted: true, channel, ts: `ts-${id}`, error: null },
    ...{ maybeDelivered: false, retryAfterSeconds: null },
  }));
  return { decided, next: confirm(decided.state, receipts, stamp) };
}

/** What is there of all that happens now, its times moved to this week. */
function snapshotAt(
  since: number,
  turn: number,
  scenarios: ReadonlyMap<string, Scenario>,
): Snapshot {
  const items = happenings
    .filter(({ from, until }) => since >= from && since < until)
    .filter(({ every = 1 }) => turn % every === 0)
    .flatMap(({ scenario: name, from }) => {
      const scenario = scenarios.get(name);
      if (scenario === undefined) return [];
      const shift = monday + from - Date.parse(scenario.expected.now);
      return scenario.snapshot.items.map((item) => moved(item, shift));
    });
  const takenAt = formatTime(monday + since);
  return { takenAt, source: 'live', clusterUid: 'uid-1', items, gaps: [] };
}

function moved(item: KubeObject, shift: number): KubeObject {
  const text = JSON.stringify(item).replace(
    /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z"/g,
    (_, at: string) => `"${formatTime(Date.parse(`${at}Z`) + shift)}"`,
  );
  return JSON.parse(text) as KubeObject;
}

function answers({ alerts }: MonitorState, since: number): Heard {
  const ids = Object.keys(alerts);
  const alert = ids.at(-1);
  const responses = answersGiven.flatMap(({ at: begins, says }): Response[] => {
    const ends = begins + (says.kind === 'reaction' ? day : 30 * minute);
    if (alert === undefined || since < begins || since > ends) return [];
    const key = says.kind === 'reaction' ? 'eyes:U0ANA1234' : `${begins}.1`;
    return [{ ...says, alert, number: null, by: 'U0ANA1234', trusted: false, key }];
  });
  return { responses, read: ids, troubles: [] };
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Tue 14:12`, UTC. */
function sayDay(at: number): string {
  return `${days[new Date(at).getUTCDay()]} ${formatTime(at).slice(11, 16)}`;
}
