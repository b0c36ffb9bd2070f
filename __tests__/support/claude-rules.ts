import type { MessageCreateParamsBase } from '@anthropic-ai/sdk/resources/messages';

/** JSON from the wire, with the keys that the rules look at. */
export interface Json {
  readonly [key: string]: unknown;
  readonly type?: unknown;
  readonly role?: unknown;
  readonly content?: unknown;
  readonly text?: unknown;
  readonly id?: unknown;
  readonly input?: unknown;
  readonly name?: unknown;
  readonly tool_use_id?: unknown;
  readonly input_schema?: unknown;
  readonly model?: unknown;
  readonly max_tokens?: unknown;
  readonly messages?: unknown;
  readonly system?: unknown;
  readonly tools?: unknown;
  readonly tool_choice?: unknown;
  readonly output_config?: unknown;
  readonly effort?: unknown;
  readonly format?: unknown;
  readonly schema?: unknown;
  readonly properties?: unknown;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly anyOf?: unknown;
  readonly allOf?: unknown;
  readonly $defs?: unknown;
}

/** Every key the SDK's types have: a type error here means that the API has moved. */
const keys = {
  max_tokens: true,
  messages: true,
  model: true,
  cache_control: true,
  container: true,
  diagnostics: true,
  inference_geo: true,
  metadata: true,
  output_config: true,
  service_tier: true,
  speed: true,
  stop_sequences: true,
  stream: true,
  system: true,
  thinking: true,
  tool_choice: true,
  tools: true,
  user_profile_id: true,
  workspace_id: true,
} satisfies { readonly [K in keyof MessageCreateParamsBase]-?: true };

/** Refused by version 2026-10-21, even at their defaults. */
const gone = ['temperature', 'top_p', 'top_k'];

/** The first reason to refuse a request with 400, as the Messages API would; null: it is accepted. Wording is ours. */
export function refusalOf(body: Json): string | null {
  return (
    topLevel(body) ?? messages(body) ?? tools(body) ?? outputConfig(body.output_config) ?? null
  );
}

function topLevel(body: Json): string | null {
  const old = gone.find((key) => key in body);
  if (old !== undefined) return `${old}: not supported`;
  const extra = Object.keys(body).find((key) => !Object.hasOwn(keys, key));
  if (extra !== undefined) return `${extra}: Extra inputs are not permitted`;
  if (typeof body.model !== 'string' || body.model === '') return 'model: required';
  const most = body.max_tokens;
  if (!Number.isInteger(most) || Number(most) > 128_000) return 'max_tokens: integer required';
  if ('system' in body && !hasText(body.system)) return 'system: text required';
  return null;
}

function messages(body: Json): string | null {
  const turns = listOf(body.messages);
  if (turns.length === 0) return 'messages: required';
  if (turns[0]?.role !== 'user') return 'messages: first must be user';
  if (turns.at(-1)?.role !== 'user') return 'messages: prefill is not supported';
  const wrong = turns.flatMap((turn, index) => {
    if (turn.role !== 'user' && turn.role !== 'assistant') return ['role'];
    if (turn.role === turns[index - 1]?.role) return ['roles must alternate'];
    return blocksOf(turn).flatMap((block) => blockTrouble(block, turn.role, body) ?? []);
  });
  return (
    wrong[0] ?? turns.map((_, index) => pairing(turns, index)).find((each) => each !== null) ?? null
  );
}

function blockTrouble(block: Json, role: unknown, body: Json): string | null {
  switch (block.type) {
    case 'text':
      return hasText(block.text) ? null : 'text: must be non-empty';
    case 'tool_use':
      if (role !== 'assistant') return 'tool_use: only in assistant';
      if (!isObject(block.input)) return 'tool_use.input: object required';
      if (!/^[a-zA-Z0-9_-]+$/.test(String(block.id))) return 'tool_use.id: pattern';
      return listOf(body.tools).length > 0 ? null : 'tool_use: without tools';
    case 'tool_result':
      return role === 'user' ? null : 'tool_result: only in user';
    default:
      return `unknown block ${String(block.type)}`;
  }
}

/** Each tool_use is answered in the next message, results first; no result answers nothing. */
function pairing(turns: readonly Json[], index: number): string | null {
  const asked = blocksOf(turns[index - 1]).filter((block) => block.type === 'tool_use');
  const blocks = blocksOf(turns[index]);
  const results = blocks.filter((block) => block.type === 'tool_result');
  const wanted = asked.map((block) => block.id).sort();
  const got = results.map((block) => block.tool_use_id).sort();
  if (JSON.stringify(wanted) !== JSON.stringify(got)) return 'tool_use and tool_result must pair';
  const first = blocks.slice(0, results.length);
  return first.every((block) => block.type === 'tool_result') ? null : 'tool_result: first';
}

function tools(body: Json): string | null {
  const declared = listOf(body.tools);
  const names = declared.map((tool) => String(tool.name));
  if (new Set(names).size !== names.length) return 'tools: names must be unique';
  if (!names.every((name) => /^[a-zA-Z0-9_-]{1,128}$/.test(name))) return 'tools.name: pattern';
  const inputs = declared.map((tool) => tool.input_schema);
  if (!inputs.every((schema) => isObject(schema) && schema.type === 'object'))
    return 'tools.input_schema.type: object';
  const choice = body.tool_choice;
  if (choice === undefined) return null;
  if (declared.length === 0) return 'tool_choice: without tools';
  const type = isObject(choice) ? choice.type : null;
  return type === 'auto' || type === 'none' ? null : 'tool_choice: forced tools are not supported';
}

function outputConfig(config: unknown): string | null {
  if (config === undefined) return null;
  if (!isObject(config)) return 'output_config: object';
  const extra = Object.keys(config).find((key) => !['effort', 'format'].includes(key));
  if (extra !== undefined) return `output_config.${extra}: Extra inputs are not permitted`;
  const effort = config.effort ?? 'high';
  if (!['low', 'medium', 'high', 'xhigh', 'max'].includes(String(effort))) return 'effort';
  const format = config.format;
  if (!isObject(format) || format.type !== 'json_schema') return 'format.type: json_schema';
  return schemaTrouble(format.schema);
}

const schemaKeys = new Set(
  'type properties required additionalProperties items enum const anyOf allOf $ref $defs default description title format minItems pattern'.split(
    ' ',
  ),
);

/** The subset of JSON Schema that structured output takes. */
function schemaTrouble(schema: unknown): string | null {
  if (!isObject(schema)) return 'schema: object required';
  const extra = Object.keys(schema).find((key) => !schemaKeys.has(key));
  if (extra !== undefined) return `schema: ${extra} is not supported`;
  if (schema.type === 'object' && schema.additionalProperties !== false)
    return 'schema: additionalProperties must be false';
  const inner = [
    ...Object.values(isObject(schema.properties) ? schema.properties : {}),
    ...Object.values(isObject(schema.$defs) ? schema.$defs : {}),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...listOf(schema.anyOf),
    ...listOf(schema.allOf),
  ];
  return inner.map(schemaTrouble).find((each) => each !== null) ?? null;
}

function blocksOf(turn: Json | undefined): readonly Json[] {
  const content = turn?.content;
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
}

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
