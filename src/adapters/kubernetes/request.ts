import http from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../../core/model/failure.ts';
import type { Connection } from './connection.ts';

/** What came back: a whole answer, or none and why. */
export type Answer = Reply | Silence;

export interface Reply {
  readonly silent: null;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Silence {
  readonly silent:
    | 'timeout'
    | 'stopped'
    | 'reset'
    | 'refused'
    | 'unknown-host'
    | 'tls'
    | 'too-large';
  /** The system's own code (`ECONNREFUSED`): never a text that may hold a secret. */
  readonly code: string;
}

/** Far more than a page of 500 of the largest objects, and half of what a string can hold. */
const maxBodyBytes = 256 * 1024 * 1024;

/** GET, the body included, within `timeout` ms and until `signal` fires: a body that drips is cut off. Follows no redirect, never rejects. */
export function get(
  connection: Connection,
  path: string,
  limit: {
    readonly timeout: number;
    readonly signal: AbortSignal;
    /** The media types that are taken, the wanted first; plain JSON where nothing else is said. */
    readonly accept?: string | undefined;
  },
): Promise<Answer> {
  return new Promise((resolve) => {
    const control = new AbortController();
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      limit.signal.removeEventListener('abort', onStop);
      resolve(answer);
      control.abort();
    };
    const onStop = () => settle({ silent: 'stopped', code: '' });
    const timer = setTimeout(() => settle({ silent: 'timeout', code: '' }), limit.timeout);
    limit.signal.addEventListener('abort', onStop);
    if (limit.signal.aborted) onStop();
    else send(connection, path, { ...limit, signal: control.signal }, settle);
  });
}

function send(
  { server, options, headers: credentials }: Connection,
  path: string,
  { signal, accept }: { readonly signal: AbortSignal; readonly accept?: string | undefined },
  settle: (answer: Answer) => void,
): void {
  const headers = {
    ...credentials,
    Accept: accept ?? 'application/json',
    'Accept-Encoding': 'gzip',
    'User-Agent': 'kube-vigil',
  };
  const onError = (error: unknown) => settle(silenceOf(error));
  try {
    const module = server.startsWith('http:') ? http : https;
    module
      .request(`${server}${path}`, { ...options, method: 'GET', headers, signal }, (response) =>
        readBody(response, settle),
      )
      .on('error', onError)
      .end();
  } catch (error) {
    // A certificate or key that is no PEM is found out here.
    onError(error);
  }
}

function readBody(response: http.IncomingMessage, settle: (answer: Answer) => void): void {
  const onError = (error: unknown) => settle(silenceOf(error));
  const chunks: Buffer[] = [];
  let bytes = 0;
  const gunzip = response.headers['content-encoding'] === 'gzip' ? createGunzip() : null;
  const body = gunzip === null ? response : response.pipe(gunzip);
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) settle({ silent: 'too-large', code: `over ${maxBodyBytes} bytes` });
    else chunks.push(chunk);
  });
  body.on('end', () => {
    const { statusCode: status = 0, headers } = response;
    settle({ silent: null, status, headers, body: Buffer.concat(chunks).toString() });
  });
  response.on('error', onError);
  gunzip?.on('error', onError);
}

function silenceOf(error: unknown): Silence {
  const code = codeOf(error);
  if (code === 'ENOTFOUND') return { silent: 'unknown-host', code };
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN)$/.test(code))
    return { silent: 'refused', code };
  if (/CERT|TLS|SSL|PEM|UNABLE_TO|SELF_SIGNED|EPROTO/.test(code)) return { silent: 'tls', code };
  return { silent: 'reset', code };
}
