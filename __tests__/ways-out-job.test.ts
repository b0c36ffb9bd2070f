/** A job of the action that has every way out, from its sources. */
import { beforeEach, expect, test } from '@jest/globals';
import type { Fault } from './support/faulty-server.ts';
import { around } from './support/source-job.ts';

const servers = await around();
beforeEach(() => {
  servers.slack.faults = answers;
});

const answers: readonly Fault[] = [
  { path: 'chat.postMessage', status: 200, body: { ok: true, channel: 'C0123', ts: '1.1' } },
  { path: '/services/', status: 200, body: 'ok' },
  { path: '/hook', status: 204 },
  { path: '/v2/enqueue', status: 202, body: { status: 'success' } },
];
const secrets = {
  'slack-bot-token': 'xoxb-Secret-token',
  'slack-webhook-url': '/services/T0/B0/Secret-webhook',
  'webhook-url': '/hook?key=Secret-hook',
  'webhook-secret': 'Secret-of-the-hook',
  'pagerduty-routing-key': 'SecretKey'.padEnd(32, 'x'),
};
const at = (path: string) => (path.startsWith('/') ? `${servers.slack.url}${path}` : path);
const all = () =>
  Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, at(value)]));
const job = (inputs: { readonly [name: string]: string }) =>
  servers.job(inputs, { KUBE_VIGIL_PAGERDUTY_URL: `${servers.slack.url}/v2/enqueue` });
const asked = () => servers.slack.seen.map(({ path }) => path.replace(/\?.*/, ''));

test('one alert by each, all of it remembered as taken, and no secret in anything that is kept', async () => {
  const it = job(all());
  const { code, stdout, stderr } = await it.main();
  expect(code).toBe(0);
  expect(asked()).toEqual([
    ...['/api/chat.postMessage', '/services/T0/B0/Secret-webhook', '/hook', '/v2/enqueue'],
  ]);
  expect(it.state().state.outbox).toEqual([]);
  const [report] = it.reports();
  expect(report).toMatchObject({
    notification_result: {
      success: true,
      deliveries: [
        { channel: 'C0123', accepted: true },
        { channel: 'slack-webhook', accepted: true },
        { channel: 'webhook', accepted: true },
        { channel: 'pagerduty', accepted: true },
      ],
    },
  });
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  expect(JSON.stringify([lines, stderr, report, it.state(), it.summary()])).not.toContain('Secret');
  for (const secret of Object.values(all())) expect(stdout).toContain(`::add-mask::${secret}`);
});

test('without a Slack app PagerDuty is told all the same', async () => {
  const { 'pagerduty-routing-key': key } = secrets;
  const it = job({ 'slack-bot-token': '', 'slack-channel': '', 'pagerduty-routing-key': key });
  expect((await it.main()).code).toBe(0);
  expect(asked()).toEqual(['/v2/enqueue']);
  expect(JSON.parse(servers.slack.seen[0]?.body ?? '')).toMatchObject({
    ...{ routing_key: key, event_action: 'trigger' },
    dedup_key: expect.stringMatching(/^shop\/[0-9a-f]{16}$/),
  });
  expect(it.state().state.outbox).toEqual([]);
});

test('one that is down keeps its message, and the rest is told', async () => {
  servers.slack.faults = [{ path: '/v2/enqueue', status: 503, body: '' }, ...answers];
  const it = job(all());
  await it.main();
  expect(asked()).toHaveLength(4);
  const { outbox } = it.state().state;
  expect(outbox).toMatchObject([{ target: 'pagerduty', status: 'undelivered', maybe: true }]);
  expect(it.summary()).toContain('PagerDuty has trouble (HTTP 503)');
});

test('a test alert goes everywhere but to who would be paged, and no state is touched', async () => {
  const it = job({ ...all(), 'test-alert': 'true' });
  const { code, stdout } = await it.main();
  expect([code, it.state()]).toEqual([0, null]);
  expect(asked()).toEqual([
    ...['/api/chat.postMessage', '/services/T0/B0/Secret-webhook', '/hook'],
  ]);
  for (const place of ['C0123', 'slack-webhook', 'webhook'])
    expect(stdout).toContain(`The test alert is in ${place}`);
  servers.slack.faults = [{ path: '/services/', status: 404, body: 'no_service' }, ...answers];
  const failed = await job({ ...all(), 'test-alert': 'true' }).main();
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain('The test alert did not reach slack-webhook: Slack knows this');
});
