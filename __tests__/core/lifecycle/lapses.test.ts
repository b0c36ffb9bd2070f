/** What people must hear although a cycle could not say it: no channel, a run that died, a Slack that refused. Each was found by worlds drawn at random (reference.test.ts). */
import { expect, test } from '@jest/globals';
import type { Decided } from '../../../src/core/model/cycle.ts';
import type { Response } from '../../../src/core/model/response.ts';
import { type Look, monitor, podGap, type Seen, sayDue, sayVerdict } from './history.ts';

const api: Seen = { name: 'api' };
const web: Seen = { name: 'web', severity: 'SEV-3' };
const day = 24 * 60;
const wordsOf = (decided: Decided) =>
  sayDue(decided).filter((said) => !/^(edit|health)/.test(said));
const lives = (looks: readonly (readonly [minutes: number, look: Look])[], options = {}) => {
  const monitored = monitor(options);
  return looks.map(([minutes, look]) => wordsOf(monitored.look(minutes, look))).at(-1);
};
const nine = { zone: 'UTC', days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: [] };
const hours = { ...nine, times: [{ start: 9 * 60, end: 17 * 60 }] };

test('a return while nobody can be told is told when somebody can be', () => {
  const said = lives([
    [0, { seen: [api] }],
    [80, {}],
    [95, { seen: [api], channel: null }],
    [110, { seen: [api] }],
  ]);
  expect(said).toEqual(['brief REOPENED']);
});

test('what is due while nobody can be told stays due, also out of hours', () => {
  const said = lives(
    [
      [8 * 60, { seen: [web] }],
      [day, { seen: [web], channel: null }],
      [day + 8 * 60, { seen: [web] }],
    ],
    { catalog: { hours } },
  );
  expect(said).toEqual(['full DEFERRED_DUE']);
});

test('a return does not overtake an end that a run died with', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(80, { slack: 'dies' });
  const soon = monitored.look(90, { seen: [api] });
  expect(wordsOf(soon)).toEqual([]);
  const later = monitored.look(100, { seen: [api] });
  expect(wordsOf(later)).toEqual(['resolved RESOLVED', 'brief REOPENED']);
});

test('an old end comes before the new alert about the same', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(80, { slack: 'refuses' });
  const { due } = monitored.look(day, { seen: [api, { name: 'other', severity: 'SEV-1' }] });
  expect(due.slice(0, 2).map(({ kind }) => kind)).toEqual(['resolved', 'full']);
});

const routes = { catalog: { channels: { 'SEV-3': 'C-QUIET' } } } as const;

test('a channel that may have the alert hears that it goes on elsewhere, and its end', () => {
  const monitored = monitor(routes);
  monitored.look(0, { seen: [web], slack: 'refuses', maybeDelivered: true });
  monitored.look(20, { seen: [{ ...web, severity: 'SEV-1' }] });
  const { due } = monitored.look(85, {});
  const ends = due.filter(({ kind }) => kind === 'resolved').map(({ channel }) => channel);
  expect(ends.toSorted()).toEqual(['C-QUIET', 'C1']);
});

test('that it goes on elsewhere is said however long Slack refuses', () => {
  const monitored = monitor(routes);
  monitored.look(0, { seen: [web] });
  monitored.look(15, { seen: [{ ...web, severity: 'SEV-1' }], slack: 'refuses' });
  monitored.look(130, { seen: [{ ...web, severity: 'SEV-1' }], slack: 'refuses' });
  const { due } = monitored.look(150, { seen: [{ ...web, severity: 'SEV-1' }] });
  expect(due.map(({ reason, channel }) => `${reason} ${channel}`)).toContain('CONTINUED C-QUIET');
});

const silence: Response = {
  ...{ alert: '20261124_100000-1', number: null, action: 'silence', seconds: null },
  ...{ by: 'U0LISTED1', trusted: true, key: '1.1', kind: 'message' },
};
const heard = { responses: [silence], read: [], troubles: [] };

test('what somebody silenced is not told again because it is part of what nobody heard of', () => {
  const node: Seen = { name: 'node', severity: 'SEV-4', holds: ['api'] };
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(15, { seen: [api], heard });
  monitored.look(30, { seen: [node] });
  expect(sayVerdict(monitored.look(200, { seen: [node] }))).toContain('nothing');
});

test('flapping that began under a silence is said when that ends', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(5, { seen: [api], heard });
  for (const at of [1, 2, 3, 4, 5, 6]) monitored.look(5 + at * 5, { seen: at % 2 ? [] : [api] });
  const ended = [250, 255, 260].map((at) => monitored.look(at, { seen: [api] }));
  expect(ended.map(wordsOf)[0]).toEqual(['brief FLAP_START']);
});

test('what was slight when it was seen last calls nobody from out of sight', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(5, { seen: [{ ...api, severity: 'SEV-4' }] });
  monitored.look(10, { gaps: [podGap] });
  expect(sayVerdict(monitored.look(240, { gaps: [podGap] }))).toBe('unknown: nothing UNKNOWN');
});

test('a number stays with a story that got its new name while nobody could be told', () => {
  const two = [
    { ...api, reason: 'CrashLoopBackOff' },
    { name: 'web', severity: 'SEV-2' },
  ] as const;
  const monitored = monitor();
  monitored.look(0, { seen: two });
  const renamed = [{ ...two[0], reason: 'OOMKilled' }, two[1]];
  monitored.look(15, { seen: renamed, channel: null });
  const ack: Response = { ...silence, action: 'ack', number: 1, key: '2.2' };
  const acked = monitored.look(30, { seen: renamed, heard: { ...heard, responses: [ack] } });
  expect(acked.refused).toEqual([]);
  expect(wordsOf(acked)).toEqual(['brief ACKED']);
});

test('a silence that is over is not named any more', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  const quiet = monitored.look(15, { seen: [api], heard });
  expect(JSON.stringify(quiet.due[0]?.message)).toContain('until 14:15 UTC');
  const { due } = monitored.look(270, { seen: [api] });
  expect(due[0]?.reason).toBe('SILENCE_ENDED');
  expect(JSON.stringify(due[0]?.message)).not.toContain('until 14:15 UTC');
});

test('two cycles far apart make no reminder come early', () => {
  const said = lives([
    [0, { seen: [api] }],
    [120, { seen: [api] }],
    [140, { seen: [api] }],
  ]);
  expect(said).toEqual([]);
});
