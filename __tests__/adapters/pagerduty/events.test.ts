import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jsonPosts } from '../../../src/adapters/http/post.ts';
import { pagerDuty } from '../../../src/adapters/pagerduty/events.ts';
import { limits } from '../../../src/core/model/limits.ts';
import type { Fact, Notification, NotificationKind } from '../../../src/core/model/notification.ts';
import { type FaultyServer, faultyServer } from '../../support/faulty-server.ts';
import { notificationOf } from '../slack/notifications.ts';

let server: FaultyServer;
beforeEach(async () => {
  server = await faultyServer(null);
  server.faults = [{ status: 202, body: { status: 'success', message: 'Event processed' } }];
});
afterEach(() => server.close());

const fact: Fact = {
  ...{ fingerprint: '0123456789abcdef', severity: 'SEV-1', state: 'new', text: 'SEV-1 api DOWN' },
  ...{ kind: 'Deployment', namespace: 'shop', name: 'api', reason: 'ImagePullBackOff' },
  ...{ summary: 'image does not exist', services: ['api'], since: null },
};
const routingKey = 'R0uting5ecret'.padEnd(32, 'x');
const clock = { now: Date.now };
function deliver(kind: NotificationKind, more: Partial<Notification> = {}) {
  const url = `${server.url}/v2/enqueue`;
  const post = jsonPosts({ limits, clock });
  const notification = notificationOf(kind, { target: 'pagerduty', facts: [fact], ...more });
  return pagerDuty({ routingKey, url, cluster: 'prod', post, clock }).deliver(notification, null);
}
const sent = () => JSON.parse(server.seen[0]?.body ?? '');

test.each<NotificationKind>(['full', 'brief'])('%s triggers', async (kind) => {
  expect(await deliver(kind)).toMatchObject({ accepted: true, channel: 'pagerduty' });
  expect(sent()).toEqual({
    routing_key: routingKey,
    event_action: 'trigger',
    dedup_key: 'prod/0123456789abcdef',
    client: 'Kube Vigil',
    payload: {
      ...{ summary: 'SEV-1 api DOWN', source: 'prod', severity: 'critical', group: 'api' },
      ...{ component: 'Deployment shop/api', class: 'ImagePullBackOff', custom_details: fact },
      timestamp: '2026-01-01T12:00:00Z',
    },
  });
});

test('an end resolves what was triggered under the key', async () => {
  await deliver('resolved');
  expect(sent()).toEqual({
    ...{ routing_key: routingKey, event_action: 'resolve', dedup_key: 'prod/0123456789abcdef' },
  });
});

test.each([
  ['SEV-1', 'critical'],
  ['SEV-2', 'error'],
  ['SEV-3', 'warning'],
  ['SEV-4', 'info'],
] as const)(
  '%s is %s; a node has no namespace, and what serves nobody no group',
  async (severity, said) => {
    const node = { ...fact, severity, kind: 'Node', namespace: null, name: 'n1', services: [] };
    await deliver('full', { facts: [node] });
    const { payload } = sent();
    expect([payload.severity, payload.component, 'group' in payload]).toEqual([
      said,
      'Node n1',
      false,
    ]);
  },
);

test.each(['<html>Sign in</html>', '{"status":', ''])('200 with %j is not taken', async (body) => {
  server.faults = [{ status: 200, body }];
  const { accepted, error } = await deliver('full');
  expect([accepted, error]).toEqual([false, expect.stringContaining('is not PagerDuty')]);
});

test('nothing but incidents', async () => {
  expect(await deliver('health', { facts: undefined })).toMatchObject({
    accepted: false,
    unfit: true,
  });
  expect(server.seen).toEqual([]);
});

test.each([
  [
    "Length of 'routing_key' is incorrect (should be 32 characters)",
    undefined,
    'check pagerduty-routing-key',
  ],
  ['Invalid routing key', undefined, 'check pagerduty-routing-key'],
  ["'payload.summary' is missing", true, 'did not take our message (HTTP 400)'],
])('400 with %j', async (error, unfit, says) => {
  server.faults = [
    {
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: [error] },
    },
  ];
  const receipt = await deliver('full');
  expect([receipt.accepted, receipt.unfit]).toEqual([false, unfit]);
  expect(receipt.error).toContain(says);
  expect(JSON.stringify(receipt)).not.toContain('R0uting5ecret');
});
