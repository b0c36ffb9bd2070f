import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type CycleCommand, parseCommandLine } from '../../../src/adapters/config/command-line.ts';
import { timeScale } from '../../../src/adapters/config/time-scale.ts';
import { version } from '../../../src/adapters/config/version.ts';

const cycle: CycleCommand = {
  name: 'cycle',
  source: { kind: 'kubeconfig', files: ['k'], context: null },
  catalog: null,
  stateFile: null,
  outputDir: '.',
  cluster: null,
  now: null,
  format: 'text',
  model: 'claude-sonnet-5-5',
  slack: null,
  claude: { key: null, baseUrl: null },
};

const noWays = {
  slackWebhook: null,
  webhook: null,
  webhookSecret: null,
  routingKey: null,
  heartbeat: null,
};

type Environment = { readonly [name: string]: string };

const commands: readonly [string, Environment, object][] = [
  ['demo', {}, { name: 'demo', outputDir: '.' }],
  ['demo --output-dir out', {}, { name: 'demo', outputDir: 'out' }],
  ['checks', {}, { name: 'checks', format: 'text' }],
  ['explain crash-loop', {}, { name: 'explain', check: 'crash-loop' }],
  [
    'baseline --dump a --now 2026-01-01T00:00:00Z',
    {},
    {
      name: 'baseline',
      source: { kind: 'dump', paths: ['a'] },
      catalog: null,
      now: Date.parse('2026-01-01T00:00:00Z'),
    },
  ],
  ['checks --format=json', {}, { name: 'checks', format: 'json' }],
  [
    'status --state-file s --format json',
    {},
    { name: 'status', stateFile: 's', catalog: null, format: 'json' },
  ],
  [
    'status --state-file s --catalog c',
    {},
    { name: 'status', stateFile: 's', catalog: 'c', format: 'text' },
  ],
  [
    'resend b.json --channel C1',
    { SLACK_BOT_TOKEN: ' xoxb-1 ' },
    {
      ...{ name: 'resend', file: 'b.json', channel: 'C1', dryRun: false },
      ...{ token: 'xoxb-1', apiUrl: null },
    },
  ],
  [
    'resend --dry-run b.json',
    { SLACK_API_URL: 'http://127.0.0.1' },
    {
      ...{ name: 'resend', file: 'b.json', channel: null, dryRun: true },
      ...{ token: null, apiUrl: 'http://127.0.0.1' },
    },
  ],
  ['cycle --kubeconfig k', {}, cycle],
  [
    'cycle --kubeconfig k --context prod --catalog c --state-file s --output-dir o --cluster Prod_EU --format json --model claude-haiku-5-5',
    {},
    {
      ...cycle,
      source: { kind: 'kubeconfig', files: ['k'], context: 'prod' },
      catalog: 'c',
      stateFile: 's',
      outputDir: 'o',
      cluster: 'prod-eu',
      format: 'json',
      model: 'claude-haiku-5-5',
    },
  ],
  [
    'doctor --kubeconfig k --state-branch ops/state',
    { GITHUB_TOKEN: 'ghs_1', GITHUB_REPOSITORY: 'acme/ops' },
    {
      ...cycle,
      name: 'doctor',
      github: { token: 'ghs_1', owner: 'acme', repo: 'ops', apiUrl: null, branch: 'ops/state' },
      ways: noWays,
    },
  ],
  [
    'doctor --kubeconfig k',
    { GITHUB_TOKEN: 'ghs_1', HEARTBEAT_URL: 'https://h/1', WEBHOOK_SECRET: ' ' },
    {
      ...cycle,
      name: 'doctor',
      github: null,
      ways: { ...noWays, heartbeat: 'https://h/1' },
    },
  ],
  [
    'cycle --dump a b --format json --dump c',
    { KUBECONFIG: 'x' },
    { ...cycle, source: { kind: 'dump', paths: ['a', 'b', 'c'] }, format: 'json' },
  ],
  [
    'cycle --context prod',
    { KUBECONFIG: 'a:b' },
    { ...cycle, source: { kind: 'kubeconfig', files: ['a', 'b'], context: 'prod' } },
  ],
  [
    'cycle',
    { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBECONFIG: '' },
    { ...cycle, source: { kind: 'in-cluster' } },
  ],
  [
    'cycle --kubeconfig k --now 2026-11-24T11:15:00+01:00',
    {},
    { ...cycle, now: Date.UTC(2026, 10, 24, 10, 15) },
  ],
  [
    'cycle --kubeconfig k',
    {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_CHANNEL: 'C1',
      SLACK_API_URL: 'http://127.0.0.1:1',
      ANTHROPIC_API_KEY: 'sk\n',
      ANTHROPIC_BASE_URL: 'https://x',
    },
    {
      ...cycle,
      slack: { token: 'xoxb-1', channel: 'C1', apiUrl: 'http://127.0.0.1:1' },
      claude: { key: 'sk', baseUrl: 'https://x' },
    },
  ],
  ['cycle --kubeconfig k', { SLACK_BOT_TOKEN: '', SLACK_CHANNEL: ' ' }, cycle],
  ['cycle --kubeconfig k', { ANTHROPIC_API_KEY: ' ' }, cycle],
];

test.each(commands)('%s with %j', (line, env, command) => {
  expect(parseCommandLine(line.split(' '), env)).toEqual(command);
});

/** Arguments, what the one line must say. */
const wrong: readonly [readonly string[], string][] = [
  [
    [],
    'no command is given; it is one of demo, cycle, doctor, checks, explain, resend, baseline, status',
  ],
  [['frob'], "unknown command 'frob'"],
  [['checks', '--verbose'], "unknown option '--verbose'"],
  [['demo', 'x'], 'too many arguments'],
  [['status'], "'--state-file <file>' not specified"],
  [['status', '--state-file', ''], '--state-file: is empty'],
  [['cycle'], 'no cluster is given; give --kubeconfig FILE'],
  [['cycle', '--dump'], "'--dump <path...>' argument missing"],
  [['cycle', '--dump', ''], '--dump: is empty'],
  [
    ['cycle', '--dump', 'a', '--kubeconfig', 'k'],
    "cannot be used with option '--kubeconfig <file>'",
  ],
  [['cycle', '--dump', 'a', '--context', 'x'], "cannot be used with option '--context <name>'"],
  [['cycle', '--context', 'x'], '--context: there is no kubeconfig'],
  [['cycle', '--kubeconfig', ''], '--kubeconfig: is empty'],
  [['cycle', '--kubeconfig', 'k', '--format', 'yaml'], 'Allowed choices are text, json'],
  [
    ['cycle', '--kubeconfig', 'k', '--now', '2026-11-24'],
    '--now: expected a moment with its offset',
  ],
  [['cycle', '--kubeconfig', 'k', '--now', '2026-11-24T10:00:00'], '--now: expected a moment'],
  [['cycle', '--kubeconfig', 'k', '--now', '2026-02-30T10:00:00Z'], '--now: expected a moment'],
  [['cycle', '--kubeconfig', 'k', '--model', 'Big One'], '--model: expected a model such as'],
  [['cycle', '--kubeconfig', 'k', '--x\n::error::\u202e'], 'unknown option'],
];

test.each(wrong)('%j is bad usage', (argv, says) => {
  expect(() => parseCommandLine(argv, {})).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: expect.stringContaining(says),
    }),
  );
  expect(() => parseCommandLine(argv, {})).not.toThrow(/[\r\n\u202e]/);
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CHANNEL: ' ' }, 'SLACK_CHANNEL', 'SLACK_BOT_TOKEN'],
  [{ SLACK_CHANNEL: 'C1' }, 'SLACK_BOT_TOKEN', 'SLACK_CHANNEL'],
])('half of Slack is bad usage: %j', (env, missing, given) => {
  expect(() => parseCommandLine(['cycle', '--kubeconfig', 'k'], env)).toThrow(
    expect.objectContaining({
      code: 'USAGE',
      message: `${missing}: is missing, but ${given} is set; set both or neither`,
    }),
  );
  expect(parseCommandLine(['demo'], env)).toMatchObject({ name: 'demo' });
});

test('the way out is the help of the command', () => {
  expect(() => parseCommandLine(['checks', '--verbose'], {})).toThrow(
    expect.objectContaining({ hint: 'See `kube-vigil checks --help`' }),
  );
});

test.each(['--version', '-V'])('%s is the version of package.json', (flag) => {
  const file = new URL('../../../package.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8')).version).toBe(version);
  expect(parseCommandLine([flag], {})).toEqual({ name: 'help', text: `${version}\n` });
});

test.each([
  ['--help', /demo.*cycle.*checks.*status/s],
  [
    'cycle --help',
    /--kubeconfig.*--context.*--dump.*--catalog.*--now.*--state-file.*--output-dir.*--cluster.*--format.*--model.*SLACK_BOT_TOKEN/s,
  ],
  ['help baseline', /--kubeconfig.*--context.*--dump.*--catalog.*--now/s],
  ['help status', /--state-file.*--format/s],
])('%s lists what there is', (line, pattern) => {
  expect(parseCommandLine(line.split(' '), {})).toEqual({
    name: 'help',
    text: expect.stringMatching(pattern),
  });
});

test.each([
  ['50', ['http://127.0.0.1:1', 'http://localhost:2/api', 'http://[::1]:3'], 50],
  ['50', [], 50],
  [undefined, ['http://127.0.0.1:1'], 1],
  ['50', ['http://127.0.0.1:1', 'https://slack.com/api/'], 1],
  ['50', ['http://127.0.0.1.example.com'], 1],
  ['50', ['not a url'], 1],
  ['0', ['http://127.0.0.1:1'], 1],
  ['-5', ['http://127.0.0.1:1'], 1],
  ['1e9', ['http://127.0.0.1:1'], 1],
  ['fast', ['http://127.0.0.1:1'], 1],
])('a time scale of %s against %j is %s', (scale, urls, expected) => {
  expect(timeScale(scale === undefined ? {} : { KUBE_VIGIL_TIME_SCALE: scale }, urls)).toBe(
    expected,
  );
});
