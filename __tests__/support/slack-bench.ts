import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { z } from 'zod';
import { type FaultyServer, faultyServer } from './faulty-server.ts';

export const slackToken = 'xoxb-1-Secret-2';

const answer = z.looseObject({
  channels: z.array(z.looseObject({ id: z.string(), name: z.string() })).default([]),
  messages: z
    .array(z.looseObject({ text: z.string(), ts: z.string(), thread_ts: z.string().optional() }))
    .default([]),
});

/** A Slack on loopback behind a front that can fault. */
export interface SlackBench {
  readonly server: FaultyServer;
  /** Asks Slack itself, past the front. */
  ask(
    method: string,
    parameters: { readonly [name: string]: string },
  ): Promise<z.infer<typeof answer>>;
  /** A fresh workspace without faults; the id of its channel `alerts`. */
  clear(): Promise<string>;
  close(): Promise<void>;
}

export async function slackBench(): Promise<SlackBench> {
  const slack = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      tokens: { [slackToken]: { login: 'U000000001' } },
      slack: { channels: [{ name: 'alerts' }] },
    },
  });
  const ask: SlackBench['ask'] = async (method, parameters) =>
    answer.parse(await post(slack.url, method, new URLSearchParams(parameters)));
  const threads = await threading(slack.url);
  const server = await faultyServer(threads.url);
  return {
    server,
    ask,
    async clear() {
      slack.reset();
      server.clear();
      const { channels } = await ask('conversations.list', {});
      return channels.find(({ name }) => name === 'alerts')?.id ?? '';
    },
    async close() {
      await server.close();
      threads.close();
      await slack.close();
    },
  };
}

async function post(url: string, method: string, body: URLSearchParams): Promise<unknown> {
  const headers = { authorization: `Bearer ${slackToken}` };
  const response = await fetch(`${url}/api/${method}`, { method: 'POST', headers, body });
  return response.json();
}

/** What the emulator leaves out: a reply to a message that is gone lands in the channel, and its thread is not found. */
async function threading(upstream: string) {
  async function answerTo(request: IncomingMessage): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const [channel, root] = [body.get('channel') ?? '', body.get('thread_ts') ?? body.get('ts')];
    const thread = new URLSearchParams({ channel, ts: root ?? '' });
    const { messages } = answer.parse(await post(upstream, 'conversations.replies', thread));
    const isGone = root !== null && messages.length === 0;
    if (isGone && method === 'conversations.replies')
      return { ok: false, error: 'thread_not_found' };
    if (isGone && method === 'chat.postMessage') body.delete('thread_ts');
    return post(upstream, method, body);
  }
  const server = createServer((request, response) => {
    answerTo(request).then(
      (said) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(said));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
