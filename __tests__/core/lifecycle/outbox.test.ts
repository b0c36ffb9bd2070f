import { expect, test } from '@jest/globals';
import { claim } from '../../../src/core/lifecycle/outbox.ts';
import { formatTime } from '../../../src/core/model/time.ts';
import { type Look, monitor, podGap, sayDue, start } from './history.ts';

const see = (severity: 'SEV-1' | 'SEV-2' = 'SEV-2', digest = 'd1'): Look => ({
  seen: [{ severity, digest }],
});

test('what Slack takes leaves the outbox, and its alert is found again', () => {
  const monitored = monitor();
  const told = monitored.look(0, see());
  expect(told.due).toHaveLength(1);
  expect(told.state.outbox).toEqual([
    expect.objectContaining({ status: 'pending', run: 'run-1', claimedAt: '2026-11-24T10:00:00Z' }),
  ]);
  expect(told.state.alerts).toEqual({
    '20261124_100000-1': { channel: 'C1', ts: null, sentAt: '2026-11-24T10:00:00Z' },
  });
  expect(monitored.state().outbox).toEqual([]);
  expect(monitored.state().alerts['20261124_100000-1']?.ts).toBe('ts-20261124_100000-1');
});

test('what Slack did not take belongs to no run and goes out in the next cycle', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses' });
  expect(monitored.state().outbox).toEqual([
    expect.objectContaining({
      status: 'undelivered',
      run: null,
      claimedAt: null,
      attempts: 1,
      notBefore: null,
      error: expect.stringContaining('internal_error'),
    }),
  ]);
  const next = monitored.look(5, see());
  expect(sayDue(next)).toEqual(['full NEW']);
  expect(next.due[0]?.id).toBe('20261124_100000-1');
  expect(monitored.state().outbox).toEqual([]);
});

test('and not before Slack wants to be asked again, which it may put off by an hour at most', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses', retryAfterSeconds: 600 });
  const early = monitored.look(5, see());
  expect(early.due).toEqual([]);
  expect(early.heldBack).toBe(
    '1 message not sent yet: Slack asked for time, the cycle has sent its share, or another run is sending the alert that it belongs to',
  );
  monitored.look(10, { ...see(), slack: 'refuses', retryAfterSeconds: 1e9 });
  expect(monitored.state().outbox[0]).toMatchObject({
    attempts: 2,
    notBefore: '2026-11-24T11:10:00Z',
  });
});

test('what a run that died was sending is left alone for 15 minutes, then sent again', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'dies' });
  expect(monitored.look(14, see()).due).toEqual([]);
  expect(monitored.state().outbox[0]).toMatchObject({ status: 'pending', run: 'run-1' });
  const again = monitored.look(15, { ...see(), run: 'run-b' });
  expect(again.due.map(({ id }) => id)).toEqual(['20261124_100000-1']);
  expect(monitored.state().outbox).toEqual([]);
});

test('a reply waits while another run sends the alert that it belongs to', () => {
  const monitored = monitor();
  monitored.look(0, { ...see('SEV-1'), slack: 'dies' });
  const changed = monitored.look(5, see('SEV-1', 'd2'));
  expect(changed.due).toEqual([]);
  expect(changed.heldBack).toContain('2 messages not sent yet');
  expect(sayDue(monitored.look(15, see('SEV-1', 'd2')))).toEqual([
    'full NEW',
    'brief CHANGED',
    'edit CHANGED',
  ]);
});

test('a failed cycle sends what waits all the same', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses' });
  expect(sayDue(monitored.fail(5))).toEqual(['full NEW']);
});

test('a newer edit and a newer reply stand for older ones that Slack did not take', () => {
  const monitored = monitor();
  monitored.look(0, see());
  monitored.look(15, { ...see('SEV-2', 'd2'), slack: 'refuses' });
  expect(monitored.state().outbox.map(({ kind }) => kind)).toEqual(['brief', 'edit']);
  const next = monitored.look(30, see('SEV-2', 'd3'));
  expect(next.due.map(({ id }) => id)).toEqual(['20261124_103000-1', '20261124_103000-2']);
});

test.each<['SEV-1' | 'SEV-2' | 'SEV-3', true | undefined]>([
  ['SEV-1', true],
  ['SEV-2', true],
  ['SEV-3', undefined],
])('the return of a %s is told the channel: %p', (severity, broadcast) => {
  const monitored = monitor();
  const seen = [{ severity }];
  monitored.look(0, { seen });
  monitored.look(70, {});
  const back = monitored.look(100, { seen });
  expect(sayDue(back)).toEqual(['brief REOPENED', 'edit REOPENED']);
  expect(back.due.map((entry) => entry.broadcast)).toEqual([broadcast, undefined]);
});

test('nothing else is told the channel but alerts, and an end never', () => {
  const monitored = monitor();
  monitored.look(0, see('SEV-1'));
  const changed = monitored.look(15, see('SEV-1', 'd2'));
  monitored.look(85, {});
  monitored.look(100, { ...see('SEV-1', 'd2'), slack: 'refuses' });
  expect(monitored.state().outbox).toMatchObject([{ broadcast: true }, { kind: 'edit' }]);
  const ended = monitored.look(170, {});
  expect(sayDue(ended)).toEqual(['resolved RESOLVED', 'edit RESOLVED']);
  expect([...changed.due, ...ended.due].filter(({ broadcast }) => broadcast)).toEqual([]);
});

test('a reply that stands for one to the channel goes there too', () => {
  const monitored = monitor();
  monitored.look(0, see());
  monitored.look(70, {});
  monitored.look(100, { ...see(), slack: 'refuses' });
  const next = monitored.look(115, see('SEV-2', 'd3'));
  expect(next.due).toMatchObject([{ kind: 'brief', reason: 'CHANGED', broadcast: true }, {}]);
});

test('an end is said after the alert that Slack took so late, in this order', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses' });
  const ended = monitored.look(60, {});
  expect(sayDue(ended)).toEqual(['full NEW', 'resolved RESOLVED']);
  expect(monitored.state().outbox).toEqual([]);
});

test('an alert that Slack never took gives way to a newer one about the same', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses' });
  const worse = monitored.look(5, see('SEV-1'));
  expect(sayDue(worse)).toEqual(['full WORSE']);
  expect(Object.keys(worse.state.alerts)).toEqual(['20261124_100500-1']);
});

test('an alert of which only a part is told anew is about the rest, and gives way once that is told too', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ name: 'api' }, { name: 'web' }], slack: 'refuses' });
  const worse = monitored.look(5, { seen: [{ name: 'api', severity: 'SEV-1' }, { name: 'web' }] });
  expect(sayDue(worse)).toEqual(['full WORSE', 'full NEW', 'edit WORSE']);
  const part = monitor();
  part.look(0, { seen: [{ name: 'api' }, { name: 'web' }], slack: 'refuses' });
  part.look(5, { seen: [{ name: 'api', severity: 'SEV-1' }, { name: 'web' }], slack: 'refuses' });
  const both = part.look(10, {
    seen: ['api', 'web'].map((name) => ({ name, severity: 'SEV-1' as const })),
  });
  expect(sayDue(both)).toEqual(['full WORSE', 'full WORSE']);
});

test('a claim far in the future holds nothing up: cycles on dumps have their own clocks', () => {
  const monitored = monitor();
  monitored.look(600, { ...see(), source: 'dump', slack: 'dies' });
  expect(sayDue(monitored.fail(0))).toEqual(['full NEW']);
});

test('a run claims again what it has claimed itself', () => {
  const monitored = monitor();
  const { state } = monitored.look(0, { ...see(), run: 'a', slack: 'dies' });
  const mine = { now: start, run: 'a', channel: 'C1', startedAt: formatTime(start) };
  expect(claim(state.outbox, state.alerts, mine)).toEqual({
    outbox: state.outbox,
    due: state.outbox,
  });
  expect(claim(state.outbox, state.alerts, { ...mine, run: 'b' }).due).toEqual([]);
});

test('while out of sight nothing is resolved, and the alert says so', () => {
  const monitored = monitor();
  monitored.look(0, see());
  const hidden = monitored.look(60, { gaps: [podGap] });
  expect(sayDue(hidden)).toEqual(['brief UNKNOWN', 'edit UNKNOWN']);
  expect(hidden.due[0]?.decidedAt).toBe(formatTime(start + 3_600_000));
});

test('nor does a wait that is longer than any wait', () => {
  const monitored = monitor();
  monitored.look(600, { ...see(), slack: 'refuses', retryAfterSeconds: 3600 });
  expect(sayDue(monitored.fail(0))).toEqual(['full NEW']);
});

test('an alert that Slack never took follows the channel, and what belongs to it follows the alert', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), channel: 'wrong', slack: 'refuses' });
  const mended = monitored.look(15, { ...see('SEV-2', 'd2'), channel: 'right', slack: 'refuses' });
  expect(mended.due.map(({ kind, channel }) => [kind, channel])).toEqual([
    ['full', 'right'],
    ['edit', 'right'],
  ]);
  expect(Object.values(mended.state.alerts)).toMatchObject([{ channel: 'right', ts: null }]);
  expect(monitored.look(20, { ...see('SEV-2', 'd2'), channel: 'third' }).due).toMatchObject([
    { kind: 'full', channel: 'third' },
    { kind: 'edit', channel: 'third' },
  ]);
});

test('replies and edits stay in the channel where their alert is', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), channel: 'old' });
  const changed = monitored.look(15, { ...see('SEV-2', 'd2'), channel: 'new', slack: 'refuses' });
  expect(changed.due.map(({ channel }) => channel)).toEqual(['old', 'old']);
  expect(changed.state.alerts['20261124_100000-1']?.channel).toBe('old');
  expect(monitored.fail(20, { channel: 'new' }).due.map(({ channel }) => channel)).toEqual([
    'old',
    'old',
  ]);
});

test("the monitor's word about itself follows the channel too", () => {
  const monitored = monitor();
  for (const minutes of [0, 5, 10]) monitored.fail(minutes, { channel: 'wrong', slack: 'refuses' });
  expect(monitored.fail(15, { channel: 'right' }).due).toMatchObject([
    { kind: 'health', channel: 'right' },
  ]);
});

test.each<[string, Look, true | undefined]>([
  ['a run that died was sending', { slack: 'dies' }, true],
  ['Slack may have taken', { slack: 'refuses', maybeDelivered: true }, true],
  ['Slack refused', { slack: 'refuses' }, undefined],
])('what %s is sent again as it is, to be looked up: %p', (_name, slack, maybe) => {
  const monitored = monitor();
  const [first] = monitored.look(0, { ...see(), ...slack }).due;
  expect([first?.maybe, first?.triedAt]).toEqual([undefined, '2026-11-24T10:00:00Z']);
  const [again] = monitored.fail(20, { slack: 'dies' }).due;
  expect([again?.maybe, again?.message]).toEqual([maybe, first?.message]);
  expect(again?.triedAt).toBe(maybe ? first?.triedAt : '2026-11-24T10:20:00Z');
  const [once] = monitored.fail(40).due;
  expect([once?.maybe, once?.triedAt]).toEqual([true, again?.triedAt]);
});

test('what was looked up and is not there is no repeat any more', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'dies' });
  monitored.fail(20, { slack: 'refuses' });
  const [again] = monitored.fail(40).due;
  expect([again?.maybe, again?.triedAt]).toEqual([undefined, '2026-11-24T10:40:00Z']);
});

test('an edit is the same however often it is made', () => {
  const monitored = monitor();
  monitored.look(0, see());
  monitored.look(15, { ...see('SEV-2', 'd2'), slack: 'dies' });
  const again = monitored.fail(40).due;
  expect(again.map(({ kind, maybe }) => [kind, maybe])).toEqual([
    ['brief', true],
    ['edit', undefined],
  ]);
});

test('an alert whose channel is its own keeps it, and what belongs to it goes there too', () => {
  const monitored = monitor({ catalog: { channels: { 'SEV-1': 'loud' } } });
  const { outbox } = monitored.look(0, { ...see('SEV-1'), slack: 'refuses' }).state;
  expect(outbox).toMatchObject([{ channel: 'loud' }]);
  const later = monitored.look(15, { ...see('SEV-1', 'd2'), channel: 'new', slack: 'refuses' });
  expect(later.due.map(({ kind, channel }) => [kind, channel])).toEqual([
    ['full', 'loud'],
    ['edit', 'loud'],
  ]);
});
