import { createServer } from 'node:http';

export interface ResultsService {
  readonly url: string;
  /** Where it tells to upload to: itself, or a proxy before it. */
  front: string;
  /** Artifact names, as created, and which of them were finalized. */
  readonly created: string[];
  readonly finalized: string[];
  /** Uploaded bytes, zip. */
  readonly bytes: () => number;
  /** The environment that makes @actions/artifact talk to it. */
  readonly env: { readonly [name: string]: string };
  close(): Promise<void>;
}

/** GitHub's artifact service and its blob store, as far as an upload needs them. */
export async function startResultsService(): Promise<ResultsService> {
  const created: string[] = [];
  const finalized: string[] = [];
  let bytes = 0;
  let origin = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const reply = (value: object): void => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      const url = request.url ?? '';
      if (url.includes('/CreateArtifact')) {
        created.push(String(JSON.parse(body.toString()).name));
        reply({ ok: true, signed_upload_url: `${service.front}/blob/1?sig=x` });
      } else if (url.includes('/FinalizeArtifact')) {
        finalized.push(String(JSON.parse(body.toString()).name));
        reply({ ok: true, artifact_id: '42' });
      } else {
        bytes += body.length;
        response.writeHead(201, { ETag: '"1"' });
        response.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const service: ResultsService = {
    url: origin,
    front: origin,
    created,
    finalized,
    bytes: () => bytes,
    env: resultsEnvironment(origin),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return service;
}

/** For a server (or a proxy before it) at `origin`. */
export function resultsEnvironment(origin: string): { readonly [name: string]: string } {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ scp: 'Actions.Results:run:job' })}.x`;
  return {
    ACTIONS_RUNTIME_TOKEN: token,
    ACTIONS_RESULTS_URL: `${origin}/`,
    // A plain loopback host counts as GitHub Enterprise Server, which has no such service.
    GITHUB_SERVER_URL: 'https://github.com',
  };
}
