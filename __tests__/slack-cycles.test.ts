/** Whole cycles against a Slack that fails as Slack does: what people see in the channel is what counts. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { slackMessenger } from '../src/adapters/slack/messenger.ts';
import { formatTime } from '../src/core/model/time.ts';
import { runCycle } from '../src/cycle.ts';
import type { Fault } from './support/faulty-server.ts';
import { limitsFor } from './support/faulty-server.ts';
import { silentLog } from './support/log.ts';
import { type SlackBench, slackBench, slackToken } from './support/slack-bench.ts';
import { bench } from './support/world.ts';

jest.setTimeout(60_000);

let slack: SlackBench;
let channel = '';
let folder = '';
beforeAll(async () => {
  slack = await slackBench();
});
beforeEach(async () => {
  channel = await slack.clear();
  folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-'));
});
afterAll(() => slack.close());

/** Slack's own clock is the wall clock, so the cycles' is near it. */
const begun = Math.floor(Date.now() / 1000) * 1000;
const at = (minutes: number) => formatTime(begun + minutes * 60_000);

const pods = (...names: readonly string[]) => ({
  Deployment: names.map((name) => ({
    metadata: { name, namespace: 'shop', generation: 1, creationTimestamp: at(-9999) },
    spec: { replicas: 2, selector: { matchLabels: { app: name } } },
    status: {
      ...{ observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 0 },
      conditions: [
        {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          lastTransitionTime: at(-60),
        },
      ],
    },
  })),
});
const down = pods('api');
const well = { Deployment: [] };

/** One cycle, `minutes` after the first. `dies`: the run is gone before it could save what Slack said. */
async function cycle(
  minutes: number,
  objects: object,
  faults: readonly Fault[] = [],
  dies = false,
) {
  slack.server.clear();
  slack.server.faults = faults;
  const messenger = slackMessenger({
    ...{ token: slackToken, apiUrl: `${slack.server.url}/api`, cluster: 'test' },
    ...{ limits: limitsFor(...faults), clock: { now: Date.now }, log: silentLog },
  });
  const it = bench({ objects: objects as typeof down, now: at(minutes), folder });
  let saves = 0;
  const { memory } = it.world;
  const mortal: typeof memory = {
    ...memory,
    state: {
      ...memory.state,
      update: (step) => {
        saves++;
        return dies && saves > 1 ? Promise.reject(new Error('killed')) : memory.state.update(step);
      },
    },
  };
  const { report } = await runCycle(
    { ...it.world, messenger, memory: mortal },
    { ...it.settings, channel },
  );
  const { state } = await memory.state.load();
  return { report, state };
}

const texts = async () => {
  const { messages } = await slack.ask('conversations.history', { channel });
  return messages.map(({ text }) => text).reverse();
};
const posts = () => slack.server.count('POST', 'chat.postMessage');
const alert = expect.stringMatching(/^SEV-3 api DOWN .*\(test\)$/);
const repeated = expect.stringMatching(/^SEV-3 api DOWN .*\(may be a repeat\)$/);

test('the answer is lost after Slack took the alert: confirmed in the same run', async () => {
  const lost = { path: 'chat.postMessage', afterForward: true, status: 502, body: '' };
  const { report, state } = await cycle(0, down, [lost]);
  expect(report.notification_result).toMatchObject({ success: true });
  expect([await texts(), state.outbox]).toEqual([[alert], []]);
});

test('the run dies after Slack took the alert: the next one finds it and sends nothing', async () => {
  await cycle(0, down, [], true);
  const { state } = await cycle(20, down);
  expect(posts()).toBe(0);
  expect([await texts(), state.outbox]).toEqual([[alert], []]);
  await cycle(60, well);
  await cycle(80, well);
  const { messages } = await slack.ask('conversations.history', { channel });
  const thread = await slack.ask('conversations.replies', { channel, ts: messages[0]?.ts ?? '' });
  expect(thread.messages.map(({ text }) => text.split(' ')[0])).toEqual(['RESOLVED', 'RESOLVED']);
});

test('where nobody may look, it is sent again once, and says so', async () => {
  await cycle(0, down, [], true);
  const blind = {
    path: 'conversations.',
    status: 200,
    body: { ok: false, error: 'missing_scope' },
  };
  await cycle(20, down, [blind]);
  await cycle(40, down, [blind]);
  expect(await texts()).toEqual([alert, repeated]);
});

test('the run dies before Slack took it: sent by the next, as it is', async () => {
  const cut = { path: 'chat.postMessage', reset: true };
  await cycle(0, down, [cut], true);
  await cycle(20, down);
  expect(await texts()).toEqual([alert]);
});

test('a person deletes the alert: its end stands in the channel, in its place, and nothing else', async () => {
  await cycle(0, down);
  const { messages } = await slack.ask('conversations.history', { channel });
  await slack.ask('chat.delete', { channel, ts: messages[0]?.ts ?? '' });
  await cycle(60, well);
  const { state } = await cycle(80, well);
  expect(await texts()).toEqual([expect.stringMatching(/^RESOLVED /)]);
  expect(state.outbox).toEqual([]);
  expect(Object.values(state.alerts)).toMatchObject([{ channel, ts: expect.any(String) }]);
});

test('Slack is down while the incident comes and goes: one message', async () => {
  const away = { path: '/api/', status: 503, body: '' };
  await cycle(0, down, [away]);
  await cycle(20, well, [away]);
  await cycle(40, well, [away]);
  const { state } = await cycle(60, well);
  const { messages } = await slack.ask('conversations.history', { channel });
  expect(messages.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^RESOLVED .*\(told late\)$/),
  ]);
  const thread = await slack.ask('conversations.replies', { channel, ts: messages[0]?.ts ?? '' });
  expect([thread.messages.length, state.outbox]).toEqual([1, []]);
});

test('an alert that may not be edited: the thread says the end once', async () => {
  await cycle(0, down);
  const closed = {
    path: 'chat.update',
    status: 200,
    body: { ok: false, error: 'edit_window_closed' },
  };
  await cycle(60, well, [closed]);
  const { state } = await cycle(80, well, [closed]);
  const { messages } = await slack.ask('conversations.history', { channel });
  const thread = await slack.ask('conversations.replies', { channel, ts: messages[0]?.ts ?? '' });
  const said = thread.messages.slice(1).map(({ text }) => text);
  expect(said.filter((text) => text.startsWith('RESOLVED'))).toHaveLength(1);
  expect(said.length).toBeLessThanOrEqual(2);
  expect(Object.values(state.alerts)).toMatchObject([{ fixed: true }]);
});
