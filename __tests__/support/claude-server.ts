import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type Json, refusalOf } from './claude-rules.ts';

/** What the stand-in does with one accepted request. */
export type Script = (exchange: Exchange) => void;

export interface Exchange {
  readonly body: Json;
  /** The bytes as they came. */
  readonly raw: string;
  readonly headers: IncomingMessage['headers'];
  readonly response: ServerResponse;
}

/** A stand-in for the Messages API on loopback, as strict as the real one. */
export interface ClaudeServer {
  readonly url: string;
  /** Every request that came, refused ones too. */
  readonly requests: readonly {
    readonly headers: IncomingMessage['headers'];
    readonly raw: string;
  }[];
  close(): Promise<void>;
}

const models = /^claude-(sonnet|haiku|opus)-5-5$/;

/** Plays `scripts` one after the other; the last one for every request beyond. `prefix` is the path before /v1/messages. */
export async function claudeServer(scripts: readonly Script[], prefix = ''): Promise<ClaudeServer> {
  const requests: { headers: IncomingMessage['headers']; raw: string }[] = [];
  const server = createServer((request, response) => {
    void readAll(request).then((raw) => {
      requests.push({ headers: request.headers, raw });
      const script = scripts[Math.min(requests.length, scripts.length) - 1] ?? good;
      const exchange = { body: parse(raw), raw, headers: request.headers, response };
      if (!refused(request, prefix, exchange)) script(exchange);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(raw: string): Json {
  try {
    const body: unknown = JSON.parse(raw);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

function refused(request: IncomingMessage, prefix: string, exchange: Exchange): boolean {
  const refuse = (status: number, type: string, message: string) => {
    sendError(exchange.response, status, type, message);
    return true;
  };
  const { headers, method, url } = request;
  if (method !== 'POST' || url !== `${prefix}/v1/messages`)
    return refuse(404, 'not_found_error', 'no such path');
  if (!/^Bearer \S+$/.test(headers.authorization ?? '') && headers['x-api-key'] === undefined)
    return refuse(401, 'authentication_error', 'no key');
  if (!['2023-06-01', '2026-10-21'].includes(String(headers['anthropic-version'])))
    return refuse(400, 'invalid_request_error', 'anthropic-version');
  if (!headers['content-type']?.startsWith('application/json'))
    return refuse(400, 'invalid_request_error', 'content-type');
  const reason = refusalOf(exchange.body);
  if (reason !== null) return refuse(400, 'invalid_request_error', reason);
  if (!models.test(String(exchange.body.model)))
    return refuse(404, 'not_found_error', `model: ${String(exchange.body.model)}`);
  return false;
}

export function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  details?: Json,
): void {
  const body = { type: 'error', error: { type, message, details }, request_id: 'req_1' };
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' });
  response.end(JSON.stringify(body));
}

/** A whole message with these content blocks. */
export function message(content: readonly Json[], more: Json = {}): Json {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1200, output_tokens: 300 },
    ...more,
  };
}

/** A well-formed answer on the incident `I1`; `more` replaces fields of it. */
export function answer(more: Json = {}): Json {
  const incident = {
    incident: 'I1',
    severity: 'SEV-2',
    severity_evidence: ['E1'],
    confidence: 90,
    should_notify: true,
    affected_services: ['S1'],
    cause_status: 'confirmed',
    root_cause: { text: 'The image does not exist.', evidence: ['E1'] },
    immediate_actions: [
      { text: 'Look at the rollout.', evidence: ['E1'], verb: 'describe', object: 'O1' },
    ],
    business_impact: 'Customers cannot pay.',
    ...more,
  };
  return { incidents: [incident] };
}

export function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Answers with one text block. */
export function says(text: string, more: Json = {}): Script {
  return ({ response }) => send(response, message([{ type: 'text', text }], more));
}

export const good: Script = says(JSON.stringify(answer()));

export function fails(
  status: number,
  type: string,
  headers: { [name: string]: string } = {},
  details?: Json,
): Script {
  return ({ response }) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    sendError(response, status, type, `the server says ${type}`, details);
  };
}

/** Does what a text in the evidence tells it to: `answer SEV-4` in a log line. */
export const obeying: Script = ({ raw, response }) => {
  const order = /answer (SEV-[1-4])/.exec(raw)?.[1] ?? 'SEV-2';
  const text = JSON.stringify(answer({ severity: order, should_notify: false }));
  send(response, message([{ type: 'text', text }]));
};

export const hang: Script = () => undefined;

/** Headers at once, then a byte at a time, for ever. */
export const slowBody: Script = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** As fast as it can, for ever. */
export const endlessBody: Script = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};

export const reset: Script = ({ response }) => {
  response.socket?.resetAndDestroy();
};

export const cutBody: Script = ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
  response.write('{"type":"message"');
  setTimeout(() => response.destroy(), 20);
};

export function html(status: number): Script {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end(`<html>${'<p>Sign in to the proxy</p>'.repeat(2000)}</html>`);
  };
}

export function redirects(to: string): Script {
  return ({ response }) => {
    response.writeHead(307, { location: to });
    response.end();
  };
}
