import { isLoopback } from '../../core/model/loopback.ts';
import { defaultModel, type InputRow, inputTable } from './input-table.ts';
import { either, failureOf, show } from './problems.ts';
import { slugOf } from './slug.ts';

type Value<Row extends InputRow> = Row extends { kind: 'boolean' }
  ? boolean
  : Row extends { kind: 'number' }
    ? number
    : Row extends { kind: 'list' }
      ? readonly string[]
      : Row extends { kind: 'choice'; choices: readonly (infer Choice)[] }
        ? Choice
        : Row extends { kind: 'secret' } | { default: '' }
          ? string | null
          : string;

/** Every input by its own name; text and secrets that were not given and have no default are null. `cluster-name` is a slug. */
export type Inputs = {
  readonly [Name in keyof typeof inputTable]: Value<(typeof inputTable)[Name]>;
};

type Environment = { readonly [name: string]: string | undefined };

/** A model's id, as far as we look at it. */
export const modelPattern = /^[a-z0-9][a-z0-9.:@/_-]{1,80}$/;

/** PagerDuty's integration keys. */
export const routingKeyPattern = /^[A-Za-z0-9]{32}$/;

/** The action's inputs from INPUT_*. Throws Failure CONFIG_INVALID with every problem at once; no secret is in it. */
export function readInputs(env: Environment): Inputs {
  const problems: string[] = [];
  const rows: [string, InputRow][] = Object.entries(inputTable);
  const values = rows.map(([name, row]) => {
    const text = given(env, name) ?? defaultOf(row);
    return [name, read(name, row, text, problems)] as const;
  });
  const inputs = Object.fromEntries(values) as unknown as Inputs;
  problems.push(...contradictions(inputs));
  if (problems.length > 0) throw failureOf('CONFIG_INVALID', problems);
  const cluster = inputs['cluster-name'];
  return { ...inputs, 'cluster-name': cluster === null ? null : slugOf(cluster) };
}

/** What must be masked before anything is logged, right or wrong; a kubeconfig's own secrets are in no input's value as such. */
export function secretsOf(env: Environment): string[] {
  return Object.entries(inputTable).flatMap(([name, row]) => {
    const secret = row.kind === 'secret' ? given(env, name) : undefined;
    return secret === undefined ? [] : [secret];
  });
}

/** The runner's way of naming it: upper case, blanks become `_`, dashes stay. Blank counts as absent. */
function given(env: Environment, name: string): string | undefined {
  const text = env[`INPUT_${name.toUpperCase().replaceAll(' ', '_')}`]?.trim();
  return text === '' ? undefined : text;
}

/** A default in GitHub's own syntax is filled in by GitHub, and is nothing elsewhere. */
function defaultOf(row: InputRow): string {
  return row.default.startsWith('${{') ? '' : row.default;
}

function read(name: string, row: InputRow, text: string, problems: string[]): unknown {
  const expect = (expected: string, value: unknown, fine: boolean) => {
    if (!fine) problems.push(`input ${name}: expected ${expected}, got ${show(text)}`);
    return value;
  };
  switch (row.kind) {
    case 'boolean':
      return expect('true or false', isTrue(text), /^(true|false)$/i.test(text));
    case 'number':
      return expect('a whole number from 1 to 400', Number(text), isDays(text));
    case 'choice':
      return expect(either(row.choices ?? []), text, row.choices?.includes(text) ?? false);
    case 'list':
      return expect('namespaces such as shop or !kube-system', ...toList(text));
    case 'secret':
      if (/\s/.test(text))
        problems.push(`input ${name}: holds a blank or a line break; paste it again`);
      return text === '' ? null : text;
    case 'text':
      return text === '' ? null : text;
  }
}

function isTrue(text: string): boolean {
  return text.toLowerCase() === 'true';
}

function isDays(text: string): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 400;
}

function toList(text: string): [readonly string[], boolean] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  return [names, names.every((name) => /^!?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))];
}

/** What each input may hold by itself and not with the others. */
function contradictions(inputs: Inputs): string[] {
  const problems: string[] = [];
  const slack = { token: inputs['slack-bot-token'], channel: inputs['slack-channel'] };
  if (slack.token !== null && slack.channel === null)
    problems.push(
      'input slack-channel: is missing, but slack-bot-token is set; give both or neither',
    );
  if (slack.token === null && slack.channel !== null)
    problems.push(
      'input slack-bot-token: is missing, but slack-channel is set; give both or neither',
    );
  if (inputs['state-store'] === 'file' && inputs['state-file'] === null)
    problems.push('input state-file: is missing; state-store file needs the path of a file');
  if (inputs['state-store'] !== 'file' && inputs['state-file'] !== null)
    problems.push(
      `input state-file: is set, but state-store is ${inputs['state-store']}; set state-store to file`,
    );
  if (!isBranch(inputs['state-branch']))
    problems.push(
      `input state-branch: expected a branch name, got ${show(inputs['state-branch'])}`,
    );
  problems.push(...badWays(inputs));
  if (!modelPattern.test(inputs.model))
    problems.push(
      `input model: expected a model such as ${defaultModel}, got ${show(inputs.model)}`,
    );
  return problems;
}

/** What the inputs for further ways out lack. All of them are secrets, so none is shown. */
function badWays(inputs: Inputs): string[] {
  const problems: string[] = [];
  const urls = {
    'heartbeat-url': 'the https URL of a check',
    'slack-webhook-url': 'the https URL of an incoming Slack webhook',
    'webhook-url': 'an https URL',
  } as const;
  for (const name of ['heartbeat-url', 'slack-webhook-url', 'webhook-url'] as const) {
    const url = inputs[name];
    const plain = url?.includes('@') === true ? ', without user and password' : '';
    if (url !== null && !isSafeUrl(url))
      problems.push(`input ${name}: expected ${urls[name]}${plain}`);
  }
  const { 'webhook-url': url, 'webhook-secret': secret } = inputs;
  if ((url === null) !== (secret === null))
    problems.push(
      `input ${url === null ? 'webhook-url' : 'webhook-secret'}: is missing; what a webhook gets is signed, so give both or neither`,
    );
  const key = inputs['pagerduty-routing-key'];
  if (key !== null && !routingKeyPattern.test(key))
    problems.push(
      'input pagerduty-routing-key: expected the 32 characters of an integration key of Events API v2',
    );
  return problems;
}

/** What is sent there is seen by nobody else. `fetch` refuses a URL with user and password. */
export function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** Git's rules for a branch name, a little narrower. */
function isBranch(name: string): boolean {
  return (
    /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(name) && !/\.\.|\/\/|[./]$|\.lock($|\/)/.test(name)
  );
}
