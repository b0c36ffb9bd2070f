import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { inputTable, outputTable } from '../../../src/adapters/config/input-table.ts';
import { readInputs, secretsOf } from '../../../src/adapters/config/inputs.ts';
import { slugOf } from '../../../src/adapters/config/slug.ts';

const defaults = {
  kubeconfig: null,
  context: null,
  'cluster-name': null,
  namespaces: [],
  catalog: '.github/kube-vigil.yml',
  'slack-bot-token': null,
  'slack-channel': null,
  'slack-webhook-url': null,
  'webhook-url': null,
  'webhook-secret': null,
  'pagerduty-routing-key': null,
  'anthropic-api-key': null,
  model: 'claude-sonnet-5-5',
  'github-token': null,
  'state-store': 'branch',
  'state-branch': 'kube-vigil-state',
  'state-file': null,
  'heartbeat-url': null,
  'artifact-retention-days': 14,
  snapshot: 'changes',
  'fail-on': 'failed-cycle',
  'dry-run': false,
  'test-alert': false,
  'allow-public-repository': false,
};

test('absent inputs mean their defaults', () => {
  expect(readInputs({})).toEqual(defaults);
});

test('empty and blank inputs mean their defaults too', () => {
  const names = Object.keys(inputTable).map((name) => `INPUT_${name.toUpperCase()}`);
  expect(readInputs(Object.fromEntries(names.map((name) => [name, ' \n'])))).toEqual(defaults);
});

test('every input as given', () => {
  const env = {
    INPUT_KUBECONFIG: 'apiVersion: v1\nkind: Config\n',
    INPUT_CONTEXT: 'prod',
    'INPUT_CLUSTER-NAME': 'Prod EU',
    INPUT_NAMESPACES: 'shop, !kube-system\npay',
    INPUT_CATALOG: 'ops/catalog.yml',
    'INPUT_SLACK-BOT-TOKEN': 'xoxb-1',
    'INPUT_SLACK-CHANNEL': 'C0123ABCD',
    'INPUT_SLACK-WEBHOOK-URL': 'https://hooks.slack.com/services/T/B/x',
    'INPUT_WEBHOOK-URL': 'https://hooks.example/x',
    'INPUT_WEBHOOK-SECRET': 'webhook-secret-1',
    'INPUT_PAGERDUTY-ROUTING-KEY': 'a'.repeat(32),
    'INPUT_ANTHROPIC-API-KEY': 'sk-ant-1',
    INPUT_MODEL: 'claude-haiku-5-5',
    'INPUT_GITHUB-TOKEN': 'ghs_1',
    'INPUT_STATE-STORE': 'file',
    'INPUT_STATE-BRANCH': 'ops/state',
    'INPUT_STATE-FILE': '/data/state.json',
    'INPUT_HEARTBEAT-URL': 'https://hc.example/uuid-1',
    'INPUT_ARTIFACT-RETENTION-DAYS': '90',
    INPUT_SNAPSHOT: 'never',
    'INPUT_FAIL-ON': 'SEV-1',
    'INPUT_DRY-RUN': 'True',
    'INPUT_TEST-ALERT': 'true',
    'INPUT_ALLOW-PUBLIC-REPOSITORY': 'TRUE',
  };
  expect(readInputs(env)).toEqual({
    kubeconfig: 'apiVersion: v1\nkind: Config',
    context: 'prod',
    'cluster-name': 'prod-eu',
    namespaces: ['shop', '!kube-system', 'pay'],
    catalog: 'ops/catalog.yml',
    'slack-bot-token': 'xoxb-1',
    'slack-channel': 'C0123ABCD',
    'slack-webhook-url': 'https://hooks.slack.com/services/T/B/x',
    'webhook-url': 'https://hooks.example/x',
    'webhook-secret': 'webhook-secret-1',
    'pagerduty-routing-key': 'a'.repeat(32),
    'anthropic-api-key': 'sk-ant-1',
    model: 'claude-haiku-5-5',
    'github-token': 'ghs_1',
    'state-store': 'file',
    'state-branch': 'ops/state',
    'state-file': '/data/state.json',
    'heartbeat-url': 'https://hc.example/uuid-1',
    'artifact-retention-days': 90,
    snapshot: 'never',
    'fail-on': 'SEV-1',
    'dry-run': true,
    'test-alert': true,
    'allow-public-repository': true,
  });
  expect(secretsOf(env)).toEqual([
    'xoxb-1',
    'https://hooks.slack.com/services/T/B/x',
    'https://hooks.example/x',
    'webhook-secret-1',
    'a'.repeat(32),
    'sk-ant-1',
    'ghs_1',
    'https://hc.example/uuid-1',
  ]);
});

/** Input, value, the only problem. */
const wrong: readonly [string, string, string][] = [
  ['DRY-RUN', 'yes', 'input dry-run: expected true or false, got "yes"'],
  [
    'ARTIFACT-RETENTION-DAYS',
    '0',
    'input artifact-retention-days: expected a whole number from 1 to 400, got "0"',
  ],
  [
    'ARTIFACT-RETENTION-DAYS',
    '1.5',
    'input artifact-retention-days: expected a whole number from 1 to 400, got "1.5"',
  ],
  [
    'HEARTBEAT-URL',
    'http://hc.example/uuid-1',
    'input heartbeat-url: expected the https URL of a check',
  ],
  [
    'SLACK-WEBHOOK-URL',
    'http://hooks.slack.com/services/T/B/x',
    'input slack-webhook-url: expected the https URL of an incoming Slack webhook',
  ],
  [
    'WEBHOOK-URL',
    'https://hooks.example/x',
    'input webhook-secret: is missing; what a webhook gets is signed, so give both or neither',
  ],
  [
    'WEBHOOK-SECRET',
    'Secret',
    'input webhook-url: is missing; what a webhook gets is signed, so give both or neither',
  ],
  [
    'PAGERDUTY-ROUTING-KEY',
    'R0123',
    'input pagerduty-routing-key: expected the 32 characters of an integration key of Events API v2',
  ],
  ['HEARTBEAT-URL', 'uuid-1', 'input heartbeat-url: expected the https URL of a check'],
  [
    'HEARTBEAT-URL',
    'https://user:pass@hc.example/uuid-1',
    'input heartbeat-url: expected the https URL of a check, without user and password',
  ],
  ['STATE-STORE', 'gist', 'input state-store: expected branch, cache or file, got "gist"'],
  [
    'FAIL-ON',
    'sev-1',
    'input fail-on: expected never, failed-cycle, degraded, undelivered, SEV-1 or SEV-2, got "sev-1"',
  ],
  ['SNAPSHOT', 'on', 'input snapshot: expected changes, always or never, got "on"'],
  [
    'STATE-STORE',
    'file',
    'input state-file: is missing; state-store file needs the path of a file',
  ],
  [
    'STATE-FILE',
    's.json',
    'input state-file: is set, but state-store is branch; set state-store to file',
  ],
  ['STATE-BRANCH', 'a..b', 'input state-branch: expected a branch name, got "a..b"'],
  [
    'STATE-BRANCH',
    '--upload-pack',
    'input state-branch: expected a branch name, got "--upload-pack"',
  ],
  [
    'MODEL',
    'Claude Sonnet',
    'input model: expected a model such as claude-sonnet-5-5, got "Claude Sonnet"',
  ],
  [
    'NAMESPACES',
    'shop, *',
    'input namespaces: expected namespaces such as shop or !kube-system, got "shop, *"',
  ],
  [
    'SLACK-CHANNEL',
    'C0123ABCD',
    'input slack-bot-token: is missing, but slack-channel is set; give both or neither',
  ],
  [
    'ANTHROPIC-API-KEY',
    'sk-ant\nhunter2',
    'input anthropic-api-key: holds a blank or a line break; paste it again',
  ],
];

test.each(wrong)('input %s of %j is refused', (name, value, message) => {
  expect(() => readInputs({ [`INPUT_${name}`]: value })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message }),
  );
});

test('every problem at once, and no secret in it', () => {
  const env = {
    'INPUT_SLACK-BOT-TOKEN': 'xoxb hunter2',
    'INPUT_DRY-RUN': 'no',
    'INPUT_FAIL-ON': 'always',
  };
  expect(() => readInputs(env)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^(?!.*hunter2)input slack-bot-token: .*; input fail-on: .*; input dry-run: .*; input slack-channel: /,
      ),
    }),
  );
});

test('action.yml has the inputs and outputs of the table', () => {
  const file = new URL('../../../action.yml', import.meta.url);
  const action = parse(readFileSync(file, 'utf8'));
  expect(action.inputs).toEqual(
    Object.fromEntries(
      Object.entries(inputTable).map(([name, row]) => [
        name,
        { description: row.description, required: false, default: row.default },
      ]),
    ),
  );
  expect(action.outputs).toEqual(
    Object.fromEntries(
      Object.entries(outputTable).map(([name, description]) => [name, { description }]),
    ),
  );
  expect(action.runs).toEqual({
    using: 'node24',
    main: 'dist/main.js',
    post: 'dist/post.js',
    'post-if': 'always()',
  });
});

test.each([
  ['prod', 'prod'],
  ['Prod EU', 'prod-eu'],
  [
    'arn:aws:eks:eu-west-1:123456789012:cluster/prod',
    'arn-aws-eks-eu-west-1-123456789012-cluster-prod',
  ],
  ['gke_shop_europe-west1_prod', 'gke-shop-europe-west1-prod'],
  ['Zürich', 'zurich'],
  ['../../etc/passwd', 'etc-passwd'],
])('slug of %s is %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test('a slug is a slug, of itself too, and names that differ beyond its length keep apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(slugOf(name)).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
      expect(slugOf(slugOf(name))).toBe(slugOf(name));
    }),
  );
  const long = 'a'.repeat(80);
  expect(slugOf(`${long}-blue`)).not.toBe(slugOf(`${long}-green`));
  expect(slugOf('продукция')).not.toBe(slugOf('тест'));
});
