import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { inspectAddress } from '../../../src/adapters/http/inspect.ts';
import {
  type Fault,
  type FaultyServer,
  faultyServer,
  limitsFor,
} from '../../support/faulty-server.ts';

let server: FaultyServer;
beforeAll(async () => {
  server = await faultyServer(null);
});
beforeEach(() => server.clear());
afterAll(() => server.close());

test.each<[string, Fault, string, RegExp]>([
  ['an answer of any kind', { status: 405 }, 'unknown', /^its host answers; not tried further/],
  ['its trouble', { status: 503 }, 'unknown', /^its host answers; not tried further/],
  [
    'a redirect, which nobody follows',
    { status: 302, headers: { location: '/elsewhere' } },
    'unknown',
    /^its host answers/,
  ],
  ['a reset', { reset: true }, 'missing', /^no answer from its host \(ECONNRESET\)$/],
  ['no answer', { hang: true }, 'missing', /^no answer from its host \(in time\)$/],
])('%s: the host alone is asked, once', async (_name, fault, state, said) => {
  server.faults = [fault];
  const url = `${server.url}/hook/Secret?key=Secret`;
  const address = { what: 'webhook', url, rest: 'send a test' };
  const probe = await inspectAddress(address, limitsFor(fault));
  expect(probe).toMatchObject({ what: 'webhook', state, said: expect.stringMatching(said) });
  expect(probe.mend).toMatch(state === 'unknown' ? /^send a test$/ : /^the runner must reach it/);
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['HEAD /']);
  expect(JSON.stringify([probe, server.seen])).not.toContain('Secret');
});
