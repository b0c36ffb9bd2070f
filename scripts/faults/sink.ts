import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a further way out took. */
export interface Taken {
  /** `/webhook`, `/slack-webhook` or `/pagerduty`. */
  readonly path: string;
  readonly body: string;
}

/** A webhook, an incoming Slack webhook and PagerDuty's Events API, on loopback: they take everything. */
export interface Sink {
  readonly url: string;
  readonly taken: Taken[];
  close(): Promise<void>;
}

const answers: { readonly [path: string]: readonly [number, string] } = {
  '/webhook': [204, ''],
  '/slack-webhook': [200, 'ok'],
  '/pagerduty': [202, '{"status":"success","message":"Event processed","dedup_key":"x"}'],
};

export async function openSink(): Promise<Sink> {
  const taken: Taken[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const path = request.url ?? '';
      const [status, text] = answers[path] ?? [404, ''];
      if (status < 300) taken.push({ path, body });
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
