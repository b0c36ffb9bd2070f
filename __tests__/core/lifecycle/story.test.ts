import { expect, test } from '@jest/globals';
import type { Decided } from '../../../src/core/model/cycle.ts';
import type { Notification } from '../../../src/core/model/notification.ts';
import type { Response } from '../../../src/core/model/response.ts';
import { fingerprintOf, type Look, monitor, type Seen, sayDue, sayVerdict } from './history.ts';

const api: Seen = { name: 'api' };
const web: Seen = { name: 'web', severity: 'SEV-3' };
const day = 24 * 60;

test('the same Deployment that fails for another reason is one story', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ ...api, reason: 'CrashLoopBackOff' }] });
  const later = monitored.look(15, { seen: [{ ...api, reason: 'OOMKilled', digest: 'd2' }] });
  expect([sayVerdict(later, 'apiOOMKilled'), sayVerdict(later, 'apiCrashLoopBackOff')]).toEqual([
    'open: brief CHANGED',
    'resolved: nothing SUCCEEDED',
  ]);
  expect(sayDue(later)).toEqual(['brief CHANGED', 'edit CHANGED']);
  expect(sayDue(monitored.look(80, {}))).toEqual(['resolved RESOLVED', 'edit RESOLVED']);
});

test('two reasons at once stay two incidents', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [{ ...api, reason: 'CrashLoopBackOff' }] });
  const both = monitored.look(15, {
    seen: [
      { ...api, reason: 'CrashLoopBackOff' },
      { ...api, reason: 'OOMKilled' },
    ],
  });
  expect(sayVerdict(both, 'apiOOMKilled')).toBe('new: full NEW');
});

test('each channel gets its own alert, and the end goes where the alert went', () => {
  const monitored = monitor({
    catalog: {
      channels: { 'SEV-3': 'C-QUIET' },
      services: [
        {
          ...{ name: 'db', priority: 'P1', namespaces: [], selector: {}, knownIssues: [] },
          ...{ maxDowntimeSeconds: 300, channel: 'C-DATA' },
        },
      ],
    },
  });
  const first = monitored.look(0, { seen: [api, web, { name: 'db', severity: 'SEV-3' }] });
  const told = first.due.map(({ kind, channel, fingerprints }) => [kind, channel, ...fingerprints]);
  expect(told.toSorted()).toEqual([
    ['full', 'C-DATA', fingerprintOf('db')],
    ['full', 'C-QUIET', fingerprintOf('web')],
    ['full', 'C1', fingerprintOf('api')],
  ]);
  const last = monitored.look(80, { seen: [api] });
  const ends = last.due.filter(({ kind }) => kind === 'resolved').map(({ channel }) => channel);
  expect(ends.toSorted()).toEqual(['C-DATA', 'C-QUIET']);
});

const word = (number: number | null, alert = '20261124_100000-1'): Response => ({
  ...{ alert, number, action: 'ack', seconds: null, by: 'U0123ABCD', trusted: false },
  ...{ key: `1.${number}`, kind: 'message' },
});
const hearing = (seen: readonly Seen[], ...responses: readonly Response[]): Look => ({
  seen,
  heard: { responses, read: [], troubles: [] },
});

test('a number acknowledges one of several, by the number that the alert showed', () => {
  const both = [api, web];
  const monitored = monitor();
  monitored.look(0, { seen: both });
  // What was second is worse now; its number stays.
  monitored.look(5, { seen: [web, api] });
  const heard = monitored.look(15, hearing(both, word(2)));
  expect([sayVerdict(heard, 'api'), sayVerdict(heard, 'web')]).toEqual([
    'open: nothing SAME',
    'open: brief ACKED',
  ]);
  const all = monitored.look(30, hearing(both, word(null)));
  expect(sayVerdict(all, 'api')).toBe('open: brief ACKED');
});

test('a refused silence is said, once for each', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  const refused = monitored.look(
    15,
    hearing([api], { ...word(null), action: 'silence' }, { ...word(1), action: 'silence' }),
  );
  expect(refused.refused).toEqual([
    "U0123ABCD may not silence: the catalog's ackUsers does not name them",
  ]);
});

test('a return is counted for a week', () => {
  const monitored = monitor();
  const lineOf = (minutes: number) =>
    JSON.stringify(monitored.look(minutes, { seen: [api] }).due[0]?.message);
  expect(lineOf(0)).not.toContain('in 7 days');
  monitored.look(90, {});
  expect(lineOf(day)).toContain('2nd time in 7 days');
  monitored.look(day + 90, {});
  expect(lineOf(2 * day)).toContain('3rd time in 7 days');
  monitored.look(2 * day + 90, {});
  expect(lineOf(30 * day)).not.toContain('in 7 days');
});

test('what came and went overnight is counted in the next alert, once', () => {
  const nine = { zone: 'UTC', days: ['tue', 'wed', 'thu'] as const, holidays: [] };
  const hours = { ...nine, times: [{ start: 9 * 60, end: 17 * 60 }] };
  const monitored = monitor({ catalog: { hours } });
  monitored.look(8 * 60, { seen: [web] });
  monitored.look(10 * 60, {});
  const next = monitored.look(day, { seen: [api] });
  expect(JSON.stringify(next.due[0]?.message)).toContain('1 SEV-3 came and went');
  monitored.look(day + 90, {});
  const after = monitored.look(day + 200, { seen: [{ name: 'other' }] });
  expect(JSON.stringify(after.due[0]?.message)).not.toContain('came and went');
});

test('the cluster gets better or worse', () => {
  const monitored = monitor();
  for (let at = 0; at < 30; at++) monitored.look(at * 15, { seen: at < 20 ? [api, web] : [api] });
  expect(monitored.state().trend).toEqual([...Array(14).fill(2), ...Array(10).fill(1)]);
});

test('an end that nobody can be told of waits until somebody can', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(15, { channel: null });
  monitored.look(30, { channel: null });
  expect(sayDue(monitored.look(45, {}))).toEqual(['resolved RESOLVED', 'edit RESOLVED']);
});

test('a number stays with the story when its reason changes', () => {
  const monitored = monitor();
  const other: Seen = { ...web, name: 'other' };
  monitored.look(0, { seen: [api, web, other] });
  const numbers = () => Object.values(monitored.state().alerts)[0]?.numbers;
  const [, second] = numbers() ?? [];
  const moved = [web, other].find((each) => fingerprintOf(each.name ?? '') === second) ?? web;
  const rest = [web, other].filter((each) => each !== moved);
  const heir: Seen = { ...moved, reason: 'OOMKilled', digest: 'd2' };
  monitored.look(15, { seen: [api, heir, ...rest] });
  const heard = monitored.look(30, hearing([api, heir, ...rest], word(2)));
  expect(sayVerdict(heard, `${moved.name}OOMKilled`)).toBe('open: brief ACKED');
});

test('a number that the alert does not have is refused in words', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  const heard = monitored.look(15, hearing([api], word(7)));
  expect(heard.refused).toEqual([
    'U0123ABCD meant incident 7: the alert has no open one of that number',
  ]);
});

test('what was said while the clock was a year ahead does not hold for a year', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  monitored.look(365 * day, hearing([api], word(null)));
  expect(sayVerdict(monitored.look(30, { seen: [api] }))).not.toContain('ACK_QUIET');
});

test('a loud one that comes and goes is said to the whole channel once', () => {
  const monitored = monitor();
  for (const at of [0, 1, 2, 3]) monitored.look(at * 15, { seen: at % 2 === 0 ? [api] : [] });
  const { due } = monitored.look(60, { seen: [api] });
  expect(due.find(({ reason }) => reason === 'FLAP_START')?.broadcast).toBe(true);
});

test('an alert that was told again elsewhere says so', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  const { due } = monitored.look(180, { seen: [api] });
  const edit = due.find(({ kind }) => kind === 'edit');
  expect(JSON.stringify(edit?.message)).toContain('told again in a newer alert');
});

test.each([5, 15, 60, 300])(
  'on and off every %i minutes for 40 looks: said once, and ended',
  (gap) => {
    const monitored = monitor();
    const words = Array.from({ length: 40 }, (_, at) =>
      sayDue(monitored.look(at * gap, { seen: at % 2 === 0 ? [api] : [] })),
    ).flat();
    for (const at of [40, 41, 42, 43, 44]) words.push(...sayDue(monitored.look(at * gap, {})));
    const told = words.filter((said) => !said.startsWith('edit'));
    const ends = gap < 60 ? [] : ['resolved RESOLVED', 'brief REOPENED', 'resolved RESOLVED'];
    expect(told).toEqual(['full NEW', ...ends, 'brief FLAP_START', 'resolved RESOLVED']);
    expect(words.at(-2)).toBe('resolved RESOLVED');
  },
);

test('what is part of another incident says so, and of which', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  const { due } = monitored.look(15, { seen: [{ name: 'node', holds: ['api'] }] });
  const brief = due.find(({ kind }) => kind === 'brief');
  expect(brief?.message.text).toContain('PART OF ANOTHER INCIDENT');
  expect(JSON.stringify(brief?.message.blocks)).toContain('Deployment shop/node');
});

test('what is told in another channel from now on is said in the one where it was', () => {
  const monitored = monitor({ catalog: { channels: { 'SEV-3': 'C-QUIET' } } });
  monitored.look(0, { seen: [web] });
  const { due } = monitored.look(15, { seen: [{ ...web, severity: 'SEV-1' }] });
  expect(due.map(({ kind, reason, channel }) => `${kind} ${reason} ${channel}`)).toEqual([
    'full WORSE C1',
    'brief CONTINUED C-QUIET',
    'edit WORSE C-QUIET',
  ]);
});

const routes = { catalog: { channels: { 'SEV-3': 'C-QUIET' } } } as const;
const sayWhere = ({ due }: Decided) =>
  due.map(({ kind, reason, channel }) => `${kind} ${reason} ${channel}`);

test('the end is told in each channel that heard of it, once', () => {
  const monitored = monitor(routes);
  monitored.look(0, { seen: [web] });
  monitored.look(15, { seen: [{ ...web, severity: 'SEV-1' }] });
  monitored.look(200, { seen: [{ ...web, severity: 'SEV-1' }] });
  expect(sayWhere(monitored.look(265, {})).toSorted()).toEqual([
    'edit RESOLVED C-QUIET',
    'edit RESOLVED C1',
    'resolved RESOLVED C-QUIET',
    'resolved RESOLVED C1',
  ]);
  const back = monitored.look(280, { seen: [{ ...web, severity: 'SEV-1' }] });
  expect(sayWhere(back)).toEqual(['brief REOPENED C1', 'edit REOPENED C1']);
  const again = sayWhere(monitored.look(345, {}));
  expect(again).toEqual(['resolved RESOLVED C1', 'edit RESOLVED C1']);
});

test('a channel where it is told again waits for no second end', () => {
  const monitored = monitor(routes);
  monitored.look(0, { seen: [web] });
  monitored.look(15, { seen: [{ ...web, severity: 'SEV-1' }] });
  monitored.look(30, { seen: [{ ...web, digest: 'd2' }] });
  monitored.look(210, { seen: [{ ...web, digest: 'd2' }] });
  const ends = sayWhere(monitored.look(275, {})).filter((said) => said.startsWith('resolved'));
  expect(ends.toSorted()).toEqual(['resolved RESOLVED C-QUIET', 'resolved RESOLVED C1']);
});

test('other ways out hear an end once, however many channels did', () => {
  const monitored = monitor(routes);
  const targets = ['slack', 'webhook'] as const;
  monitored.look(0, { seen: [web], targets });
  monitored.look(15, { seen: [{ ...web, severity: 'SEV-1' }], targets });
  const { due } = monitored.look(80, { targets });
  const ends = due.filter(({ kind }) => kind === 'resolved').map(({ channel }) => channel);
  expect(ends.toSorted()).toEqual(['C-QUIET', 'C1', 'webhook']);
});

test('a channel by its name is the one that Slack answers with its id', () => {
  const monitored = monitor();
  const receipts = () => ({ channel: 'C0123ABCD' });
  monitored.look(0, { seen: [api], receipts });
  monitored.look(15, { seen: [{ ...api, digest: 'd2' }], receipts });
  const again = monitored.look(180, { seen: [{ ...api, digest: 'd2' }], receipts });
  expect(sayWhere(again)).toEqual(['full REPEAT C1', 'edit REPEAT C0123ABCD']);
});

test('where the alert is not remembered the end stands by itself', () => {
  const { alerts: _, ...rest } = (() => {
    const monitored = monitor();
    monitored.look(0, { seen: [api] });
    return monitored.state();
  })();
  const mended = monitor({ state: { ...rest, alerts: {} } });
  const { due } = mended.look(80, {});
  expect(due.map(({ kind, channel }) => `${kind} ${channel}`)).toEqual(['resolved C1']);
  expect(due[0]?.message.text).toContain('RESOLVED');
});

test('what is told elsewhere refers to the alert that tells it', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  const repeated = monitored.look(180, { seen: [api] });
  const edit = repeated.due.find(({ kind }) => kind === 'edit');
  expect(edit?.refersTo).toBe(repeated.due.find(({ kind }) => kind === 'full')?.alert);
  const { due } = monitored.look(200, { seen: [{ name: 'node', holds: ['api'] }] });
  const brief = due.find(({ reason }) => reason === 'ABSORBED');
  expect(brief?.refersTo).toBe(due.find(({ kind }) => kind === 'full')?.alert);
});

test('a return links to the alert of the last time', () => {
  const monitored = monitor();
  const receipts = ({ id }: Notification) => ({
    channel: 'C0123ABCD',
    ts: `17954891${id.slice(-1)}0.000100`,
  });
  const heard = { responses: [], read: [], troubles: [], slackUrl: 'https://acme.slack.com/' };
  monitored.look(0, { seen: [api], receipts });
  monitored.look(15, { seen: [api], receipts, heard });
  monitored.look(90, { receipts });
  const { due } = monitored.look(day, { seen: [api], receipts });
  expect(JSON.stringify(due[0]?.message)).toContain(
    '<https://acme.slack.com/archives/C0123ABCD/p1795489110000100|2nd time in 7 days>',
  );
});

test('a channel that was never told hears no end', () => {
  const monitored = monitor(routes);
  monitored.look(0, { seen: [web], slack: 'refuses' });
  const moved = monitored.look(15, { seen: [{ ...web, severity: 'SEV-1' }] });
  expect(sayWhere(moved)).toEqual(['full WORSE C1']);
  expect(sayWhere(monitored.look(80, {}))).toEqual(['resolved RESOLVED C1', 'edit RESOLVED C1']);
});

test('of many replies in one thread a return does not hide behind a change', () => {
  const targets = ['slack', 'pagerduty'] as const;
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name): Seen => ({ name }));
  const back: Seen = { name: 'z' };
  const monitored = monitor();
  monitored.look(0, { seen: [...many, back], targets });
  for (const at of [15, 30]) monitored.look(at, { seen: many, targets });
  const changed = many.map((each): Seen => ({ ...each, digest: 'd2' }));
  const { due } = monitored.look(45, { seen: [...changed, back], targets });
  const returns = due.filter(({ kind, reason }) => kind === 'brief' && reason === 'REOPENED');
  expect(returns.map(({ target, kind, fingerprints }) => [target, kind, ...fingerprints])).toEqual([
    ['pagerduty', 'brief', fingerprintOf('z')],
    [undefined, 'brief', fingerprintOf('z')],
  ]);
});

test('the link to the alert that goes on does not depend on the place of the incident', () => {
  const monitored = monitor();
  const second = fingerprintOf('api') < fingerprintOf('web') ? 'web' : 'api';
  const both: Seen[] = [{ name: 'api' }, { name: 'web' }];
  monitored.look(0, { seen: both });
  const { due } = monitored.look(15, {
    seen: both.map((each) => (each.name === second ? { ...each, severity: 'SEV-1' } : each)),
  });
  expect(sayDue({ due } as Decided)).toEqual(['full WORSE', 'edit WORSE']);
  expect(due[1]?.refersTo).toBe(due[0]?.alert);
});

test.each([
  ['half an hour', 30, /^RESOLVED api after 40 min: /, 'at <!date'],
  ['five hours', 300, /^RESOLVED api after at most 5 h 10 min: /, 'between <!date'],
])('of what ended unseen for %s is said when that can have been', (_, minutes, text, at) => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  if (minutes < 60) monitored.look(15, {});
  const { due } = monitored.look(minutes, {});
  const end = due.find(({ kind }) => kind === 'resolved');
  expect(end?.message.text).toMatch(text);
  expect(JSON.stringify(end?.message.blocks)).toContain(`\`api\` ${at}`);
});

test('what ends where nobody can be told began once', () => {
  const monitored = monitor();
  monitored.look(0, { seen: [api] });
  for (const at of [15, 30, 45, 60]) monitored.look(at, { channel: null });
  monitored.look(75, {});
  expect(Object.values(monitored.state().openings ?? {}).map(({ length }) => length)).toEqual([1]);
});
