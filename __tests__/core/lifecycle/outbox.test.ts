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
    '1 message not sent yet: Slack asked for time, or another run is sending the alert that it belongs to',
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

test('an end is said after the alert that Slack took so late, in this order', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses' });
  const ended = monitored.look(60, {});
  expect(sayDue(ended)).toEqual(['full NEW', 'resolved RESOLVED', 'edit RESOLVED']);
  expect(monitored.state().outbox).toEqual([]);
});

test('an alert that Slack never took gives way to a newer one about the same', () => {
  const monitored = monitor();
  monitored.look(0, { ...see(), slack: 'refuses' });
  const worse = monitored.look(5, see('SEV-1'));
  expect(sayDue(worse)).toEqual(['full WORSE']);
  expect(Object.keys(worse.state.alerts)).toEqual(['20261124_100500-1']);
});

test('an alert of which only a part is told anew does not give way', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ name: 'api' }, { name: 'web' }], slack: 'refuses' });
  const worse = monitored.look(5, { seen: [{ name: 'api', severity: 'SEV-1' }, { name: 'web' }] });
  expect(sayDue(worse)).toEqual(['full NEW', 'full WORSE', 'edit WORSE']);
});

test('a claim far in the future holds nothing up: cycles on dumps have their own clocks', () => {
  const monitored = monitor();
  monitored.look(600, { ...see(), source: 'dump', slack: 'dies' });
  expect(sayDue(monitored.look(0, { ...see(), source: 'dump' }))).toContain('full NEW');
});

test('a run claims again what it has claimed itself', () => {
  const monitored = monitor();
  const { state } = monitored.look(0, { ...see(), run: 'a', slack: 'dies' });
  const mine = { now: start, run: 'a' };
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
