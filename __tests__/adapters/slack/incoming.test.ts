import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createEmulator, type Emulator } from 'emulate';
import { jsonPosts } from '../../../src/adapters/http/post.ts';
import { slackWebhook } from '../../../src/adapters/slack/incoming.ts';
import { type FaultyServer, faultyServer, limitsFor } from '../../support/faulty-server.ts';
import { notificationOf } from './notifications.ts';

let slack: Emulator;
let server: FaultyServer;
beforeEach(async () => {
  slack = await createEmulator({ service: 'slack', port: 0 });
  server = await faultyServer(slack.url);
});
afterEach(async () => {
  await server.close();
  await slack.close();
});

const clock = { now: Date.now };
function webhook() {
  const post = jsonPosts({ limits: limitsFor(...server.faults), clock });
  return slackWebhook({ url: `${server.url}/services/T0/B0/Secret`, post, clock });
}
const full = () => notificationOf('full', { target: 'slack-webhook', channel: 'slack-webhook' });
const sent = (n = -1) => JSON.parse(server.seen.at(n)?.body ?? '');

test('an alert is one post of the whole message; there is no place to reply to', async () => {
  server.faults = [{ status: 200, body: 'ok' }];
  const receipt = await webhook().deliver(full(), null);
  expect(receipt).toMatchObject({ accepted: true, channel: 'slack-webhook', ts: null });
  expect(sent()).toEqual({ unfurl_links: false, unfurl_media: false, ...full().message });
  expect(server.seen).toHaveLength(1);
});

test('what may be there already cannot be looked up: it says that it may be a repeat', async () => {
  server.faults = [{ status: 200, body: 'ok' }];
  await webhook().deliver({ ...full(), maybe: true }, null);
  expect(sent().text).toMatch(/\(may be a repeat\)$/);
});

test.each([
  ['invalid_blocks', 400],
  ['invalid_payload', 400],
  ['msg_blocks_too_long', 400],
])('%s: sent again once, as plain text', async (word, status) => {
  server.faults = [
    { nth: 1, status, body: word },
    { status: 200, body: 'ok' },
  ];
  expect(await webhook().deliver(full(), null)).toMatchObject({ accepted: true });
  expect(sent()).toMatchObject({ text: expect.stringContaining(full().message.text), blocks: [] });
  server.faults = [{ status, body: word }];
  server.seen.length = 0;
  const receipt = await webhook().deliver(full(), null);
  expect(receipt).toMatchObject({ accepted: false, unfit: true });
  expect(receipt.error).toContain(`(HTTP 400 ${word})`);
  expect(server.seen).toHaveLength(2);
});

test.each([
  ['invalid_token', 403, 'store it as slack-webhook-url'],
  ['no_service', 404, 'store it as slack-webhook-url'],
  ['no_team', 404, 'store it as slack-webhook-url'],
  ['channel_not_found', 404, 'is gone'],
  ['channel_is_archived', 410, 'is archived'],
  ['action_prohibited', 403, 'administrators'],
  ['posting_to_general_channel_denied', 403, 'choose another channel'],
  ['invalid_token', 400, 'store it as slack-webhook-url'],
])('%s (%i) says what to do, and is no fault of the message', async (word, status, says) => {
  server.faults = [{ status, body: word }];
  const receipt = await webhook().deliver(full(), null);
  expect([receipt.accepted, receipt.unfit]).toEqual([false, undefined]);
  expect(receipt.error).toContain(says);
  expect(server.seen).toHaveLength(1);
});

test.each(['<html>Sign in</html>', '{"ok":true}', ''])('200 with %j is not Slack', async (body) => {
  server.faults = [{ status: 200, body }];
  const receipt = await webhook().deliver(full(), null);
  expect(receipt.error).toContain('does not answer as Slack');
  expect(receipt.accepted).toBe(false);
});

test('a lost answer may have been delivered; the URL is in no word of it', async () => {
  server.faults = [{ status: 502, body: 'rollup_error' }];
  const receipt = await webhook().deliver(full(), null);
  expect(receipt).toMatchObject({ accepted: false, maybeDelivered: true });
  expect(JSON.stringify(receipt)).not.toContain('Secret');
});
