/** The action's main step from its sources: who hears of a cycle, and what its event says. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { around } from './support/source-job.ts';

const servers = await around();
beforeEach(() => {
  servers.heartbeat.faults = [{ status: 200, body: 'OK' }];
  servers.slack.faults = [taken];
});

const taken = {
  path: 'chat.postMessage',
  status: 200,
  body: { ok: true, channel: 'C0123', ts: '1.1', message: {} },
};
const pings = () => servers.heartbeat.seen.map(({ path: asked }) => asked);

test.each<[string, () => void, { readonly [name: string]: string }, readonly string[]]>([
  ['a cycle that ran', () => undefined, {}, ['/uuid-1/start', '/uuid-1']],
  [
    'a cycle that failed, though the job is green',
    () => {
      servers.api.faults = [{ status: 401, body: {} }];
    },
    { 'fail-on': 'never' },
    ['/uuid-1/start', '/uuid-1/fail'],
  ],
  [
    'an alert that Slack did not take',
    () => {
      servers.slack.faults = [{ status: 200, body: { ok: false, error: 'channel_not_found' } }];
    },
    {},
    ['/uuid-1/start', '/uuid-1/fail'],
  ],
  [
    'no word about which cluster it is',
    () => undefined,
    { kubeconfig: 'none', 'cluster-name': '' },
    ['/uuid-1/start', '/uuid-1/fail'],
  ],
  ['a dry run', () => undefined, { 'dry-run': 'true' }, []],
])('the heartbeat of %s', async (_name, prepare, inputs, expected) => {
  prepare();
  const url = `${servers.heartbeat.url}/uuid-1`;
  const { stdout, stderr } = await servers.job({ 'heartbeat-url': url, ...inputs }).main();
  expect(pings()).toEqual(expected);
  // The runner masks it from here on, and nothing else says it.
  expect(stdout.split('uuid-1')).toHaveLength(2);
  expect(stdout).toContain(`::add-mask::${url}`);
  expect(stderr).not.toContain('uuid-1');
});

test('a heartbeat that is not taken changes nothing', async () => {
  servers.heartbeat.faults = [{ reset: true }];
  const job = servers.job({ 'heartbeat-url': `${servers.heartbeat.url}/uuid-1` });
  const { code, stdout } = await job.main();
  expect(code).toBe(0);
  expect(stdout).toContain('warning: The heartbeat was not taken: no answer');
});

test('a scheduled run says how late it started', async () => {
  const event = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-event-')), 'event.json');
  writeFileSync(event, JSON.stringify({ schedule: '* * * * *' }));
  const schedule = { GITHUB_EVENT_NAME: 'schedule', GITHUB_EVENT_PATH: event };
  const job = servers.job({}, schedule);
  expect((await job.main()).code).toBe(0);
  const [report] = job.reports();
  expect(report?.['schedule_lag_seconds']).toBeLessThanOrEqual(60);
  expect(report?.['blind']).toBeNull();
});
