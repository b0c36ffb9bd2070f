import { expect, test } from '@jest/globals';
import { refusalOf } from './claude-rules.ts';

const format = {
  type: 'json_schema',
  schema: { type: 'object', properties: {}, additionalProperties: false },
};
const tool = { name: 'read', input_schema: { type: 'object' } };
const use = { type: 'tool_use', id: 'a', name: 'read', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a', content: 'x' };
const user = { role: 'user', content: 'hello' };
const fine = { model: 'm', max_tokens: 100, messages: [user] };
const paired = [
  user,
  { role: 'assistant', content: [use] },
  { role: 'user', content: [result, { type: 'text', text: 'go' }] },
];

test.each([
  ['the least', fine],
  [
    'a whole one',
    {
      ...fine,
      system: 's',
      tools: [tool],
      messages: paired,
      output_config: { effort: 'low', format },
    },
  ],
])('the stand-in accepts %s', (_, body) => {
  expect(refusalOf(body)).toBeNull();
});

const bad: readonly [string, { readonly [key: string]: unknown }][] = [
  ['an unknown key', { foo: 1 }],
  ['temperature', { temperature: 1 }],
  ['top_p', { top_p: 1 }],
  ['no max_tokens', { max_tokens: undefined }],
  ['no model', { model: '' }],
  ['no messages', { messages: [] }],
  ['an assistant first', { messages: [{ role: 'assistant', content: 'x' }, user] }],
  ['a prefill', { messages: [user, { role: 'assistant', content: 'x' }] }],
  ['an empty text', { messages: [{ role: 'user', content: ' ' }] }],
  ['two users in a row', { messages: [user, user] }],
  ['a tool_use without tools', { messages: paired }],
  ['an unanswered tool_use', { tools: [tool], messages: [...paired.slice(0, 2), user] }],
  ['a stray tool_result', { tools: [tool], messages: [{ role: 'user', content: [result] }] }],
  [
    'text before the result',
    {
      tools: [tool],
      messages: [
        ...paired.slice(0, 2),
        { role: 'user', content: [{ type: 'text', text: 'x' }, result] },
      ],
    },
  ],
  ['a forced tool', { tools: [tool], tool_choice: { type: 'any' } }],
  ['tool_choice without tools', { tool_choice: { type: 'none' } }],
  ['two tools of one name', { tools: [tool, tool] }],
  ['an odd effort', { output_config: { effort: 'lots', format } }],
  ['an open object', { output_config: { format: { ...format, schema: { type: 'object' } } } }],
  [
    'a bound',
    { output_config: { format: { ...format, schema: { type: 'integer', minimum: 0 } } } },
  ],
  [
    'a bound within',
    {
      output_config: {
        format: { ...format, schema: { type: 'array', items: { type: 'string', maxLength: 3 } } },
      },
    },
  ],
];

test.each(bad)('the stand-in refuses %s', (_, change) => {
  expect(refusalOf({ ...fine, ...change })).not.toBeNull();
});
