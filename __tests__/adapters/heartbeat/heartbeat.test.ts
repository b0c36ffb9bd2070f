import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { heartbeatAt } from '../../../src/adapters/heartbeat/heartbeat.ts';
import { limits } from '../../../src/core/model/limits.ts';
import { type Fault, type FaultyServer, faultyServer } from '../../support/faulty-server.ts';
import { keptLog } from '../../support/log.ts';

let server: FaultyServer;
beforeAll(async () => {
  server = await faultyServer(null);
});
beforeEach(() => server.clear());
afterAll(() => server.close());

const fine: Fault = { status: 200, body: 'OK' };

/** What was asked for, and what was said, after a cycle with these faults. */
async function beat(faults: readonly Fault[], well = true, path = '/uuid-1') {
  server.faults = faults;
  const log = keptLog();
  const it = heartbeatAt(`${server.url}${path}`, { limits: { ...limits, heartbeat: 300 }, log });
  it.begin();
  await it.end(well);
  return { asked: server.seen.map((seen) => `${seen.method} ${seen.path}`), said: log.lines };
}

test.each([
  ['well', true, '/uuid-1', ['GET /uuid-1/start', 'GET /uuid-1']],
  ['not well', false, '/uuid-1', ['GET /uuid-1/start', 'GET /uuid-1/fail']],
  ['a slash at the end', false, '/uuid-1/', ['GET /uuid-1/start', 'GET /uuid-1/fail']],
  ['a query', false, '/ping/a?rid=7', ['GET /ping/a/start?rid=7', 'GET /ping/a/fail?rid=7']],
])('a cycle that ended %s', async (_name, well, path, asked) => {
  expect(await beat([fine], well, path)).toEqual({ asked, said: [] });
});

test.each<[string, readonly Fault[], number, RegExp | null]>([
  ['500 once: asked again', [{ status: 500, body: '', nth: 1 }, fine], 3, null],
  ['a reset once: asked again', [{ reset: true, nth: 1 }, fine], 3, null],
  [
    '500 for ever: twice',
    [{ status: 500, body: '', path: '/start' }, fine],
    3,
    /^warn.*\/start was not taken: its server answered 500$/,
  ],
  ['404: once', [{ status: 404, body: '', path: '/start' }, fine], 2, /answered 404$/],
  [
    'moved: not followed',
    [{ status: 302, body: '', headers: { location: '/x' }, path: '/start' }, fine],
    2,
    /answered 302$/,
  ],
  ['reset for ever', [{ reset: true, path: '/start' }, fine], 3, /no answer \(\w+\)$/],
  ['no answer', [{ hang: true, path: '/start' }, fine], 2, /no answer in time$/],
])('a server in trouble stops nothing: %s', async (_name, faults, asked, warning) => {
  const beaten = await beat(faults);
  expect(beaten.asked).toHaveLength(asked);
  if (warning === null) expect(beaten.said).toEqual([]);
  else expect(beaten.said).toEqual([expect.stringMatching(warning)]);
  expect(beaten.said.join()).not.toContain('uuid-1');
});

test('a body that never ends is not waited for', async () => {
  expect((await beat([{ status: 200, body: 'OK', half: 'drip' }])).said).toEqual([]);
});

test('no URL, no ping', async () => {
  const log = keptLog();
  const it = heartbeatAt(null, { limits, log });
  it.begin();
  await it.end(true);
  expect(server.seen).toEqual([]);
});
