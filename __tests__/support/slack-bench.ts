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
  const server = await faultyServer(slack.url);
  const ask: SlackBench['ask'] = async (method, parameters) => {
    const response = await fetch(`${slack.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slackToken}` },
      body: new URLSearchParams(parameters),
    });
    return answer.parse(await response.json());
  };
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
      await slack.close();
    },
  };
}
