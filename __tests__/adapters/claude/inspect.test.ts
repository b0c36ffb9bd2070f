import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inspectClaude } from '../../../src/adapters/claude/inspect.ts';
import { limits } from '../../../src/core/model/limits.ts';
import { type Fault, type FaultyServer, faultyServer } from '../../support/faulty-server.ts';

let server: FaultyServer;
beforeAll(async () => {
  server = await faultyServer(null);
});
beforeEach(() => server.clear());
afterAll(() => server.close());

test.each<[string, Fault, string, RegExp]>([
  [
    'the model is there',
    { status: 200, body: { data: [{ id: 'claude-sonnet-5-5' }] } },
    'ok',
    /is there/,
  ],
  [
    'another model is there',
    { status: 200, body: { data: [{ id: 'claude-x' }] } },
    'limited',
    /not in the list/,
  ],
  ['a wrong key', { status: 401, body: { error: {} } }, 'missing', /does not take the key/],
  ['no such page', { status: 404, body: {} }, 'unknown', /answered with 404/],
  ['a page', { status: 200, body: '<html>' }, 'unknown', /was not tried/],
  ['trouble', { status: 529, body: {} }, 'unknown', /it answered 529/],
  ['a reset', { reset: true }, 'missing', /no answer at 127\.0\.0\.1/],
  ['no answer', { hang: true }, 'missing', /no answer at 127\.0\.0\.1/],
])('%s', async (_name, fault, state, said) => {
  server.faults = [fault];
  const model = 'claude-sonnet-5-5';
  const quick = { ...limits, githubCall: 500 };
  const probe = await inspectClaude({ key: 'sk-ant-1', baseUrl: server.url, model, limits: quick });
  expect(probe).toMatchObject({ what: 'Claude', state, said: expect.stringMatching(said) });
  expect(probe.mend === '').toBe(state === 'ok');
  expect(JSON.stringify(probe)).not.toContain('sk-ant-1');
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/models?limit=1000',
  ]);
});
