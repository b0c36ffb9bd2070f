import { expect, test } from '@jest/globals';
import { confirm, decide, fail, nextCycleId } from '../../src/core/decide.ts';
import { defaultCatalog } from '../../src/core/model/catalog.ts';
import type { CycleStamp } from '../../src/core/model/cycle.ts';
import type { Decision } from '../../src/core/model/decision.ts';
import { freshState, statusOf } from '../../src/core/model/state.ts';
import {
  assessmentsOf,
  fingerprintOf,
  type Look,
  lookedState,
  monitor,
  observationOf,
  podGap,
  receiptsOf,
  type Seen,
  sayDue,
  sayVerdict,
  start,
  stored,
} from './lifecycle/history.ts';

const api: Look = { seen: [{ name: 'api' }] };
const stamp: CycleStamp = {
  id: '20261124_100000',
  cluster: 'prod',
  startedAt: '2026-11-24T10:00:00Z',
  now: start,
  run: 'run-1',
  channel: 'C1',
  runUrl: null,
};

test.each<[string, string | null, string]>([
  ['a first cycle', null, '20261124_100000'],
  ['an earlier one', '20261124_095959', '20261124_100000'],
  ['the same', '20261124_100000', '20261124_100001'],
  ['a later one', '20261124_235959', '20261125_000000'],
])('the next cycle id after %s', (_name, lastCycleId, id) => {
  expect(nextCycleId({ ...freshState, lastCycleId }, '20261124_100000')).toBe(id);
});

test('a healthy cycle', () => {
  const decided = monitor().look(0, {});
  expect(decided).toMatchObject({
    status: 'healthy',
    decision: null,
    verdicts: [],
    due: [],
    view: null,
    heldBack: null,
    stale: false,
  });
  expect(decided.state).toEqual({
    ...freshState,
    cycleCount: 1,
    cycleTimes: ['2026-11-24T10:00:00Z'],
    lastSuccessfulCycle: '2026-11-24T10:00:00Z',
    lastCycleStatus: 'healthy',
    lastCycleId: '20261124_100000',
    trend: [0],
    clusterUid: 'uid-1',
    snapshotAt: '2026-11-24T10:00:00Z',
    lookedAt: '2026-11-24T10:00:00Z',
  });
});

test.each<[string, Look, string]>([
  ['a finding', api, 'completed'],
  ['a gap', { gaps: [podGap] }, 'completed'],
  [
    'what a dump does not contain',
    { source: 'dump', gaps: [{ ...podGap, reason: 'not-in-dump' }] },
    'healthy',
  ],
  [
    'another gap of a dump',
    { source: 'dump', gaps: [{ ...podGap, reason: 'partial' }] },
    'completed',
  ],
  ['a known issue', { seen: [{ known: true, severity: 'SEV-3' }] }, 'completed'],
])('%s makes a cycle %s', (_name, look, status) => {
  expect(monitor().look(0, look).status).toBe(status);
});

test('three failed cycles degrade the monitor, one success heals it, and each is said once', () => {
  const monitored = monitor();
  monitored.look(0, api);
  const failed = [30, 60, 90, 120].map((minutes) => monitored.fail(minutes));
  expect(failed.map(sayDue)).toEqual([[], [], ['health DEGRADED'], []]);
  expect(failed.map(({ state }) => state.failedCycles)).toEqual([1, 2, 3, 4]);
  expect(failed[2]?.due[0]).toMatchObject({ severity: 'SEV-2', channel: 'C1', fingerprints: [] });
  expect(failed[2]?.due[0]?.message.text).toContain('no route to host');
  expect(statusOf(monitored.state())).toEqual({
    cycle_count: 5,
    failed_cycles: 4,
    last_successful_cycle: '2026-11-24T10:00:00Z',
    last_cycle_status: 'failed',
    health: 'degraded',
  });
  const well = [150, 160].map((minutes) => monitored.look(minutes, api));
  expect(well.map(sayDue)).toEqual([['health RECOVERED'], []]);
  expect(well[0]?.state).toMatchObject({ failedCycles: 0, health: 'healthy' });
});

test('a failed cycle forgets nothing', () => {
  const monitored = monitor();
  monitored.look(0, api);
  const { incidents, alerts, snapshotAt, lookedAt } = monitored.state();
  const failed = monitored.fail(90);
  expect(failed).toMatchObject({ status: 'failed', decision: null, verdicts: [], view: null });
  expect(failed.state).toMatchObject({ incidents, alerts, snapshotAt, lookedAt });
});

test('one root message for all that is new, an incident each reply', () => {
  const monitored = monitor();
  const seen: readonly Seen[] = [
    { name: 'a' },
    { name: 'b', severity: 'SEV-1' },
    { name: 'c', severity: 'SEV-4' },
  ];
  const told = monitored.look(0, { seen });
  expect(sayDue(told)).toEqual(['full NEW']);
  expect(told.due[0]).toMatchObject({
    id: '20261124_100000-1',
    alert: '20261124_100000-1',
    severity: 'SEV-1',
    fingerprints: [fingerprintOf('b'), fingerprintOf('a')],
  });
  const ended = monitored.look(60, { seen: [{ name: 'a', digest: 'd2' }] });
  expect(
    ended.due.map(({ kind, alert, fingerprints }) => [kind, alert, fingerprints.length]),
  ).toEqual([
    ['brief', '20261124_100000-1', 1],
    ['resolved', '20261124_100000-1', 1],
    ['edit', '20261124_100000-1', 2],
  ]);
});

test('a later alert takes an incident over, and the older one says so', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ name: 'a' }, { name: 'b' }] });
  const worse = monitored.look(30, { seen: [{ name: 'a', severity: 'SEV-1' }, { name: 'b' }] });
  expect(sayDue(worse)).toEqual(['full WORSE', 'edit WORSE']);
  expect(worse.due.map(({ alert }) => alert)).toEqual(['20261124_103000-1', '20261124_100000-1']);
  expect(monitored.state().incidents[fingerprintOf('a')]?.told?.alert).toBe('20261124_103000-1');
  const ended = monitored.look(100, { seen: [{ name: 'b' }] });
  expect(ended.due.map(({ kind, alert }) => [kind, alert])).toEqual([
    ['resolved', '20261124_103000-1'],
    ['edit', '20261124_103000-1'],
  ]);
});

test('many ends at once are few replies that name them all', () => {
  const monitored = monitor();
  const seen = Array.from({ length: 12 }, (_, at): Seen => ({ name: `service-${at}` }));
  monitored.look(0, { seen });
  const ended = monitored.look(60, {});
  const replies = ended.due.filter(({ kind }) => kind === 'resolved');
  expect(replies.map(({ fingerprints }) => fingerprints.length)).toEqual([1, 1, 1, 1, 8]);
  expect(replies.at(-1)?.message.text).toMatch(/: 8 incidents: service-\d+, service-\d+, /);
});

test('the first look is headed so and calls the mention; what goes on calls nobody', () => {
  const monitored = monitor({ first: true, catalog: { mention: '<!here>' } });
  const seen: readonly Seen[] = [{ severity: 'SEV-1' }];
  expect(monitored.look(0, { seen }).view).toMatchObject({ firstLook: true, mention: '<!here>' });
  expect(monitored.look(5, { seen }).view).toMatchObject({ firstLook: false, mention: null });
});

test('a SEV-2 calls nobody', () => {
  expect(monitor({ catalog: { mention: '<!here>' } }).look(0, api).view?.mention).toBeNull();
});

test('the view holds all that people should know of now, told already or not, loudest first', () => {
  const monitored = monitor();
  monitored.look(0, api);
  const seen: readonly Seen[] = [
    { name: 'api' },
    { name: 'loud', severity: 'SEV-1' },
    { name: 'quiet', severity: 'SEV-4' },
    { name: 'known', severity: 'SEV-3', known: true },
  ];
  const { view, verdicts } = monitored.look(5, { seen, gaps: [podGap] });
  expect(view?.lines.map(({ services, reason }) => [services[0], reason])).toEqual([
    ['loud', 'NEW'],
    ['api', 'SAME'],
  ]);
  expect(view).toMatchObject({ gaps: [podGap], hidden: ['OPS-12'], unsaved: false });
  expect(view?.lines[0]).toMatchObject({
    symptoms: [{ reason: 'CrashLoopBackOff', count: 1, examples: ['shop/loud-1'] }],
    openedAt: '2026-11-24T10:05:00Z',
    state: 'new',
  });
  expect(verdicts).toHaveLength(4);
});

test("the cycle's decision is the loudest incident's, with the services of all that notify", () => {
  const seen: readonly Seen[] = [
    { name: 'known', severity: 'SEV-3', known: true },
    { name: 'b', severity: 'SEV-3' },
    { name: 'a', severity: 'SEV-2' },
    { name: 'c', severity: 'SEV-4' },
  ];
  expect(monitor().look(0, { seen }).decision).toMatchObject({
    severity: 'SEV-2',
    shouldNotify: true,
    affectedServices: ['a', 'b'],
    rootCause: 'a has no ready pod',
  });
});

test('where nothing notifies, the decision says so', () => {
  const seen: readonly Seen[] = [{ name: 'known', severity: 'SEV-3', known: true }];
  expect(monitor().look(0, { seen }).decision).toMatchObject({
    severity: 'SEV-3',
    shouldNotify: false,
  });
});

const fallback: Decision = {
  severity: 'SEV-2',
  confidence: 50,
  shouldNotify: true,
  affectedServices: ['api'],
  rootCause: 'Unable to assess escalation, conservative default',
  immediateActions: ['Manual review required'],
  businessImpact: 'Potential incident detected',
  by: 'conservative-default',
};

test("the stage's fallback is the cycle's decision", () => {
  const observation = observationOf(api, start);
  const assessments = { ...assessmentsOf(api), fallback };
  const decided = decide(freshState, false, observation, assessments, stamp, defaultCatalog, {});
  expect(decided.decision).toEqual(fallback);
});

test('an incident that nobody assessed is not dropped: the conservative default tells it', () => {
  const observation = observationOf(api, start);
  const nothing = { byFingerprint: {}, fallback: null, trouble: null };
  const decided = decide(lookedState, false, observation, nothing, stamp, defaultCatalog, {});
  expect(decided.decision).toEqual(fallback);
  expect(sayDue(decided)).toEqual(['full NEW']);
});

test('without Slack nothing is queued or counts as told, and the report says why', () => {
  const monitored = monitor();
  const silent = monitored.look(0, { ...api, channel: null });
  expect(silent).toMatchObject({ due: [], heldBack: 'Slack is not configured' });
  expect(silent.state).toMatchObject({ outbox: [], alerts: {} });
  expect(sayDue(monitored.look(5, api))).toEqual(['full RAISED']);
  expect(monitor().look(0, { channel: null }).heldBack).toBeNull();
});

test('a state that cannot be saved tells SEV-1 and SEV-2 only, and says that it is unsaved', () => {
  const seen: readonly Seen[] = [
    { name: 'a', severity: 'SEV-1' },
    { name: 'b', severity: 'SEV-2' },
    { name: 'c', severity: 'SEV-3' },
  ];
  const decided = monitor().look(0, { seen, unsaved: true });
  expect(decided.due.map(({ fingerprints }) => fingerprints)).toEqual([
    [fingerprintOf('a'), fingerprintOf('b')],
  ]);
  expect(sayVerdict(decided, 'c')).toBe('new: nothing UNSAVED');
  expect(decided.view?.unsaved).toBe(true);
  expect(decided.heldBack).toBe(
    'The state could not be saved, so only SEV-1 and SEV-2 are told now',
  );
  expect(JSON.stringify(decided.due[0]?.message)).toContain('not saved');
});

test('a state that cannot be saved ends nothing and changes nothing in Slack', () => {
  const monitored = monitor();
  monitored.look(0, api);
  expect(monitored.look(60, { unsaved: true }).due).toEqual([]);
  expect(monitored.look(60, { seen: [{ name: 'api', digest: 'd2' }], unsaved: true }).due).toEqual(
    [],
  );
});

test('a failed cycle that cannot be saved sends only the loud alerts that wait, each time as a possible repeat', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ name: 'a' }], slack: 'refuses' });
  monitored.look(5, { seen: [{ name: 'a' }, { name: 'c', severity: 'SEV-3' }], slack: 'refuses' });
  for (const minutes of [10, 15]) monitored.fail(minutes, { slack: 'refuses' });
  expect(monitored.state().outbox).toHaveLength(2);
  for (const minutes of [20, 25]) {
    const failed = monitored.fail(minutes, { unsaved: true });
    expect(sayDue(failed)).toEqual(['full NEW']);
    expect(failed.due[0]?.fingerprints).toEqual([fingerprintOf('a')]);
    expect(failed.due[0]?.maybe).toBe(true);
    expect(failed.state.health).toBe('degraded');
    expect(failed.heldBack).toContain('could not be saved');
  }
});

test('a look that cannot be saved sends what waits as a possible repeat, and what is new as unsaved', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ name: 'a' }], slack: 'refuses' });
  const unsaved = monitored.look(5, { seen: [{ name: 'a' }, { name: 'b' }], unsaved: true });
  expect(unsaved.due.map(({ maybe }) => maybe)).toEqual([true, undefined]);
});

test('after cycles that did not get to look, the first look is the first', () => {
  const monitored = monitor({ first: true });
  monitored.fail(0);
  const looked = monitored.look(5, api);
  expect(looked.view?.firstLook).toBe(true);
  expect(sayVerdict(looked)).toBe('new: full BASELINE');
  const later = monitored.look(10, { seen: [{ name: 'api' }, { name: 'web' }] });
  expect([later.view?.firstLook, sayVerdict(later, 'web')]).toEqual([false, 'new: full NEW']);
});

test('a memory that could not be read may know of a look: nothing is called the first', () => {
  const observation = observationOf(api, start);
  const given = [observation, assessmentsOf(api), stamp, defaultCatalog] as const;
  expect(decide(freshState, false, ...given, { unsaved: true }).view?.firstLook).toBe(false);
});

test('deferred incidents say until when', () => {
  const hours = {
    zone: 'UTC',
    days: ['wed'],
    times: [{ start: 540, end: 1020 }],
    holidays: [],
  } as const;
  const decided = monitor({ catalog: { hours } }).look(0, { seen: [{ severity: 'SEV-3' }] });
  expect(decided.heldBack).toBe(
    '1 SEV-3 incident held back until business hours, which open at 2026-11-25T09:00:00Z',
  );
  expect(decided.view?.lines).toHaveLength(1);
});

test('the cluster is pinned once it is known', () => {
  const observation = { ...observationOf({}, start), clusterUid: null };
  const nothing = assessmentsOf({});
  const unknown = decide(freshState, true, observation, nothing, stamp, defaultCatalog, {});
  expect(unknown.state.clusterUid).toBeNull();
  const pinned = { ...freshState, clusterUid: 'uid-0' };
  const other = decide(pinned, true, observationOf({}, start), nothing, stamp, defaultCatalog, {});
  expect(other.state.clusterUid).toBe('uid-0');
});

test('a check that failed hides what it saw', () => {
  const monitored = monitor();
  monitored.look(0, api);
  const gap = {
    ...podGap,
    kind: 'check/crash-loop',
    namespace: null,
    reason: 'check-failed',
  } as const;
  expect(sayVerdict(monitored.look(60, { gaps: [gap] }))).toBe('unknown: brief UNKNOWN');
});

test.each([
  ['a kind that its check needs', { ...podGap, namespace: null }, 'unknown'],
  ["the root's kind", { ...podGap, kind: 'Deployment' }, 'unknown'],
  ['another namespace', { ...podGap, namespace: 'other' }, 'resolved'],
  ['another kind', { ...podGap, kind: 'Ingress', namespace: null }, 'resolved'],
])('a gap over %s: %p', (_name, gap, state) => {
  const monitored = monitor();
  monitored.look(0, api);
  expect(sayVerdict(monitored.look(60, { gaps: [gap] }))).toMatch(new RegExp(`^${state}`));
});

test('confirm is the same whether it runs once or twice, or after the post step', () => {
  const decided = decide(
    freshState,
    false,
    observationOf(api, start),
    assessmentsOf(api),
    stamp,
    defaultCatalog,
    {},
  );
  for (const slack of ['takes', 'refuses'] as const) {
    const receipts = receiptsOf(decided, { slack });
    const once = stored(confirm(decided.state, receipts, stamp));
    expect(stored(confirm(once, receipts, stamp))).toEqual(once);
  }
});

test("a refusal that comes late does not take another run's claim away", () => {
  const monitored = monitor();
  const decided = monitored.look(0, { ...api, run: 'a', slack: 'dies' });
  monitored.look(20, { ...api, run: 'b', slack: 'dies' });
  const late = confirm(monitored.state(), receiptsOf(decided, { slack: 'refuses' }), {
    ...stamp,
    run: 'a',
  });
  expect(late.outbox[0]).toMatchObject({ status: 'pending', run: 'b', attempts: 0 });
});

test('the id moves on where another cycle took it, and the notifications with it', () => {
  const taken = { ...freshState, lastCycleId: stamp.id };
  const decided = decide(
    taken,
    false,
    observationOf(api, start),
    assessmentsOf(api),
    stamp,
    defaultCatalog,
    {},
  );
  expect([decided.cycleId, decided.due[0]?.id]).toEqual(['20261124_100001', '20261124_100001-1']);
  expect(fail(taken, { status: 'error', phase: 'configuration', message: '' }, stamp).cycleId).toBe(
    '20261124_100001',
  );
});

test('150 open incidents stay below 64 KiB', () => {
  const seen = Array.from(
    { length: 150 },
    (_, at): Seen => ({ name: `checkout-payments-${100 + at}` }),
  );
  const monitored = monitor();
  monitored.look(0, { seen });
  expect(Object.keys(monitored.state().incidents)).toHaveLength(150);
  expect(JSON.stringify(monitored.state()).length).toBeLessThan(64 * 1024);
  const changed = seen.map((each) => ({ ...each, digest: 'd2' }));
  monitored.look(30, { seen: changed });
  expect(JSON.stringify(monitored.state()).length).toBeLessThan(64 * 1024);
});

test('hostile names are cut before they are remembered', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ name: '\u202e<!channel>'.repeat(1000) }] });
  expect(JSON.stringify(monitored.state()).length).toBeLessThan(1500);
});

test('what ended is forgotten after the window, and beyond fifty; what is open never', () => {
  const monitored = monitor();
  const seen = Array.from({ length: 60 }, (_, at): Seen => ({ name: `service-${at}` }));
  monitored.look(0, { seen: [...seen, { name: 'open' }] });
  const open = [{ name: 'open' }];
  const sizes = [60, 65, 120, 400].map(
    (minutes) => Object.keys(monitored.look(minutes, { seen: open }).state.incidents).length,
  );
  expect(sizes).toEqual([61, 51, 51, 1]);
});

test('alerts that nobody replies to any more are forgotten', () => {
  const monitored = monitor();
  monitored.look(0, api);
  monitored.look(60, {});
  expect(Object.keys(monitored.state().alerts)).toHaveLength(1);
  monitored.look(301, {});
  expect(monitored.state().alerts).toEqual({});
});
