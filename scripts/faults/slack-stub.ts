import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as Slack keeps it. */
export interface Message {
  readonly ts: string;
  readonly user: string;
  readonly bot_id?: string;
  readonly thread_ts?: string;
  text: string;
  blocks: string;
  attachments: string;
  readonly metadata?: {
    readonly event_type: string;
    readonly event_payload: { readonly [name: string]: unknown };
  };
  /** How often it was edited. */
  edits: number;
}

/** One Slack channel on loopback: what the action calls, with threads and metadata. */
export interface SlackStub {
  readonly url: string;
  readonly channel: string;
  /** Everything that stands in the channel and its threads, oldest first. */
  messages: Message[];
  /** Whether the app may read what is written; else `missing_scope`. */
  mayRead: boolean;
  close(): Promise<void>;
}

const ours = 'U0VIGIL';

/** `now` (ms) gives messages their time. */
export async function slackStub(now: () => number): Promise<SlackStub> {
  let number = 0;
  const stub: SlackStub = {
    url: '',
    channel: 'C0ALERTS',
    messages: [],
    mayRead: true,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  function nextTs(): string {
    number += 1;
    return `${Math.floor(now() / 1000)}.${String(number).padStart(6, '0')}`;
  }
  const server = createServer((request, response) => {
    readForm(request).then(
      (form) => {
        const method = (request.url ?? '').replace(/^.*\//, '');
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer(stub, method, form, nextTs)));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(stub, { url: `http://127.0.0.1:${port}` });
}

function answer(
  stub: SlackStub,
  method: string,
  form: URLSearchParams,
  nextTs: () => string,
): object {
  const channel = form.get('channel') ?? '';
  if (method === 'auth.test') return { ok: true, user_id: ours, bot_id: 'B0VIGIL' };
  if (channel !== stub.channel) return refused('channel_not_found');
  switch (method) {
    case 'chat.postMessage':
      return post(stub, form, nextTs());
    case 'chat.update':
      return update(stub, form);
    case 'conversations.history':
      return stub.mayRead ? history(stub, form) : refused('missing_scope');
    case 'conversations.replies':
      return stub.mayRead ? replies(stub, form) : refused('missing_scope');
    case 'reactions.get':
      return { ok: true, type: 'message', message: find(stub, form.get('timestamp')) };
    default:
      return refused('unknown_method');
  }
}

function post(stub: SlackStub, form: URLSearchParams, ts: string): object {
  const root = find(stub, form.get('thread_ts'));
  const metadata = form.get('metadata');
  const message: Message = {
    ts,
    user: ours,
    bot_id: 'B0VIGIL',
    ...contentOf(form),
    ...(root === undefined ? {} : { thread_ts: root.ts }),
    ...(metadata === null ? {} : { metadata: JSON.parse(metadata) }),
    edits: 0,
  };
  stub.messages.push(message);
  return { ok: true, channel: stub.channel, ts, message };
}

function update(stub: SlackStub, form: URLSearchParams): object {
  const message = find(stub, form.get('ts'));
  if (message === undefined) return refused('message_not_found');
  Object.assign(message, contentOf(form), { edits: message.edits + 1 });
  return { ok: true, channel: stub.channel, ts: message.ts, message };
}

function contentOf(form: URLSearchParams): Pick<Message, 'text' | 'blocks' | 'attachments'> {
  const text = form.get('text') ?? '';
  return {
    text,
    blocks: form.get('blocks') ?? '[]',
    attachments: form.get('attachments') ?? '[]',
  };
}

function history(stub: SlackStub, form: URLSearchParams): object {
  return page(
    stub,
    stub.messages.filter(({ thread_ts: thread }) => thread === undefined),
    form,
  );
}

function replies(stub: SlackStub, form: URLSearchParams): object {
  const ts = form.get('ts');
  if (find(stub, ts) === undefined) return refused('thread_not_found');
  return page(
    stub,
    stub.messages.filter((message) => message.ts === ts || message.thread_ts === ts),
    form,
  );
}

function page(stub: SlackStub, messages: readonly Message[], form: URLSearchParams): object {
  const oldest = Number(form.get('oldest') ?? 0);
  const withMetadata = form.get('include_all_metadata') === 'true';
  const found = messages
    .filter(({ ts }) => Number(ts) >= oldest || ts === form.get('ts'))
    .map(({ metadata, ...message }) => ({
      ...message,
      ...repliesTo(stub, message.ts),
      ...(withMetadata ? { metadata } : {}),
    }));
  return { ok: true, messages: found.reverse(), has_more: false };
}

function repliesTo(stub: SlackStub, ts: string): object {
  const thread = stub.messages.filter((message) => message.thread_ts === ts);
  const newest = thread.at(-1);
  return newest === undefined ? {} : { reply_count: thread.length, latest_reply: newest.ts };
}

function find(stub: SlackStub, ts: string | null): Message | undefined {
  return stub.messages.find((message) => message.ts === ts);
}

function refused(error: string): object {
  return { ok: false, error };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
