/** What the runner's signals leave of a cycle: the program itself, from source, with real servers. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
  expect(it.reports()).toMatchObject([
    {
      error: 'The run was cut off after "confirmed"',
      notification_result: { success: true, deliveries: [{ accepted: true }] },
      notifications_sent: 1,
    },
  ]);
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

test('the same signal again, while the first is heeded, changes nothing', async () => {
  servers.slack.faults = [{ path: 'chat.postMessage', ...taken, delayMs: 700 }];
  const it = servers.job();
  const begun = asked(servers.slack, 'chat.postMessage');
  const again = begun.then(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const ended = await it.main(
    { with: 'SIGINT', when: begun },
    { with: 'SIGINT', when: again },
    { with: 'SIGTERM', when: again },
  );
  expect(ended.code).toBe(1);
  expect(it.state()).toMatchObject({ revision: 2, state: { cycleCount: 1, outbox: [] } });
});

test('while the files are uploaded: the post step writes the summary, and uploads', async () => {
  servers.slack.faults = [{ path: 'chat.postMessage', ...taken }];
  servers.results.faults = [{ hang: true }];
  const it = servers.job({}, servers.uploads);
  const ended = await it.main({ with: 'SIGINT', when: asked(servers.results, 'CreateArtifact') });
  expect(ended.code).toBe(1);
  servers.results.clear();
  await it.post();
  expect(it.reports()).toMatchObject([{ status: 'completed', error: null, state_saved: true }]);
  expect(it.summary()).toContain('status **completed**');
  expect(servers.results.count('POST', 'CreateArtifact')).toBe(1);
});

test('the post step finishes the rest though the memory is out of reach', async () => {
  servers.slack.faults = [{ path: 'chat.postMessage', ...taken }];
  const it = servers.job({}, servers.uploads);
  await it.main();
  const journal = path.join(it.temp, 'kube-vigil/journal.json');
  const noted = JSON.parse(readFileSync(journal, 'utf8'));
  const outcome = { accepted: true, channel: 'C0123', ts: '1.1', error: null };
  const receipts = [{ id: 'x', ...outcome, maybeDelivered: false, retryAfterSeconds: null }];
  writeFileSync(journal, JSON.stringify({ ...noted, step: 'sent', receipts }));
  rmSync(path.join(it.temp, 'state.json'));
  mkdirSync(path.join(it.temp, 'state.json'));
  writeFileSync(path.join(it.temp, 'summary'), '');
  servers.results.clear();
  const { code, stdout } = await it.post();
  expect(code).toBe(0);
  expect(stdout).toContain('warning: What Slack took was not saved: ');
  expect(it.reports()).toMatchObject([{ error: 'The run was cut off after "sent"' }]);
  expect(it.summary()).toContain('cut off after');
  expect(servers.results.count('POST', 'CreateArtifact')).toBe(1);
});

test('the post step knows that there are further ways out', async () => {
  servers.slack.faults = [{ status: 404, body: {} }];
  const webhook = {
    'webhook-url': `${servers.slack.url}/hook`,
    'webhook-secret': 'a-secret-of-32-characters-or-more-',
  };
  const it = servers.job({ 'slack-bot-token': '', 'slack-channel': '', ...webhook });
  await it.main();
  const { undelivered } = it.state().state;
  expect(undelivered).toMatchObject({ cycles: 1 });
  const journal = path.join(it.temp, 'kube-vigil/journal.json');
  const noted = JSON.parse(readFileSync(journal, 'utf8'));
  expect(noted.said).toHaveLength(1);
  writeFileSync(journal, JSON.stringify({ ...noted, step: 'sent', receipts: noted.said }));
  await it.post();
  expect(it.state()).toMatchObject({ revision: 2, state: { undelivered } });
});
