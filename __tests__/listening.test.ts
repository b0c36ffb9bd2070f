import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { github } from '../src/adapters/github/octokit.ts';
import { limits } from '../src/core/model/limits.ts';
import { type Heard, nothingHeard } from '../src/core/model/response.ts';
import { runCycle } from '../src/cycle.ts';
import type { Listener, World } from '../src/ports.ts';
import { listenerFor } from '../src/wire/listening.ts';
import { type FaultyServer, faultyServer } from './support/faulty-server.ts';
import { silentLog } from './support/log.ts';
import { bench } from './support/world.ts';

const dead = {
  Deployment: [
    {
      metadata: { name: 'api', namespace: 'shop', generation: 1 },
      spec: { replicas: 2, selector: { matchLabels: { app: 'api' } } },
      status: {
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        conditions: [
          { type: 'Available', status: 'False', lastTransitionTime: '2026-01-01T11:30:00Z' },
        ],
      },
    },
  ],
};

/** Notes what it was asked, and answers the same each time. */
function noting(heard: Heard | Error = nothingHeard) {
  const asked: Parameters<Listener['hear']>[] = [];
  const hear: Listener['hear'] = (...given) => {
    asked.push(given);
    return heard instanceof Error ? Promise.reject(heard) : Promise.resolve(heard);
  };
  return { asked, listener: { hear } };
}

/** Two cycles, ten minutes apart: the first one tells. */
async function twoCycles(
  ear: ReturnType<typeof noting>,
  second: { readonly objects?: typeof dead | Error; readonly slack?: string } = {},
) {
  const { objects = dead, slack = null } = second;
  const world = { listener: ear.listener };
  const one = bench({ objects: dead, slack, world });
  await runCycle(one.world, one.settings);
  const before = ear.asked.length;
  const now = '2026-01-01T12:10:00Z';
  const two = bench({ objects, now, folder: one.folder, world });
  const { report } = await runCycle(two.world, two.settings);
  return { before, report, state: (await two.world.memory.state.load()).state };
}

test('people are heard once something was told, and not before', async () => {
  const ear = noting();
  const { before, state } = await twoCycles(ear);
  expect(before).toBe(0);
  const [alert] = Object.keys(state.alerts);
  const first = '2026-01-01T12:00:00Z';
  expect(ear.asked).toEqual([
    [[{ alert, channel: 'C0123', ts: '1700000000.000001' }], first, null],
  ]);
});

test('what was heard is decided on in the same cycle', async () => {
  const eyes = { number: null, action: 'ack', seconds: null, by: 'U0ANA', trusted: false } as const;
  const response = {
    alert: '20260101_120000-1',
    ...eyes,
    key: 'eyes:U0ANA',
    kind: 'reaction',
  } as const;
  const heard = { responses: [response], read: [response.alert], troubles: [] };
  const { report, state } = await twoCycles(noting(heard));
  expect(report.incidents).toMatchObject([{ reason: 'ACKED', notify: 'brief' }]);
  expect(Object.values(state.incidents)).toMatchObject([{ ack: { by: 'U0ANA' } }]);
});

test.each<[string, Parameters<typeof twoCycles>[1]]>([
  ['Slack did not take the alert', { slack: 'no' }],
  ['the cluster could not be read', { objects: new Error('no answer') }],
])('where %s, nobody is heard', async (_, second) => {
  const ear = noting();
  await twoCycles(ear, second);
  expect(ear.asked).toEqual([]);
});

test('what could not be heard is a warning of the report', async () => {
  const { report } = await twoCycles(
    noting({ ...nothingHeard, troubles: ['A thread was not heard'] }),
  );
  expect(report).toMatchObject({ status: 'completed', warnings: ['A thread was not heard'] });
});

test('a listener that breaks is a warning too, and no failed cycle', async () => {
  const { report } = await twoCycles(noting(new TypeError('broken')));
  expect(report.status).toBe('completed');
  expect(report.warnings).toEqual([
    expect.stringMatching(/^What people answer was not heard: .*broken/),
  ]);
});

test('what people wrote is marked once that is saved and everything is sent, and once only', async () => {
  const comment = { number: null, action: 'ack', seconds: null, by: 'ana', trusted: true } as const;
  const response = { alert: null, ...comment, key: 'issue:1', kind: 'message' } as const;
  const ear = noting({ ...nothingHeard, responses: [response] });
  const one = bench({ objects: dead });
  await runCycle(one.world, one.settings);
  const events: unknown[] = [];
  const two = bench({ objects: dead, now: '2026-01-01T12:10:00Z', folder: one.folder });
  const { messenger, memory } = two.world;
  const world: World = {
    ...two.world,
    messenger: {
      deliver: (...given) => {
        events.push(given[0].reason);
        return messenger?.deliver(...given) ?? Promise.reject(new Error('no messenger'));
      },
    },
    listener: {
      ...ear.listener,
      answer: async (answered) => {
        const { state } = await memory.state.load();
        events.push(answered, Object.values(state.incidents)[0]?.ack?.by);
        throw new Error('not there');
      },
    },
  };
  const { report } = await runCycle(world, two.settings);
  const marked = [{ key: 'issue:1', outcome: 'done' }];
  expect(events).toEqual(['ACKED', 'ACKED', marked, 'ana']);
  expect(report).toMatchObject({ status: 'completed', warnings: [] });
  await runCycle(world, two.settings);
  expect(events.filter((event) => Array.isArray(event))).toEqual([marked]);
});

test('what could not be saved is not marked: it is heard again', async () => {
  const comment = { number: null, action: 'ack', seconds: null, by: 'ana', trusted: true } as const;
  const response = { alert: null, ...comment, key: 'issue:1', kind: 'message' } as const;
  const ear = noting({ ...nothingHeard, responses: [response] });
  const one = bench({ objects: dead });
  await runCycle(one.world, one.settings);
  const answers: unknown[] = [];
  const answer = (answered: unknown) => Promise.resolve(void answers.push(answered));
  const two = bench({ objects: dead, now: '2026-01-01T12:10:00Z', folder: one.folder });
  const kept = two.world.memory;
  const state = { ...kept.state, update: () => Promise.reject(new Error('no')) };
  const memory = { ...kept, state };
  const world = { ...two.world, memory, listener: { ...ear.listener, answer } };
  const { unsaved } = await runCycle(world, two.settings);
  expect([unsaved, answers]).toEqual([true, []]);
});

test('the last hearing and the health issue are told to the listener', async () => {
  const ear = noting();
  const it = bench({ objects: dead, world: { listener: ear.listener } });
  await runCycle(it.world, it.settings);
  const heardAt = '2026-01-01T12:05:00Z';
  const healthIssue = { number: 7, url: 'https://github.com/acme/ops/issues/7' };
  await it.world.memory.state.update((state) => ({ state: { ...state, heardAt, healthIssue } }));
  await runCycle(it.world, it.settings);
  expect(ear.asked.map(([, ...rest]) => rest)).toEqual([[heardAt, 7]]);
});

test('while Slack takes no alert the health issue is read, from the oldest alert on', async () => {
  const ear = noting();
  const it = bench({ objects: dead, slack: 'no', world: { listener: ear.listener } });
  await runCycle(it.world, it.settings);
  const healthIssue = { number: 7, url: 'https://github.com/acme/ops/issues/7' };
  await it.world.memory.state.update((state) => ({
    state: { ...state, healthIssue, heardAt: '2026-01-01T09:00:00Z' },
  }));
  await runCycle(it.world, it.settings);
  expect(ear.asked).toEqual([[[], '2026-01-01T12:00:00Z', 7]]);
});

let server: FaultyServer;
beforeAll(async () => {
  server = await faultyServer(null);
});
afterAll(() => server.close());

test.each<[string, { dry?: true; token?: null; github?: null }, readonly string[] | null]>([
  ['Slack and GitHub', {}, ['eyes:U1', 'issue:1', 'a', 'trouble']],
  ['GitHub alone', { token: null }, ['issue:1']],
  ['Slack alone', { github: null }, ['eyes:U1', 'a', 'trouble']],
  ['neither', { token: null, github: null }, null],
  ['both, in a dry run', { dry: true }, null],
])(
  '%s: what is given is heard',
  async (_, { dry = false, token = 'xoxb-1', github: api }, expected) => {
    const ts = '1767268800.000100';
    const url = 'https://acme.slack.com/';
    const reactions = [{ name: 'eyes', users: ['U1'], count: 1 }];
    const user = { login: 'ana', type: 'User' };
    const at = { created_at: '2026-01-01T12:01:00Z', updated_at: '2026-01-01T12:01:00Z' };
    const comment = { id: 1, body: '/ack', author_association: 'OWNER', user, ...at };
    server.clear();
    server.faults = [
      { path: '/auth.test', status: 200, body: { ok: true, user_id: 'U0', url } },
      {
        path: '/conversations.history',
        status: 200,
        body: { ok: true, messages: [{ ts, reactions, reply_count: 1 }] },
      },
      { path: '/conversations.replies', status: 429 },
      { path: '/comments?', status: 200, body: [comment] },
    ];
    const address = { apiUrl: server.url, owner: 'acme', repo: 'ops' };
    const listener = listenerFor({
      dry,
      slack: { token, apiUrl: server.url },
      github: api === null ? null : github({ token: 't', ...address, limits }),
      limits,
      clock: { now: () => Date.now() },
      log: silentLog,
    });
    const heard = (await listener?.hear([{ alert: 'a', channel: 'C1', ts }], null, 7)) ?? null;
    const keys = heard?.responses.map(({ key }) => key) ?? [];
    const troubles = heard?.troubles.map(() => 'trouble') ?? [];
    expect(heard && [...keys, ...heard.read, ...troubles]).toEqual(expected);
    expect(heard?.slackUrl).toBe(expected?.includes('eyes:U1') === true ? url : undefined);
    await listener?.answer?.([{ key: 'issue:1', outcome: 'done' }]);
    expect(server.count('POST', '/issues/comments/1/reactions')).toBe(
      expected?.includes('issue:1') === true ? 1 : 0,
    );
  },
);
