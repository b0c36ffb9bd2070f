/** The command line from its sources, as a person runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { type ApiServer, startApiServer } from '../src/adapters/demo/api-server.ts';
import { firstLook, shopObjects } from '../src/adapters/demo/shop.ts';
import type { Notification, NotificationKind } from '../src/core/model/notification.ts';
import { formatTime } from '../src/core/model/time.ts';
import { notificationOf } from './adapters/slack/notifications.ts';
import { type Ended, runNode } from './support/runner.ts';
import { type SlackBench, slackBench, slackToken } from './support/slack-bench.ts';

jest.setTimeout(60_000);

const program = path.resolve(import.meta.dirname, '../src/cli.ts');
const kubeVigil = (args: readonly string[]): Promise<Ended> => runNode([program, ...args]);
const fileOf = (name: string, text: string): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-')), name);
  writeFileSync(file, text);
  return file;
};

let cluster: ApiServer;
beforeAll(async () => {
  cluster = await startApiServer({ objects: shopObjects, now: () => firstLook });
});
afterAll(() => cluster.close());

describe('baseline', () => {
  test('what a cluster lacks now, as entries that take all of it out as they are printed', async () => {
    const kubeconfig = fileOf('kubeconfig', cluster.kubeconfig);
    const { code, stdout, stderr } = await kubeVigil(['baseline', '--kubeconfig', kubeconfig]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { accepted } = parse(stdout) as { accepted: readonly object[] };
    expect(accepted).toContainEqual({
      check: 'image-pull',
      reason: 'ImagePullBackOff',
      kind: 'Deployment',
      namespace: 'payments',
      name: 'payments-api',
      owner: null,
      why: null,
      until: null,
    });
    const catalog = fileOf('catalog.yaml', stdout);
    const again = await kubeVigil(['baseline', '--kubeconfig', kubeconfig, '--catalog', catalog]);
    expect(parse(again.stdout)).toEqual({ accepted: [] });
  });

  test('a cluster that cannot be reached is one line and exit 1', async () => {
    const kubeconfig = fileOf(
      'kubeconfig',
      cluster.kubeconfig.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:9'),
    );
    const { code, stdout, stderr } = await kubeVigil(['baseline', '--kubeconfig', kubeconfig]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: The API server at 127\.0\.0\.1:9 cannot be reached[^\n]*\n$/);
  });
});

test("README's sample is what the demo prints, line by line", async () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../README.md'), 'utf8');
  const [, sample = ''] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
  const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-'));
  const { code, stdout } = await kubeVigil(['demo', '--output-dir', folder]);
  const shown = sample.trimEnd().split('\n');
  const printed = stdout.split('\n').filter((line) => shown.includes(line));
  expect({ code, printed: printed.slice(0, shown.length) }).toEqual({ code: 0, printed: shown });
});

describe('cycle of a dump', () => {
  /** A pod whose image is pulled in vain since 10:00, and nothing else: the newest time is its own. */
  const pod = {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: { name: 'web', namespace: 'shop', creationTimestamp: '2026-01-01T10:00:00Z' },
    spec: { containers: [{ name: 'app', image: 'acme/web:1' }] },
    status: {
      phase: 'Pending',
      startTime: '2026-01-01T10:00:00Z',
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T10:00:00Z' }],
      containerStatuses: [
        { name: 'app', ready: false, state: { waiting: { reason: 'ImagePullBackOff' } } },
      ],
    },
  };
  const folder = () => mkdtempSync(path.join(tmpdir(), 'kube-vigil-'));

  test('what is too young by the clock of the dump is said, and found at the time that is advised', async () => {
    const dump = fileOf('pods.json', JSON.stringify(pod));
    const cycle = ['cycle', '--dump', dump, '--output-dir', folder()];
    const { stdout } = await kubeVigil(cycle);
    expect(stdout).toContain('\nages are counted to 2026-01-01T10:00:00Z, the newest time in the');
    const [, now = ''] =
      /Nothing to tell: 1 pod is not ready; .*: --now (\S+)\n/.exec(stdout) ?? [];
    const later = await kubeVigil([...cycle, '--now', now]);
    expect(later.stdout).toContain(' web down: Pod ImagePullBackOff (first look)\n');
  });

  test('a folder that cannot be written to is said once on each stream', async () => {
    const dump = fileOf('pods.json', JSON.stringify(pod));
    const { stdout, stderr } = await kubeVigil(['cycle', '--dump', dump, '--output-dir', dump]);
    const warning = /^warning: The report: Could not make the folder/gm;
    expect([stdout.match(warning)?.length, stderr.match(warning)?.length]).toEqual([1, 1]);
  });
});

test('status lists each entry of a catalog with what it hides, and the report what is to mend in it', async () => {
  // Silences are bounded by the wall clock, and expire by the cluster's.
  const until = formatTime(Date.now() + 10 * 86_400_000);
  const over = formatTime(firstLook - 1000);
  const catalog = fileOf(
    'catalog.yaml',
    `services:
  - name: payments-api
    knownIssues: [{note: OPS-12, check: image-pull, name: payments-api}]
silences:
  - {reason: OPS-13, by: ana, namespace: nowhere, service: payments-apo, until: ${until}}
  - {reason: OPS-14, name: toy, until: ${over}}
`,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'kube-vigil-'));
  const memory = ['--state-file', path.join(folder, 'state.json'), '--catalog', catalog];
  const kubeconfig = fileOf('kubeconfig', cluster.kubeconfig);
  const run = ['cycle', '--kubeconfig', kubeconfig, '--output-dir', folder, ...memory];
  const { stdout: told } = await kubeVigil(run);
  expect(told).toContain('Known, not counted: OPS-12');
  expect(told).toContain(
    `warning: ${catalog}:5: silences[0].service: no service of the catalog is called "payments-apo"`,
  );
  expect(told).toContain('warning: The “silence: OPS-14” of the catalog (line 6) has expired');

  const { code, stdout } = await kubeVigil(['status', ...memory]);
  const looked = /at the last look \((\S+)\)/.exec(stdout)?.[1];
  expect({ code, list: stdout.split('\n').slice(6) }).toEqual({
    code: 0,
    list: [
      `Of the catalog, with what each hid at the last look (${looked})`,
      '  3: known issue of payments-api: OPS-12; in force without end; hides 3 findings',
      '     image-pull on Deployment payments/payments-api',
      `  5: silence (ana): OPS-13; in force until ${until}; hides nothing since ${looked}`,
      `  6: silence: OPS-14; expired at ${over}: remove it; hides nothing since ${looked}`,
      '',
    ],
  });
  const inJson = await kubeVigil(['status', '--format', 'json', ...memory]);
  expect(JSON.parse(inJson.stdout)).toMatchObject({
    cycle_count: 1,
    catalog: [{ note: 'OPS-12', hides: 3 }, { hides: 0 }, { standing: 'expired' }],
  });
});

test('status: that there is no memory is said, and what a first cycle begins with is shown', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'kube-vigil-')), 'none.json');
  const { code, stdout, stderr } = await kubeVigil(['status', '--state-file', file]);
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'health           healthy']);
  expect(stderr).toBe(`warning: No memory is at ${file}: this is what a first cycle begins with\n`);
});

describe('resend', () => {
  let slack: SlackBench;
  let channel = '';
  beforeAll(async () => {
    slack = await slackBench();
  });
  beforeEach(async () => {
    channel = await slack.clear();
  });
  afterAll(() => slack.close());

  const backup = (kinds: readonly NotificationKind[], more: Partial<Notification> = {}) =>
    fileOf(
      'backup_20260101_120000_SEV-1.json',
      JSON.stringify({
        ...{ cycle_id: '20260101_120000', cluster: 'prod', severity: 'SEV-1' },
        escalation_decision: null,
        notifications: kinds.map((kind, n) =>
          notificationOf(kind, { id: `20260101_120000-${n}`, channel, ...more }),
        ),
      }),
    );
  const resend = (args: readonly string[], token = slackToken) =>
    runNode([program, 'resend', ...args], {
      env: { SLACK_BOT_TOKEN: token, SLACK_API_URL: `${slack.server.url}/api/` },
    });
  const said = 'SEV-1 api DOWN 6 min: image api:v2 does not exist (prod) (of 2026-01-01T12:00:00Z)';

  test('sends what is not in Slack yet, the end in its thread, and no edit', async () => {
    const file = backup(['full', 'resolved', 'edit']);
    const { code, stdout, stderr } = await resend([file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`sent to ${channel}: ${said}\n`.repeat(2));
    const { messages } = await slack.ask('conversations.history', { channel });
    const [root] = messages;
    const thread = await slack.ask('conversations.replies', { channel, ts: root?.ts ?? '' });
    expect([messages.length, thread.messages.length]).toEqual([1, 2]);
    const again = await resend([file]);
    expect(again.stdout).toBe(`is already in ${channel}: ${said}\n`.repeat(2));
    expect(slack.server.count('POST', 'chat.')).toBe(2);
  });

  test('to another channel where one is given', async () => {
    const file = backup(['full'], { channel: 'C0OLD' });
    expect((await resend([file, '--channel', channel])).stdout).toBe(
      `sent to ${channel}: ${said}\n`,
    );
  });

  test('a dry run sends nothing and needs no token', async () => {
    const { code, stdout } = await resend([backup(['full', 'brief']), '--dry-run'], '');
    expect([code, stdout]).toEqual([0, `would be sent to ${channel}: ${said}\n`.repeat(2)]);
    expect(slack.server.seen).toEqual([]);
  });

  test('what Slack does not take is said, exit 1; its replies wait', async () => {
    slack.server.faults = [
      { path: 'chat.', status: 200, body: { ok: false, error: 'is_archived' } },
    ];
    const { code, stdout } = await resend([backup(['full', 'brief'])]);
    expect(code).toBe(1);
    const [first, second] = stdout.split('\n');
    expect(first).toBe(
      `NOT SENT to ${channel}: ${said}: Channel ${channel} is archived: unarchive it or change the channel`,
    );
    expect(second).toContain('Its alert is not in Slack yet');
  });

  test('nothing to send', async () => {
    const { code, stdout } = await resend([backup(['edit'])]);
    expect([code, stdout]).toEqual([0, 'The backup file holds nothing that can be sent\n']);
  });

  test.each([
    [
      'no file',
      '/nowhere/b.json',
      slackToken,
      /b\.json cannot be read \(ENOENT\)\. Give a backup_/,
    ],
    ['no JSON', fileOf('a.json', '{'), slackToken, /a\.json is not JSON\. /],
    [
      'a report',
      fileOf('b.json', '{"cluster":"prod"}'),
      slackToken,
      /another form at "notifications"/,
    ],
    ['no token', '/nowhere/b.json', '', /SLACK_BOT_TOKEN: is missing; set it to/],
  ])('%s is one line, exit 2', async (_name, file, token, line) => {
    const { code, stdout, stderr } = await resend([file], token);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^kube-vigil: [^\n]*\n$/);
    expect(stderr).toMatch(line);
  });
});

test('who reads only the first line gets no stack', () => {
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" checks --format json | head -n 1`, process.execPath, program],
    { encoding: 'utf8' },
  );
  expect({ stdout, stderr }).toEqual({ stdout: '{\n', stderr: '' });
});
