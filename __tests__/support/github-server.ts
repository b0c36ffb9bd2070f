import { createEmulator, type Emulator } from 'emulate';
import { type FaultyServer, faultyServer } from './faulty-server.ts';
import { graphqlFront } from './github-graphql.ts';

/** GitHub on loopback with the private repository `acme/ops`, behind a fault proxy. */
export interface GithubServer {
  readonly token: string;
  readonly proxy: FaultyServer;
  /** Asks the server itself, past the faults; the parsed answer. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** An empty repository again, and no faults. */
  reset(): void;
  close(): Promise<void>;
}

const token = 'ghs_test';

export async function githubServer(): Promise<GithubServer> {
  const emulator: Emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: { [token]: { login: 'acme', scopes: ['repo'] } },
      github: {
        users: [{ login: 'acme' }],
        repos: [{ owner: 'acme', name: 'ops', auto_init: true, private: true }],
      },
    },
  });
  const front = await graphqlFront(emulator.url);
  const proxy = await faultyServer(front.url);
  return {
    token,
    proxy,
    async ask(method, path, body) {
      const response = await fetch(`${emulator.url}/repos/acme/ops${path}`, {
        method,
        headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    reset() {
      emulator.reset();
      proxy.clear();
    },
    async close() {
      await proxy.close();
      await front.close();
      await emulator.close();
    },
  };
}
