import { afterEach, expect, test } from '@jest/globals';
import { claudeAssessor } from '../../../src/adapters/claude/assessor.ts';
import { sdkEnvironment } from '../../../src/adapters/claude/credentials.ts';
import { Failure } from '../../../src/core/model/failure.ts';
import { type Limits, limits, scaled } from '../../../src/core/model/limits.ts';
import {
  answer,
  type ClaudeServer,
  claudeServer,
  cutBody,
  fails,
  good,
  message,
  obeying,
  redirects,
  reset,
  type Script,
  says,
  send,
  sendError,
} from '../../support/claude-server.ts';
import { question, secretText } from './question.ts';
import { raw, troubles } from './trouble.cases.ts';

const key = 'sk-ant-api03-SECRETSECRETSECRET';
/** Short where a server hangs, long where it answers: a busy machine must not turn an answer into a timeout. */
const patience = { short: scaled(limits, 60), long: scaled(limits, 6) };

const open: ClaudeServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(scripts: readonly Script[], prefix?: string): Promise<ClaudeServer> {
  const server = await claudeServer(scripts, prefix);
  open.push(server);
  return server;
}

async function ask(server: ClaudeServer, model = 'claude-sonnet-5-5', table = patience.long) {
  const clock = { now: () => Date.now() };
  const assessor = claudeAssessor({ key, baseUrl: server.url, model, limits: table, clock });
  return assessor.ask(question);
}

/** The failure of one question, and how many requests it took. */
async function trouble(scripts: readonly Script[], model?: string, table?: Limits) {
  const server = await serve(scripts);
  const failure: unknown = await ask(server, model, table).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof Failure)) throw new Error(`expected a Failure, got ${String(failure)}`);
  return { failure, calls: server.requests.length };
}

function thinks(text: string): Script {
  const thinking = { type: 'thinking', thinking: '', signature: 'abc' };
  return ({ response }) => send(response, message([thinking, { type: 'text', text }]));
}

const answers: readonly [string, readonly Script[], object, number][] = [
  ['good', [good], answer(), 1],
  ['thinking first', [thinks(JSON.stringify(answer()))], answer(), 1],
  ['nothing to say', [says('{"incidents":[]}')], { incidents: [] }, 1],
  [
    'severity in another case',
    [says(JSON.stringify(answer({ severity: 'sev-1' })))],
    answer({ severity: 'sev-1' }),
    1,
  ],
  ['obeying the log', [obeying], answer({ severity: 'SEV-4', should_notify: false }), 1],
  ['529 once', [fails(529, 'overloaded_error'), good], answer(), 2],
  ['500 once', [fails(500, 'api_error'), good], answer(), 2],
  [
    '429 with a short retry-after',
    [fails(429, 'rate_limit_error', { 'retry-after': '0' }), good],
    answer(),
    2,
  ],
  ['reset once', [reset, good], answer(), 2],
  ['cut body once', [cutBody, good], answer(), 2],
  ['bad JSON once', [raw('{"type":'), good], answer(), 2],
  [
    'no stop details',
    [says(JSON.stringify(answer()), { stop_details: 'odd', usage: null })],
    answer(),
    1,
  ],
];

test.each(answers)('answer: %s', async (_, scripts, expected, calls) => {
  const server = await serve(scripts);
  expect(await ask(server)).toEqual(expected);
  expect(server.requests).toHaveLength(calls);
});

test.each(troubles)('trouble: %s', async (_, scripts, says, mend, calls) => {
  const table = says.startsWith('no answer') ? patience.short : patience.long;
  const { failure, calls: made } = await trouble(scripts, undefined, table);
  expect(failure.code).toBe('CLAUDE_UNUSABLE');
  expect(failure.message).toContain(says);
  expect(failure.message).not.toMatch(/[\r\n]/);
  expect(failure.message.length).toBeLessThanOrEqual(300);
  if (mend === '') expect(failure.hint).toBe('');
  else expect(failure.hint).toMatch(new RegExp(`^Configuration error: .*${mend}`));
  expect(made).toBe(calls);
});

test('an unknown model is named with the place to mend it', async () => {
  const { failure } = await trouble([good], 'claude-sonnet-9');
  expect(failure.message).toContain('knows no model claude-sonnet-9');
});

test('nothing listens', async () => {
  const server = await claudeServer([good]);
  await server.close();
  await expect(ask(server)).rejects.toThrow('(ECONNREFUSED)');
});

test('a redirect is not followed: the other server receives no byte', async () => {
  const other = await serve([good]);
  const { failure, calls } = await trouble([redirects(`${other.url}/v1/messages`)]);
  expect(failure.message).toContain('sent the question elsewhere');
  expect(failure.hint).toContain('ANTHROPIC_BASE_URL');
  expect([calls, other.requests.length]).toEqual([1, 0]);
});

const echoes: readonly [string, string][] = [
  ['the key', `your key ${key} is odd`],
  ['a part of the key', `your key ${key.slice(4, 24)}… is odd`],
  ['the evidence', `unexpected ${secretText} at 1`],
  ['the instructions', `bad: ${question.system}`],
];

test.each(echoes)('a refusal that repeats %s is not quoted', async (_, text) => {
  const { failure } = await trouble([
    ({ response }) => sendError(response, 400, 'invalid_request_error', text),
  ]);
  expect(failure.message).toBe('Claude refused the request (HTTP 400, invalid_request_error)');
});

test("a refusal's own words are one short plain line", async () => {
  const words = `schema is odd\n::error::\u202e${'<b>'.repeat(20_000)}`;
  const { failure } = await trouble([
    ({ response }) => sendError(response, 400, 'invalid_request_error', words),
  ]);
  expect(failure.message).toContain(': schema is odd ::error:: <b>');
  expect(failure.message).not.toMatch(/[\n\u202e]/);
  expect(failure.message.length).toBeLessThanOrEqual(300);
});

test('the request: evidence as data of a tool, no knob that current models refuse', async () => {
  const server = await serve([good], '/gateway');
  await ask(server);
  const [request] = server.requests;
  const body = JSON.parse(request?.raw ?? '');
  expect(request?.headers.authorization).toBe(`Bearer ${key}`);
  expect(Object.keys(body).sort()).toEqual(
    ['max_tokens', 'messages', 'model', 'output_config', 'system', 'tool_choice', 'tools'].sort(),
  );
  expect(body.output_config).toEqual({
    effort: 'low',
    format: { type: 'json_schema', schema: question.schema },
  });
  expect(body.messages[2].content[0]).toMatchObject({
    type: 'tool_result',
    content: question.evidence,
  });
});

test('with every variable of the SDK set to something hostile, the wire holds our key and headers only', async () => {
  const elsewhere = await serve([good]);
  const server = await serve([good]);
  const before = { ...process.env };
  for (const name of sdkEnvironment) process.env[name] = 'sk-evil';
  Object.assign(process.env, {
    ANTHROPIC_BASE_URL: elsewhere.url,
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_CUSTOM_HEADERS: 'Authorization: Bearer sk-evil',
    ANTHROPIC_OPEN_TELEMETRY: 'true',
  });
  try {
    await ask(server);
  } finally {
    for (const name of sdkEnvironment) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  expect(elsewhere.requests).toHaveLength(0);
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  expect(JSON.stringify(server.requests)).not.toContain('sk-evil');
});
