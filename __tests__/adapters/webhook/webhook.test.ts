import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jsonPosts } from '../../../src/adapters/http/post.ts';
import { signedWebhook } from '../../../src/adapters/webhook/webhook.ts';
import { limits } from '../../../src/core/model/limits.ts';
import type { NotificationKind } from '../../../src/core/model/notification.ts';
import { type FaultyServer, faultyServer } from '../../support/faulty-server.ts';
import { notificationOf } from '../slack/notifications.ts';

let server: FaultyServer;
beforeEach(async () => {
  server = await faultyServer(null);
});
afterEach(() => server.close());

const now = Date.parse('2026-01-01T12:05:00Z');
const secret = 'Secret-of-the-webhook';
const deliver = (kind: NotificationKind, text = 'SEV-1 api') =>
  signedWebhook({
    ...{ url: `${server.url}/in?key=Hidden`, secret, cluster: 'prod' },
    ...{ post: jsonPosts({ limits, clock: { now: Date.now } }), clock: { now: () => now } },
  }).deliver(notificationOf(kind, { target: 'webhook', message: { text, blocks: [] } }), null);

test('its body is signed, and says when it was sent', async () => {
  server.faults = [{ status: 204 }];
  expect(await deliver('full')).toMatchObject({ accepted: true, channel: 'webhook' });
  const body = server.seen[0]?.body ?? '';
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  expect(server.seen[0]?.headers['x-kube-vigil-signature']).toBe(signature);
  expect(JSON.parse(body)).toEqual({
    ...{ schema: 1, id: '20260101_120000-1', event: 'alert', cluster: 'prod', reason: 'NEW' },
    ...{ severity: 'SEV-1', text: 'SEV-1 api', incidents: [], cycle_id: '20260101_120000' },
    ...{ decided_at: '2026-01-01T12:00:00Z', sent_at: '2026-01-01T12:05:00Z' },
  });
});

test.each<[NotificationKind, string]>([
  ['brief', 'reopened'],
  ['resolved', 'resolved'],
  ['health', 'monitor'],
  ['test', 'test'],
])('%s is the event %s', async (kind, event) => {
  server.faults = [{ status: 200, body: 'fine' }];
  await deliver(kind, 'a &lt;b&gt; &amp;amp; c');
  const { event: said, text } = JSON.parse(server.seen[0]?.body ?? '');
  expect([said, text]).toEqual([event, 'a <b> &amp; c']);
});

test('neither URL nor secret is in what went wrong', async () => {
  server.faults = [{ status: 401, body: 'no' }];
  const receipt = await deliver('full');
  expect(receipt.error).toBe(
    'The webhook refuses us (HTTP 401): check webhook-url and webhook-secret',
  );
});

test.each<[string, number, boolean]>([
  ['text/html; charset=utf-8', 200, false],
  ['Text/HTML', 204, false],
  ['application/json', 200, true],
  ['text/plain', 202, true],
])('an answer of type %s with %d is taken for success: %p', async (type, status, accepted) => {
  server.faults = [{ status, body: '<p>Sign in</p>', headers: { 'content-type': type } }];
  const receipt = await deliver('full');
  expect(receipt.accepted).toBe(accepted);
  if (!accepted) expect(receipt.error).toContain('answers like a web page, not a webhook');
});
