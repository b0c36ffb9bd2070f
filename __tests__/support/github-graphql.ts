import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A front of the GitHub emulator on loopback that has what it lacks: GraphQL's `updateRefs`. Writes happen one after the other, as on GitHub. */
export async function graphqlFront(
  upstream: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await bodyOf(request);
      const { method = 'GET', url = '' } = request;
      const work = (): Promise<Reply> =>
        url === '/graphql'
          ? updateRefs(upstream, request, JSON.parse(body).variables.input)
          : ask(upstream, request, method, url, body);
      const { status, text } = await (method === 'GET' ? work() : inTurn(work));
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

interface RefUpdate {
  readonly name: string;
  readonly beforeOid: string;
  readonly afterOid: string;
  readonly force: boolean;
}

async function updateRefs(
  upstream: string,
  request: IncomingMessage,
  input: { readonly repositoryId: string; readonly refUpdates: readonly RefUpdate[] },
): Promise<Reply> {
  const repository = '/repos/acme/ops';
  const known = JSON.parse((await ask(upstream, request, 'GET', repository, '')).text);
  const [update] = input.refUpdates;
  if (update === undefined || known.node_id !== input.repositoryId) return refused('Not found');
  const { name, beforeOid, afterOid, force } = update;
  const path = `${repository}/git/${name}`;
  const at = await ask(upstream, request, 'GET', path.replace('/git/refs/', '/git/ref/'), '');
  if (JSON.parse(at.text).object?.sha !== beforeOid) return refused('Something went wrong');
  const body = JSON.stringify({ sha: afterOid, force });
  const moved = await ask(upstream, request, 'PATCH', path, body);
  return moved.status === 200
    ? { status: 200, text: '{"data":{"updateRefs":{"clientMutationId":null}}}' }
    : refused(JSON.parse(moved.text).message);
}

/** GraphQL says what went wrong with status 200. */
function refused(message: string): Reply {
  return { status: 200, text: JSON.stringify({ data: null, errors: [{ message }] }) };
}

async function ask(
  upstream: string,
  request: IncomingMessage,
  method: string,
  path: string,
  body: string,
): Promise<Reply> {
  const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
  const response = await fetch(`${upstream}${path}`, {
    method,
    headers: { authorization, 'content-type': type },
    ...(body === '' ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
