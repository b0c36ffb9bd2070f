import {
  answer,
  cutBody,
  endlessBody,
  fails,
  hang,
  html,
  message,
  reset,
  type Script,
  says,
  send,
  slowBody,
} from '../../support/claude-server.ts';

export function raw(body: string, type = 'application/json', status = 200): Script {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };
}

/** Name, scripts, what the sentence says, what must be mended ('' nothing), calls. */
export const troubles: readonly [string, readonly Script[], string, string, number][] = [
  [
    '401',
    [fails(401, 'authentication_error')],
    'refused the key (HTTP 401, authentication_error)',
    'anthropic-api-key',
    1,
  ],
  ['402', [fails(402, 'billing_error')], 'billing (HTTP 402', 'billing', 1],
  [
    '403',
    [fails(403, 'permission_error')],
    'does not let this key ask claude-sonnet-5-5',
    'anthropic-api-key',
    1,
  ],
  [
    '404',
    [fails(404, 'not_found_error')],
    'knows no model claude-sonnet-5-5',
    'check the model',
    1,
  ],
  ['413', [fails(413, 'request_too_large')], 'evidence too large', '', 1],
  [
    '400',
    [fails(400, 'invalid_request_error')],
    '(HTTP 400, invalid_request_error): the server says',
    '',
    1,
  ],
  ['400 as HTML', [html(400)], 'refused the request (HTTP 400)', '', 1],
  [
    '429 that wants an hour',
    [fails(429, 'rate_limit_error', { 'retry-after': '3600' })],
    'asked too often',
    '',
    1,
  ],
  [
    '429 until next year',
    [fails(429, 'rate_limit_error', { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' })],
    'asked too often',
    '',
    1,
  ],
  ['429 twice', [fails(429, 'rate_limit_error')], 'asked too often', '', 2],
  [
    '429, budget spent',
    [fails(429, 'rate_limit_error', {}, { error_code: 'enforced_spend_limit_reached' })],
    'budget for Claude is used up',
    'spending limit',
    1,
  ],
  ['500 always', [fails(500, 'api_error')], 'out of order or overloaded (HTTP 500', '', 2],
  [
    '500 that asks not to retry',
    [fails(500, 'api_error', { 'x-should-retry': 'false' })],
    'HTTP 500',
    '',
    1,
  ],
  ['529 always', [fails(529, 'overloaded_error')], 'HTTP 529', '', 2],
  ['502 as HTML', [html(502)], 'HTTP 502', '', 2],
  ['HTML with 200', [html(200)], 'not the Messages API', 'ANTHROPIC_BASE_URL', 1],
  ['empty 200', [raw('')], 'not the Messages API', 'ANTHROPIC_BASE_URL', 2],
  ['204', [raw('', 'application/json', 204)], 'not the Messages API', 'ANTHROPIC_BASE_URL', 1],
  ['null', [raw('null')], 'not the Messages API', 'ANTHROPIC_BASE_URL', 1],
  ['another API', [raw('{"choices":[]}')], 'not the Messages API', 'ANTHROPIC_BASE_URL', 1],
  ['bad JSON always', [raw('{"type":')], 'not the Messages API', 'ANTHROPIC_BASE_URL', 2],
  [
    'refusal, empty',
    [
      ({ response }) =>
        send(
          response,
          message([], {
            stop_reason: 'refusal',
            stop_details: { type: 'refusal', category: 'cyber' },
          }),
        ),
    ],
    'refused to answer (cyber)',
    '',
    1,
  ],
  [
    'refusal with text',
    [says('I cannot', { stop_reason: 'refusal' })],
    'refused to answer (not said why)',
    '',
    1,
  ],
  ['truncated', [says('{"incidents":[', { stop_reason: 'max_tokens' })], 'truncated', '', 1],
  ['pause', [says('{}', { stop_reason: 'pause_turn' })], 'unexpected reason (pause_turn)', '', 1],
  [
    'a new stop reason',
    [says('{}', { stop_reason: 'Odd!\u202e' })],
    'unexpected reason (not said why)',
    '',
    1,
  ],
  [
    'wants a tool',
    [
      ({ response }) =>
        send(
          response,
          message([{ type: 'tool_use', id: 'a', name: 'read_evidence', input: {} }], {
            stop_reason: 'tool_use',
          }),
        ),
    ],
    'unexpected reason (tool_use)',
    '',
    1,
  ],
  ['prose', [says('All is well.')], 'is not JSON', '', 1],
  ['fenced', [says(`\`\`\`json\n${JSON.stringify(answer())}\n\`\`\``)], 'is not JSON', '', 1],
  [
    'two texts',
    [
      ({ response }) =>
        send(
          response,
          message([
            { type: 'text', text: '{}' },
            { type: 'text', text: '{}' },
          ]),
        ),
    ],
    '2 texts',
    '',
    1,
  ],
  ['an array', [says('[]')], 'the agreed shape (the whole: invalid_type)', '', 1],
  [
    'an extra key',
    [says(JSON.stringify({ ...answer(), admin: true }))],
    'the agreed shape (the whole: unrecognized_keys)',
    '',
    1,
  ],
  [
    'null fields',
    [says(JSON.stringify(answer({ root_cause: null })))],
    '(incidents.0.root_cause: invalid_type)',
    '',
    1,
  ],
  [
    'a 100 KB text',
    [says(JSON.stringify(answer({ business_impact: 'x'.repeat(100_000) })))],
    '(incidents.0.business_impact: too_big)',
    '',
    1,
  ],
  ['hang', [hang], 'no answer within 1 s', '', 1],
  ['slow body', [slowBody], 'no answer within 1 s', '', 1],
  ['endless body', [endlessBody], 'far too long', '', 1],
  ['hang after 500', [fails(500, 'api_error'), hang], 'no answer within 1 s', '', 2],
  ['reset always', [reset], 'cannot be reached at 127.0.0.1', '', 2],
  ['cut body always', [cutBody], 'cannot be reached at 127.0.0.1', '', 2],
];
