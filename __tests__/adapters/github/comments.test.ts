import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { commentListener } from '../../../src/adapters/github/comments.ts';
import { github } from '../../../src/adapters/github/octokit.ts';
import { type Fault, limitsFor } from '../../support/faulty-server.ts';
import { type GithubServer, githubServer } from '../../support/github-server.ts';

const told = '2026-01-01T12:00:00Z';
const alert = { alert: 'a', channel: 'C1', ts: `${Date.parse(told) / 1000}.000100` };
let server: GithubServer;

beforeAll(async () => {
  server = await githubServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

function listener(limits = limitsFor(...server.proxy.faults)) {
  const address = { apiUrl: server.proxy.url, owner: 'acme', repo: 'ops' };
  return commentListener({ github: github({ token: server.token, ...address, limits }), limits });
}

const path = '/issues/7/comments';

/** A comment as GitHub gives it: by a member, unedited, a minute after the alert. */
const comment = (body: unknown, more: object = {}) => ({
  id: 1,
  body,
  created_at: '2026-01-01T12:01:00Z',
  updated_at: '2026-01-01T12:01:00Z',
  author_association: 'MEMBER',
  user: { login: 'ana-k', type: 'User' },
  ...more,
});

async function hear(comments: unknown, more: Partial<Fault> = {}, since: string | null = null) {
  server.proxy.clear();
  server.proxy.faults = [{ path, status: 200, body: comments, ...more }];
  return listener().hear([alert], since, 7);
}

test('a command of a member means all that is open', async () => {
  expect(await hear([comment('/ack I have it'), comment('thanks', { id: 2 })])).toEqual({
    responses: [
      {
        alert: null,
        number: null,
        action: 'ack',
        seconds: null,
        by: 'ana-k',
        trusted: true,
        key: 'issue:1',
        kind: 'message',
      },
    ],
    read: [],
    troubles: [],
  });
});

test('one call, for what is newer than the last hearing and the oldest alert', async () => {
  await hear([]);
  await hear([], {}, '2026-01-01T11:00:00Z');
  const first = server.proxy.seen.map((seen) => `${seen.method} ${seen.path}`);
  expect(first).toEqual([
    `GET /repos/acme/ops/issues/7/comments?since=${encodeURIComponent(told)}&per_page=100`,
  ]);
  await hear([], {}, '2026-01-01T13:00:00Z');
  expect(server.proxy.seen[0]?.path).toContain(encodeURIComponent('2026-01-01T13:00:00Z'));
});

const bodies: readonly [string, string, string | null][] = [
  ['ack', '/ack', 'ack -'],
  ['in capitals', '/Ack', 'ack -'],
  ['unack', '/unack', 'unack -'],
  ['silence', '/silence 4h', 'silence 14400'],
  ['unsilence', '/unsilence', 'unsilence -'],
  ['below other text', 'On it.\r\n\r\n/silence 30m', 'silence 1800'],
  ['the first of two', '/unack\n/ack', 'unack -'],
  ['after a fence', '```\nx\n```\n/ack', 'ack -'],
  ['after a quote and a blank line', '> /silence 4h\n\n/ack', 'ack -'],
  ['with hostile text behind it', '/ack <!channel> @acme ::error::', 'ack -'],
  ['not at the start of a line', 'I say /ack', null],
  ['indented', '    /ack', null],
  ['without its slash', 'ack', null],
  ['with another letter for it', 'xack', null],
  ['another word', '/acknowledge', null],
  ['with a number, which is refused where that is decided', '/ack 2', 'ack - 2'],
  ['in a fence', '```\n/ack\n```', null],
  ['in a fence with a language', '```sh\n/ack\n```', null],
  ['in a fence of tildes', '~~~\n/ack\n~~~', null],
  ['in a fence that never ends', '```\n/ack', null],
  ['in a fence around a shorter one', '````\n```\n/ack\n```\n````', null],
  ['in a fence around another one', '~~~\n```\n~~~x\n/ack', null],
  ['in a fence whose end is none', '```\n``` no\n/ack', null],
  ['in a quote', '> /ack', null],
  ['in a quote that goes on', '> they said\n/ack', null],
  ['in a comment', 'x <!--\n/ack\n-->', null],
  ['in code', '<PRE>\n/ack\n</PRE>', null],
  ['in a quote of HTML', '<blockquote>\n/ack\n</blockquote>', null],
];
test.each(bodies)('%s', async (_, body, expected) => {
  const { responses } = await hear([comment(body)]);
  const words = responses.map(({ action, seconds, number }) =>
    `${action} ${seconds ?? '-'} ${number ?? ''}`.trimEnd(),
  );
  expect(words).toEqual(expected === null ? [] : [expected]);
});

test.each<[string, object, readonly boolean[]]>([
  ['an owner', { author_association: 'OWNER' }, [true]],
  ['a collaborator', { author_association: 'COLLABORATOR' }, [true]],
  ['somebody who contributed once', { author_association: 'CONTRIBUTOR' }, [false]],
  ['a stranger', { author_association: 'NONE' }, [false]],
  ['what calls itself owner', { author_association: 'owner' }, [false]],
  ['a bot', { user: { login: 'dependabot', type: 'Bot' } }, []],
  ['a bot by its name', { user: { login: 'renovate[bot]', type: 'User' } }, []],
  ['what is no login', { user: { login: 'a\n@acme', type: 'User' } }, []],
  ['nobody', { user: null }, []],
  ['a person, edited later', { updated_at: '2026-01-01T12:01:01Z' }, []],
  [
    'a person, before the alert',
    { created_at: '2026-01-01T11:59:59Z', updated_at: '2026-01-01T11:59:59Z' },
    [],
  ],
  ['a person, at no time', { created_at: 'now', updated_at: 'now' }, []],
])('of %s: %j', async (_, more, expected) => {
  const { responses, troubles } = await hear([comment('/ack', more)]);
  expect(responses.map(({ trusted }) => trusted)).toEqual(expected);
  expect(troubles).toEqual([]);
});

test('what was written before the last hearing is not heard again', async () => {
  const since = '2026-01-01T12:02:00Z';
  const late = { id: 2, created_at: since, updated_at: since };
  const heard = await hear([comment('/ack'), comment('/unack', late)], {}, since);
  expect(heard.responses.map(({ key }) => key)).toEqual(['issue:2']);
});

test('of alerts that Slack never took a command is heard too', async () => {
  server.proxy.faults = [{ path, status: 200, body: [comment('/ack')] }];
  const { responses } = await listener().hear([], told, 7);
  expect(responses.map(({ key }) => key)).toEqual(['issue:1']);
  expect(server.proxy.seen[0]?.path).toContain(encodeURIComponent(told));
});

test.each<[string, Parameters<ReturnType<typeof listener>['hear']>]>([
  ['no issue is open', [[alert], null, null]],
  ['nothing was told', [[], null, 7]],
  ['the alert has no time', [[{ ...alert, ts: 'x' }], null, 7]],
])('where %s, nobody is asked', async (_, given) => {
  expect(await listener().hear(...given)).toEqual({ responses: [], read: [], troubles: [] });
  expect(server.proxy.seen).toEqual([]);
});

test('what is no comment does not hide the others', async () => {
  const heard = await hear([null, 7, {}, comment(null), comment('/ack', { id: 9 })]);
  expect(heard.responses.map(({ key }) => key)).toEqual(['issue:9']);
});

test('a full page is heard, and that there may be more is said', async () => {
  const comments = Array.from({ length: 100 }, (_, index) => comment('/ack', { id: index }));
  const heard = await hear(comments);
  expect(heard.responses).toHaveLength(100);
  expect(heard.troubles).toEqual(['Of the comments on issue 7 only the first 100 were heard']);
});

describe.each<[string, Partial<Fault>, string]>([
  [
    '403',
    { status: 403, body: { message: 'Resource not accessible' } },
    'GitHub answered 403 Resource not accessible',
  ],
  ['404', { status: 404, body: { message: 'Not Found' } }, 'GitHub answered 404 Not Found'],
  ['410', { status: 410, body: { message: 'Gone' } }, 'GitHub answered 410 Gone'],
  [
    '429 that asks to wait',
    { status: 429, headers: { 'retry-after': '60' } },
    'GitHub answered 429',
  ],
  ['502', { status: 502, body: '<html>' }, 'GitHub answered 502 an HTML page'],
  ['a page with 200', { body: '<html>::error::' }, 'GitHub answered 200'],
  ['an object', { body: {} }, 'GitHub answered 200'],
  ['a reset', { reset: true }, 'GitHub gave no answer'],
  ['half an answer', { half: 'cut' }, 'GitHub gave no answer'],
  ['silence', { hang: true }, 'GitHub gave no answer'],
  ['a slow drip', { half: 'drip' }, 'GitHub gave no answer'],
])('GitHub answers %s', (_name, fault, why) => {
  test('it is said, and nothing is heard', async () => {
    const { troubles, ...heard } = await hear([comment('/ack')], fault);
    expect(heard).toEqual({ responses: [], read: [] });
    expect(troubles).toEqual([
      expect.stringContaining(`Comments on issue 7 were not heard: ${why}`),
    ]);
    expect(troubles[0]).not.toContain('::error');
  });
});

test('it waits for what GitHub asks no longer than hearing may take', async () => {
  server.proxy.faults = [{ path, status: 429, headers: { 'retry-after': '14' }, body: {} }];
  const { troubles } = await listener({ ...limitsFor(), hearAll: 100 }).hear([alert], null, 7);
  expect(troubles).toEqual(['Comments on issue 7 were not heard: GitHub answered 429']);
  expect(server.proxy.count('GET', path)).toBe(1);
});

describe('a comment shows what became of it', () => {
  const marks = '/repos/acme/ops/issues/comments';
  const marked = () =>
    server.proxy.seen.map(({ method, path: at, body }) => `${method} ${at} ${body}`);

  test('by one reaction each, at GitHub alone', async () => {
    server.proxy.faults = [{ path: '/reactions', status: 201, body: {} }];
    await listener().answer?.([
      { key: 'issue:1', outcome: 'done' },
      { key: 'issue:2', outcome: 'refused' },
      { key: 'issue:3', outcome: 'partly' },
      { key: 'eyes:U1', outcome: 'done' },
      { key: '1767268800.000100', outcome: 'refused' },
      { key: 'issue:4/../5', outcome: 'done' },
    ]);
    expect(marked()).toEqual([
      `POST ${marks}/1/reactions {"content":"+1"}`,
      `POST ${marks}/2/reactions {"content":"-1"}`,
      `POST ${marks}/3/reactions {"content":"confused"}`,
    ]);
  });

  test('ten at most', async () => {
    server.proxy.faults = [{ path: '/reactions', status: 200, body: {} }];
    const keys = Array.from({ length: 30 }, (_, id) => `issue:${id}`);
    await listener().answer?.(keys.map((key) => ({ key, outcome: 'done' as const })));
    expect(server.proxy.seen).toHaveLength(10);
  });

  test.each<[string, Partial<Fault>]>([
    ['403', { status: 403, body: { message: 'Resource not accessible' } }],
    ['404', { status: 404, body: { message: 'Not Found' } }],
    ['429 that asks to wait', { status: 429, headers: { 'retry-after': '14' } }],
    ['502', { status: 502, body: '<html>' }],
    ['a reset', { reset: true }],
  ])('where GitHub answers %s, the others are tried, and nobody hears of it', async (_, fault) => {
    server.proxy.faults = [
      { path: '/comments/1/', ...fault },
      { path: '/reactions', status: 201, body: {} },
    ];
    const short = { ...limitsFor(), githubCall: 300 };
    await listener(short).answer?.([
      { key: 'issue:1', outcome: 'done' },
      { key: 'issue:2', outcome: 'done' },
    ]);
    expect(server.proxy.count('POST', '/comments/2/reactions')).toBe(1);
    expect(server.proxy.count('POST', '/comments/1/reactions')).toBe(1);
  });

  test('all of it takes no longer than hearing may', async () => {
    server.proxy.faults = [{ path: '/reactions', hang: true }];
    const keys = ['issue:1', 'issue:2', 'issue:3', 'issue:4'];
    await listener({ ...limitsFor(), hearAll: 200 }).answer?.(
      keys.map((key) => ({ key, outcome: 'done' as const })),
    );
    expect(server.proxy.seen).toHaveLength(1);
  });
});

test('it works against an issue with comments', async () => {
  await server.ask('POST', '/issues', { title: 'x' });
  await server.ask('POST', '/issues/1/comments', { body: '/silence 1d' });
  const { id } = z
    .looseObject({ id: z.number() })
    .parse((await server.ask('POST', '/issues/1/comments', { body: '> /ack' })).body);
  const heard = await listener().hear([alert], null, 1);
  expect(heard).toMatchObject({
    responses: [{ action: 'silence', seconds: 86_400, by: 'acme', trusted: true }],
    troubles: [],
  });
  expect(heard.responses[0]?.key).not.toBe(`issue:${id}`);
});
