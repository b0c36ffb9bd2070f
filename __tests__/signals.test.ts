/** What the runner's signals leave of a cycle: the program itself, from source, with real servers. */
import { expect, test } from '@jest/globals';
import type { FaultyServer } from './support/faulty-server.ts';
import { around } from './support/source-job.ts';

const servers = await around();

async function asked(server: FaultyServer, part: string): Promise<void> {
  while (server.count('POST', part) + server.count('GET', part) === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while the cluster is read: nothing is counted',
  async (signal) => {
    servers.api.faults = [{ hang: true }];
    const it = servers.job();
    const ended = await it.main({ with: signal, when: asked(servers.api, '/api') });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(`The runner ended this step (${signal})`);
    expect(it.state()).toBeNull();
    expect((await it.post()).code).toBe(0);
    expect(it.reports()).toHaveLength(1);
    expect(it.summary()).toContain('cut off after');
  },
);

const taken = { status: 200, body: { ok: true, channel: 'C0123', ts: '1.1', message: {} } };

test('while Slack takes an alert: what it says is saved', async () => {
  servers.slack.faults = [{ path: 'chat.postMessage', ...taken, delayMs: 400 }];
  const it = servers.job();
  const ended = await it.main({ with: 'SIGTERM', when: asked(servers.slack, 'chat.postMessage') });
  expect(ended.code).toBe(1);
  const { state } = it.state();
  expect(state).toMatchObject({ cycleCount: 1, outbox: [] });
  expect(Object.values(state.alerts)).toMatchObject([{ channel: 'C0123', ts: '1.1' }]);
  expect(it.state().revision).toBe(2);
  await it.post();
  expect(it.state().revision).toBe(2);
});

test('while Slack says nothing: the alert is pending, for it may be there', async () => {
  servers.slack.faults = [{ path: 'chat.postMessage', hang: true }];
  const it = servers.job();
  const ended = await it.main({ with: 'SIGTERM', when: asked(servers.slack, 'chat.postMessage') });
  expect(ended.code).toBe(1);
  expect(it.state().state).toMatchObject({
    cycleCount: 1,
    outbox: [{ kind: 'full', status: 'pending', run: '7.1' }],
  });
});
