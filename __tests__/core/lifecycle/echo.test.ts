import { expect, test } from '@jest/globals';
import { spokenTo } from '../../../src/core/lifecycle/echo.ts';
import type { Notification } from '../../../src/core/model/notification.ts';
import type { Response } from '../../../src/core/model/response.ts';
import { freshState } from '../../../src/core/model/state.ts';
import { type Look, monitor, type Seen, sayDue, sayVerdict, start } from './history.ts';

const ana = 'U0000ANA1';
const ben = 'U0000BEN1';
const alert = '20261124_100000-1';
const api: Seen = { name: 'api' };
const shop: readonly Seen[] = [api, { name: 'web' }, { name: 'db' }];

let said = 0;
const word = (action: Response['action'], more: Partial<Response> = {}): Response => {
  said += 1;
  return {
    ...{ alert, number: null, action, seconds: action === 'silence' ? 3600 : null },
    ...{ by: ana, trusted: false, key: `1.${said}`, kind: 'message' },
    ...more,
  };
};
const comment = (action: Response['action'], more: Partial<Response> = {}): Response =>
  word(action, { alert: null, trusted: true, by: 'ana', key: 'issue:1', ...more });
const hearing = (seen: readonly Seen[], ...responses: readonly Response[]): Look => ({
  seen,
  heard: { responses, read: [], troubles: [] },
});

/** A monitor that has told of `seen`; `ana` may silence. */
function told(seen: readonly Seen[] = [api]) {
  const monitored = monitor({ catalog: { ackUsers: [ana] } });
  monitored.look(0, { seen });
  return monitored;
}

/** What a reply shows, in plain lines. */
function shown({ message }: Notification): string {
  return message.blocks
    .flatMap(({ text }) => (text as { text?: string } | undefined)?.text ?? [])
    .join('\n');
}
function echoes({ due }: { readonly due: readonly Notification[] }): readonly string[] {
  return due.filter(({ reason }) => reason === 'ANSWER').map(shown);
}
const notNamed = `<@${ben}> may not silence: the catalog's ackUsers does not name them`;

test.each<[string, Seen, Response, string]>([
  ['a silence of one who may not', api, word('silence', { by: ben }), notNamed],
  [
    'a silence of a SEV-1',
    { ...api, severity: 'SEV-1' },
    word('silence'),
    `<@${ana}> may not silence a SEV-1: only its end does`,
  ],
  [
    'a number that there is not',
    api,
    word('ack', { number: 7 }),
    `<@${ana}> meant incident 7: the alert has no open one of that number`,
  ],
])('%s is refused in the thread', (_, seen, response, expected) => {
  const { due } = told([seen]).look(5, hearing([seen], response));
  const [notice, ...others] = due.filter(({ reason }) => reason === 'ANSWER');
  expect(notice).toMatchObject({ kind: 'brief', alert, channel: 'C1', fingerprints: [] });
  expect(notice?.message.text).toMatch(/^NOT DONE on prod: you m/);
  expect([notice && shown(notice), ...others]).toEqual([expected]);
});

test('more than a day is cut to a day, and both are said', () => {
  const decided = told().look(5, hearing([api], word('silence', { seconds: 3 * 86_400 })));
  expect(sayVerdict(decided)).toBe('open: brief SILENCE_STARTED');
  expect(JSON.stringify(decided.due[0]?.message)).toContain('until 25 Nov 10:05 UTC');
  expect(echoes(decided)).toEqual([`<@${ana}> may silence for a day at most, and so it is`]);
});

test('a person hears once an hour what is not done, all of it in one reply, and others hear theirs', () => {
  const monitored = told(shop);
  const mine = (more: Partial<Response> = {}) => word('silence', { by: ben, ...more });
  const look = (minutes: number, ...responses: readonly Response[]) =>
    echoes(monitored.look(minutes, hearing(shop, ...responses)));
  expect(look(5, mine(), mine({ number: 9 }))).toEqual([
    `${notNamed}\n<@${ben}> meant incident 9: the alert has no open one of that number`,
  ]);
  expect(look(30, mine())).toEqual([]);
  expect(look(35, mine(), word('ack', { number: 8 }))).toEqual([
    `<@${ana}> meant incident 8: the alert has no open one of that number`,
  ]);
  expect(look(64, mine())).toEqual([]);
  expect(look(65, mine())).toEqual([notNamed]);
  expect(monitored.state().refusedAt).toEqual({
    [ana]: '2026-11-24T10:35:00Z',
    [ben]: '2026-11-24T11:05:00Z',
  });
  monitored.look(200, hearing(shop));
  expect(monitored.state().refusedAt).toBeUndefined();
});

test('who is refused in two threads at once hears so in one', () => {
  const monitored = told();
  const both: readonly Seen[] = [api, { name: 'web' }];
  monitored.look(5, { seen: both });
  const refused = [alert, '20261124_100500-1'].map((at) => word('silence', { by: ben, alert: at }));
  const decided = monitored.look(10, hearing(both, ...refused));
  expect(decided.refused).toHaveLength(1);
  expect(echoes(decided)).toEqual([notNamed]);
});

test.each<[string, string, number]>([
  ['an hour ago', '2026-11-24T09:00:00Z', 1],
  ['a minute less ago', '2026-11-24T09:01:00Z', 0],
  ['by a clock that was a year ahead', '2027-11-24T10:00:00Z', 1],
  ['at no time', 'soon', 1],
])('who heard so %s', (_, at, expected) => {
  const refused = [{ alert, by: ben, key: '1', why: 'may not' }];
  expect(spokenTo({ ...freshState, refusedAt: { [ben]: at } }, refused, start).said).toHaveLength(
    expected,
  );
});

test('of very many people the last are remembered', () => {
  const refused = Array.from({ length: 300 }, (_, index) => ({
    ...{ alert, by: `U${index}`, key: String(index), why: 'may not' },
  }));
  const { refusedAt = {} } = spokenTo(freshState, refused, start);
  expect(Object.keys(refusedAt)).toHaveLength(100);
  expect(refusedAt).toHaveProperty('U299');
});

test('a refusal that Slack did not take is no more forgotten for a newer word', () => {
  const monitored = told();
  const refused = hearing([api], word('silence', { by: ben }));
  expect(sayDue(monitored.look(5, { ...refused, slack: 'refuses' }))).toEqual(['brief ANSWER']);
  const next = monitored.look(20, hearing([api], word('ack')));
  expect(echoes(next)).toEqual([notNamed]);
  expect(sayDue(next)).toContain('brief ACKED');
});

test('without memory nothing is said back: it is heard again', () => {
  const monitored = told();
  const refused = hearing([api], word('silence', { by: ben }));
  const decided = monitored.look(5, { ...refused, unsaved: true });
  expect([...echoes(decided), decided.heldBack]).toEqual([null]);
});

test('a silence and an acknowledgement at once are one reply that says both', () => {
  const decided = told().look(5, hearing([api], word('ack'), word('silence')));
  expect(sayDue(decided)).toEqual(['brief SILENCE_STARTED', 'edit SILENCE_STARTED']);
  const text = JSON.stringify(decided.due[0]?.message);
  expect(decided.due[0]?.message.text).toMatch(/^SEV-2 quiet from now on, and somebody has it: /);
  expect(text).toContain(`<@${ana}> has it, next word by 22:05 UTC`);
  expect(text).toContain(`quiet by <@${ana}> until 11:05 UTC`);
});

test.each<[string, number, string]>([
  ['before its end', 120, '00:00 UTC'],
  ['in the cycle in which it ends', 5 + 12 * 60, '10:05 UTC'],
])('an acknowledgement that is renewed %s is said with its new end', (_, minutes, until) => {
  const monitored = told();
  monitored.look(5, hearing([api], word('ack')));
  const again = monitored.look(minutes, hearing([api], word('ack', { by: ben })));
  expect(sayVerdict(again)).toBe('open: brief ACKED');
  expect(JSON.stringify(again.due[0]?.message)).toContain(
    `<@${ben}> has it, next word by ${until}`,
  );
  expect(sayVerdict(monitored.look(minutes + 5, hearing([api])))).toBe('open: nothing ACK_QUIET');
});

test.each<[string, readonly Response[], string]>([
  ['taken back', [word('unack')], `: nobody has it any more (<@${ana}>), reminders come as ever`],
  [
    'taken back, though it was renewed before',
    [word('ack'), word('unack')],
    `: nobody has it any more (<@${ana}>), reminders come as ever`,
  ],
])('an acknowledgement that is %s is said', (_, responses, expected) => {
  const monitored = told();
  monitored.look(5, hearing([api], word('ack')));
  const back = monitored.look(10, hearing([api], ...responses));
  expect(echoes(back)).toEqual([`\`api\`${expected}`]);
  expect(back.due.find(({ reason }) => reason === 'ANSWER')?.message.text).toMatch(
    /^HEARD on prod/,
  );
  expect(back.state.incidents[back.verdicts[0]?.fingerprint ?? '']?.ack).toBeUndefined();
});

test('what is acknowledged out of sight, while it is quiet, or quiet for longer is said', () => {
  const monitored = told();
  monitored.look(5, hearing([api], word('silence')));
  expect(echoes(monitored.look(10, hearing([api], word('silence', { seconds: 7200 }))))).toEqual([
    `\`api\`: quiet by <@${ana}> until 12:10 UTC`,
  ]);
  expect(echoes(monitored.look(15, hearing([api], word('ack'))))).toEqual([
    `<@${ana}> has \`api\`, next word by 22:15 UTC`,
  ]);
  expect(echoes(monitored.look(20, hearing([api], word('unsilence'))))).toEqual([
    `\`api\`: nobody's silence holds any more (<@${ana}>)`,
  ]);
  expect(echoes(monitored.look(25, hearing([], word('ack', { by: ben }))))).toEqual([
    `<@${ben}> has \`api\`, next word by 22:25 UTC`,
  ]);
});

test('what is over, or worse and so void, is said by its own message alone', () => {
  const monitored = told();
  monitored.look(5, hearing([api], word('ack')));
  const ended = monitored.look(80, hearing([], word('unack')));
  expect([sayVerdict(ended), ...echoes(ended)]).toEqual(['resolved: resolved RESOLVED']);
  const loud: Seen = { ...api, severity: 'SEV-1' };
  const worse = told().look(5, hearing([loud], word('ack'), word('silence')));
  expect([sayVerdict(worse), ...echoes(worse)]).toEqual(['worse: full WORSE']);
  const [record] = Object.values(worse.state.incidents);
  expect([record?.ack, record?.silence]).toEqual([undefined, undefined]);
});

test('what is told anew says itself who has it', () => {
  const monitored = told();
  monitored.look(5, hearing([api], word('silence')));
  const ended = monitored.look(10, hearing([api], word('unsilence')));
  expect(sayVerdict(ended)).toBe('open: full SILENCE_ENDED');
  expect(echoes(ended)).toEqual([]);
});

test('an alert of three is taken whole, each of them named, and one of them by its number', () => {
  const whole = told(shop).look(5, hearing(shop, word('ack')));
  const [reply, ...others] = whole.due.filter(({ kind }) => kind === 'brief');
  expect([reply?.fingerprints.length, others]).toEqual([3, []]);
  expect(JSON.stringify(reply?.message)).toContain('`api` and 2 more services down');
  expect(JSON.stringify(reply?.message)).toContain('3 incidents: api, web, db');
  const second = told(shop).look(5, hearing(shop, word('ack', { number: 2 })));
  expect(sayDue(second).filter((each) => each.startsWith('brief'))).toEqual(['brief ACKED']);
});

test('an alert of six that is quiet names all that somebody takes of it, in one line', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name }));
  const monitored = told(six);
  monitored.look(5, hearing(six, word('silence')));
  const [line = ''] = echoes(monitored.look(10, hearing(six, word('ack'))));
  expect(line.match(/`[a-f]`/g)).toHaveLength(6);
  expect(line.split('\n')).toHaveLength(1);
});

test('the alert shows who has it, and shows it no more once that is over', () => {
  const monitored = told();
  const eyes = word('ack', { key: `eyes:${ana}`, kind: 'reaction' });
  const read = { responses: [eyes], read: [alert], troubles: [] };
  const taken = monitored.look(5, { seen: [api], heard: read });
  const edit = taken.due.find(({ kind }) => kind === 'edit');
  expect(JSON.stringify(edit?.message)).toContain(`<@${ana}> has it`);
  expect(sayDue(monitored.look(10, { seen: [api], heard: read }))).toEqual([]);
  const gone = { ...read, responses: [] };
  const back = monitored.look(15, { seen: [api], heard: gone });
  expect(sayDue(back)).toEqual(['edit SAME']);
  expect(JSON.stringify(back.due[0]?.message)).not.toContain('has it');
});

test('a reaction on an older alert says nothing about the newer one', () => {
  const monitored = told();
  const again = monitored.look(180, { seen: [api] });
  expect(sayVerdict(again)).toBe('open: full REPEAT');
  const eyes = word('ack', { key: `eyes:${ana}`, kind: 'reaction' });
  const old = monitored.look(190, hearing([api], eyes));
  expect(sayVerdict(old)).toBe('open: nothing SAME');
  expect(Object.values(old.state.incidents)[0]?.ack).toBeUndefined();
});

test.each<[string, readonly Seen[], readonly Response[], unknown]>([
  ['done', [api], [comment('ack')], [{ key: 'issue:1', outcome: 'done' }]],
  [
    'refused to a stranger',
    [api],
    [comment('ack', { trusted: false })],
    [{ key: 'issue:1', outcome: 'refused' }],
  ],
  [
    'refused where it names one of all',
    [api],
    [comment('ack', { number: 2 })],
    [{ key: 'issue:1', outcome: 'refused' }],
  ],
  [
    'done of one, not of a SEV-1',
    [api, { name: 'web', severity: 'SEV-1' }],
    [comment('silence')],
    [{ key: 'issue:1', outcome: 'partly' }],
  ],
  [
    'each by itself',
    [api],
    [comment('ack'), comment('ack', { key: 'issue:2', trusted: false })],
    [
      { key: 'issue:1', outcome: 'done' },
      { key: 'issue:2', outcome: 'refused' },
    ],
  ],
])('a comment is %s, and no thread speaks of a refusal there', (_, seen, responses, answered) => {
  const decided = told(seen).look(5, hearing(seen, ...responses));
  expect(decided.answered).toEqual(answered);
  expect(echoes(decided)).toEqual([]);
  expect(decided.state.refusedAt).toBeUndefined();
});

test('a comment that is heard again is not marked again', () => {
  const monitored = told();
  const again = { seen: [api], heard: { responses: [comment('ack')], read: [], troubles: ['x'] } };
  expect(monitored.look(5, again).answered).toHaveLength(1);
  expect(monitored.look(10, again).answered).toEqual([]);
});
